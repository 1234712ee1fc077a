package io.acpbenefits.common;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * How often somebody outside of the database is asked for one thing, and when again; immutable.
 *
 * @param pauses how long after the first, second, … try in vain the next one comes; after one try
 *     more than there are pauses a person decides
 * @param claim how long one try may take before it counts as one in vain and another node may go on
 */
public record Tries(List<Duration> pauses, Duration claim) {

  /** Again after 1, 5 and 15 minutes, 1, 6 and 24 hours; 5 minutes. */
  public static final Tries DEFAULT =
      new Tries(
          List.of(
              Duration.ofMinutes(1),
              Duration.ofMinutes(5),
              Duration.ofMinutes(15),
              Duration.ofHours(1),
              Duration.ofHours(6),
              Duration.ofHours(24)),
          Duration.ofMinutes(5));

  /** Checks that all can be worked with. */
  public Tries {
    pauses = List.copyOf(pauses);
    for (Duration pause : pauses) {
      if (pause.isNegative() || pause.isZero()) {
        throw new IllegalArgumentException("A pause must be longer than " + pause);
      }
    }
    if (claim.isNegative() || claim.isZero()) {
      throw new IllegalArgumentException("A claim must be longer than " + claim);
    }
  }

  /**
   * Tells whether no try follows.
   *
   * @param attempt how many there were
   * @return true if a person decides
   */
  public boolean isLast(int attempt) {
    return attempt > pauses.size();
  }

  /**
   * When the next try comes after one in vain.
   *
   * @param now when it failed
   * @param attempt how many there were, not the last
   * @return the instant
   */
  public Instant nextAfterFailure(Instant now, int attempt) {
    return now.plus(pauses.get(attempt - 1));
  }

  /**
   * When a try that is not heard of counts as one in vain. Its process has perhaps ended because of
   * it, so this becomes longer as well.
   *
   * @param now when it begins
   * @param attempt how many there were with this one
   * @return the instant
   */
  public Instant nextWithoutAnswer(Instant now, int attempt) {
    boolean longer = !isLast(attempt) && pauses.get(attempt - 1).compareTo(claim) > 0;
    return now.plus(longer ? pauses.get(attempt - 1) : claim);
  }
}
