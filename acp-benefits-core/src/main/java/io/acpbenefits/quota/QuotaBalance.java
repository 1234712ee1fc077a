package io.acpbenefits.quota;

import io.acpbenefits.exam.ExamLevel;
import io.acpbenefits.partner.PartnerId;
import java.time.Instant;

/**
 * What a quota's ledger came to at an instant.
 *
 * @param quotaId which quota
 * @param partnerId whose
 * @param level of which exams
 * @param validFrom first instant of the period
 * @param validUntil first instant after the period
 * @param granted how many codes were granted by then, with all adjustments
 * @param held how many were held for applications
 * @param consumed how many were issued
 * @param expired how many had run out unused, or were taken back
 */
public record QuotaBalance(
    QuotaId quotaId,
    PartnerId partnerId,
    ExamLevel level,
    Instant validFrom,
    Instant validUntil,
    long granted,
    long held,
    long consumed,
    long expired) {

  /**
   * What could still be applied for, unless the quota was suspended or yet to begin.
   *
   * @return granted less held, consumed and expired
   */
  public long available() {
    return granted - held - consumed - expired;
  }

  /** From the instant it was due an expiry counts, whether or not it was written by then. */
  QuotaBalance at(Instant instant) {
    return instant.isBefore(validUntil)
        ? this
        : new QuotaBalance(
            quotaId,
            partnerId,
            level,
            validFrom,
            validUntil,
            granted,
            held,
            consumed,
            expired + available());
  }
}
