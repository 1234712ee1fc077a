package io.acpbenefits.examrecord;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import io.acpbenefits.common.BenefitsException;
import io.acpbenefits.common.Refusal;
import io.acpbenefits.exam.ExamId;
import io.acpbenefits.examcode.CodeText;
import io.acpbenefits.registration.IdPair;
import java.io.IOException;
import java.io.Reader;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Exam records from CSV (RFC 4180, with a header): {@code
 * candidate_id,registration_id,exam_id,taken_at,outcome,score,voucher_code}, in any order; the last
 * two columns are optional. Times are ISO-8601 instants. A cell has at most 64 KiB. Used once, by
 * one thread; the caller closes the reader.
 */
public final class CsvExamRecordFeed implements ExamRecordFeed {

  private static final Set<String> REQUIRED =
      Set.of("candidate_id", "registration_id", "exam_id", "taken_at", "outcome");
  private static final Set<String> OPTIONAL = Set.of("score", "voucher_code");
  private static final int MAX_CELL = 64 * 1024;
  private static final String BOM = "\uFEFF";

  private final Reader csv;

  /**
   * Reads from a reader.
   *
   * @param csv the file's text
   */
  public CsvExamRecordFeed(Reader csv) {
    this.csv = csv;
  }

  @Override
  public void forEach(Consumer<FeedLine> consumer) {
    try (CsvReader<CsvRecord> records =
        CsvReader.builder()
            .maxBufferSize(4 * MAX_CELL)
            .allowUnclosedQuote(false)
            .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
            .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
            .ofCsvRecord(csv)) {
      Iterator<CsvRecord> rows = records.iterator();
      Map<String, Integer> columns =
          columnsOf(rows.hasNext() ? rows.next().getFields() : List.of());
      while (rows.hasNext()) {
        CsvRecord row = rows.next();
        consumer.accept(read(new Row(columns, row), row.getStartingLineNumber()));
      }
    } catch (CsvParseException e) {
      throw new BenefitsException("The exam record file is not CSV: " + e.getMessage(), e);
    } catch (IOException e) {
      throw new BenefitsException("The exam record file could not be read.", e);
    }
  }

  private static Map<String, Integer> columnsOf(List<String> header) {
    Map<String, Integer> columns = new HashMap<>();
    Set<String> unknown = new TreeSet<>();
    for (String name : header) {
      String column = columns.isEmpty() && name.startsWith(BOM) ? name.substring(1) : name;
      if (columns.putIfAbsent(column, columns.size()) != null) {
        throw new BenefitsException("The exam record file has the column " + column + " twice.");
      }
      if (!REQUIRED.contains(column) && !OPTIONAL.contains(column)) {
        unknown.add(column);
      }
    }
    Set<String> missing = new TreeSet<>(REQUIRED);
    missing.removeAll(columns.keySet());
    if (!missing.isEmpty() || !unknown.isEmpty()) {
      throw new BenefitsException(
          "The exam record file lacks the columns %s and has the unknown columns %s."
              .formatted(missing, unknown));
    }
    return columns;
  }

  /** A row whose fields are found by their column's name. */
  private record Row(Map<String, Integer> columns, CsvRecord fields) {

    boolean fits() {
      return fields.getFieldCount() == columns.size();
    }

    String required(String column) {
      return optional(column).orElse("");
    }

    Optional<String> optional(String column) {
      return Optional.ofNullable(columns.get(column))
          .map(fields::getField)
          .map(String::strip)
          .filter(text -> !text.isEmpty());
    }
  }

  private static FeedLine read(Row row, long number) {
    if (!row.fits()) {
      return new FeedLine.Unreadable(
          number,
          "expected %d fields as in the header, found %d"
              .formatted(row.columns().size(), row.fields().getFieldCount()));
    }
    try {
      return new FeedLine.Parsed(
          number,
          new ExamRecordLine(
              new IdPair(row.required("candidate_id"), row.required("registration_id")),
              ExamId.of(row.required("exam_id")),
              Instant.parse(row.required("taken_at")),
              ExamOutcome.valueOf(row.required("outcome")),
              row.optional("score").orElse(null),
              row.optional("voucher_code").map(CodeText::parse).orElse(null)));
    } catch (DateTimeParseException e) {
      return new FeedLine.Unreadable(
          number, "taken_at: expected an ISO-8601 instant such as 2026-03-01T09:00:00Z");
    } catch (Refusal e) {
      return new FeedLine.Unreadable(number, String.valueOf(e.getMessage()));
    } catch (IllegalArgumentException e) {
      return new FeedLine.Unreadable(
          number, "outcome: expected one of " + Arrays.toString(ExamOutcome.values()));
    }
  }
}
