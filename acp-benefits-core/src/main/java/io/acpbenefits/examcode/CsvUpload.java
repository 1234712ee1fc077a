package io.acpbenefits.examcode;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import io.acpbenefits.common.BenefitsException;
import io.acpbenefits.common.Reason;
import io.acpbenefits.common.Refusal;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A small CSV file (RFC 4180, UTF-8 with or without a byte order mark, with a header) that somebody
 * uploads: read to its end before anything is done with it.
 */
final class CsvUpload {

  static final int MOST_BYTES = 5 * 1024 * 1024;
  static final int LONGEST_CELL = 1000;

  /** The exam, by its id or by its name. */
  static final Set<String> EXAM = Set.of("exam_id", "exam_name");

  private static final String BOM = "\uFEFF";

  private final String content;
  private final List<Line> lines;

  private CsvUpload(String content, List<Line> lines) {
    this.content = content;
    this.lines = lines;
  }

  /** The whole text. */
  String content() {
    return content;
  }

  List<Line> lines() {
    return lines;
  }

  /** One row; refuses what is wrong with it only when it is asked for a cell. */
  static final class Line {
    private final Map<String, Integer> columns;
    private final CsvRecord cells;

    private Line(Map<String, Integer> columns, CsvRecord cells) {
      this.columns = columns;
      this.cells = cells;
    }

    long number() {
      return cells.getStartingLineNumber();
    }

    String required(String column) {
      return optional(column)
          .orElseThrow(
              () -> Refusal.of(Reason.INVALID_INPUT, "The column %s has no value.", column));
    }

    Optional<String> optional(String column) {
      if (cells.getFieldCount() != columns.size()) {
        throw Refusal.of(
            Reason.INVALID_INPUT,
            "Expected %d cells as in the header, found %d.",
            columns.size(),
            cells.getFieldCount());
      }
      return Optional.ofNullable(columns.get(column))
          .map(cells::getField)
          .map(cell -> checked(column, cell))
          .filter(cell -> !cell.isEmpty());
    }

    private static String checked(String column, String cell) {
      if (cell.length() > LONGEST_CELL) {
        throw Refusal.of(
            Reason.INVALID_INPUT,
            "The cell in column %s has %d characters; at most %d are taken.",
            column,
            cell.length(),
            LONGEST_CELL);
      }
      return cell.strip();
    }
  }

  /**
   * Reads a file.
   *
   * @param required columns that must be there; beside them exactly one of {@link #EXAM}
   * @param optional columns that may be there
   * @throws Refusal INVALID_INPUT if it is too large, not UTF-8, not CSV, or has other columns
   */
  static CsvUpload read(InputStream csv, Set<String> required, Set<String> optional) {
    String content = text(csv);
    try (CsvReader<CsvRecord> records =
        CsvReader.builder()
            .allowUnclosedQuote(false)
            .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
            .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
            .ofCsvRecord(content)) {
      Iterator<CsvRecord> rows = records.iterator();
      List<String> header = rows.hasNext() ? rows.next().getFields() : List.of();
      Map<String, Integer> columns = columnsOf(header, required, optional);
      List<Line> lines = new ArrayList<>();
      while (rows.hasNext()) {
        lines.add(new Line(columns, rows.next()));
        RowByRow.requireFew(lines.size());
      }
      return new CsvUpload(content, lines);
    } catch (CsvParseException e) {
      throw new Refusal(Reason.INVALID_INPUT, "The file is not CSV; check its quotation marks.");
    } catch (IOException e) {
      throw new UncheckedIOException("Text in memory could not be read", e);
    }
  }

  private static byte[] bytes(InputStream csv) {
    try {
      return csv.readNBytes(MOST_BYTES + 1);
    } catch (IOException e) {
      throw new BenefitsException("The file could not be read.", e);
    }
  }

  private static String text(InputStream csv) {
    byte[] bytes = bytes(csv);
    if (bytes.length > MOST_BYTES) {
      throw Refusal.of(Reason.INVALID_INPUT, "The file has more than %d bytes.", MOST_BYTES);
    }
    try {
      // A decoder of one's own reports what is malformed instead of replacing it.
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return text.startsWith(BOM) ? text.substring(BOM.length()) : text;
    } catch (CharacterCodingException e) {
      throw new Refusal(Reason.INVALID_INPUT, "The file is not UTF-8; save it as CSV UTF-8.");
    }
  }

  private static Map<String, Integer> columnsOf(
      List<String> header, Set<String> required, Set<String> optional) {
    Map<String, Integer> columns = new HashMap<>();
    Set<String> wrong = new TreeSet<>();
    for (String name : header) {
      String column = name.strip().toLowerCase(Locale.ROOT);
      boolean known =
          required.contains(column) || optional.contains(column) || EXAM.contains(column);
      if (columns.putIfAbsent(column, columns.size()) != null || !known) {
        wrong.add(column.substring(0, Math.min(column.length(), 40)));
      }
    }
    boolean oneExam = EXAM.stream().filter(columns::containsKey).count() == 1;
    if (!wrong.isEmpty() || !oneExam || !columns.keySet().containsAll(required)) {
      throw Refusal.of(
          Reason.INVALID_INPUT,
          "The header must name each of %s, one of %s, and perhaps %s, each once; wrong are %s.",
          new TreeSet<>(required),
          new TreeSet<>(EXAM),
          new TreeSet<>(optional),
          wrong);
    }
    return columns;
  }
}
