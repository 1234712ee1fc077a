package io.acpbenefits.examples.quickstart.input;

/** Ends the reading of one file, whose rest can no longer be understood. */
final class Unreadable extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int line;
  private final int column;
  private final String expected;
  private final String found;

  Unreadable(int line, int column, String expected, String found) {
    super("expected " + expected + ", found " + found);
    this.line = line;
    this.column = column;
    this.expected = expected;
    this.found = found;
  }

  static Unreadable asAWhole(String expected, String found) {
    return new Unreadable(0, 0, expected, found);
  }

  int line() {
    return line;
  }

  int column() {
    return column;
  }

  String expected() {
    return expected;
  }

  String found() {
    return found;
  }

  /** The same at another column: readers of cells count cells, not characters. */
  Unreadable inColumn(int cell) {
    return line == 0 ? this : new Unreadable(line, cell, expected, found);
  }
}
