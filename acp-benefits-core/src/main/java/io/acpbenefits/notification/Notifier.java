package io.acpbenefits.notification;

/**
 * Tells people what has happened. A host plugs in its mail or chat here; the library's own writes a
 * line to the log.
 *
 * <p>May be called more than once for one notice, always with the same {@link Notice#key()}; must
 * be thread-safe. What it throws makes the call be repeated later.
 */
@FunctionalInterface
public interface Notifier {

  /**
   * Tells.
   *
   * @param notice whom, and what about; holds ids only, so look up what the text needs
   */
  void send(Notice notice);
}
