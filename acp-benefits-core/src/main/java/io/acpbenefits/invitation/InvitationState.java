package io.acpbenefits.invitation;

import static io.acpbenefits.common.Operation.ACCEPT_INVITATION;
import static io.acpbenefits.common.Operation.CHANGE_LINK;
import static io.acpbenefits.common.Operation.CREATE_LINK;
import static io.acpbenefits.common.Operation.DECLINE_INVITATION;
import static io.acpbenefits.common.Operation.ESTABLISH_ORGANIZATION;
import static io.acpbenefits.common.Operation.EXHAUST_LINK;
import static io.acpbenefits.common.Operation.EXPIRE_INVITATION;
import static io.acpbenefits.common.Operation.INVITE;
import static io.acpbenefits.common.Operation.RESEND_INVITATION;
import static io.acpbenefits.common.Operation.REVOKE_INVITATION;
import static io.acpbenefits.common.Operation.ROTATE_LINK;
import static io.acpbenefits.common.Operation.SUBMIT_JOIN_REQUEST;

import io.acpbenefits.common.StateMachine;

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
  EXHAUSTED;

  private static final StateMachine<InvitationState> LIFECYCLE =
      StateMachine.of("invitation", InvitationState.class)
          .begins(INVITE, PENDING)
          .begins(ESTABLISH_ORGANIZATION, ACTIVE)
          .begins(ROTATE_LINK, ACTIVE)
          .begins(CREATE_LINK, ACTIVE)
          .keeps(RESEND_INVITATION, PENDING)
          .leads(ACCEPT_INVITATION, ACCEPTED, PENDING)
          .leads(DECLINE_INVITATION, DECLINED, PENDING)
          .keeps(SUBMIT_JOIN_REQUEST, ACTIVE)
          .keeps(CHANGE_LINK, ACTIVE)
          .leads(EXHAUST_LINK, EXHAUSTED, ACTIVE)
          .leads(ROTATE_LINK, REVOKED, ACTIVE)
          .leads(REVOKE_INVITATION, REVOKED, PENDING, ACTIVE)
          .leads(EXPIRE_INVITATION, EXPIRED, PENDING, ACTIVE)
          .build();

  /**
   * What leads from where to where, of both kinds.
   *
   * @return the state machine
   */
  public static StateMachine<InvitationState> lifecycle() {
    return LIFECYCLE;
  }
}
