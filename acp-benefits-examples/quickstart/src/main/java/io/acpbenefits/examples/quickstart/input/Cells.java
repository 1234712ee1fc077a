package io.acpbenefits.examples.quickstart.input;

import java.math.BigInteger;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Typed access to the cells of one record. A cell that is refused is noted as a problem and
 * answered with a stand-in, so that the other cells of the record are still looked at; a record
 * that was not {@link #accepted} must be dropped.
 */
final class Cells {

  private static final BigInteger LARGEST = BigInteger.valueOf(Integer.MAX_VALUE);
  private static final String WHOLE_NUMBER = "a whole number from 1 to " + LARGEST;

  private final String file;
  private final Map<String, Integer> positions;
  private final CsvScanner.Line record;
  private final Problems problems;
  private final Set<String> refused = new HashSet<>();

  Cells(String file, Map<String, Integer> positions, CsvScanner.Line record, Problems problems) {
    this.file = file;
    this.positions = positions;
    this.record = record;
    this.problems = problems;
  }

  int line() {
    return record.line();
  }

  boolean accepted() {
    return refused.isEmpty();
  }

  boolean isEmpty(String column) {
    CsvScanner.Cell cell = cell(column);
    return cell == null || Blanks.isBlank(cell.text());
  }

  void refuse(String column, String expected, String found) {
    refused.add(column);
    CsvScanner.Cell cell = cell(column);
    int line = cell == null ? record.line() : cell.line();
    int position = positions.getOrDefault(column, 0);
    problems.add(new Problem(file, line, position, column, expected, found));
  }

  /** An id or a word of at most 200 characters on one line. */
  String id(String column) {
    return orElse(idIfAny(column), "", column, Shown.a(column));
  }

  @Nullable String idIfAny(String column) {
    return shortEnough(column, oneLine(column), Limits.ID);
  }

  /** A name of at most 200 characters, in which runs of blanks and line breaks are one space. */
  String name(String column) {
    String name = shortEnough(column, clean(column, true), Limits.ID);
    return Blanks.collapse(orElse(name, "", column, Shown.a(column)));
  }

  @Nullable String urlIfAny(String column) {
    String value = shortEnough(column, oneLine(column), Limits.URL);
    if (value != null && !isWebAddress(value)) {
      refuse(column, "a web address such as https://example.org/exam", Shown.cell(value));
    }
    return value;
  }

  Instant instant(String column) {
    return orElse(instantIfAny(column), Instant.EPOCH, column, Times.EXPECTED);
  }

  @Nullable Instant instantIfAny(String column) {
    String value = oneLine(column);
    if (value == null) {
      return null;
    }
    try {
      return Times.parse(value);
    } catch (IllegalArgumentException e) {
      refuse(column, String.valueOf(e.getMessage()), Shown.cell(value));
      return null;
    }
  }

  int quantity(String column) {
    return orElse(quantityIfAny(column), 1, column, WHOLE_NUMBER);
  }

  @Nullable Integer quantityIfAny(String column) {
    String value = oneLine(column);
    if (value == null) {
      return null;
    }
    BigInteger number =
        value.chars().allMatch(c -> c >= '0' && c <= '9') ? new BigInteger(value) : BigInteger.ZERO;
    if (number.signum() <= 0 || number.compareTo(LARGEST) > 0) {
      refuse(column, WHOLE_NUMBER, Shown.cell(value));
      return null;
    }
    return number.intValue();
  }

  <E extends Enum<E>> E word(String column, E[] values, Function<E, String> wordOf) {
    E value = wordIfAny(column, values, wordOf);
    return value != null ? value : orElse(null, values[0], column, oneOf(words(values, wordOf)));
  }

  <E extends Enum<E>> @Nullable E wordIfAny(String column, E[] values, Function<E, String> wordOf) {
    String value = oneLine(column);
    if (value == null) {
      return null;
    }
    for (E candidate : values) {
      if (wordOf.apply(candidate).equals(value)) {
        return candidate;
      }
    }
    List<String> words = words(values, wordOf);
    refuse(column, oneOf(words), Shown.withHint(value, words));
    return null;
  }

  /** An id that another file declares; not looked up when that file could not be read. */
  @Nullable String referenceIfAny(String column, String declaredIn, Set<String> declared) {
    String value = idIfAny(column);
    if (value != null && problems.noneIn(declaredIn) && !declared.contains(value)) {
      refuse(column, Shown.a(column) + " of " + declaredIn, Shown.withHint(value, declared));
    }
    return value;
  }

  String reference(String column, String declaredIn, Set<String> declared) {
    return orElse(referenceIfAny(column, declaredIn, declared), "", column, Shown.a(column));
  }

  /** Refuses a value that an earlier record of the file has already. */
  void unique(String column, String key, Map<String, Integer> firstLines) {
    Integer first = key.isEmpty() ? null : firstLines.putIfAbsent(key, line());
    if (first != null) {
      String value = Blanks.collapse(text(column));
      refuse(column, "each " + column + " once", Shown.cell(value) + " again, as on line " + first);
    }
  }

  private <T> T orElse(@Nullable T value, T standIn, String column, String expected) {
    if (value != null) {
      return value;
    }
    if (!refused.contains(column)) {
      refuse(column, expected, Shown.cell(""));
    }
    return standIn;
  }

  private @Nullable String oneLine(String column) {
    return clean(column, false);
  }

  /** The trimmed text; null when it is empty or was refused. */
  private @Nullable String clean(String column, boolean lineBreaksAllowed) {
    String text = text(column);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isISOControl(c) && !(c == '\n' && lineBreaksAllowed)) {
        String expected = c == '\n' ? "text on one line" : "text without control characters";
        refuse(column, expected, Shown.cell(text));
        return null;
      }
    }
    String trimmed = Blanks.trim(text);
    return trimmed.isEmpty() ? null : trimmed;
  }

  private @Nullable String shortEnough(String column, @Nullable String value, int limit) {
    if (value != null && value.length() > limit) {
      refuse(column, "at most " + Shown.count(limit) + " characters", Shown.cell(value));
      return null;
    }
    return value;
  }

  private String text(String column) {
    CsvScanner.Cell cell = cell(column);
    return cell == null ? "" : cell.text();
  }

  private CsvScanner.@Nullable Cell cell(String column) {
    Integer position = positions.get(column);
    return position == null ? null : record.cells().get(position - 1);
  }

  private static <E extends Enum<E>> List<String> words(E[] values, Function<E, String> wordOf) {
    return Arrays.stream(values).map(wordOf).toList();
  }

  private static String oneOf(List<String> words) {
    return "one of " + String.join(", ", words);
  }

  private static boolean isWebAddress(String value) {
    try {
      URI uri = new URI(value);
      return uri.getHost() != null
          && ("https".equalsIgnoreCase(uri.getScheme())
              || "http".equalsIgnoreCase(uri.getScheme()));
    } catch (URISyntaxException e) {
      return false;
    }
  }
}
