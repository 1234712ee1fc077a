package io.acpbenefits.examples.quickstart.input;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Splits CSV text into records by RFC 4180, strictly: a quote is either around a whole cell or an
 * error. Hand-made because every cell must know the line it starts on, a cell must be refused while
 * it grows, and a missing closing quote must be named where it opened.
 */
final class CsvScanner {

  /** More than any header needs; the rest of an endless record is counted, not kept. */
  private static final int KEPT_CELLS = 64;

  /** A cell as it stands in the file, without its quotes; line breaks are LF. */
  record Cell(String text, int line) {}

  /** A record; {@code count} tells how many cells it has, of which the first 64 are kept. */
  record Line(int line, List<Cell> cells, int count) {}

  private final Utf8Source source;
  private int cellNumber = 1;

  CsvScanner(Utf8Source source) {
    this.source = source;
  }

  /** The next record that is not a blank line; null at the end. */
  @Nullable Line next() {
    try {
      while (source.peek() != Utf8Source.END) {
        Line record = record();
        boolean blankLine = record.count() == 1 && Blanks.isBlank(record.cells().get(0).text());
        if (!blankLine) {
          return record;
        }
      }
      return null;
    } catch (Unreadable e) {
      throw e.inColumn(cellNumber);
    }
  }

  private Line record() {
    int line = source.line();
    List<Cell> cells = new ArrayList<>();
    cellNumber = 1;
    while (true) {
      Cell cell = source.peek() == '"' ? quotedCell() : plainCell();
      if (cellNumber <= KEPT_CELLS) {
        cells.add(cell);
      }
      if (source.peek() != ',') {
        break;
      }
      source.take();
      cellNumber++;
    }
    if (source.peek() == '\n') {
      source.take();
    }
    return new Line(line, cells, cellNumber);
  }

  private Cell plainCell() {
    int line = source.line();
    StringBuilder text = new StringBuilder();
    while (!atCellEnd()) {
      if (source.peek() == '"') {
        throw new Unreadable(
            line,
            cellNumber,
            "a cell that is quoted as a whole or has no quotes",
            "a quote after " + Shown.quoted(text.toString()));
      }
      append(text, line, "a longer one that begins ");
    }
    return new Cell(text.toString(), line);
  }

  private Cell quotedCell() {
    int line = source.line();
    StringBuilder text = new StringBuilder();
    source.take();
    while (true) {
      if (source.peek() == Utf8Source.END) {
        throw new Unreadable(
            line,
            cellNumber,
            "a quote that closes the cell",
            "none up to the end of the file after " + Shown.quoted(text.toString()));
      }
      if (source.peek() == '"') {
        source.take();
        if (source.peek() != '"') {
          break;
        }
      }
      append(text, line, "a longer one, perhaps without its closing quote, that begins ");
    }
    if (!atCellEnd()) {
      throw new Unreadable(
          line,
          cellNumber,
          "a comma or the end of the line after the closing quote",
          Shown.quoted(Character.toString(source.peek())));
    }
    return new Cell(text.toString(), line);
  }

  private void append(StringBuilder text, int line, String longer) {
    if (text.length() == Limits.CELL) {
      throw new Unreadable(
          line,
          cellNumber,
          "at most " + Shown.count(Limits.CELL) + " characters in a cell",
          longer + Shown.quoted(text.substring(0, 40)));
    }
    text.append((char) source.take());
  }

  private boolean atCellEnd() {
    int c = source.peek();
    return c == ',' || c == '\n' || c == Utf8Source.END;
  }
}
