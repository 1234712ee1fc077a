package io.acpbenefits.persistence;

import java.time.Duration;

/**
 * How often a transaction is begun anew after another one came first, and how long is waited in
 * between. The pauses double from the first to the longest; of each, a random part between half and
 * the whole is waited, so that those who met once do not meet again.
 *
 * @param attempts how often in all, 1 (never repeated) to 100
 * @param firstPause the pause before the second attempt, more than zero
 * @param longestPause what no pause exceeds, at least the first
 */
public record RetryPolicy(int attempts, Duration firstPause, Duration longestPause) {

  /** Eight attempts, pauses from 10 milliseconds to one second: 1.3 seconds in all at most. */
  public static final RetryPolicy DEFAULT =
      new RetryPolicy(8, Duration.ofMillis(10), Duration.ofSeconds(1));

  private static final int MOST_ATTEMPTS = 100;

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if one is out of its limits
   */
  public RetryPolicy {
    if (attempts < 1 || attempts > MOST_ATTEMPTS) {
      throw new IllegalArgumentException(
          "A transaction is attempted 1 to %d times, not %d.".formatted(MOST_ATTEMPTS, attempts));
    }
    if (firstPause.isNegative() || firstPause.isZero() || longestPause.compareTo(firstPause) < 0) {
      throw new IllegalArgumentException(
          "Pauses between attempts go from more than zero up: not from %s to %s."
              .formatted(firstPause, longestPause));
    }
  }

  /** The longest that may be waited after so many attempts. */
  Duration pauseAfter(int attempt) {
    Duration pause = firstPause;
    for (int i = 1; i < attempt && pause.compareTo(longestPause) < 0; i++) {
      pause = pause.multipliedBy(2);
    }
    return pause.compareTo(longestPause) < 0 ? pause : longestPause;
  }
}
