package io.acpbenefits.organization;

import static io.acpbenefits.common.Operation.ADMIT_MEMBER;
import static io.acpbenefits.common.Operation.APPROVE_JOIN_REQUEST;
import static io.acpbenefits.common.Operation.CLOSE_ORGANIZATION;
import static io.acpbenefits.common.Operation.ESTABLISH_ORGANIZATION;
import static io.acpbenefits.common.Operation.GRANT_ROLE;
import static io.acpbenefits.common.Operation.QUIT_ORGANIZATION;
import static io.acpbenefits.common.Operation.REMOVE_MANAGER;
import static io.acpbenefits.common.Operation.REMOVE_MEMBER;
import static io.acpbenefits.common.Operation.REMOVE_OWNER;
import static io.acpbenefits.common.Operation.TRANSFER_OWNERSHIP;

import io.acpbenefits.common.StateMachine;

/**
 * Where a membership stands: {@code ACTIVE → LEFT | REMOVED}. What an ended one does not allow is
 * refused with NOT_A_MEMBER.
 */
public enum MembershipState {
  /** Belongs to the organization; an account has at most one such membership anywhere. */
  ACTIVE,
  /** Quit. */
  LEFT,
  /** Was removed by an owner, a manager or the platform, or when the organization was closed. */
  REMOVED;

  private static final StateMachine<MembershipState> LIFECYCLE =
      StateMachine.of("membership", MembershipState.class)
          .begins(ESTABLISH_ORGANIZATION, ACTIVE)
          .begins(APPROVE_JOIN_REQUEST, ACTIVE)
          .begins(ADMIT_MEMBER, ACTIVE)
          .keeps(GRANT_ROLE, ACTIVE)
          .keeps(TRANSFER_OWNERSHIP, ACTIVE)
          .leads(QUIT_ORGANIZATION, LEFT, ACTIVE)
          .leads(REMOVE_MEMBER, REMOVED, ACTIVE)
          .leads(REMOVE_MANAGER, REMOVED, ACTIVE)
          .leads(REMOVE_OWNER, REMOVED, ACTIVE)
          .leads(CLOSE_ORGANIZATION, REMOVED, ACTIVE)
          .build();

  /**
   * What leads from where to where.
   *
   * @return the state machine
   */
  public static StateMachine<MembershipState> lifecycle() {
    return LIFECYCLE;
  }
}
