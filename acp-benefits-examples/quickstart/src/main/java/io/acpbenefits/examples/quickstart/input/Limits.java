package io.acpbenefits.examples.quickstart.input;

/** How large input may be. Lengths are in UTF-16 units, as the database counts them. */
final class Limits {

  static final long FILE_BYTES = 64L << 20;
  static final int RECORDS = 1_000_000;
  static final int CODES = 1_000_000;
  static final int CELL = 4_096;

  /** Ids, names and words. */
  static final int ID = 200;

  static final int URL = 2_000;

  /** A line of issued-codes.txt: room for tens of thousands of codes, but not for a whole file. */
  static final int PASTED_LINE = 1_000_000;

  static final int SHORTEST_CODE = 4;
  static final int LONGEST_CODE = 64;

  private Limits() {}
}
