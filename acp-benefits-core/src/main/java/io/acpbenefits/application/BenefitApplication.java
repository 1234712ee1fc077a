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

  BenefitApplication with(BenefitApplicationState state, @Nullable Reason reason) {
    return new BenefitApplication(
        applicationId,
        partnerId,
        examId,
        quantity,
        state,
        quotaId,
        reason,
        createdAt,
        submittedAt,
        fulfilledAt,
        attempts);
  }

  BenefitApplication submitted(BenefitApplicationState state, QuotaId quotaId, Instant at) {
    return new BenefitApplication(
        applicationId,
        partnerId,
        examId,
        quantity,
        state,
        quotaId,
        null,
        createdAt,
        at,
        fulfilledAt,
        attempts);
  }

  BenefitApplication fulfilled(Instant at) {
    return new BenefitApplication(
        applicationId,
        partnerId,
        examId,
        quantity,
        BenefitApplicationState.FULFILLED,
        quotaId,
        null,
        createdAt,
        submittedAt,
        at,
        attempts);
  }

  BenefitApplication attempted(BenefitApplicationState state, Reason reason, int attempts) {
    return new BenefitApplication(
        applicationId,
        partnerId,
        examId,
        quantity,
        state,
        quotaId,
        reason,
        createdAt,
        submittedAt,
        fulfilledAt,
        attempts);
  }

  /** Without its quota: the hold was given back. */
  BenefitApplication released(BenefitApplicationState state) {
    return new BenefitApplication(
        applicationId,
        partnerId,
        examId,
        quantity,
        state,
        null,
        null,
        createdAt,
        submittedAt,
        fulfilledAt,
        attempts);
  }
}
