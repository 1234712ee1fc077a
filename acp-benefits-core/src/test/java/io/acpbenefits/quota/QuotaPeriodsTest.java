package io.acpbenefits.quota;

import static io.acpbenefits.CoreFixture.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.acpbenefits.common.Reason;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuotaPeriodsTest {

  private static void assertPeriod(QuotaPeriods periods, String at, String from, String until) {
    assertThat(periods.at(Instant.parse(at)))
        .as(at)
        .contains(
            new QuotaPeriod(
                Instant.parse(from + "T00:00:00Z"), Instant.parse(until + "T00:00:00Z")));
  }

  @Test
  void calendarYearsTurnAtMidnightInUtc() {
    QuotaPeriods years = QuotaPeriods.calendarYears();
    assertPeriod(years, "2026-01-01T00:00:00Z", "2026-01-01", "2027-01-01");
    assertPeriod(years, "2026-12-31T23:59:59.999999Z", "2026-01-01", "2027-01-01");
    assertPeriod(years, "2027-01-01T00:00:00Z", "2027-01-01", "2028-01-01");
    assertPeriod(years, "1970-01-01T00:00:00Z", "1970-01-01", "1971-01-01");
  }

  @ParameterizedTest
  @CsvSource({
    "2026-04-01T00:00:00Z, 2026-04-01, 2026-07-01",
    "2026-06-30T23:59:59Z, 2026-04-01, 2026-07-01",
    "2026-07-01T00:00:00Z, 2026-07-01, 2026-10-01",
    "2027-03-31T12:00:00Z, 2027-01-01, 2027-04-01",
  })
  void quartersOfABusinessYear(String at, String from, String until) {
    assertPeriod(
        new QuotaPeriods(LocalDate.parse("2026-04-01"), 3, ChronoUnit.MONTHS), at, from, until);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-01-31T00:00:00Z, 2026-01-31, 2026-02-28",
    "2026-02-27T23:59:59Z, 2026-01-31, 2026-02-28",
    "2026-02-28T00:00:00Z, 2026-02-28, 2026-03-31",
    "2026-03-30T00:00:00Z, 2026-02-28, 2026-03-31",
    "2026-03-31T00:00:00Z, 2026-03-31, 2026-04-30",
    "2026-04-30T00:00:00Z, 2026-04-30, 2026-05-31",
  })
  void monthsThatBeginOnTheLastDayLeaveNoGap(String at, String from, String until) {
    assertPeriod(
        new QuotaPeriods(LocalDate.parse("2026-01-31"), 1, ChronoUnit.MONTHS), at, from, until);
  }

  @Test
  void periodsOfDays() {
    QuotaPeriods weeks = new QuotaPeriods(LocalDate.parse("2026-01-05"), 7, ChronoUnit.DAYS);
    assertPeriod(weeks, "2026-01-05T00:00:00Z", "2026-01-05", "2026-01-12");
    assertPeriod(weeks, "2026-01-11T23:00:00Z", "2026-01-05", "2026-01-12");
    assertPeriod(weeks, "2026-01-12T00:00:00Z", "2026-01-12", "2026-01-19");
  }

  @Test
  void thereIsNoneBeforeTheFirst() {
    QuotaPeriods years = new QuotaPeriods(LocalDate.parse("2026-04-01"), 1, ChronoUnit.YEARS);
    assertThat(years.at(Instant.parse("2026-03-31T23:59:59.999999Z"))).isEmpty();
    assertPeriod(years, "2026-04-01T00:00:00Z", "2026-04-01", "2027-04-01");
  }

  @Test
  void refusesPeriodsOfNoLengthOrAnOddUnit() {
    LocalDate first = LocalDate.EPOCH;
    assertRefused(Reason.INVALID_INPUT, () -> new QuotaPeriods(first, 0, ChronoUnit.DAYS));
    assertRefused(Reason.INVALID_INPUT, () -> new QuotaPeriods(first, -1, ChronoUnit.YEARS));
    assertRefused(Reason.INVALID_INPUT, () -> new QuotaPeriods(first, 1, ChronoUnit.HOURS));
    assertThat(new QuotaPeriods(first, 1, ChronoUnit.DAYS).length()).isOne();
    assertRefused(Reason.INVALID_INPUT, () -> new QuotaPeriod(Instant.EPOCH, Instant.EPOCH));
  }
}
