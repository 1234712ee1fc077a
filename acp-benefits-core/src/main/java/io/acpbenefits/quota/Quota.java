package io.acpbenefits.quota;

import io.acpbenefits.exam.ExamLevel;
import io.acpbenefits.partner.PartnerId;
import java.time.Instant;

/**
 * How many exam codes of one level a partner may have in one period. Always granted = available +
 * held + consumed + expired, and none is negative.
 *
 * @param quotaId its id
 * @param partnerId whose it is
 * @param level of which exams
 * @param validFrom first instant of the period
 * @param validUntil first instant after the period
 * @param state where it stands at the instant it was read
 * @param granted how many codes were granted
 * @param held how many are held for applications under way
 * @param consumed how many were issued
 * @param expired how many ran out unused
 */
public record Quota(
    QuotaId quotaId,
    PartnerId partnerId,
    ExamLevel level,
    Instant validFrom,
    Instant validUntil,
    QuotaState state,
    long granted,
    long held,
    long consumed,
    long expired) {

  /**
   * What can still be applied for.
   *
   * @return granted less held, consumed and expired
   */
  public long available() {
    return granted - held - consumed - expired;
  }

  /**
   * This quota as it stands at an instant, whether or not what time alone did was written yet.
   *
   * @param now the instant
   * @return with the state and the expired count that are true then
   */
  Quota at(Instant now) {
    if (state != QuotaState.ACTIVE && state != QuotaState.SUSPENDED) {
      return this;
    }
    if (!now.isBefore(validUntil)) {
      return with(QuotaState.EXPIRED, held, consumed, expired + available());
    }
    return now.isBefore(validFrom) ? with(QuotaState.PLANNED, held, consumed, expired) : this;
  }

  Quota with(QuotaState state, long held, long consumed, long expired) {
    return new Quota(
        quotaId, partnerId, level, validFrom, validUntil, state, granted, held, consumed, expired);
  }
}
