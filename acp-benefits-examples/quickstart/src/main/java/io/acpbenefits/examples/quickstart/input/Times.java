package io.acpbenefits.examples.quickstart.input;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Instants as the files write them. Stricter than {@link Instant#parse}, which lets 24:00 and leap
 * seconds pass and takes nanoseconds, which the database would round.
 */
final class Times {

  static final String EXPECTED = "an ISO-8601 UTC instant such as 2026-03-01T09:00:00Z";

  private static final Pattern FORM =
      Pattern.compile(
          "(?<local>[+-]?\\d{4,9}-\\d\\d-\\d\\dT\\d\\d:\\d\\d(:\\d\\d(\\.(?<decimals>\\d+))?)?)Z");

  private Times() {}

  /** Throws with what was expected instead. */
  static Instant parse(String value) {
    Matcher form = FORM.matcher(value);
    if (!form.matches()) {
      throw new IllegalArgumentException(EXPECTED);
    }
    String decimals = form.group("decimals");
    if (decimals != null && decimals.length() > 6) {
      throw new IllegalArgumentException("an instant with at most 6 decimals of a second");
    }
    LocalDateTime local;
    try {
      local = LocalDateTime.parse(form.group("local"));
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(EXPECTED, e);
    }
    if (local.getYear() < 1970 || local.getYear() > 9999) {
      throw new IllegalArgumentException("an instant in the years 1970 to 9999");
    }
    return local.toInstant(ZoneOffset.UTC);
  }
}
