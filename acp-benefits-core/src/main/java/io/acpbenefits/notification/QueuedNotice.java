package io.acpbenefits.notification;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A notice, and how far its sending has come.
 *
 * @param noticeId its id
 * @param notice what is to be said
 * @param state where it stands
 * @param queuedAt since when, in UTC
 * @param attempts how often the notifier was called since it was queued, or last retried by a
 *     person
 * @param nextAttemptAt when it is sent next, or sent again unless the notifier answers before; null
 *     if it is not
 * @param lastFailure the kind of failure of the latest try in vain, without its message; null if
 *     there was none
 * @param endedAt when it was delivered or discarded, in UTC; null if it was not
 */
public record QueuedNotice(
    NoticeId noticeId,
    Notice notice,
    NoticeState state,
    Instant queuedAt,
    int attempts,
    @Nullable Instant nextAttemptAt,
    @Nullable String lastFailure,
    @Nullable Instant endedAt) {

  /**
   * What somebody should do about it.
   *
   * @return a sentence in English
   */
  public String nextStep() {
    return switch (state) {
      case WAITING, SENDING -> "Nothing: it is sent again by itself, see nextAttemptAt.";
      case GIVEN_UP -> "Mend the notifier, then retry; or discard it if nobody needs it any more.";
      case DELIVERED, DISCARDED -> "Nothing: this is over.";
    };
  }
}
