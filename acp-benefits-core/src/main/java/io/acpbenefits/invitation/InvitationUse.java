package io.acpbenefits.invitation;

import io.acpbenefits.common.Actor;
import io.acpbenefits.common.Operation;
import io.acpbenefits.common.Reason;
import io.acpbenefits.common.Refusal;
import io.acpbenefits.internal.Domain;
import io.acpbenefits.organization.OrganizationId;
import io.acpbenefits.permission.Access;
import io.acpbenefits.permission.Subject;

/** What a token lets somebody do: ask to join, through an invitation that can be used. */
final class InvitationUse {

  private final Domain domain;
  private final Access access;
  private final InvitationStore store;

  InvitationUse(Domain domain, Access access, InvitationStore store) {
    this.domain = domain;
    this.access = access;
    this.store = store;
  }

  OrganizationId organizationBehind(InvitationToken token) {
    return store.organizationBehind(token);
  }

  /**
   * Locks the invitation behind a token. One that is not the actor's is no link for it, and one
   * that cannot be used any more is refused.
   */
  Invitation lockUsable(Actor.Account actor, InvitationToken token) {
    Invitation stored = store.lock(token);
    boolean personal = stored.kind() == InvitationKind.PERSONAL;
    access.require(
        actor,
        personal ? Operation.ACCEPT_INVITATION : Operation.SUBMIT_JOIN_REQUEST,
        Subject.ofOrganization(stored.organizationId())
            .concerning(personal ? stored.invitedAccount() : actor.id()),
        InvitationStore::notALink);
    Invitation invitation = stored.at(domain.now());
    switch (invitation.state()) {
      case REVOKED ->
          throw new Refusal(
              Reason.LINK_REVOKED, "This invitation link was revoked; ask for the current one.");
      case EXPIRED ->
          throw new Refusal(
              Reason.LINK_EXPIRED, "This invitation link has expired; ask for a new one.");
      case EXHAUSTED ->
          throw new Refusal(
              Reason.LINK_EXHAUSTED, "This invitation link is used up; ask for a new one.");
      default -> {
        InvitationState.lifecycle()
            .require(
                personal ? Operation.ACCEPT_INVITATION : Operation.SUBMIT_JOIN_REQUEST,
                invitation.state());
        return invitation;
      }
    }
  }

  /** Counts one use of a locked invitation. */
  void countUse(Actor actor, Invitation invitation, JoinRequestId request) {
    Invitation used = invitation.usedOnceMore();
    Integer maximum = invitation.limits().maximumUses();
    if (invitation.kind() == InvitationKind.PERSONAL) {
      store.move(actor, Operation.ACCEPT_INVITATION, used, InvitationState.ACCEPTED, request, null);
    } else if (maximum != null && used.uses() >= maximum) {
      store.move(
          Actor.system(), Operation.EXHAUST_LINK, used, InvitationState.EXHAUSTED, null, null);
    } else {
      store.update(used);
    }
  }
}
