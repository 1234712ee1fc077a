package io.acpbenefits.examrecord;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import io.acpbenefits.common.BenefitsException;
import io.acpbenefits.common.Reason;
import io.acpbenefits.common.Refusal;
import io.acpbenefits.exam.ExamId;
import io.acpbenefits.examcode.CodeText;
import io.acpbenefits.registration.IdPair;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Exam records from CSV (RFC 4180, with a header): {@code
 * candidate_id,registration_id,exam_id,taken_at,outcome,score,voucher_code,kind}, in any order; the
 * last three columns are optional. Times are ISO-8601 instants; the kind is RESULT unless it is
 * told, see {@link ExamRecordKind}, and an INVALIDATION needs no outcome. A cell has at most 1,000
 * characters, else its line is set aside; a line with 262,144 or more ends the run. A line with
 * bytes that are not UTF-8 is set aside. Used once, by one thread; the caller closes what it reads.
 */
public final class CsvExamRecordFeed implements ExamRecordFeed {

  private static final Set<String> REQUIRED =
      Set.of("candidate_id", "registration_id", "exam_id", "taken_at", "outcome");
  private static final Set<String> OPTIONAL = Set.of("score", "voucher_code", "kind");
  private static final int MOST_CHARACTERS_OF_A_CELL = 1000;
  private static final int MOST_CHARACTERS_OF_A_LINE = 256 * 1024;
  private static final String BOM = "\uFEFF";

  /** What malformed bytes become in a reader; no id, exam or code has it. */
  private static final char MALFORMED = '\uFFFD';

  private final Reader csv;

  /**
   * Reads from a reader. If that replaces what it cannot decode by U+FFFD, as Java's readers do by
   * default, the lines concerned are set aside.
   *
   * @param csv the file's text
   */
  public CsvExamRecordFeed(Reader csv) {
    this.csv = csv;
  }

  /**
   * Reads bytes as UTF-8.
   *
   * @param csv the file
   */
  public CsvExamRecordFeed(InputStream csv) {
    this(new InputStreamReader(csv, StandardCharsets.UTF_8));
  }

  @Override
  public void forEach(Consumer<FeedLine> consumer) {
    try (CsvReader<CsvRecord> records =
        CsvReader.builder()
            .maxBufferSize(MOST_CHARACTERS_OF_A_LINE)
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
      throw new BenefitsException(
          "The exam record file is not CSV, or has a line of %d characters or more: %s"
              .formatted(MOST_CHARACTERS_OF_A_LINE, e.getMessage()),
          e);
    } catch (IOException e) {
      throw new BenefitsException("The exam record file could not be read.", e);
    }
  }

  /** Never names an unknown column: without a header, that is the first person's data. */
  private static Map<String, Integer> columnsOf(List<String> header) {
    Map<String, Integer> columns = new HashMap<>();
    List<Integer> unknown = new ArrayList<>();
    for (String name : header) {
      int place = columns.size() + unknown.size();
      String column = place == 0 && name.startsWith(BOM) ? name.substring(1) : name;
      if (!REQUIRED.contains(column) && !OPTIONAL.contains(column)) {
        unknown.add(place + 1);
      } else if (columns.putIfAbsent(column, place) != null) {
        throw new BenefitsException("The exam record file has the column " + column + " twice.");
      }
    }
    Set<String> missing = new TreeSet<>(REQUIRED);
    missing.removeAll(columns.keySet());
    if (!missing.isEmpty() || !unknown.isEmpty()) {
      throw new BenefitsException(
          "The exam record file lacks the columns %s and has %d unknown columns, at the places %s."
              .formatted(missing, unknown.size(), unknown.stream().limit(10).toList()));
    }
    return columns;
  }

  /** A row whose fields are found by their column's name. */
  private record Row(Map<String, Integer> columns, CsvRecord fields) {

    boolean fits() {
      return fields.getFieldCount() == columns.size();
    }

    Optional<String> problem() {
      for (Map.Entry<String, Integer> column : new TreeMap<>(columns).entrySet()) {
        String cell = fields.getField(column.getValue());
        if (cell.length() > MOST_CHARACTERS_OF_A_CELL) {
          return Optional.of(
              "%s: expected at most %d characters, found %d"
                  .formatted(column.getKey(), MOST_CHARACTERS_OF_A_CELL, cell.length()));
        }
        if (cell.indexOf(MALFORMED) >= 0) {
          return Optional.of(
              column.getKey() + ": has characters that are not UTF-8; save the file as UTF-8");
        }
      }
      return Optional.empty();
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

    <E extends Enum<E>> E oneOf(Class<E> type, String column, String otherwise) {
      String text = optional(column).orElse(otherwise);
      return Arrays.stream(type.getEnumConstants())
          .filter(value -> value.name().equals(text))
          .findFirst()
          .orElseThrow(
              () ->
                  Refusal.of(
                      Reason.INVALID_INPUT,
                      "%s: expected one of %s",
                      column,
                      Arrays.toString(type.getEnumConstants())));
    }
  }

  private static FeedLine read(Row row, long number) {
    if (!row.fits()) {
      return new FeedLine.Unreadable(
          number,
          "expected %d fields as in the header, found %d"
              .formatted(row.columns().size(), row.fields().getFieldCount()));
    }
    Optional<String> problem = row.problem();
    if (problem.isPresent()) {
      return new FeedLine.Unreadable(number, problem.get());
    }
    try {
      return new FeedLine.Parsed(number, line(row));
    } catch (DateTimeParseException e) {
      return new FeedLine.Unreadable(
          number, "taken_at: expected an ISO-8601 instant such as 2026-03-01T09:00:00Z");
    } catch (Refusal e) {
      return new FeedLine.Unreadable(number, String.valueOf(e.getMessage()));
    }
  }

  private static ExamRecordLine line(Row row) {
    ExamRecordKind kind = row.oneOf(ExamRecordKind.class, "kind", ExamRecordKind.RESULT.name());
    // Of an invalidation the outcome says nothing, so it may be left out.
    String otherwise = kind == ExamRecordKind.INVALIDATION ? ExamOutcome.NO_SHOW.name() : "";
    return new ExamRecordLine(
        new IdPair(row.required("candidate_id"), row.required("registration_id")),
        ExamId.of(row.required("exam_id")),
        Instant.parse(row.required("taken_at")),
        row.oneOf(ExamOutcome.class, "outcome", otherwise),
        row.optional("score").orElse(null),
        row.optional("voucher_code").map(CodeText::parse).orElse(null),
        kind);
  }
}
