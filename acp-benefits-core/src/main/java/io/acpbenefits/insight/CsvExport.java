package io.acpbenefits.insight;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A table as CSV by RFC 4180: UTF-8 without byte order mark, a header, lines ended by CR and LF,
 * cells quoted where they must be. A text that a spreadsheet would take for a formula gets an
 * apostrophe in front of it; numbers, instants and constants are the library's own and stay as they
 * are.
 */
final class CsvExport {

  /** What begins a formula somewhere, in narrow and in wide characters. */
  private static final String FORMULA = "=+-@\uFF1D\uFF0B\uFF0D\uFF20";

  private final CsvWriter writer;
  private final int columns;

  CsvExport(OutputStream out, List<String> header) {
    this.writer =
        CsvWriter.builder().lineDelimiter(LineDelimiter.CRLF).build(out, StandardCharsets.UTF_8);
    this.columns = header.size();
    writer.writeRecord(header);
  }

  void row(List<@Nullable Object> cells) {
    if (cells.size() != columns) {
      throw new IllegalArgumentException("Expected " + columns + " cells, got " + cells.size());
    }
    writer.writeRecord(cells.stream().map(CsvExport::text).toList());
  }

  /** Hands all to the stream, which stays open. */
  void finish() {
    try {
      writer.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(@Nullable Object cell) {
    if (cell == null) {
      return "";
    }
    boolean own = cell instanceof Number || cell instanceof Enum<?>;
    return own ? cell.toString() : escaped(cell.toString());
  }

  static String escaped(String text) {
    for (int at = 0; at < text.length(); ) {
      int character = text.codePointAt(at);
      if (character == '\t' || character == '\r' || character == '\n' || isFormula(character)) {
        return "'" + text;
      }
      if (!isBlank(character)) {
        return text;
      }
      at += Character.charCount(character);
    }
    return text;
  }

  private static boolean isFormula(int character) {
    return FORMULA.indexOf(character) >= 0;
  }

  /** What does not show: blanks of any width, control characters, byte order marks. */
  private static boolean isBlank(int character) {
    return Character.isWhitespace(character)
        || Character.isSpaceChar(character)
        || Character.isIdentifierIgnorable(character);
  }
}
