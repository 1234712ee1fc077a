package io.acpbenefits.examcode;

import static io.acpbenefits.common.Operation.ASSIGN_CODE;
import static io.acpbenefits.common.Operation.DECIDE_CODE;
import static io.acpbenefits.common.Operation.EXPIRE_CODE;
import static io.acpbenefits.common.Operation.EXTEND_CODE;
import static io.acpbenefits.common.Operation.FORFEIT_CODE;
import static io.acpbenefits.common.Operation.FREE_CODE;
import static io.acpbenefits.common.Operation.IMPORT_CODES;
import static io.acpbenefits.common.Operation.ISSUE_CODE;
import static io.acpbenefits.common.Operation.MOVE_RESERVATION;
import static io.acpbenefits.common.Operation.REDEEM_CODE;
import static io.acpbenefits.common.Operation.REINSTATE_CODE;
import static io.acpbenefits.common.Operation.RELEASE_CODE;
import static io.acpbenefits.common.Operation.RESERVE_CODE;
import static io.acpbenefits.common.Operation.RETURN_CODE;
import static io.acpbenefits.common.Operation.REVOKE_CODE;

import io.acpbenefits.common.StateMachine;

/**
 * Where an exam code stands: {@code ISSUED ⇄ ASSIGNED → RESERVED → REDEEMED}, and what else can
 * become of it; see {@link #lifecycle()}.
 */
public enum ExamCodeState {
  /** The partner has it; nobody holds it. */
  ISSUED,
  /** A member holds it. */
  ASSIGNED,
  /** Its holder has booked an exam with it. */
  RESERVED,
  /** The exam was sat. Final. */
  REDEEMED,
  /** Lost by a no-show or a late cancellation, unless it is reinstated. */
  FORFEITED,
  /** Its life ended unused. Final. */
  EXPIRED,
  /** Taken back. Final. */
  REVOKED;

  /**
   * A result says what happened at Pearson VUE, so it also ends a code that nobody was known to
   * hold: what was used there must not be handed out here.
   */
  private static final StateMachine<ExamCodeState> LIFECYCLE =
      StateMachine.of("exam code", ExamCodeState.class)
          .begins(ISSUE_CODE, ISSUED)
          .begins(IMPORT_CODES, ISSUED)
          .leads(ASSIGN_CODE, ASSIGNED, ISSUED)
          .leads(RETURN_CODE, ISSUED, ASSIGNED)
          .leads(RESERVE_CODE, RESERVED, ASSIGNED)
          .keeps(MOVE_RESERVATION, RESERVED)
          .leads(FREE_CODE, ASSIGNED, RESERVED)
          .leads(FREE_CODE, ISSUED, RESERVED)
          .leads(RELEASE_CODE, ASSIGNED, RESERVED)
          .leads(RELEASE_CODE, ISSUED, RESERVED)
          .keeps(DECIDE_CODE, RESERVED)
          .leads(DECIDE_CODE, REVOKED, RESERVED)
          .leads(REDEEM_CODE, REDEEMED, ISSUED, ASSIGNED, RESERVED)
          .leads(FORFEIT_CODE, FORFEITED, ISSUED, ASSIGNED, RESERVED)
          .leads(REINSTATE_CODE, ASSIGNED, FORFEITED)
          .leads(REINSTATE_CODE, ISSUED, FORFEITED)
          .keeps(EXTEND_CODE, ISSUED, ASSIGNED, RESERVED, FORFEITED)
          .leads(EXPIRE_CODE, EXPIRED, ISSUED, ASSIGNED, RESERVED)
          .leads(REVOKE_CODE, REVOKED, ISSUED, ASSIGNED, RESERVED, FORFEITED)
          .build();

  /**
   * What leads from where to where.
   *
   * @return the state machine
   */
  public static StateMachine<ExamCodeState> lifecycle() {
    return LIFECYCLE;
  }
}
