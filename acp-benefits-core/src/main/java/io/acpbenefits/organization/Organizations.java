package io.acpbenefits.organization;

import io.acpbenefits.audit.AuditLog;
import io.acpbenefits.common.AccountId;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.Reason;
import io.acpbenefits.common.Refusal;
import io.acpbenefits.internal.Domain;
import io.acpbenefits.internal.Rows;
import io.acpbenefits.partner.PartnerId;
import io.acpbenefits.partner.Partners;
import io.acpbenefits.permission.Access;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;

/**
 * Training organizations and their members; thread-safe.
 *
 * <p>An account is an active member of at most one organization, which a database constraint keeps.
 * Source: "Invite Members to Join Your Organization", and the FAQ on leaving one.
 */
public final class Organizations {

  private final Domain domain;
  private final Partners partners;
  private final Accounts accounts;
  private final Rows<OrganizationMapper> organizations;
  private final Rows<MembershipMapper> memberships;

  /**
   * Called by {@code AcpBenefits}.
   *
   * @param domain what features are built on
   * @param access who may do what
   * @param log where it is recorded
   * @param partners whose organizations these are
   * @param accounts who belongs to them
   */
  public Organizations(
      Domain domain, Access access, AuditLog log, Partners partners, Accounts accounts) {
    this.domain =
        domain
            .idType(OrganizationId.class, OrganizationId::new)
            .idType(MembershipId.class, MembershipId::new);
    this.partners = partners;
    this.accounts = accounts;
    this.organizations = domain.rows(OrganizationMapper.class);
    this.memberships = domain.rows(MembershipMapper.class);
  }

  /**
   * Gives a partner its organization, with its main account as first owner.
   *
   * @param actor an operator or the system
   * @param partner whose
   * @param owner the main account
   * @return the organization; its first invitation link exists as well
   * @throws Refusal NOT_PERMITTED, NOT_FOUND, ALREADY_EXISTS, or MEMBER_ELSEWHERE
   */
  public Organization establish(Actor actor, PartnerId partner, AccountId owner) {
    if (actor instanceof Actor.Account) {
      throw new Refusal(
          Reason.NOT_PERMITTED, "Only a platform operator may establish an organization.");
    }
    return domain.inTransaction(
        () -> {
          partners.lock(Actor.system(), partner);
          if (organizations.get(m -> m.ofPartner(partner)).isPresent()) {
            throw Refusal.of(
                Reason.ALREADY_EXISTS, "Partner %s has its organization already.", partner);
          }
          accounts.lock(Actor.system(), owner);
          if (activeMembership(Actor.system(), owner).isPresent()) {
            throw new Refusal(
                Reason.MEMBER_ELSEWHERE, "The main account is in another organization.");
          }
          Organization organization =
              new Organization(
                  OrganizationId.of(domain.newId()),
                  partner,
                  OrganizationState.ACTIVE,
                  domain.now());
          organizations.one(m -> m.insert(organization));
          domain.publish(new OrganizationEstablished(organization.organizationId()));
          admit(Actor.system(), organization.organizationId(), owner, Role.OWNER);
          return organization;
        });
  }

  /**
   * Makes an account a member; the one place where memberships begin.
   *
   * @param library only from inside other operations
   * @param organization where
   * @param account who
   * @param role as what
   * @return the membership
   * @throws Refusal ALREADY_A_MEMBER, or MEMBER_ELSEWHERE
   */
  public Membership admit(
      Actor.Library library, OrganizationId organization, AccountId account, Role role) {
    return domain.inTransaction(
        () -> {
          accounts.lock(Actor.system(), account);
          requireFree(Actor.system(), organization, account);
          Membership membership =
              new Membership(
                  MembershipId.of(domain.newId()),
                  organization,
                  account,
                  role,
                  MembershipState.ACTIVE,
                  domain.now(),
                  null);
          memberships.one(m -> m.insert(membership));
          domain.publish(new MembershipStarted(organization, account));
          return membership;
        });
  }

  /**
   * Refuses unless the account could become a member here now.
   *
   * @param library only from inside other operations
   * @param organization where
   * @param account who
   * @throws Refusal ALREADY_A_MEMBER, or MEMBER_ELSEWHERE, which never says where
   */
  public void requireFree(Actor.Library library, OrganizationId organization, AccountId account) {
    Optional<Membership> active = activeMembership(Actor.system(), account);
    if (active.isPresent()) {
      if (active.get().organizationId().equals(organization)) {
        throw new Refusal(Reason.ALREADY_A_MEMBER, "This account is a member already.");
      }
      throw new Refusal(
          Reason.MEMBER_ELSEWHERE,
          "This account is in another organization; it must quit or be removed there first.");
    }
  }

  /**
   * Lets a member go ("Quit Organization").
   *
   * @param actor the member
   * @throws Refusal NOT_A_MEMBER if it is in no organization, LAST_OWNER
   */
  public void quit(Actor.Account actor) {
    domain.run(
        () -> {
          accounts.lock(Actor.system(), actor.id());
          Membership membership =
              activeMembership(Actor.system(), actor.id())
                  .orElseThrow(
                      () ->
                          new Refusal(Reason.NOT_A_MEMBER, "This account is in no organization."));
          end(membership, MembershipState.LEFT);
        });
  }

  /**
   * Removes a member ("Remove" in User Management).
   *
   * @param actor an owner, a manager (who cannot remove owners), or the platform
   * @param organization from where
   * @param account whom
   * @throws Refusal NOT_PERMITTED, NOT_A_MEMBER, LAST_OWNER
   */
  public void remove(Actor actor, OrganizationId organization, AccountId account) {
    domain.run(
        () -> {
          requireRole(actor, organization, Role.MANAGER);
          accounts.lock(Actor.system(), account);
          Membership membership = requireMember(Actor.system(), organization, account);
          if (membership.role() == Role.OWNER) {
            requireRole(actor, organization, Role.OWNER);
          }
          end(membership, MembershipState.REMOVED);
        });
  }

  private void end(Membership membership, MembershipState state) {
    organizations.get(m -> m.lock(membership.organizationId()));
    if (membership.role() == Role.OWNER
        && memberships.get(m -> m.owners(membership.organizationId())) < 2) {
      throw new Refusal(
          Reason.LAST_OWNER, "This is the last owner; make another member owner first.");
    }
    memberships.one(m -> m.end(membership.membershipId(), state, domain.now()));
    domain.publish(new MembershipEnded(membership.organizationId(), membership.accountId(), state));
  }

  /**
   * Grants or withdraws a role.
   *
   * @param actor an owner or the platform
   * @param organization where
   * @param account which member
   * @param role the new role
   * @throws Refusal NOT_PERMITTED, NOT_A_MEMBER, LAST_OWNER
   */
  public void setRole(Actor actor, OrganizationId organization, AccountId account, Role role) {
    domain.run(
        () -> {
          requireRole(actor, organization, Role.OWNER);
          accounts.lock(Actor.system(), account);
          organizations.get(m -> m.lock(organization));
          Membership membership = requireMember(Actor.system(), organization, account);
          if (membership.role() == Role.OWNER
              && role != Role.OWNER
              && memberships.get(m -> m.owners(organization)) < 2) {
            throw new Refusal(
                Reason.LAST_OWNER, "This is the last owner; make another member owner first.");
          }
          memberships.one(m -> m.setRole(membership.membershipId(), role));
        });
  }

  /**
   * Refuses unless the account is an active member.
   *
   * @param library only from inside other operations
   * @param organization where
   * @param account who
   * @return the membership
   * @throws Refusal NOT_A_MEMBER
   */
  public Membership requireMember(
      Actor.Library library, OrganizationId organization, AccountId account) {
    return activeMembership(Actor.system(), account)
        .filter(membership -> membership.organizationId().equals(organization))
        .orElseThrow(
            () ->
                new Refusal(
                    Reason.NOT_A_MEMBER,
                    "This account is not an active member of the organization."));
  }

  /**
   * Refuses unless the actor has at least the role; operators and the system always have.
   *
   * @param actor who
   * @param organization where
   * @param least the role that is needed; owners may all that managers may
   * @throws Refusal NOT_PERMITTED
   */
  public void requireRole(Actor actor, OrganizationId organization, Role least) {
    if (!hasRole(actor, organization, least)) {
      throw Refusal.of(
          Reason.NOT_PERMITTED,
          "This needs an account with one of the roles %s in the organization.",
          EnumSet.range(Role.OWNER, least));
    }
  }

  /**
   * Tells whether the actor has at least the role.
   *
   * @param actor who
   * @param organization where
   * @param least the role that is asked for
   * @return true for operators, the system, and members with that role or a higher one
   */
  public boolean hasRole(Actor actor, OrganizationId organization, Role least) {
    return !(actor instanceof Actor.Account self)
        || activeMembership(Actor.system(), self.id())
            .filter(m -> m.organizationId().equals(organization))
            .filter(m -> m.role().compareTo(least) <= 0)
            .isPresent();
  }

  /**
   * The membership that is active now.
   *
   * @param actor who asks
   * @param account whose
   * @return the membership, or empty
   */
  public Optional<Membership> activeMembership(Actor actor, AccountId account) {
    return memberships.get(m -> m.active(account));
  }

  /**
   * All memberships of an organization, ended ones too.
   *
   * @param actor who asks
   * @param organization where
   * @return in the order in which they began
   */
  public List<Membership> members(Actor actor, OrganizationId organization) {
    return memberships.get(m -> m.ofOrganization(organization));
  }

  /**
   * Gets an organization.
   *
   * @param actor who asks
   * @param id which
   * @return the organization
   * @throws Refusal NOT_FOUND
   */
  public Organization get(Actor actor, OrganizationId id) {
    return organizations
        .get(m -> m.find(id))
        .orElseThrow(() -> Refusal.of(Reason.NOT_FOUND, "There is no organization %s.", id));
  }

  /**
   * A partner's organization.
   *
   * @param actor who asks
   * @param partner whose
   * @return the organization
   * @throws Refusal NOT_FOUND
   */
  public Organization ofPartner(Actor actor, PartnerId partner) {
    return organizations
        .get(m -> m.ofPartner(partner))
        .orElseThrow(
            () -> Refusal.of(Reason.NOT_FOUND, "Partner %s has no organization.", partner));
  }
}
