package io.acpbenefits.certificate;

/**
 * Where a certificate stands: {@code VALID ⇄ SUSPENDED → EXPIRED | REVOKED}, {@code VALID →
 * SUPERSEDED}. Only a valid one counts.
 */
public enum CertificateState {
  /** Counts. */
  VALID,
  /** Set aside. */
  SUSPENDED,
  /** Its validity is over. */
  EXPIRED,
  /** Taken back. */
  REVOKED,
  /** Renewed by another one. */
  SUPERSEDED
}
