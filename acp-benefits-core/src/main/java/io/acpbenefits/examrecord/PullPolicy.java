package io.acpbenefits.examrecord;

import java.time.Duration;

/**
 * The rules of pulling exam records from a source.
 *
 * @param batch how many lines are asked for at a time and stored in one transaction, 1 to {@value
 *     #MOST_LINES}
 * @param pause how long after a pull the next one is due
 * @param firstRetry how long after a failure the next pull is due; twice as long after each further
 *     one
 * @param longestRetry the longest such pause
 * @param claim how long a node may take for one batch, fetching and storing it, before another node
 *     may go on in its place
 */
public record PullPolicy(
    int batch, Duration pause, Duration firstRetry, Duration longestRetry, Duration claim) {

  /** The most lines that a batch can have. */
  public static final int MOST_LINES = 10_000;

  /** 500 lines; every hour; after failures from 1 minute to 6 hours; 10 minutes for a batch. */
  public static final PullPolicy DEFAULT =
      new PullPolicy(
          500,
          Duration.ofHours(1),
          Duration.ofMinutes(1),
          Duration.ofHours(6),
          Duration.ofMinutes(10));

  /** Checks that all can be worked with. */
  public PullPolicy {
    if (batch < 1 || batch > MOST_LINES) {
      throw new IllegalArgumentException("A batch has 1 to " + MOST_LINES + " lines, not " + batch);
    }
    for (Duration each : new Duration[] {pause, firstRetry, longestRetry, claim}) {
      if (each.isNegative() || each.isZero()) {
        throw new IllegalArgumentException("A pause or claim must be longer than " + each);
      }
    }
  }

  /** How long to wait after so many failures in a row. */
  Duration retryAfter(int failures) {
    Duration pause = firstRetry;
    for (int i = 1; i < failures && pause.compareTo(longestRetry) < 0; i++) {
      pause = pause.multipliedBy(2);
    }
    return pause.compareTo(longestRetry) < 0 ? pause : longestRetry;
  }
}
