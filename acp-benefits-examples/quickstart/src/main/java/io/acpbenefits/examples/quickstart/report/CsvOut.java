package io.acpbenefits.examples.quickstart.report;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Writes a CSV report by RFC 4180: UTF-8 without byte order mark, a header, lines ended by LF,
 * cells quoted where they must be, the same bytes for the same values. A cell that a spreadsheet
 * would take for a formula gets a leading apostrophe. Not thread-safe. A file that cannot be
 * written is an {@link UncheckedIOException}.
 */
public final class CsvOut implements AutoCloseable {

  private static final Pattern FORMULA = Pattern.compile("[=+\\-@\t\r].*", Pattern.DOTALL);
  private static final Pattern PLAIN_NUMBER = Pattern.compile("[+-]?\\d+(\\.\\d+)?");

  private final CsvWriter writer;
  private final int columns;

  private CsvOut(CsvWriter writer, int columns) {
    this.writer = writer;
    this.columns = columns;
  }

  /**
   * Begins a report with its header.
   *
   * @param file is created, or replaced if it exists; its folder must exist
   * @param header names of the columns, at least one
   * @return to be closed by the caller
   */
  public static CsvOut create(Path file, String... header) {
    if (header.length == 0) {
      throw new IllegalArgumentException("A report needs at least one column");
    }
    try {
      CsvWriter writer = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(file);
      CsvOut out = new CsvOut(writer, header.length);
      out.row((Object[]) header);
      return out;
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write " + file, e);
    }
  }

  /**
   * Writes a record.
   *
   * @param cells one for each column; null is an empty cell, everything else is written as its
   *     {@code toString} says
   * @throws IllegalArgumentException if there are more or fewer cells than columns
   */
  public void row(@Nullable Object... cells) {
    if (cells.length != columns) {
      throw new IllegalArgumentException("Expected " + columns + " cells, got " + cells.length);
    }
    writer.writeRecord(Arrays.stream(cells).map(CsvOut::text).toArray(String[]::new));
  }

  /** Ends the report. */
  @Override
  public void close() {
    try {
      writer.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(@Nullable Object cell) {
    String text = cell == null ? "" : cell.toString();
    boolean formula = FORMULA.matcher(text).matches() && !PLAIN_NUMBER.matcher(text).matches();
    return formula ? "'" + text : text;
  }
}
