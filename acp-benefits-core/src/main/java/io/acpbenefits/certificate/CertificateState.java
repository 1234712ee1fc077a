package io.acpbenefits.certificate;

import static io.acpbenefits.common.Operation.EARN_CERTIFICATE;
import static io.acpbenefits.common.Operation.EXPIRE_CERTIFICATE;
import static io.acpbenefits.common.Operation.REINSTATE_CERTIFICATE;
import static io.acpbenefits.common.Operation.RENEW_CERTIFICATE;
import static io.acpbenefits.common.Operation.REVOKE_CERTIFICATE;
import static io.acpbenefits.common.Operation.SUSPEND_CERTIFICATE;

import io.acpbenefits.common.StateMachine;

/**
 * Where a certificate stands: {@code VALID ⇄ SUSPENDED → EXPIRED | REVOKED}, {@code VALID →
 * SUPERSEDED}. Only a valid one counts.
 */
public enum CertificateState {
  /** Counts. */
  VALID,
  /** Set aside for the time being. */
  SUSPENDED,
  /** Its validity is over, for good. */
  EXPIRED,
  /** Taken back, for good. */
  REVOKED,
  /** Renewed by another one, which takes its place. */
  SUPERSEDED;

  private static final StateMachine<CertificateState> LIFECYCLE =
      StateMachine.of("certificate", CertificateState.class)
          .begins(EARN_CERTIFICATE, VALID)
          .begins(RENEW_CERTIFICATE, VALID)
          .leads(SUSPEND_CERTIFICATE, SUSPENDED, VALID)
          .leads(REINSTATE_CERTIFICATE, VALID, SUSPENDED)
          .leads(EXPIRE_CERTIFICATE, EXPIRED, VALID, SUSPENDED)
          .leads(REVOKE_CERTIFICATE, REVOKED, VALID, SUSPENDED)
          .leads(RENEW_CERTIFICATE, SUPERSEDED, VALID)
          .build();

  /**
   * What leads from where to where.
   *
   * @return the state machine
   */
  public static StateMachine<CertificateState> lifecycle() {
    return LIFECYCLE;
  }
}
