package io.acpbenefits.invitation;

/** Where a join request stands: {@code SUBMITTED → APPROVED | REJECTED | WITHDRAWN | EXPIRED}. */
public enum JoinRequestState {
  /** Open. */
  SUBMITTED,
  /** The applicant was made a member. */
  APPROVED,
  /** An owner said no. */
  REJECTED,
  /** The applicant took it back. */
  WITHDRAWN,
  /** Nobody decided in time, or the account was not free in time. */
  EXPIRED
}
