package io.acpbenefits.organization;

import io.acpbenefits.audit.Audit;
import io.acpbenefits.audit.AuditLog;
import io.acpbenefits.common.AccountId;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.Operation;
import io.acpbenefits.common.Page;
import io.acpbenefits.common.PageRequest;
import io.acpbenefits.common.Reason;
import io.acpbenefits.common.Refusal;
import io.acpbenefits.internal.Domain;
import io.acpbenefits.partner.Partner;
import io.acpbenefits.partner.PartnerId;
import io.acpbenefits.partner.PartnerStateChanged;
import io.acpbenefits.partner.Partners;
import io.acpbenefits.permission.Access;
import io.acpbenefits.permission.Subject;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Training organizations and their members; thread-safe.
 *
 * <p>{@code ACTIVE ⇄ SUSPENDED → CLOSED}, see {@link OrganizationState#lifecycle()}. An account is
 * an active member of at most one organization, which a database constraint keeps, and an
 * organization that is not closed is never without an owner.
 *
 * <p>When a membership ends, by quitting, removing or closing: exam codes that were assigned go
 * back to the partner; exam registrations stay; bound certificates stay attributed; the account's
 * requests to join other organizations can be decided from then on. It has no request or invitation
 * to the organization itself that could be left over, since those end when a membership begins.
 *
 * <p>Whatever lets somebody in locks the partner first, then accounts in the order of their ids,
 * then the organization; so closing meets nobody on the way in.
 *
 * <p>Source: "Invite Members to Join Your Organization", and the FAQ on leaving one.
 */
public final class Organizations {

  private final Domain domain;
  private final Access access;
  private final Accounts accounts;
  private final OrganizationStore store;
  private final OrganizationChanges changes;
  private final Members members;
  private final MemberChanges memberChanges;

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
    this.domain = domain;
    this.access = access;
    this.accounts = accounts;
    this.store = new OrganizationStore(domain, log, partners);
    this.members = new Members(domain, log);
    this.memberChanges = new MemberChanges(domain, access, accounts, store, members);
    this.changes = new OrganizationChanges(domain, access, partners, accounts, store, members);
    domain.on(PartnerStateChanged.class, changes::closeWithItsPartner);
  }

  /**
   * Gives a partner its organization, with its main account as first owner.
   *
   * @param actor by default an operator or the system
   * @param partner whose
   * @param owner the main account
   * @return the organization; its first invitation link exists as well
   * @throws Refusal NOT_PERMITTED, NOT_FOUND, PARTNER_SUSPENDED, ALREADY_EXISTS, or
   *     MEMBER_ELSEWHERE
   */
  public Organization establish(Actor actor, PartnerId partner, AccountId owner) {
    return changes.establish(actor, partner, owner, null);
  }

  /**
   * Gives a partner its organization as {@link #establish(Actor, PartnerId, AccountId)} does,
   * saying why.
   *
   * @param actor by default an operator or the system
   * @param partner whose
   * @param owner the main account
   * @param why the reason, 1 to 500 characters; it goes to the audit
   * @return the organization
   * @throws Refusal as there, and INVALID_INPUT
   */
  public Organization establish(Actor actor, PartnerId partner, AccountId owner, String why) {
    return changes.establish(actor, partner, owner, Audit.requireWhy(why));
  }

  /**
   * Stops an organization from inviting, taking requests and admitting for the time being; leaving,
   * removing and rejecting go on.
   *
   * @param actor by default an operator or the system
   * @param id which organization
   * @param why the reason, 1 to 500 characters; it goes to the audit
   * @throws Refusal NOT_PERMITTED, NOT_FOUND, INVALID_INPUT, or ILLEGAL_STATE unless it is active
   */
  public void suspend(Actor actor, OrganizationId id, String why) {
    changes.move(actor, Operation.SUSPEND_ORGANIZATION, id, OrganizationState.SUSPENDED, why);
  }

  /**
   * Ends a suspension.
   *
   * @param actor by default an operator or the system
   * @param id which organization
   * @param why the reason, 1 to 500 characters; it goes to the audit
   * @throws Refusal NOT_PERMITTED, NOT_FOUND, INVALID_INPUT, or ILLEGAL_STATE unless it is
   *     suspended
   */
  public void resume(Actor actor, OrganizationId id, String why) {
    changes.move(actor, Operation.RESUME_ORGANIZATION, id, OrganizationState.ACTIVE, why);
  }

  /**
   * Closes an organization for good, and in the same transaction ends what it has under way: all
   * members are removed, the last owner too; links and personal invitations are revoked; open join
   * requests are rejected by the system, with that reason in the audit.
   *
   * <p>The same happens when its partner is terminated.
   *
   * @param actor by default an operator or the system
   * @param id which organization
   * @param why the reason, 1 to 500 characters; it goes to the audit
   * @throws Refusal NOT_PERMITTED, NOT_FOUND, INVALID_INPUT, or ILLEGAL_STATE if it is closed
   */
  public void close(Actor actor, OrganizationId id, String why) {
    changes.close(actor, id, why);
  }

  /**
   * Makes an account a member without a join request. Its open request to the organization counts
   * as approved, and a pending personal invitation there is revoked.
   *
   * @param actor by default an operator or the system
   * @param organization where
   * @param account who
   * @param role as what
   * @return the membership
   * @throws Refusal NOT_PERMITTED, NOT_FOUND, PARTNER_SUSPENDED, ILLEGAL_STATE unless the
   *     organization is active, ALREADY_A_MEMBER, or MEMBER_ELSEWHERE
   */
  public Membership admit(Actor actor, OrganizationId organization, AccountId account, Role role) {
    return admitted(actor, organization, account, role, null);
  }

  /**
   * Makes an account a member as {@link #admit(Actor, OrganizationId, AccountId, Role)} does,
   * saying why.
   *
   * @param actor by default an operator or the system
   * @param organization where
   * @param account who
   * @param role as what
   * @param why the reason, 1 to 500 characters; it goes to the audit
   * @return the membership
   * @throws Refusal as there, and INVALID_INPUT
   */
  public Membership admit(
      Actor actor, OrganizationId organization, AccountId account, Role role, String why) {
    return admitted(actor, organization, account, role, Audit.requireWhy(why));
  }

  private Membership admitted(
      Actor actor,
      OrganizationId organization,
      AccountId account,
      Role role,
      @Nullable String why) {
    access.require(actor, Operation.ADMIT_MEMBER, Subject.ofOrganization(organization));
    return admit(Actor.system(), actor, Operation.ADMIT_MEMBER, organization, account, role, why);
  }

  /**
   * Makes an account a member; the one place where memberships of an organization that exists
   * begin.
   *
   * @param library only from inside other operations
   * @param actor who has brought it about, for the audit
   * @param operation by what
   * @param organization where
   * @param account who
   * @param role as what
   * @param why the reason, already checked, if any
   * @return the membership
   * @throws Refusal NOT_FOUND, PARTNER_SUSPENDED, ILLEGAL_STATE unless the organization is active,
   *     ALREADY_A_MEMBER, or MEMBER_ELSEWHERE
   */
  public Membership admit(
      Actor.Library library,
      Actor actor,
      Operation operation,
      OrganizationId organization,
      AccountId account,
      Role role,
      @Nullable String why) {
    return domain.inTransaction(
        () -> {
          store.lockPartner(organization);
          accounts.lock(Actor.system(), account);
          requireOpen(Actor.system(), organization, Operation.ADMIT_MEMBER);
          requireFree(Actor.system(), organization, account);
          return members.start(actor, operation, organization, account, role, why);
        });
  }

  /**
   * Locks the row of an organization's partner until the transaction ends. Whatever lets somebody
   * in begins with this, before it locks an account.
   *
   * @param library only from inside other operations
   * @param id which organization
   * @return the partner
   * @throws Refusal NOT_FOUND
   */
  public Partner lockPartner(Actor.Library library, OrganizationId id) {
    return store.lockPartner(id);
  }

  /**
   * Refuses unless partner and organization are active, and locks both. For what has begun with
   * {@link #lockPartner} and has locked the account, if there is one.
   *
   * @param library only from inside other operations
   * @param id which organization
   * @param operation what an active organization is needed for
   * @throws Refusal NOT_FOUND, PARTNER_SUSPENDED, or ILLEGAL_STATE
   */
  public void requireOpen(Actor.Library library, OrganizationId id, Operation operation) {
    store.lockPartner(id).requireActive();
    OrganizationState.lifecycle().require(operation, store.lock(id).state());
  }

  /**
   * Refuses unless the account could become a member here now. The account's row must be locked.
   *
   * @param library only from inside other operations
   * @param organization where
   * @param account who
   * @throws Refusal ALREADY_A_MEMBER, or MEMBER_ELSEWHERE, which never says where
   */
  public void requireFree(Actor.Library library, OrganizationId organization, AccountId account) {
    if (isMemberElsewhere(Actor.system(), organization, account)) {
      throw new Refusal(
          Reason.MEMBER_ELSEWHERE,
          "This account is in another organization; it must quit or be removed there first.");
    }
  }

  /**
   * Tells whether the account is a member of some other organization. The account's row must be
   * locked.
   *
   * @param library only from inside other operations
   * @param organization this one
   * @param account who
   * @return whether it would have to leave another one first
   * @throws Refusal ALREADY_A_MEMBER if it is a member here
   */
  public boolean isMemberElsewhere(
      Actor.Library library, OrganizationId organization, AccountId account) {
    Optional<Membership> active = members.lockActive(account);
    if (active.filter(m -> m.organizationId().equals(organization)).isPresent()) {
      throw new Refusal(Reason.ALREADY_A_MEMBER, "This account is a member already.");
    }
    return active.isPresent();
  }

  /**
   * Lets a member go ("Quit Organization").
   *
   * @param actor the member
   * @throws Refusal NOT_PERMITTED, NOT_A_MEMBER if it is in no organization, LAST_OWNER
   */
  public void quit(Actor.Account actor) {
    memberChanges.quit(actor, null);
  }

  /**
   * Lets a member go, saying why.
   *
   * @param actor the member
   * @param why the reason, 1 to 500 characters, without personal data; it goes to the audit
   * @throws Refusal as {@link #quit(Actor.Account)} does, and INVALID_INPUT
   */
  public void quit(Actor.Account actor, String why) {
    memberChanges.quit(actor, Audit.requireWhy(why));
  }

  /**
   * Removes a member ("Remove" in User Management).
   *
   * @param actor by default an owner, a manager (who removes plain members only), or the platform
   * @param organization from where
   * @param account whom
   * @throws Refusal NOT_PERMITTED, NOT_FOUND, NOT_A_MEMBER, LAST_OWNER
   */
  public void remove(Actor actor, OrganizationId organization, AccountId account) {
    memberChanges.remove(actor, organization, account, null);
  }

  /**
   * Removes a member, saying why.
   *
   * @param actor by default an owner, a manager (who removes plain members only), or the platform
   * @param organization from where
   * @param account whom
   * @param why the reason, 1 to 500 characters; it goes to the audit
   * @throws Refusal NOT_PERMITTED, NOT_FOUND, INVALID_INPUT, NOT_A_MEMBER, LAST_OWNER
   */
  public void remove(Actor actor, OrganizationId organization, AccountId account, String why) {
    memberChanges.remove(actor, organization, account, Audit.requireWhy(why));
  }

  /**
   * Grants or withdraws a role. A role that the member has already changes nothing.
   *
   * @param actor by default an owner or the platform
   * @param organization where
   * @param account which member
   * @param role the new role
   * @throws Refusal NOT_PERMITTED, NOT_FOUND, NOT_A_MEMBER, LAST_OWNER
   */
  public void setRole(Actor actor, OrganizationId organization, AccountId account, Role role) {
    memberChanges.grant(actor, organization, account, role, null);
  }

  /**
   * Grants or withdraws a role, saying why.
   *
   * @param actor by default an owner or the platform
   * @param organization where
   * @param account which member
   * @param role the new role
   * @param why the reason, 1 to 500 characters; it goes to the audit
   * @throws Refusal as {@link #setRole(Actor, OrganizationId, AccountId, Role)} does, and
   *     INVALID_INPUT
   */
  public void setRole(
      Actor actor, OrganizationId organization, AccountId account, Role role, String why) {
    memberChanges.grant(actor, organization, account, role, Audit.requireWhy(why));
  }

  /**
   * Hands one's ownership over: the other member becomes owner and oneself manager.
   *
   * @param actor an owner
   * @param organization where
   * @param to which member becomes owner
   * @throws Refusal NOT_PERMITTED, NOT_FOUND, NOT_A_MEMBER, or ILLEGAL_STATE if it is an owner
   *     already
   */
  public void transferOwnership(Actor.Account actor, OrganizationId organization, AccountId to) {
    memberChanges.handOver(actor, organization, actor.id(), to, null);
  }

  /**
   * Hands one's ownership over, saying why.
   *
   * @param actor an owner
   * @param organization where
   * @param to which member becomes owner
   * @param why the reason, 1 to 500 characters; it goes to the audit
   * @throws Refusal as {@link #transferOwnership(Actor.Account, OrganizationId, AccountId)} does,
   *     and INVALID_INPUT
   */
  public void transferOwnership(
      Actor.Account actor, OrganizationId organization, AccountId to, String why) {
    memberChanges.handOver(actor, organization, actor.id(), to, Audit.requireWhy(why));
  }

  /**
   * Hands an owner's ownership over: the other member becomes owner and the owner manager.
   *
   * @param actor by default an owner or the platform
   * @param organization where
   * @param from which owner becomes manager
   * @param to which member becomes owner
   * @throws Refusal NOT_PERMITTED, NOT_FOUND, NOT_A_MEMBER if one of them is none, or ILLEGAL_STATE
   *     if the one is no owner or the other is one already
   */
  public void transferOwnership(
      Actor actor, OrganizationId organization, AccountId from, AccountId to) {
    memberChanges.handOver(actor, organization, from, to, null);
  }

  /**
   * Hands an owner's ownership over, saying why.
   *
   * @param actor by default an owner or the platform
   * @param organization where
   * @param from which owner becomes manager
   * @param to which member becomes owner
   * @param why the reason, 1 to 500 characters; it goes to the audit
   * @throws Refusal as {@link #transferOwnership(Actor, OrganizationId, AccountId, AccountId)}
   *     does, and INVALID_INPUT
   */
  public void transferOwnership(
      Actor actor, OrganizationId organization, AccountId from, AccountId to, String why) {
    memberChanges.handOver(actor, organization, from, to, Audit.requireWhy(why));
  }

  /**
   * Refuses unless the account is an active member now: a first look, which locks nothing.
   *
   * @param library only from inside other operations
   * @param organization where
   * @param account who
   * @return the membership
   * @throws Refusal NOT_A_MEMBER
   */
  public Membership requireMember(
      Actor.Library library, OrganizationId organization, AccountId account) {
    return members.find(organization, account);
  }

  /**
   * Refuses unless the account is an active member, and keeps it one until the transaction ends.
   * The account's row must be locked before: whoever removes a member locks in that order.
   *
   * @param library only from inside other operations
   * @param organization where
   * @param account who
   * @return the membership
   * @throws Refusal NOT_A_MEMBER
   */
  public Membership lockMember(
      Actor.Library library, OrganizationId organization, AccountId account) {
    return members.lock(organization, account);
  }

  /**
   * The membership that is active now.
   *
   * @param actor by default the account itself, an owner or a manager of the same organization, or
   *     the platform
   * @param account whose
   * @return the membership, or empty if there is none that the actor may see; so strangers never
   *     learn whether an account is in an organization
   */
  public Optional<Membership> activeMembership(Actor actor, AccountId account) {
    return access.allows(actor, Operation.SEE_MEMBERS, Subject.ofAccount(account))
        ? members.active(account)
        : Optional.empty();
  }

  /**
   * Memberships of an organization.
   *
   * @param actor by default an owner, a manager or the platform
   * @param organization where
   * @param filter which of them
   * @param page which part
   * @return in the order in which they began
   * @throws Refusal NOT_PERMITTED
   */
  public Page<Membership> members(
      Actor actor, OrganizationId organization, MemberFilter filter, PageRequest page) {
    access.require(actor, Operation.SEE_MEMBERS, Subject.ofOrganization(organization));
    return page.of(
        members.list(organization, filter, page), membership -> membership.membershipId().value());
  }

  /**
   * Gets an organization.
   *
   * @param actor by default a member or the platform
   * @param id which
   * @return the organization
   * @throws Refusal NOT_FOUND if there is none that the actor may see
   */
  public Organization get(Actor actor, OrganizationId id) {
    access.require(
        actor,
        Operation.SEE_ORGANIZATION,
        Subject.ofOrganization(id),
        () -> OrganizationStore.notFound(id));
    return store.find(id);
  }

  /**
   * A partner's organization.
   *
   * @param actor by default a member or the platform
   * @param partner whose
   * @return the organization
   * @throws Refusal NOT_PERMITTED, or NOT_FOUND if it has none
   */
  public Organization ofPartner(Actor actor, PartnerId partner) {
    access.require(actor, Operation.SEE_ORGANIZATION, Subject.ofPartner(partner));
    return store
        .rows
        .get(m -> m.ofPartner(partner))
        .orElseThrow(
            () -> Refusal.of(Reason.NOT_FOUND, "Partner %s has no organization.", partner));
  }
}
