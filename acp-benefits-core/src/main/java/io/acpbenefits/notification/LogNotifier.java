package io.acpbenefits.notification;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes each notice as a line of kind and id to the log; nothing secret, nothing personal. */
public final class LogNotifier implements Notifier {

  private static final Logger LOG = LoggerFactory.getLogger(LogNotifier.class);

  /** Makes one; it has no state. */
  public LogNotifier() {}

  @Override
  public void send(Notice notice) {
    LOG.info("{} {}", notice.kind(), notice.subjectId());
  }
}
