package io.acpbenefits.examrecord;

import io.acpbenefits.common.AccountId;
import io.acpbenefits.exam.ExamId;
import io.acpbenefits.examcode.ExamCodeId;
import io.acpbenefits.registration.IdPair;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One line of result data from Pearson VUE, as it was stored.
 *
 * @param recordId its id
 * @param candidateId one half of the ids that identify it
 * @param registrationId the other half
 * @param examId which exam
 * @param takenAt when it was sat, in UTC
 * @param outcome what came of it; says nothing if the kind is INVALIDATION
 * @param score as it was told, if it was
 * @param kind what the line wanted to say
 * @param state where it stands
 * @param receivedAt when it arrived
 * @param accountId whose exam it was, if a booking, an exam code or a binding tells
 * @param codeId the exam code that paid for it, if the line named one that is known
 */
public record ExamRecord(
    ExamRecordId recordId,
    String candidateId,
    String registrationId,
    ExamId examId,
    Instant takenAt,
    ExamOutcome outcome,
    @Nullable String score,
    ExamRecordKind kind,
    ExamRecordState state,
    Instant receivedAt,
    @Nullable AccountId accountId,
    @Nullable ExamCodeId codeId) {

  /**
   * The ids that identify it, with the exam.
   *
   * @return the pair
   */
  public IdPair ids() {
    return new IdPair(candidateId, registrationId);
  }

  /** Whether it says of the exam what the line says, whatever the line says it for. */
  boolean says(ExamRecordLine line) {
    return kind != ExamRecordKind.INVALIDATION
        && outcome == line.outcome()
        && takenAt.equals(line.takenAt())
        && Objects.equals(score, line.score());
  }

  /** Whether the line is this one once more. */
  boolean isRepeatedBy(ExamRecordLine line) {
    return kind == line.kind()
        && (kind == ExamRecordKind.INVALIDATION ? takenAt.equals(line.takenAt()) : says(line));
  }

  ExamRecord with(ExamRecordState state, @Nullable AccountId accountId) {
    return new ExamRecord(
        recordId,
        candidateId,
        registrationId,
        examId,
        takenAt,
        outcome,
        score,
        kind,
        state,
        receivedAt,
        accountId,
        codeId);
  }

  /** Never shows the candidate's ids. */
  @Override
  public String toString() {
    return "ExamRecord[" + recordId + ", " + examId + ", " + outcome + ", " + state + "]";
  }
}
