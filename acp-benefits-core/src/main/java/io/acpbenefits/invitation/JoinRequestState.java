package io.acpbenefits.invitation;

import static io.acpbenefits.common.Operation.APPROVE_JOIN_REQUEST;
import static io.acpbenefits.common.Operation.EXPIRE_JOIN_REQUEST;
import static io.acpbenefits.common.Operation.REJECT_JOIN_REQUEST;
import static io.acpbenefits.common.Operation.SUBMIT_JOIN_REQUEST;
import static io.acpbenefits.common.Operation.WITHDRAW_JOIN_REQUEST;

import io.acpbenefits.common.StateMachine;

/** Where a join request stands: {@code SUBMITTED → APPROVED | REJECTED | WITHDRAWN | EXPIRED}. */
public enum JoinRequestState {
  /** Open. */
  SUBMITTED,
  /** The applicant was made a member. */
  APPROVED,
  /** An owner said no, or the organization was closed. */
  REJECTED,
  /** The applicant took it back. */
  WITHDRAWN,
  /** Nobody decided in time, or the account was not free in time. */
  EXPIRED;

  private static final StateMachine<JoinRequestState> LIFECYCLE =
      StateMachine.of("join request", JoinRequestState.class)
          .begins(SUBMIT_JOIN_REQUEST, SUBMITTED)
          .leads(APPROVE_JOIN_REQUEST, APPROVED, SUBMITTED)
          .leads(REJECT_JOIN_REQUEST, REJECTED, SUBMITTED)
          .leads(WITHDRAW_JOIN_REQUEST, WITHDRAWN, SUBMITTED)
          .leads(EXPIRE_JOIN_REQUEST, EXPIRED, SUBMITTED)
          .build();

  /**
   * What leads from where to where.
   *
   * @return the state machine
   */
  public static StateMachine<JoinRequestState> lifecycle() {
    return LIFECYCLE;
  }
}
