package io.acpbenefits.organization;

import io.acpbenefits.common.AccountId;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.Operation;
import io.acpbenefits.common.Reason;
import io.acpbenefits.common.Refusal;
import io.acpbenefits.internal.Domain;
import io.acpbenefits.permission.Access;
import io.acpbenefits.permission.Subject;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What people do to those who are members: who may, what is locked, what is refused. Who gives a
 * reason has had it checked.
 */
final class MemberChanges {

  private final Domain domain;
  private final Access access;
  private final Accounts accounts;
  private final OrganizationStore store;
  private final Members members;

  MemberChanges(
      Domain domain, Access access, Accounts accounts, OrganizationStore store, Members members) {
    this.domain = domain;
    this.access = access;
    this.accounts = accounts;
    this.store = store;
    this.members = members;
  }

  void quit(Actor.Account actor, @Nullable String why) {
    domain.run(
        () -> {
          accounts.lock(Actor.system(), actor.id());
          OrganizationId where =
              members
                  .active(actor.id())
                  .map(Membership::organizationId)
                  .orElseThrow(MemberChanges::notAMember);
          access.require(
              actor,
              Operation.QUIT_ORGANIZATION,
              Subject.ofOrganization(where).concerning(actor.id()));
          store.lock(where);
          Membership membership = members.lock(where, actor.id());
          members.requireAnotherOwner(membership);
          members.end(actor, Operation.QUIT_ORGANIZATION, membership, MembershipState.LEFT, why);
        });
  }

  void remove(Actor actor, OrganizationId organization, AccountId account, @Nullable String why) {
    access.require(actor, Operation.REMOVE_MEMBER, Subject.ofOrganization(organization));
    domain.run(
        () -> {
          accounts.lock(Actor.system(), account);
          store.lock(organization);
          Membership membership = members.lock(organization, account);
          Operation operation = removalOf(membership.role());
          access.require(actor, operation, Subject.ofOrganization(organization));
          members.requireAnotherOwner(membership);
          members.end(actor, operation, membership, MembershipState.REMOVED, why);
        });
  }

  /** Who cannot withdraw a role cannot remove whoever has it either. */
  private static Operation removalOf(Role role) {
    return switch (role) {
      case OWNER -> Operation.REMOVE_OWNER;
      case MANAGER -> Operation.REMOVE_MANAGER;
      case MEMBER -> Operation.REMOVE_MEMBER;
    };
  }

  void grant(
      Actor actor,
      OrganizationId organization,
      AccountId account,
      Role role,
      @Nullable String why) {
    access.require(actor, Operation.GRANT_ROLE, Subject.ofOrganization(organization));
    domain.run(
        () -> {
          accounts.lock(Actor.system(), account);
          store.lock(organization);
          Membership membership = members.lock(organization, account);
          if (role != Role.OWNER) {
            members.requireAnotherOwner(membership);
          }
          members.change(actor, Operation.GRANT_ROLE, membership, role, why);
        });
  }

  void handOver(
      Actor actor,
      OrganizationId organization,
      AccountId from,
      AccountId to,
      @Nullable String why) {
    access.require(actor, Operation.TRANSFER_OWNERSHIP, Subject.ofOrganization(organization));
    domain.run(
        () -> {
          accounts.lockInOrder(Actor.system(), Stream.of(from, to));
          store.lock(organization);
          Membership giver = members.lock(organization, from);
          Membership taker = members.lock(organization, to);
          if (giver.role() != Role.OWNER || taker.role() == Role.OWNER) {
            throw Refusal.of(
                Reason.ILLEGAL_STATE,
                "Ownership passes from an OWNER to a MANAGER or MEMBER, not from %s to %s.",
                giver.role(),
                taker.role());
          }
          members.change(actor, Operation.TRANSFER_OWNERSHIP, taker, Role.OWNER, why);
          members.change(actor, Operation.TRANSFER_OWNERSHIP, giver, Role.MANAGER, why);
        });
  }

  private static Refusal notAMember() {
    return new Refusal(Reason.NOT_A_MEMBER, "This account is in no organization.");
  }
}
