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
    Instant registeredAt) {

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

  ExamRegistration with(ExamRegistrationState state, Instant appointment) {
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
        registeredAt);
  }

  /** Never shows the candidate's ids. */
  @Override
  public String toString() {
    return "ExamRegistration[" + examRegistrationId + ", " + examId + ", " + state + "]";
  }
}
