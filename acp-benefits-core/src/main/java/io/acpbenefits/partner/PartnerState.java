package io.acpbenefits.partner;

/** Where a partner stands: {@code ACTIVE ⇄ SUSPENDED → TERMINATED}. */
public enum PartnerState {
  /** In the programme. */
  ACTIVE,
  /** May neither apply nor hand out codes nor admit anyone; results and expiry go on. */
  SUSPENDED,
  /** Out of the programme, for good. */
  TERMINATED
}
