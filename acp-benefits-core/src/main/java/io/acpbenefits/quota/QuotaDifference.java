package io.acpbenefits.quota;

import io.acpbenefits.partner.PartnerId;

/**
 * Where a quota does not agree with what proves it.
 *
 * @param quotaId which quota
 * @param partnerId whose
 * @param figure which of its figures
 * @param counted what the quota itself says
 * @param proven what it should be; 0 for a figure that is negative
 */
public record QuotaDifference(
    QuotaId quotaId, PartnerId partnerId, Figure figure, long counted, long proven) {

  /** Which figure, against what it is held. */
  public enum Figure {
    /** What can be applied for is negative. */
    AVAILABLE,
    /** What was granted, against the ledger. */
    GRANTED,
    /** What is held, against the ledger. */
    HELD,
    /** What was consumed, against the ledger. */
    CONSUMED,
    /** What has expired, against the ledger. */
    EXPIRED,
    /** What is held, against the benefit applications under way. */
    HELD_FOR_APPLICATIONS,
    /** What was consumed, against the benefit applications that were fulfilled. */
    CONSUMED_FOR_APPLICATIONS
  }

  @Override
  public String toString() {
    return "Quota %s of partner %s: %s is %d and should be %d"
        .formatted(quotaId, partnerId, figure, counted, proven);
  }
}
