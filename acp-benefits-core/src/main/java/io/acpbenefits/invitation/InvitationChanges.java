package io.acpbenefits.invitation;

import io.acpbenefits.audit.AuditLog;
import io.acpbenefits.common.AccountId;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.Operation;
import io.acpbenefits.common.Reason;
import io.acpbenefits.common.Refusal;
import io.acpbenefits.internal.Domain;
import io.acpbenefits.organization.OrganizationId;
import io.acpbenefits.organization.Organizations;
import io.acpbenefits.permission.Access;
import io.acpbenefits.permission.Subject;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What people do to links and personal invitations: who may, what is locked, what is refused. Who
 * gives a reason has had it checked.
 */
final class InvitationChanges {

  private final Domain domain;
  private final Access access;
  private final AuditLog log;
  private final Organizations organizations;
  private final InvitationPolicy policy;
  private final InvitationStore store;

  InvitationChanges(
      Domain domain,
      Access access,
      AuditLog log,
      Organizations organizations,
      InvitationPolicy policy,
      InvitationStore store) {
    this.domain = domain;
    this.access = access;
    this.log = log;
    this.organizations = organizations;
    this.policy = policy;
    this.store = store;
  }

  Invitation rotate(Actor actor, OrganizationId organization, @Nullable String why) {
    access.require(actor, Operation.ROTATE_LINK, Subject.ofOrganization(organization));
    return domain.inTransaction(
        () -> {
          lockOpen(organization, Operation.ROTATE_LINK);
          LinkLimits limits =
              store
                  .latestMain(organization)
                  .map(old -> new LinkLimits(null, null, old.limits().domains()))
                  .orElse(LinkLimits.NONE);
          for (Invitation old : store.lockMain(organization)) {
            if (!store.expireIfDue(old)) {
              store.move(actor, Operation.ROTATE_LINK, old, InvitationState.REVOKED, null, why);
            }
          }
          return store.addLink(actor, Operation.ROTATE_LINK, organization, true, limits, why);
        });
  }

  Invitation create(
      Actor actor, OrganizationId organization, LinkLimits limits, @Nullable String why) {
    access.require(actor, Operation.CREATE_LINK, Subject.ofOrganization(organization));
    requireMayLimit(actor, organization, limits);
    return domain.inTransaction(
        () -> {
          lockOpen(organization, Operation.CREATE_LINK);
          return store.addLink(actor, Operation.CREATE_LINK, organization, false, limits, why);
        });
  }

  Invitation limit(Actor actor, InvitationId id, LinkLimits limits, @Nullable String why) {
    Invitation seen = store.find(actor, Operation.CHANGE_LINK, id);
    requireMayLimit(actor, seen.organizationId(), limits);
    return domain.inTransaction(
        () -> {
          Invitation link = lockFor(Operation.CHANGE_LINK, id);
          Integer maximum = limits.maximumUses();
          if (maximum != null && maximum <= link.uses()) {
            throw Refusal.of(
                Reason.INVALID_INPUT,
                "The link was used %d times already; to end it, revoke it.",
                link.uses());
          }
          Invitation changed = link.with(limits);
          store.update(changed);
          log.changed(actor, Operation.CHANGE_LINK, id, link.state(), link.state(), why);
          return changed;
        });
  }

  private void requireMayLimit(Actor actor, OrganizationId organization, LinkLimits limits) {
    if (policy.approvesListedDomains() && !limits.domains().isEmpty()) {
      access.require(actor, Operation.APPROVE_JOIN_REQUEST, Subject.ofOrganization(organization));
    }
    Instant end = limits.expiresAt();
    if (end != null && !end.isAfter(domain.now())) {
      throw Refusal.of(Reason.INVALID_INPUT, "A link must end in the future, not at %s.", end);
    }
  }

  Invitation invite(
      Actor actor, OrganizationId organization, AccountId account, @Nullable String why) {
    access.require(actor, Operation.INVITE, Subject.ofOrganization(organization));
    return domain.inTransaction(
        () -> {
          lockOpen(organization, Operation.INVITE);
          organizations.isMemberElsewhere(Actor.system(), organization, account);
          List<Invitation> pending = store.lockPending(organization, account);
          if (pending.stream().anyMatch(earlier -> earlier.at(domain.now()).isOpen())) {
            throw new Refusal(
                Reason.DUPLICATE_REQUEST,
                "This account has a pending invitation already; send it again.");
          }
          pending.forEach(store::expireIfDue);
          Instant end = domain.now().plus(policy.personalLife());
          Invitation invitation = store.addPersonal(actor, organization, account, end, why);
          domain.publish(new InvitationSent(invitation.invitationId(), false));
          return invitation;
        });
  }

  Invitation resend(Actor actor, InvitationId id, @Nullable String why) {
    Invitation seen = store.find(actor, Operation.RESEND_INVITATION, id);
    return domain.inTransaction(
        () -> {
          lockOpen(seen.organizationId(), Operation.INVITE);
          Invitation invitation = lockFor(Operation.RESEND_INVITATION, id);
          if (invitation.resends() >= policy.mostResends()) {
            throw Refusal.of(
                Reason.ILLEGAL_STATE,
                "The invitation is %s and was sent again %d times, which is as often as it may be; "
                    + "revoke it and invite anew.",
                invitation.state(),
                invitation.resends());
          }
          Instant now = domain.now();
          Invitation again = invitation.sentAgain(now, now.plus(policy.personalLife()));
          store.update(again);
          store.renewToken(id);
          log.changed(
              actor, Operation.RESEND_INVITATION, id, invitation.state(), again.state(), why);
          domain.publish(new InvitationSent(id, true));
          return again;
        });
  }

  void decline(Actor.Account actor, InvitationId id, @Nullable String why) {
    domain.run(
        () -> {
          store.find(actor, Operation.DECLINE_INVITATION, id);
          Invitation invitation = lockFor(Operation.DECLINE_INVITATION, id);
          store.move(
              actor, Operation.DECLINE_INVITATION, invitation, InvitationState.DECLINED, null, why);
        });
  }

  void revoke(Actor actor, InvitationId id, @Nullable String why) {
    domain.run(
        () -> {
          store.find(actor, Operation.REVOKE_INVITATION, id);
          Invitation invitation = lockFor(Operation.REVOKE_INVITATION, id);
          store.move(
              actor, Operation.REVOKE_INVITATION, invitation, InvitationState.REVOKED, null, why);
        });
  }

  private void lockOpen(OrganizationId organization, Operation operation) {
    organizations.lockPartner(Actor.system(), organization);
    organizations.requireOpen(Actor.system(), organization, operation);
  }

  private Invitation lockFor(Operation operation, InvitationId id) {
    Invitation invitation = store.lock(id);
    InvitationState.lifecycle().require(operation, invitation.at(domain.now()).state());
    return invitation;
  }
}
