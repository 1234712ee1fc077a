package io.acpbenefits.application;

import io.acpbenefits.exam.ExamId;
import io.acpbenefits.exam.ExamLevel;
import io.acpbenefits.partner.PartnerId;
import io.acpbenefits.quota.QuotaId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One line of the Benefit Change Records: an act that changed what a partner may still apply for,
 * or brought it codes. Codes that were imported from elsewhere without quota are not in them.
 *
 * @param changeId its id
 * @param partnerId whose quota
 * @param quotaId which quota
 * @param level of which exams
 * @param kind what was done
 * @param quantity how many codes it concerned: of SUSPENDED, RESUMED, EXPIRED and REVOKED those
 *     that were available, perhaps none; of ADJUSTED negative where it took away; else at least 1
 * @param examId for which exam, if for one
 * @param applicationId for which application, if for one
 * @param madeAt when, in UTC
 * @param madeBy who, as {@code account:…}, {@code operator:…} or {@code system}
 */
public record BenefitChange(
    BenefitChangeId changeId,
    PartnerId partnerId,
    QuotaId quotaId,
    ExamLevel level,
    Kind kind,
    long quantity,
    @Nullable ExamId examId,
    @Nullable BenefitApplicationId applicationId,
    Instant madeAt,
    String madeBy) {

  /** What was done. */
  public enum Kind {
    /** Codes were granted. */
    GRANTED,
    /** More or fewer codes are granted from now on. */
    ADJUSTED,
    /** Codes were held for an application. */
    HELD,
    /** Held codes were given back. */
    RELEASED,
    /** Codes were issued: the details show them. */
    CODES_ISSUED,
    /** The quota was set aside. */
    SUSPENDED,
    /** The quota counts again. */
    RESUMED,
    /** Codes ran out unused: the period was over, or they were given back after it had ended. */
    EXPIRED,
    /** The quota was taken back. */
    REVOKED
  }
}
