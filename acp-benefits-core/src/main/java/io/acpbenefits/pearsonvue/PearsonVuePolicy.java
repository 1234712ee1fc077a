package io.acpbenefits.pearsonvue;

import io.acpbenefits.common.Reason;
import io.acpbenefits.common.Refusal;
import java.time.Duration;

/**
 * The rules of the embedded Pearson VUE that no source document settles.
 *
 * @param feedDelay how long after its delivery a result is told to the feed, 0 to 3 days
 * @param cancelInTime how long before the appointment canceling is free and rescheduling possible,
 *     not negative; to be the same as in the policy of exam codes
 * @param seatHold how long a seat is kept before its checkout, more than 0
 * @param equipmentCheckLife how long a passed check of the equipment holds, more than 0
 * @param megabitsPerSecond how fast a connection must at least be for an online exam
 */
public record PearsonVuePolicy(
    Duration feedDelay,
    Duration cancelInTime,
    Duration seatHold,
    Duration equipmentCheckLife,
    int megabitsPerSecond) {

  private static final Duration LONGEST_DELAY = Duration.ofDays(3);

  /** 1 day; 24 hours; 20 minutes; 30 days; 6 Mbit/s. */
  public static final PearsonVuePolicy DEFAULT =
      new PearsonVuePolicy(
          Duration.ofDays(1), Duration.ofHours(24), Duration.ofMinutes(20), Duration.ofDays(30), 6);

  /** Checks the durations. */
  public PearsonVuePolicy {
    if (feedDelay.isNegative() || feedDelay.compareTo(LONGEST_DELAY) > 0) {
      throw new Refusal(Reason.INVALID_INPUT, "Results reach the feed within 0 to 3 days.");
    }
    if (cancelInTime.isNegative() || !isPositive(seatHold) || !isPositive(equipmentCheckLife)) {
      throw new Refusal(
          Reason.INVALID_INPUT,
          "The time to cancel is not negative; seats and equipment checks hold longer than 0.");
    }
  }

  private static boolean isPositive(Duration duration) {
    return !duration.isNegative() && !duration.isZero();
  }

  /**
   * These rules with another delay of the feed.
   *
   * @param delay how long after its delivery a result is told, 0 to 3 days
   * @return the policy
   */
  public PearsonVuePolicy withFeedDelay(Duration delay) {
    return new PearsonVuePolicy(
        delay, cancelInTime, seatHold, equipmentCheckLife, megabitsPerSecond);
  }
}
