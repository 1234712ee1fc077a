package io.acpbenefits.quota;

import io.acpbenefits.common.Reason;
import io.acpbenefits.common.Refusal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;

/**
 * Periods of one length, one behind the other, from midnight to midnight in UTC.
 *
 * @param first the first day of the first period
 * @param length of each, at least 1
 * @param unit of the length: DAYS, MONTHS or YEARS
 */
public record QuotaPeriods(LocalDate first, int length, ChronoUnit unit) {

  private static final Set<ChronoUnit> UNITS =
      Set.of(ChronoUnit.DAYS, ChronoUnit.MONTHS, ChronoUnit.YEARS);

  /**
   * Checks the length.
   *
   * @throws Refusal INVALID_INPUT
   */
  public QuotaPeriods {
    if (length < 1 || !UNITS.contains(unit)) {
      throw Refusal.of(
          Reason.INVALID_INPUT,
          "Periods are 1 or more days, months or years long, not %d %s.",
          length,
          unit);
    }
  }

  /**
   * From the first of January to the first of January.
   *
   * @return the periods, from 1970 on
   */
  public static QuotaPeriods calendarYears() {
    return new QuotaPeriods(LocalDate.EPOCH, 1, ChronoUnit.YEARS);
  }

  /**
   * The period that an instant lies in.
   *
   * @param instant the instant
   * @return the period, or empty before the first one
   */
  public Optional<QuotaPeriod> at(Instant instant) {
    LocalDate day = instant.atOffset(ZoneOffset.UTC).toLocalDate();
    if (day.isBefore(first)) {
      return Optional.empty();
    }
    long whole = unit.between(first, day) / length;
    // One that would begin on the 31st begins on the last day of a shorter month, where no whole
    // month has gone by yet.
    return Optional.of(period(beginning(whole + 1).isAfter(day) ? whole : whole + 1));
  }

  /**
   * The first period.
   *
   * @return the period
   */
  public QuotaPeriod earliest() {
    return period(0);
  }

  private QuotaPeriod period(long number) {
    return new QuotaPeriod(midnight(beginning(number)), midnight(beginning(number + 1)));
  }

  private LocalDate beginning(long number) {
    return first.plus(number * length, unit);
  }

  private static Instant midnight(LocalDate day) {
    return day.atStartOfDay().toInstant(ZoneOffset.UTC);
  }
}
