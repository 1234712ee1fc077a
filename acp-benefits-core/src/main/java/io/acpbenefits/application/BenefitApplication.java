package io.acpbenefits.application;

import io.acpbenefits.common.Reason;
import io.acpbenefits.exam.ExamId;
import io.acpbenefits.partner.PartnerId;
import io.acpbenefits.quota.QuotaId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * That a partner asks for codes of one exam.
 *
 * @param applicationId its id
 * @param partnerId who asks
 * @param examId for which exam
 * @param quantity how many codes, at least 1
 * @param state where it stands
 * @param quotaId the quota that holds the codes, once submitted
 * @param reason why it has no codes yet, after the Benefit Center was asked in vain
 * @param createdAt when it was begun, in UTC
 * @param submittedAt when it was submitted last
 * @param fulfilledAt when the codes came
 * @param attempts how often the Benefit Center was asked in vain
 */
public record BenefitApplication(
    BenefitApplicationId applicationId,
    PartnerId partnerId,
    ExamId examId,
    int quantity,
    BenefitApplicationState state,
    @Nullable QuotaId quotaId,
    @Nullable Reason reason,
    Instant createdAt,
    @Nullable Instant submittedAt,
    @Nullable Instant fulfilledAt,
    int attempts) {

  BenefitApplication with(BenefitApplicationState to, @Nullable Reason why) {
    return copy(to, quotaId, why, submittedAt, fulfilledAt, attempts);
  }

  BenefitApplication submitted(BenefitApplicationState to, QuotaId holding, Instant at) {
    return copy(to, holding, null, at, fulfilledAt, attempts);
  }

  BenefitApplication fulfilled(Instant at) {
    return copy(BenefitApplicationState.FULFILLED, quotaId, null, submittedAt, at, attempts);
  }

  BenefitApplication attempted(BenefitApplicationState to, Reason why, int times) {
    return copy(to, quotaId, why, submittedAt, fulfilledAt, times);
  }

  /** Without its quota: the hold was given back. */
  BenefitApplication released(BenefitApplicationState to) {
    return copy(to, null, null, submittedAt, fulfilledAt, attempts);
  }

  /** Asks for something else; what is held for that has yet to be said. */
  BenefitApplication revised(ExamId exam, int codes) {
    return new BenefitApplication(
        applicationId,
        partnerId,
        exam,
        codes,
        state,
        null,
        reason,
        createdAt,
        submittedAt,
        fulfilledAt,
        attempts);
  }

  BenefitApplication holding(QuotaId holding) {
    return copy(state, holding, reason, submittedAt, fulfilledAt, attempts);
  }

  private BenefitApplication copy(
      BenefitApplicationState to,
      @Nullable QuotaId holding,
      @Nullable Reason why,
      @Nullable Instant submitted,
      @Nullable Instant fulfilled,
      int times) {
    return new BenefitApplication(
        applicationId,
        partnerId,
        examId,
        quantity,
        to,
        holding,
        why,
        createdAt,
        submitted,
        fulfilled,
        times);
  }
}
