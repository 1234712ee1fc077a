package io.acpbenefits.health;

import java.time.Duration;

/**
 * From when on a part is DEGRADED.
 *
 * @param lowStock with fewer free codes than this in the embedded Benefit Center, for an exam that
 *     is on sale
 * @param feedLate when exam records were last pulled longer ago than this
 * @param jobsLate when a process's job or external task, or a call of a port, has been due for
 *     longer than this
 * @param incidents with more incidents than this; likewise with more calls of ports than this that
 *     only a person can help
 */
public record HealthPolicy(int lowStock, Duration feedLate, Duration jobsLate, long incidents) {

  /**
   * Fewer than 10 codes, a day (the results of Pearson VUE take up to 3), 10 minutes (longer than
   * the lock of a node that was killed), and no incident at all.
   */
  public static final HealthPolicy DEFAULT =
      new HealthPolicy(10, Duration.ofDays(1), Duration.ofMinutes(10), 0);

  /** Checks the limits. */
  public HealthPolicy {
    if (lowStock < 0 || feedLate.isNegative() || jobsLate.isNegative() || incidents < 0) {
      throw new IllegalArgumentException("The limits of health are not negative.");
    }
  }
}
