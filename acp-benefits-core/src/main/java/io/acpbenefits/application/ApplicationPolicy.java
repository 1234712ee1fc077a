package io.acpbenefits.application;

import io.acpbenefits.common.Reason;
import io.acpbenefits.common.Refusal;
import java.time.Duration;
import java.util.List;

/**
 * The rules of applying that no source document settles.
 *
 * @param reviewed whether a person reviews each application; the source approves at once
 * @param reviewDue after how long a review is due, more than nothing
 * @param reviewReminder after how long reviewers are reminded, more than nothing; never, if that is
 *     not before the review is due
 * @param retries after how long the Benefit Center is asked again when it is out of stock: one
 *     interval for each try, none negative; afterwards a person decides
 * @param answerWithin how long an answer of the Benefit Center may take, more than nothing; longer
 *     than its adapter waits for one. So long nobody else asks for the same application, and what
 *     was asked for an application that is canceled meanwhile is not given back
 */
public record ApplicationPolicy(
    boolean reviewed,
    Duration reviewDue,
    Duration reviewReminder,
    List<Duration> retries,
    Duration answerWithin) {

  /**
   * Approves at once; review due in 7 days, reminded after 3; retries after 1 h, 6 h, 1, 2, 4 days;
   * an answer within 5 minutes.
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
              Duration.ofDays(4)),
          Duration.ofMinutes(5));

  /**
   * Checks the times, and keeps the list from being changed.
   *
   * @throws Refusal INVALID_INPUT
   */
  public ApplicationPolicy {
    requirePositive("A review is due", reviewDue);
    requirePositive("Reviewers are reminded", reviewReminder);
    requirePositive("An answer comes", answerWithin);
    retries = List.copyOf(retries);
    retries.stream()
        .filter(Duration::isNegative)
        .findFirst()
        .ifPresent(
            pause -> {
              throw Refusal.of(
                  Reason.INVALID_INPUT, "A try comes after the one before, not %s.", pause);
            });
  }

  private static void requirePositive(String what, Duration time) {
    if (time.isNegative() || time.isZero()) {
      throw Refusal.of(Reason.INVALID_INPUT, "%s after more than no time, not %s.", what, time);
    }
  }

  /**
   * These rules, with or without review.
   *
   * @param byAPerson whether a person reviews each application
   * @return the policy
   */
  public ApplicationPolicy withReview(boolean byAPerson) {
    return new ApplicationPolicy(byAPerson, reviewDue, reviewReminder, retries, answerWithin);
  }

  /**
   * These rules, with review by a person within other times.
   *
   * @param due after how long a review is due
   * @param reminder after how long reviewers are reminded
   * @return the policy
   */
  public ApplicationPolicy withReview(Duration due, Duration reminder) {
    return new ApplicationPolicy(true, due, reminder, retries, answerWithin);
  }

  /**
   * These rules, with other tries.
   *
   * @param intervals after how long the Benefit Center is asked again, one for each try
   * @return the policy
   */
  public ApplicationPolicy withRetries(Duration... intervals) {
    return new ApplicationPolicy(
        reviewed, reviewDue, reviewReminder, List.of(intervals), answerWithin);
  }

  /**
   * These rules, with another time for the Benefit Center.
   *
   * @param answer how long its answer may take
   * @return the policy
   */
  public ApplicationPolicy withAnswer(Duration answer) {
    return new ApplicationPolicy(reviewed, reviewDue, reviewReminder, retries, answer);
  }
}
