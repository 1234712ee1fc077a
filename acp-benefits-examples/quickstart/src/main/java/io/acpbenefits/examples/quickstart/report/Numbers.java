package io.acpbenefits.examples.quickstart.report;

import java.util.Locale;

/** Numbers as SVG takes them. */
final class Numbers {

  private Numbers() {}

  static String tenths(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }

  static String percent(double value) {
    return String.format(Locale.ROOT, "%.2f%%", value);
  }
}
