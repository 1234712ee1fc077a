package io.acpbenefits.insight;

import io.acpbenefits.common.Reason;
import io.acpbenefits.common.Refusal;
import java.time.Duration;
import java.time.Instant;

/** What may be asked for. */
final class Limits {

  private static final Duration LONGEST = Duration.ofDays(3660);

  private Limits() {}

  static Duration requireSensible(Duration time) {
    if (time.isNegative() || time.compareTo(LONGEST) > 0) {
      throw Refusal.of(
          Reason.INVALID_INPUT, "A time lies between 0 and %d days.", LONGEST.toDays());
    }
    return time;
  }

  static void requirePeriod(Instant from, Instant until) {
    if (!from.isBefore(until)) {
      throw Refusal.of(
          Reason.INVALID_INPUT, "A period must begin (%s) before it ends (%s).", from, until);
    }
  }
}
