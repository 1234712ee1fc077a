package io.acpbenefits.quota;

/** Where a quota stands: {@code PLANNED → ACTIVE ⇄ SUSPENDED → EXPIRED | REVOKED}. */
public enum QuotaState {
  /** Its period has not begun. */
  PLANNED,
  /** Codes may be applied for against it. */
  ACTIVE,
  /** Set aside by an operator. */
  SUSPENDED,
  /** Its period is over. */
  EXPIRED,
  /** Taken back by an operator. */
  REVOKED
}
