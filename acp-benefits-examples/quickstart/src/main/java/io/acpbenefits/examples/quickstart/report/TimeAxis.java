package io.acpbenefits.examples.quickstart.report;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** Whole months in UTC, from 0 to 100 percent, with so few ticks that they fit a phone. */
final class TimeAxis {

  private static final int MOST_TICKS = 12;

  private final LocalDate start;
  private final LocalDate end;
  private final int monthsPerTick;

  private TimeAxis(LocalDate start, LocalDate end, int monthsPerTick) {
    this.start = start;
    this.end = end;
    this.monthsPerTick = monthsPerTick;
  }

  /** The label, where it stands, and the days from here to the next tick. */
  record Tick(String label, double x, Instant from, Instant until) {}

  static TimeAxis of(Instant first, Instant last) {
    LocalDate start = LocalDate.ofInstant(first, ZoneOffset.UTC).withDayOfMonth(1);
    LocalDate end = LocalDate.ofInstant(last, ZoneOffset.UTC).withDayOfMonth(1).plusMonths(1);
    long months = start.until(end).toTotalMonths();
    int step = 1;
    while (months > (long) step * MOST_TICKS) {
      step = step == 3 ? 6 : step * 2 - (step == 2 ? 1 : 0);
    }
    return new TimeAxis(start, end, step);
  }

  double x(Instant at) {
    long from = seconds(start);
    double x = 100.0 * (at.getEpochSecond() - from) / (seconds(end) - from);
    return Math.max(0, Math.min(100, x));
  }

  List<Tick> ticks() {
    List<Tick> ticks = new ArrayList<>();
    int year = Integer.MIN_VALUE;
    for (LocalDate at = start; at.isBefore(end); at = at.plusMonths(monthsPerTick)) {
      LocalDate next = at.plusMonths(monthsPerTick);
      String label = monthsPerTick % 12 == 0 ? "" : Words.month(at);
      if (at.getYear() != year) {
        label = (label + " " + at.getYear()).strip();
      }
      year = at.getYear();
      Instant from = at.atStartOfDay().toInstant(ZoneOffset.UTC);
      ticks.add(new Tick(label, x(from), from, next.atStartOfDay().toInstant(ZoneOffset.UTC)));
    }
    return ticks;
  }

  private static long seconds(LocalDate day) {
    return day.atStartOfDay().toEpochSecond(ZoneOffset.UTC);
  }
}
