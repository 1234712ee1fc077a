package io.acpbenefits.examrecord;

import io.acpbenefits.common.AccountId;
import io.acpbenefits.exam.ExamId;
import io.acpbenefits.registration.IdPair;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One line of result data from Pearson VUE, as it was stored.
 *
 * @param recordId its id
 * @param candidateId one half of the ids that identify it
 * @param registrationId the other half
 * @param examId which exam
 * @param takenAt when it was sat, in UTC
 * @param outcome what came of it
 * @param score as it was told, if it was
 * @param state where it stands
 * @param receivedAt when it arrived
 * @param accountId whose exam it was, if a booking or an exam code tells
 */
public record ExamRecord(
    ExamRecordId recordId,
    String candidateId,
    String registrationId,
    ExamId examId,
    Instant takenAt,
    ExamOutcome outcome,
    @Nullable String score,
    ExamRecordState state,
    Instant receivedAt,
    @Nullable AccountId accountId) {

  /**
   * The ids that identify it, with the exam.
   *
   * @return the pair
   */
  public IdPair ids() {
    return new IdPair(candidateId, registrationId);
  }

  /** Never shows the candidate's ids. */
  @Override
  public String toString() {
    return "ExamRecord[" + recordId + ", " + examId + ", " + outcome + ", " + state + "]";
  }
}
