package io.acpbenefits.notification;

import io.acpbenefits.common.Tries;
import java.time.Duration;

/**
 * The rules of sending notices.
 *
 * @param tries how often the notifier is called for one notice, and when again
 * @param remembered how long after its end a notice is kept: as long, one with the same key is not
 *     sent again
 */
public record NoticePolicy(Tries tries, Duration remembered) {

  /** {@link Tries#DEFAULT}; 30 days. */
  public static final NoticePolicy DEFAULT = new NoticePolicy(Tries.DEFAULT, Duration.ofDays(30));

  /** Checks the time. */
  public NoticePolicy {
    if (remembered.isNegative()) {
      throw new IllegalArgumentException("A notice is remembered 0 days or longer.");
    }
  }
}
