package io.acpbenefits.examcode;

import io.acpbenefits.common.Reason;
import io.acpbenefits.common.Refusal;
import java.time.Duration;
import java.time.Period;
import java.time.temporal.ChronoUnit;

/**
 * The rules of exam codes that no source document settles.
 *
 * @param life how long a code lives from its issue, counted in UTC, at most 100 years; never past
 *     its exam's end of life
 * @param cancelInTime how long before the appointment an exam must be canceled for its code to come
 *     back, up to 365 days
 * @param refundExpired whether a quota that still lasts gets back what a code took from it that
 *     expires without being booked, see {@link CodesExpired}
 */
public record CodePolicy(Period life, Duration cancelInTime, boolean refundExpired) {

  private static final int MOST_MONTHS = 100 * 12;
  private static final int MOST_DAYS = 100 * 365;
  private static final Duration LONGEST_NOTICE = Duration.ofDays(365);

  /** 12 months; 24 hours; no refund. */
  public static final CodePolicy DEFAULT =
      new CodePolicy(Period.ofMonths(12), Duration.ofHours(24));

  /** Checks that nothing is negative or beyond all reason. */
  public CodePolicy {
    if (life.isNegative()
        || life.toTotalMonths() > MOST_MONTHS
        || life.get(ChronoUnit.DAYS) > MOST_DAYS) {
      throw Refusal.of(Reason.INVALID_INPUT, "A code cannot live %s, nor over 100 years.", life);
    }
    if (cancelInTime.isNegative() || cancelInTime.compareTo(LONGEST_NOTICE) > 0) {
      throw Refusal.of(
          Reason.INVALID_INPUT,
          "Canceling in time means 0 to 365 days ahead, not %s.",
          cancelInTime);
    }
  }

  /**
   * Rules without a refund for codes that expire.
   *
   * @param life see {@link #life()}
   * @param cancelInTime see {@link #cancelInTime()}
   */
  public CodePolicy(Period life, Duration cancelInTime) {
    this(life, cancelInTime, false);
  }
}
