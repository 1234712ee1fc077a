package io.acpbenefits.invitation;

/**
 * Where an invitation stands: personal ones {@code PENDING → ACCEPTED | DECLINED | REVOKED |
 * EXPIRED}, links {@code ACTIVE → REVOKED | EXPIRED | EXHAUSTED}.
 */
public enum InvitationState {
  /** A personal invitation that waits for its answer. */
  PENDING,
  /** Answered with a join request. */
  ACCEPTED,
  /** Answered with a no. */
  DECLINED,
  /** A link that can be used. */
  ACTIVE,
  /** Taken back, or replaced by a newer link. */
  REVOKED,
  /** Its time is over. */
  EXPIRED,
  /** Used as often as it may be. */
  EXHAUSTED
}
