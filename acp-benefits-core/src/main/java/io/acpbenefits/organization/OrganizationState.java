package io.acpbenefits.organization;

import static io.acpbenefits.common.Operation.ADMIT_MEMBER;
import static io.acpbenefits.common.Operation.CLOSE_ORGANIZATION;
import static io.acpbenefits.common.Operation.CREATE_LINK;
import static io.acpbenefits.common.Operation.ESTABLISH_ORGANIZATION;
import static io.acpbenefits.common.Operation.INVITE;
import static io.acpbenefits.common.Operation.RESUME_ORGANIZATION;
import static io.acpbenefits.common.Operation.ROTATE_LINK;
import static io.acpbenefits.common.Operation.SUSPEND_ORGANIZATION;

import io.acpbenefits.common.StateMachine;

/** Where an organization stands: {@code ACTIVE ⇄ SUSPENDED → CLOSED}. */
public enum OrganizationState {
  /** Open for members. */
  ACTIVE,
  /** Neither invites nor admits nor takes requests; leaving, removing and rejecting go on. */
  SUSPENDED,
  /** Gone, for good: without members, links, invitations and open requests. */
  CLOSED;

  private static final StateMachine<OrganizationState> LIFECYCLE =
      StateMachine.of("organization", OrganizationState.class)
          .begins(ESTABLISH_ORGANIZATION, ACTIVE)
          .leads(SUSPEND_ORGANIZATION, SUSPENDED, ACTIVE)
          .leads(RESUME_ORGANIZATION, ACTIVE, SUSPENDED)
          .leads(CLOSE_ORGANIZATION, CLOSED, ACTIVE, SUSPENDED)
          .keeps(ADMIT_MEMBER, ACTIVE)
          .keeps(INVITE, ACTIVE)
          .keeps(CREATE_LINK, ACTIVE)
          .keeps(ROTATE_LINK, ACTIVE)
          .build();

  /**
   * What leads from where to where.
   *
   * @return the state machine
   */
  public static StateMachine<OrganizationState> lifecycle() {
    return LIFECYCLE;
  }
}
