package io.acpbenefits.invitation;

import io.acpbenefits.common.Actor;
import io.acpbenefits.common.Operation;
import io.acpbenefits.internal.Domain;
import io.acpbenefits.organization.MembershipEnded;
import io.acpbenefits.organization.MembershipStarted;
import io.acpbenefits.organization.OrganizationState;
import io.acpbenefits.organization.OrganizationStateChanged;
import java.time.Instant;

/** What becomes of open join requests when somebody joins or leaves, or an organization closes. */
final class AffectedRequests {

  private final Domain domain;
  private final InvitationPolicy policy;
  private final JoinRequestStore store;

  AffectedRequests(Domain domain, InvitationPolicy policy, JoinRequestStore store) {
    this.domain = domain;
    this.policy = policy;
    this.store = store;
  }

  /** The account left: its requests elsewhere can be decided now. */
  void release(MembershipEnded event) {
    for (JoinRequest request : store.rows.get(m -> m.lockOpenOf(event.accountId()))) {
      if (request.waiting() && !store.expireIfDue(request)) {
        Instant until = domain.now().plus(policy.requestLife());
        store.rows.one(m -> m.setWaiting(request.requestId(), false, until));
        domain.publish(new ApplicantBecameFree(request.requestId()));
      }
    }
  }

  /** The account joined: its requests elsewhere have to wait, and one to the same place is done. */
  void hold(MembershipStarted event) {
    for (JoinRequest request : store.rows.get(m -> m.lockOpenOf(event.accountId()))) {
      if (store.expireIfDue(request)) {
        continue;
      }
      if (request.organizationId().equals(event.organizationId())) {
        store.close(
            Actor.system(),
            Operation.APPROVE_JOIN_REQUEST,
            request,
            JoinRequestState.APPROVED,
            "The account was made a member.");
        domain.publish(new JoinRequestDecided(request.requestId()));
      } else if (!request.waiting()) {
        Instant until = domain.now().plus(policy.waitForAccount());
        store.rows.one(m -> m.setWaiting(request.requestId(), true, until));
        domain.publish(new ApplicantJoinedElsewhere(request.requestId()));
      }
    }
  }

  /** A closed organization lets nobody in. */
  void rejectAtClosing(OrganizationStateChanged event) {
    if (event.state() == OrganizationState.CLOSED) {
      for (JoinRequest request : store.rows.get(m -> m.lockOpenAt(event.organizationId()))) {
        if (!store.expireIfDue(request)) {
          store.reject(Actor.system(), request, "The organization was closed.");
        }
      }
    }
  }
}
