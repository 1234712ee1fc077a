package io.acpbenefits.organization;

import io.acpbenefits.audit.AuditLog;
import io.acpbenefits.common.AccountId;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.Operation;
import io.acpbenefits.common.PageRequest;
import io.acpbenefits.common.Reason;
import io.acpbenefits.common.Refusal;
import io.acpbenefits.internal.Domain;
import io.acpbenefits.internal.Rows;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What happens to memberships, once it is known that it may; whoever calls a change has locked the
 * account, and for a change to one that is there the organization.
 */
final class Members {

  private final Domain domain;
  private final AuditLog log;
  private final Rows<MembershipMapper> rows;

  Members(Domain domain, AuditLog log) {
    this.domain = domain.idType(MembershipId.class, MembershipId::new);
    this.log = log;
    this.rows = domain.rows(MembershipMapper.class);
  }

  Membership start(
      Actor actor,
      Operation operation,
      OrganizationId organization,
      AccountId account,
      Role role,
      @Nullable String why) {
    Membership membership =
        new Membership(
            MembershipId.of(domain.newId()),
            organization,
            account,
            role,
            MembershipState.ACTIVE,
            domain.now(),
            null);
    rows.one(m -> m.insert(membership));
    log.changed(actor, operation, membership.membershipId(), null, membership.state(), why);
    domain.publish(new MembershipStarted(organization, account));
    return membership;
  }

  void end(
      Actor actor,
      Operation operation,
      Membership membership,
      MembershipState state,
      @Nullable String why) {
    rows.one(m -> m.end(membership.membershipId(), state, domain.now()));
    log.changed(actor, operation, membership.membershipId(), membership.state(), state, why);
    domain.publish(new MembershipEnded(membership.organizationId(), membership.accountId(), state));
  }

  /** Notes the roles where other changes note states. */
  void change(
      Actor actor, Operation operation, Membership membership, Role role, @Nullable String why) {
    if (membership.role() != role) {
      rows.one(m -> m.setRole(membership.membershipId(), role));
      log.changed(actor, operation, membership.membershipId(), membership.role(), role, why);
      domain.publish(
          new RoleChanged(
              membership.organizationId(), membership.accountId(), membership.role(), role));
    }
  }

  /** The organization's row must be locked: it is what keeps two owners from leaving at once. */
  void requireAnotherOwner(Membership membership) {
    if (membership.role() == Role.OWNER
        && rows.get(m -> m.lockOwners(membership.organizationId())).size() < 2) {
      throw new Refusal(
          Reason.LAST_OWNER, "This is the last owner; make another member owner first.");
    }
  }

  Membership lock(OrganizationId organization, AccountId account) {
    return require(lockActive(account), organization);
  }

  Membership find(OrganizationId organization, AccountId account) {
    return require(active(account), organization);
  }

  private static Membership require(Optional<Membership> active, OrganizationId organization) {
    return active
        .filter(membership -> membership.organizationId().equals(organization))
        .orElseThrow(
            () ->
                new Refusal(
                    Reason.NOT_A_MEMBER,
                    "This account is not an active member of the organization."));
  }

  Optional<Membership> lockActive(AccountId account) {
    return rows.get(m -> m.lockActive(account));
  }

  List<Membership> lockAll(OrganizationId organization) {
    return rows.get(m -> m.lockAll(organization));
  }

  Optional<Membership> active(AccountId account) {
    return rows.get(m -> m.active(account));
  }

  List<Membership> list(OrganizationId organization, MemberFilter filter, PageRequest page) {
    return rows.get(
        m -> m.ofOrganization(organization, filter, page.afterOrStart(), page.rowsToFetch()));
  }
}
