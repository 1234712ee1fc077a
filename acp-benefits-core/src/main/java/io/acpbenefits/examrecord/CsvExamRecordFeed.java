package io.acpbenefits.examrecord;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
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
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

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
    try (CsvReader<NamedCsvRecord> records =
        CsvReader.builder()
            .maxBufferSize(4 * MAX_CELL)
            .detectBomHeader(false)
            .ofNamedCsvRecord(csv)) {
      boolean checked = false;
      for (NamedCsvRecord row : records) {
        if (!checked) {
          requireColumns(row);
          checked = true;
        }
        consumer.accept(read(row));
      }
    } catch (CsvParseException e) {
      throw new BenefitsException("The exam record file is not CSV: " + e.getMessage(), e);
    } catch (IOException e) {
      throw new BenefitsException("The exam record file could not be read.", e);
    }
  }

  private static void requireColumns(NamedCsvRecord row) {
    Set<String> missing = new TreeSet<>(REQUIRED);
    row.getHeader().forEach(missing::remove);
    Set<String> unknown = new TreeSet<>(row.getHeader());
    unknown.removeAll(REQUIRED);
    unknown.removeAll(OPTIONAL);
    if (!missing.isEmpty() || !unknown.isEmpty()) {
      throw new BenefitsException(
          "The exam record file lacks the columns %s and has the unknown columns %s."
              .formatted(missing, unknown));
    }
  }

  private static FeedLine read(NamedCsvRecord row) {
    long number = row.getStartingLineNumber();
    try {
      return new FeedLine.Parsed(
          number,
          new ExamRecordLine(
              new IdPair(row.getField("candidate_id"), row.getField("registration_id")),
              ExamId.of(row.getField("exam_id").strip()),
              Instant.parse(row.getField("taken_at").strip()),
              ExamOutcome.valueOf(row.getField("outcome").strip()),
              optional(row, "score"),
              voucher(row)));
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

  private static @Nullable String optional(NamedCsvRecord row, String column) {
    return row.findField(column).map(String::strip).filter(text -> !text.isEmpty()).orElse(null);
  }

  private static @Nullable CodeText voucher(NamedCsvRecord row) {
    String text = optional(row, "voucher_code");
    return text == null ? null : CodeText.parse(text);
  }
}
