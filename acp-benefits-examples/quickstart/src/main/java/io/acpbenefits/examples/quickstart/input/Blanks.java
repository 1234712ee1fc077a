package io.acpbenefits.examples.quickstart.input;

import java.util.Locale;

/** White space as people paste it: no-break and zero-width blanks count, too. */
final class Blanks {

  private Blanks() {}

  static boolean isBlank(char c) {
    return Character.isWhitespace(c)
        || Character.isSpaceChar(c)
        || c == '\u200B'
        || c == '\u2060'
        || c == '\uFEFF';
  }

  static boolean isBlank(String text) {
    return text.chars().allMatch(c -> isBlank((char) c));
  }

  static String trim(String text) {
    int from = 0;
    int until = text.length();
    while (from < until && isBlank(text.charAt(from))) {
      from++;
    }
    while (until > from && isBlank(text.charAt(until - 1))) {
      until--;
    }
    return text.substring(from, until);
  }

  /** Trimmed, with a single space for each run of blanks and line breaks. */
  static String collapse(String text) {
    String trimmed = trim(text);
    StringBuilder collapsed = new StringBuilder(trimmed.length());
    boolean inBlanks = false;
    for (int i = 0; i < trimmed.length(); i++) {
      char c = trimmed.charAt(i);
      if (!isBlank(c)) {
        collapsed.append(c);
      } else if (!inBlanks) {
        collapsed.append(' ');
      }
      inBlanks = isBlank(c);
    }
    return collapsed.toString();
  }

  /** What two names have in common that differ only in blanks and case. */
  static String nameKey(String name) {
    return collapse(name).toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
  }
}
