package io.acpbenefits.quota;

import io.acpbenefits.common.DomainEvent;
import io.acpbenefits.exam.ExamLevel;
import io.acpbenefits.partner.PartnerId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something changed what a partner may apply for, or what was issued to it.
 *
 * @param quotaId which quota
 * @param partnerId whose
 * @param level of which exams
 * @param act what was done
 * @param quantity how many codes it concerned: of SUSPENDED, RESUMED, EXPIRED and REVOKED those
 *     that were available, perhaps none; of ADJUSTED negative where it took away; else at least 1
 * @param reference what it was done for, such as a benefit application's id
 * @param madeAt when, in UTC
 * @param madeBy who, as {@code account:…}, {@code operator:…} or {@code system}
 */
public record QuotaChanged(
    QuotaId quotaId,
    PartnerId partnerId,
    ExamLevel level,
    Act act,
    long quantity,
    @Nullable String reference,
    Instant madeAt,
    String madeBy)
    implements DomainEvent {

  /** What was done. */
  public enum Act {
    /** Codes were granted. */
    GRANTED,
    /** More or fewer codes are granted from now on. */
    ADJUSTED,
    /** Codes were held for an application. */
    HELD,
    /** Held codes were given back. */
    RELEASED,
    /** Held codes were issued. */
    CONSUMED,
    /** The quota was set aside. */
    SUSPENDED,
    /** The quota counts again. */
    RESUMED,
    /** Codes ran out unused. */
    EXPIRED,
    /** The quota was taken back. */
    REVOKED
  }
}
