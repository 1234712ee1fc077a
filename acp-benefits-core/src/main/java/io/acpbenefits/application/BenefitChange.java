package io.acpbenefits.application;

import io.acpbenefits.exam.ExamId;
import io.acpbenefits.partner.PartnerId;
import io.acpbenefits.quota.QuotaId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One line of the Benefit Change Records: an act that changed what a partner may still apply for.
 *
 * @param changeId its id
 * @param partnerId whose quota
 * @param quotaId which quota
 * @param kind what was done
 * @param quantity how many codes it concerned, at least 1
 * @param examId for which exam, if for one
 * @param applicationId for which application, if for one
 * @param madeAt when, in UTC
 * @param madeBy who
 */
public record BenefitChange(
    BenefitChangeId changeId,
    PartnerId partnerId,
    QuotaId quotaId,
    Kind kind,
    long quantity,
    @Nullable ExamId examId,
    @Nullable BenefitApplicationId applicationId,
    Instant madeAt,
    String madeBy) {

  /** What was done. */
  public enum Kind {
    /** Codes were held for an application. */
    HELD,
    /** Held codes were given back. */
    RELEASED,
    /** Codes were issued: the details show them. */
    CODES_ISSUED
  }
}
