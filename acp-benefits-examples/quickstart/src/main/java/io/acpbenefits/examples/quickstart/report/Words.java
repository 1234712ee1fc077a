package io.acpbenefits.examples.quickstart.report;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;

/**
 * How values are written for people. Month names are our own: those of the platform change between
 * Java releases, and with them the bytes of the page.
 */
final class Words {

  private static final List<String> MONTHS =
      List.of("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec");

  private Words() {}

  static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** A count with its noun, whose plural ends in s. */
  static String count(long number, String noun) {
    return count(number) + " " + noun + (number == 1 ? "" : "s");
  }

  static String date(Instant at) {
    LocalDate day = LocalDate.ofInstant(at, ZoneOffset.UTC);
    return day.getDayOfMonth() + " " + month(day) + " " + day.getYear();
  }

  static String month(LocalDate day) {
    return MONTHS.get(day.getMonthValue() - 1);
  }

  /** {@code apply-for-codes} and {@code NOT_PERMITTED} as {@code Apply for codes} and so on. */
  static String phrase(String word) {
    String phrase = word.replace('-', ' ').replace('_', ' ').toLowerCase(Locale.ROOT);
    if (phrase.isEmpty()) {
      return phrase;
    }
    int first = phrase.offsetByCodePoints(0, 1);
    return phrase.substring(0, first).toUpperCase(Locale.ROOT) + phrase.substring(first);
  }

  /** Part of a whole in percent, rounded down, so that only all is 100; 0 of nothing. */
  static long percent(long part, long whole) {
    return whole == 0 ? 0 : (long) (100.0 * part / whole);
  }

  /** For places where no element can keep text of another direction apart. */
  static String isolated(String text) {
    return '\u2068' + text + '\u2069';
  }

  static String binding(String state) {
    return switch (state) {
      case "SUBMITTED" -> "Submitted";
      case "AWAITING_DATA" -> "Waits for the exam record";
      case "BOUND" -> "Bound";
      case "CHECK_IDS" -> "Ids to be checked";
      case "FAILED" -> "Failed";
      default -> phrase(state);
    };
  }
}
