package io.acpbenefits.registration;

import io.acpbenefits.common.AccountId;
import io.acpbenefits.exam.ExamId;
import io.acpbenefits.examcode.ExamCodeId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * That somebody is booked for an exam.
 *
 * @param examRegistrationId its id
 * @param accountId who
 * @param examId for which exam
 * @param payment how it is paid for
 * @param codeId the exam code, if paid with one
 * @param delivery where it is sat
 * @param state where it stands
 * @param appointment when it is sat, in UTC
 * @param candidateId what Pearson VUE showed the candidate, if told
 * @param registrationId likewise
 * @param registeredAt when it was booked
 * @param resultDueAt until when its result may come in: the sync window after the appointment
 */
public record ExamRegistration(
    ExamRegistrationId examRegistrationId,
    AccountId accountId,
    ExamId examId,
    Payment payment,
    @Nullable ExamCodeId codeId,
    Delivery delivery,
    ExamRegistrationState state,
    Instant appointment,
    @Nullable String candidateId,
    @Nullable String registrationId,
    Instant registeredAt,
    Instant resultDueAt) {

  /**
   * The ids that Pearson VUE showed the candidate.
   *
   * @return both, or null if they were not told
   */
  public @Nullable IdPair ids() {
    return candidateId == null || registrationId == null
        ? null
        : new IdPair(candidateId, registrationId);
  }

  /**
   * Tells whether the sync window has passed without a word from Pearson VUE: somebody should find
   * out what became of it.
   *
   * @param now the present instant
   * @return true from the window's last instant on, while it is still scheduled
   */
  public boolean isOverdue(Instant now) {
    return state == ExamRegistrationState.SCHEDULED && !now.isBefore(resultDueAt);
  }

  ExamRegistration at(Instant appointment, Instant resultDueAt) {
    return with(state, appointment, resultDueAt);
  }

  ExamRegistration with(ExamRegistrationState state) {
    return with(state, appointment, resultDueAt);
  }

  private ExamRegistration with(
      ExamRegistrationState state, Instant appointment, Instant resultDueAt) {
    return new ExamRegistration(
        examRegistrationId,
        accountId,
        examId,
        payment,
        codeId,
        delivery,
        state,
        appointment,
        candidateId,
        registrationId,
        registeredAt,
        resultDueAt);
  }

  /** Never shows the candidate's ids. */
  @Override
  public String toString() {
    return "ExamRegistration[" + examRegistrationId + ", " + examId + ", " + state + "]";
  }
}
