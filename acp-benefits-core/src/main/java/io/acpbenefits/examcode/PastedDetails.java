package io.acpbenefits.examcode;

import io.acpbenefits.common.Reason;
import io.acpbenefits.common.Refusal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The text of a Benefit Change Record's details, as people copy it: the texts in brackets are the
 * codes, and what stands before them is their exam's name.
 */
final class PastedDetails {

  static final int MOST_CHARACTERS = 1_000_000;

  /** One text in brackets. Not a record, so that it is never printed. */
  static final class Bracketed {
    private final long line;
    private final String name;
    private final String code;

    private Bracketed(long line, String name, String code) {
      this.line = line;
      this.name = name;
      this.code = code;
    }

    /** The line, counted from 1, on which the bracket opens. */
    long line() {
      return line;
    }

    /** What may be the exam's name, the likeliest first: headings may stand before it. */
    List<String> names() {
      Set<String> names = new LinkedHashSet<>();
      names.add(name);
      String last = name.lines().reduce((earlier, later) -> later).orElse("");
      names.add(last.strip());
      names.add(last.substring(last.lastIndexOf(':') + 1).strip());
      names.remove("");
      return List.copyOf(names);
    }

    String code() {
      return code;
    }
  }

  private PastedDetails() {}

  static List<Bracketed> read(String pasted) {
    if (pasted.length() > MOST_CHARACTERS) {
      throw Refusal.of(
          Reason.INVALID_INPUT, "The text has more than %d characters.", MOST_CHARACTERS);
    }
    List<Bracketed> found = new ArrayList<>();
    String name = "";
    long line = 1;
    int at = 0;
    for (int open = pasted.indexOf('['); open >= 0; open = pasted.indexOf('[', at)) {
      String before = withoutSeparators(pasted.substring(at, open));
      line += newlines(pasted.substring(at, open));
      int close = pasted.indexOf(']', open);
      if (close < 0) {
        throw Refusal.of(
            Reason.INVALID_INPUT, "The bracket that opens on line %d does not close.", line);
      }
      name = before.isEmpty() ? name : before;
      String code = pasted.substring(open + 1, close);
      found.add(new Bracketed(line, name, code));
      RowByRow.requireFew(found.size());
      line += newlines(code);
      at = close + 1;
    }
    if (found.isEmpty()) {
      throw new Refusal(
          Reason.INVALID_INPUT,
          "No text in brackets was found; paste the details as 'Exam name [CODE] [CODE]'.");
    }
    return found;
  }

  private static long newlines(String text) {
    return text.chars().filter(character -> character == '\n').count();
  }

  /** What stands between two codes: commas, line breaks, a bracket too many. */
  private static String withoutSeparators(String text) {
    return text.replaceAll("^[\\s\\u00a0,;|\\]]+|[\\s\\u00a0,;|]+$", "");
  }
}
