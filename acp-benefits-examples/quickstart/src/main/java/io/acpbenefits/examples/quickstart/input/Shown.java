package io.acpbenefits.examples.quickstart.input;

import java.util.Collection;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How pieces of the input appear in messages: short, harmless to a terminal, without secrets. */
final class Shown {

  private static final int LONGEST = 60;
  private static final Pattern IN_BRACKETS = Pattern.compile("(?<=\\[)[^\\[\\]]+");

  /** A long word with a digit, or one without lower-case letters. */
  private static final Pattern CODE_LIKE_WORD =
      Pattern.compile("(?<!\\S)(?=\\S{6})(\\S*\\d\\S*|[^\\s\\p{Ll}]+)(?!\\S)");

  private Shown() {}

  static String cell(String value) {
    return value.isEmpty() ? "an empty cell" : quoted(value);
  }

  /** Quoted and shortened; what stands in brackets may be a code that got into the wrong file. */
  static String quoted(String text) {
    String value = masked(IN_BRACKETS, text);
    StringBuilder shown = new StringBuilder("\"");
    int i = 0;
    while (i < value.length() && shown.length() <= LONGEST) {
      int c = value.codePointAt(i);
      shown.append(isHarmless(c) ? Character.toString(c) : escaped(c));
      i += Character.charCount(c);
    }
    if (i == value.length()) {
      return shown.append('"').toString();
    }
    return shown.append("…\" (" + count(text.length()) + " characters)").toString();
  }

  /** The value, and the name that was probably meant. */
  static String withHint(String value, Collection<String> validNames) {
    return cell(value)
        + NearestName.of(value, validNames)
            .map(name -> " (did you mean " + quoted(name) + "?)")
            .orElse("");
  }

  /** The last four characters of a code; fewer of a short one, which they would give away. */
  static String maskedCode(String code) {
    return "****" + code.substring(code.length() - Math.min(4, code.length() / 2));
  }

  /** Text in which somebody may have forgotten the brackets around a code. */
  static String withoutCodes(String text) {
    return masked(CODE_LIKE_WORD, text);
  }

  /** The noun with its article. */
  static String a(String noun) {
    return ("aeio".indexOf(noun.charAt(0)) < 0 ? "a " : "an ") + noun;
  }

  static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  private static String masked(Pattern secret, String text) {
    return secret
        .matcher(text)
        .replaceAll(found -> Matcher.quoteReplacement(maskedCode(found.group())));
  }

  private static boolean isHarmless(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }

  private static String escaped(int c) {
    return switch (c) {
      case '\n' -> "\\n";
      case '\r' -> "\\r";
      case '\t' -> "\\t";
      default -> String.format(Locale.ROOT, "\\u%04X", c);
    };
  }
}
