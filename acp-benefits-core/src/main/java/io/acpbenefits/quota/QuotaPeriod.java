package io.acpbenefits.quota;

import io.acpbenefits.common.Reason;
import io.acpbenefits.common.Refusal;
import java.time.Instant;

/**
 * For how long a quota is granted.
 *
 * @param from its first instant
 * @param until the first instant after it
 */
public record QuotaPeriod(Instant from, Instant until) {

  /** Checks that it ends after it begins. */
  public QuotaPeriod {
    if (!until.isAfter(from)) {
      throw Refusal.of(
          Reason.INVALID_INPUT, "A quota's period must end after it begins: %s, %s.", from, until);
    }
  }
}
