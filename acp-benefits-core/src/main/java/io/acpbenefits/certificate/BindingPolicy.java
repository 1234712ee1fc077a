package io.acpbenefits.certificate;

import io.acpbenefits.common.Reason;
import io.acpbenefits.common.Refusal;
import java.time.Duration;

/**
 * The rules of binding; immutable. Each duration is positive and at most 3,650 days.
 *
 * @param syncWindow how long after the exam its record may take to arrive; the source says 3 days
 * @param tries how often a record is looked for once the window is over, 1 to 100
 * @param tryAgainAfter how long between two such tries
 * @param checkIds how long ids can be corrected before the binding fails
 */
public record BindingPolicy(
    Duration syncWindow, int tries, Duration tryAgainAfter, Duration checkIds) {

  private static final Duration LONGEST = Duration.ofDays(3650);
  private static final int MOST_TRIES = 100;

  /** 3 days; one last try; 3 days between tries; 30 days to correct. */
  public static final BindingPolicy DEFAULT =
      new BindingPolicy(Duration.ofDays(3), 1, Duration.ofDays(3), Duration.ofDays(30));

  /** Checks durations and tries. */
  public BindingPolicy {
    requirePositive("syncWindow", syncWindow);
    requirePositive("tryAgainAfter", tryAgainAfter);
    requirePositive("checkIds", checkIds);
    if (tries < 1 || tries > MOST_TRIES) {
      throw Refusal.of(
          Reason.INVALID_INPUT, "A record is looked for 1 to %d times, not %d.", MOST_TRIES, tries);
    }
  }

  private static void requirePositive(String name, Duration value) {
    if (value.isNegative() || value.isZero() || value.compareTo(LONGEST) > 0) {
      throw Refusal.of(
          Reason.INVALID_INPUT,
          "%s is positive and at most %d days, not %s.",
          name,
          LONGEST.toDays(),
          value);
    }
  }

  /**
   * These, with another sync window.
   *
   * @param other how long after the exam its record may take to arrive
   * @return the policy
   */
  public BindingPolicy withSyncWindow(Duration other) {
    return new BindingPolicy(other, tries, tryAgainAfter, checkIds);
  }

  /**
   * These, with other tries.
   *
   * @param other how often a record is looked for once the window is over
   * @param after how long between two tries
   * @return the policy
   */
  public BindingPolicy withTries(int other, Duration after) {
    return new BindingPolicy(syncWindow, other, after, checkIds);
  }

  /**
   * These, with another time to correct.
   *
   * @param other how long ids can be corrected before the binding fails
   * @return the policy
   */
  public BindingPolicy withCheckIds(Duration other) {
    return new BindingPolicy(syncWindow, tries, tryAgainAfter, other);
  }
}
