package io.acpbenefits.insight;

import io.acpbenefits.common.PageRequest;
import io.acpbenefits.common.Reason;
import io.acpbenefits.common.Refusal;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.function.Function;

/** Where a page begins, for lists that are sorted by more than one column. */
record Cursor(List<String> parts) {

  private static final String BETWEEN = "|";

  static String of(Object... parts) {
    return String.join(BETWEEN, List.of(parts).stream().map(Object::toString).toList());
  }

  /** The last part may itself contain what stands between parts: it is the host's id. */
  static Cursor before(PageRequest page, Object... firstPage) {
    String text = page.after() == null ? of(firstPage) : page.after();
    List<String> parts = List.of(text.split("\\" + BETWEEN, firstPage.length));
    if (parts.size() != firstPage.length) {
      throw malformed();
    }
    return new Cursor(parts);
  }

  String text(int part) {
    return parts.get(part);
  }

  Instant time(int part) {
    try {
      return Instant.parse(text(part));
    } catch (DateTimeParseException e) {
      throw malformed();
    }
  }

  /** The constant that a part names. */
  <T> T named(int part, Function<String, T> valueOf) {
    try {
      return valueOf.apply(text(part));
    } catch (IllegalArgumentException e) {
      throw malformed();
    }
  }

  private static Refusal malformed() {
    return new Refusal(
        Reason.INVALID_INPUT, "Pass what the page before returned as its next, unchanged.");
  }
}
