package io.acpbenefits.application;

import java.time.Duration;
import java.util.List;

/**
 * The rules of applying that no source document settles.
 *
 * @param reviewed whether a person reviews each application; the source approves at once
 * @param reviewDue after how long a review is due
 * @param reviewReminder after how long reviewers are reminded
 * @param retries after how long the Benefit Center is asked again when it is out of stock: one
 *     interval for each try; afterwards a person decides
 */
public record ApplicationPolicy(
    boolean reviewed, Duration reviewDue, Duration reviewReminder, List<Duration> retries) {

  /**
   * Approves at once; review due in 7 days, reminded after 3; retries after 1 h, 6 h, 1, 2, 4 days.
   */
  public static final ApplicationPolicy DEFAULT =
      new ApplicationPolicy(
          false,
          Duration.ofDays(7),
          Duration.ofDays(3),
          List.of(
              Duration.ofHours(1),
              Duration.ofHours(6),
              Duration.ofDays(1),
              Duration.ofDays(2),
              Duration.ofDays(4)));

  /** Keeps the list from being changed. */
  public ApplicationPolicy {
    retries = List.copyOf(retries);
  }
}
