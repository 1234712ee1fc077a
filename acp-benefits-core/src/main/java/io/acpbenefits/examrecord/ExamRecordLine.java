package io.acpbenefits.examrecord;

import io.acpbenefits.common.Reason;
import io.acpbenefits.common.Refusal;
import io.acpbenefits.exam.ExamId;
import io.acpbenefits.examcode.CodeText;
import io.acpbenefits.registration.IdPair;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * One line of a feed.
 *
 * @param ids Candidate ID and Registration ID
 * @param examId which exam
 * @param takenAt when it was sat, in UTC, in the years 1900 to 9998; kept to the microsecond
 * @param outcome what came of it
 * @param score as it is told, at most 50 characters, if it is
 * @param voucherCode the exam code that paid for it, if told
 * @param kind a result, a correction of one, or the word that there is none; for the last, outcome
 *     and score say nothing
 */
public record ExamRecordLine(
    IdPair ids,
    ExamId examId,
    Instant takenAt,
    ExamOutcome outcome,
    @Nullable String score,
    @Nullable CodeText voucherCode,
    ExamRecordKind kind) {

  private static final Instant EARLIEST = Instant.parse("1900-01-01T00:00:00Z");
  private static final Instant LATEST = Instant.parse("9999-01-01T00:00:00Z");

  /** Checks the time and the score's length, and takes the time to the microsecond. */
  public ExamRecordLine {
    if (takenAt.isBefore(EARLIEST) || !takenAt.isBefore(LATEST)) {
      throw new Refusal(
          Reason.INVALID_INPUT, "The time of the exam must lie in the years 1900 to 9998.");
    }
    takenAt = takenAt.truncatedTo(ChronoUnit.MICROS);
    if (score != null && score.length() > 50) {
      throw new Refusal(Reason.INVALID_INPUT, "A score has at most 50 characters.");
    }
  }

  /**
   * A plain result.
   *
   * @param ids Candidate ID and Registration ID
   * @param examId which exam
   * @param takenAt when it was sat, in UTC
   * @param outcome what came of it
   * @param score as it is told, at most 50 characters, if it is
   * @param voucherCode the exam code that paid for it, if told
   */
  public ExamRecordLine(
      IdPair ids,
      ExamId examId,
      Instant takenAt,
      ExamOutcome outcome,
      @Nullable String score,
      @Nullable CodeText voucherCode) {
    this(ids, examId, takenAt, outcome, score, voucherCode, ExamRecordKind.RESULT);
  }

  ExamRecordLine under(IdPair otherIds) {
    return new ExamRecordLine(otherIds, examId, takenAt, outcome, score, voucherCode, kind);
  }
}
