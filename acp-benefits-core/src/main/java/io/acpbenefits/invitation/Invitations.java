package io.acpbenefits.invitation;

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
import io.acpbenefits.internal.DueRows;
import io.acpbenefits.organization.MembershipStarted;
import io.acpbenefits.organization.OrganizationEstablished;
import io.acpbenefits.organization.OrganizationId;
import io.acpbenefits.organization.OrganizationState;
import io.acpbenefits.organization.OrganizationStateChanged;
import io.acpbenefits.organization.Organizations;
import io.acpbenefits.permission.Access;
import io.acpbenefits.permission.Subject;
import io.acpbenefits.secret.Vault;
import java.time.Instant;
import java.util.Optional;

/**
 * Invitation links and personal invitations; thread-safe.
 *
 * <p>Every organization has one link of its own from the start, the main link: it is what "Copy
 * Invitation Link" copies and what rotating replaces. Further links have limits of their own.
 * Personal invitations are for one account; no e-mail address is stored, telling people is the
 * host's. See {@link InvitationState#lifecycle()}. When an account becomes a member, its pending
 * invitation there is revoked; when an organization is closed, all are.
 *
 * <p>Source: "Copy Invitation Link" in User Management.
 */
public final class Invitations {

  private final Domain domain;
  private final Access access;
  private final AuditLog log;
  private final InvitationStore store;
  private final InvitationChanges changes;
  private final InvitationUse use;

  /**
   * Called by {@code AcpBenefits}.
   *
   * @param domain what features are built on
   * @param access who may do what
   * @param log where it is recorded
   * @param organizations where to
   * @param vault keeps the tokens
   * @param policy the rules
   */
  public Invitations(
      Domain domain,
      Access access,
      AuditLog log,
      Organizations organizations,
      Vault vault,
      InvitationPolicy policy) {
    this.domain = domain;
    this.access = access;
    this.log = log;
    this.store = new InvitationStore(domain, access, log, vault);
    this.changes = new InvitationChanges(domain, access, log, organizations, policy, store);
    this.use = new InvitationUse(domain, access, store);
    domain.on(OrganizationEstablished.class, this::makeMainLink);
    domain.on(OrganizationStateChanged.class, this::revokeAtClosing);
    domain.on(MembershipStarted.class, this::revokeNeedless);
  }

  private void makeMainLink(OrganizationEstablished event) {
    store.addLink(
        Actor.system(),
        Operation.ESTABLISH_ORGANIZATION,
        event.organizationId(),
        true,
        LinkLimits.NONE,
        null);
  }

  private void revokeAtClosing(OrganizationStateChanged event) {
    if (event.state() == OrganizationState.CLOSED) {
      store.revokeAll(store.lockOpen(event.organizationId()), "The organization was closed.");
    }
  }

  private void revokeNeedless(MembershipStarted event) {
    store.revokeAll(
        store.lockPending(event.organizationId(), event.accountId()),
        "The account has become a member.");
  }

  /**
   * The main link's token, to be copied; the audit keeps who has copied it.
   *
   * @param actor by default an owner, a manager or the platform
   * @param organization where to
   * @return the token
   * @throws Refusal NOT_PERMITTED, or NOT_FOUND if the main link was revoked, has expired or is
   *     exhausted
   */
  public InvitationToken copyLink(Actor actor, OrganizationId organization) {
    access.require(actor, Operation.COPY_LINK, Subject.ofOrganization(organization));
    return domain.inTransaction(() -> reveal(actor, usableMain(organization).invitationId()));
  }

  /**
   * The main link.
   *
   * @param actor by default an owner, a manager or the platform
   * @param organization where to
   * @return the link, without its token
   * @throws Refusal NOT_PERMITTED, or NOT_FOUND if it was revoked, has expired or is exhausted
   */
  public Invitation currentLink(Actor actor, OrganizationId organization) {
    access.require(actor, Operation.SEE_INVITATIONS, Subject.ofOrganization(organization));
    return usableMain(organization);
  }

  private Invitation usableMain(OrganizationId organization) {
    return store
        .latestMain(organization)
        .map(link -> link.at(domain.now()))
        .filter(Invitation::isOpen)
        .orElseThrow(
            () ->
                new Refusal(
                    Reason.NOT_FOUND,
                    "The organization has no usable invitation link; rotate it to have a new one."));
  }

  /**
   * Replaces the main link: from now on the old one is refused with LINK_REVOKED. The new one is
   * for the same e-mail domains, and has no other limit.
   *
   * @param actor by default an owner, a manager or the platform
   * @param organization where to
   * @return the new link
   * @throws Refusal NOT_PERMITTED, NOT_FOUND, PARTNER_SUSPENDED, or ILLEGAL_STATE unless the
   *     organization is active
   */
  public Invitation rotateLink(Actor actor, OrganizationId organization) {
    return changes.rotate(actor, organization, null);
  }

  /**
   * Replaces the main link, saying why.
   *
   * @param actor by default an owner, a manager or the platform
   * @param organization where to
   * @param why the reason, 1 to 500 characters; it goes to the audit of both links
   * @return the new link
   * @throws Refusal as {@link #rotateLink(Actor, OrganizationId)} does, and INVALID_INPUT
   */
  public Invitation rotateLink(Actor actor, OrganizationId organization, String why) {
    return changes.rotate(actor, organization, Audit.requireWhy(why));
  }

  /**
   * Makes a further link. {@link #token} gives what it carries.
   *
   * @param actor by default an owner, a manager or the platform; with e-mail domains whose people
   *     are approved at once (a policy), only whoever may approve join requests
   * @param organization where to
   * @param limits how far it reaches
   * @return the link
   * @throws Refusal NOT_PERMITTED, NOT_FOUND, INVALID_INPUT if it would end at once,
   *     PARTNER_SUSPENDED, or ILLEGAL_STATE unless the organization is active
   */
  public Invitation createLink(Actor actor, OrganizationId organization, LinkLimits limits) {
    return changes.create(actor, organization, limits, null);
  }

  /**
   * Makes a further link, saying why.
   *
   * @param actor who may, see {@link #createLink(Actor, OrganizationId, LinkLimits)}
   * @param organization where to
   * @param limits how far it reaches
   * @param why the reason, 1 to 500 characters; it goes to the audit
   * @return the link
   * @throws Refusal as there; INVALID_INPUT for the reason as well
   */
  public Invitation createLink(
      Actor actor, OrganizationId organization, LinkLimits limits, String why) {
    return changes.create(actor, organization, limits, Audit.requireWhy(why));
  }

  /**
   * Changes how far an active link reaches; its uses so far count.
   *
   * @param actor by default an owner, a manager or the platform; with e-mail domains whose people
   *     are approved at once (a policy), only whoever may approve join requests
   * @param id which link
   * @param limits from now on
   * @return the link
   * @throws Refusal NOT_FOUND, NOT_PERMITTED, INVALID_INPUT if it would end at once, or
   *     ILLEGAL_STATE unless it is an active link
   */
  public Invitation changeLimits(Actor actor, InvitationId id, LinkLimits limits) {
    return changes.limit(actor, id, limits, null);
  }

  /**
   * Changes how far an active link reaches, saying why.
   *
   * @param actor who may, see {@link #changeLimits(Actor, InvitationId, LinkLimits)}
   * @param id which link
   * @param limits from now on
   * @param why the reason, 1 to 500 characters; it goes to the audit
   * @return the link
   * @throws Refusal as there; INVALID_INPUT for the reason as well
   */
  public Invitation changeLimits(Actor actor, InvitationId id, LinkLimits limits, String why) {
    return changes.limit(actor, id, limits, Audit.requireWhy(why));
  }

  /**
   * Invites one account.
   *
   * @param actor by default an owner, a manager or the platform
   * @param organization where to
   * @param account whom
   * @return the invitation, pending; {@link #token} gives what its link carries
   * @throws Refusal NOT_PERMITTED, NOT_FOUND, PARTNER_SUSPENDED, ILLEGAL_STATE unless the
   *     organization is active, ALREADY_A_MEMBER, or DUPLICATE_REQUEST if the account has a pending
   *     invitation there
   */
  public Invitation invite(Actor actor, OrganizationId organization, AccountId account) {
    return changes.invite(actor, organization, account, null);
  }

  /**
   * Invites one account, saying why.
   *
   * @param actor by default an owner, a manager or the platform
   * @param organization where to
   * @param account whom
   * @param why the reason, 1 to 500 characters; it goes to the audit and not to the account
   * @return the invitation, pending
   * @throws Refusal as {@link #invite(Actor, OrganizationId, AccountId)} does, and INVALID_INPUT
   */
  public Invitation invite(
      Actor actor, OrganizationId organization, AccountId account, String why) {
    return changes.invite(actor, organization, account, Audit.requireWhy(why));
  }

  /**
   * Sends a personal invitation again: the same invitation with a new token, whose time begins
   * anew. The old token is refused with NOT_FOUND from now on.
   *
   * @param actor by default an owner, a manager or the platform
   * @param id which
   * @return the invitation, pending
   * @throws Refusal NOT_FOUND, NOT_PERMITTED, PARTNER_SUSPENDED, or ILLEGAL_STATE unless the
   *     organization is active, the invitation is pending, and it was sent again less often than
   *     the policy allows
   */
  public Invitation resend(Actor actor, InvitationId id) {
    return changes.resend(actor, id, null);
  }

  /**
   * Sends a personal invitation again, saying why.
   *
   * @param actor by default an owner, a manager or the platform
   * @param id which
   * @param why the reason, 1 to 500 characters; it goes to the audit and not to the account
   * @return the invitation, pending
   * @throws Refusal as {@link #resend(Actor, InvitationId)} does, and INVALID_INPUT
   */
  public Invitation resend(Actor actor, InvitationId id, String why) {
    return changes.resend(actor, id, Audit.requireWhy(why));
  }

  /**
   * The token of an invitation: what its link carries; the audit keeps who has copied it.
   *
   * @param actor by default an owner, a manager or the platform
   * @param id which
   * @return the token, for whoever may send it
   * @throws Refusal NOT_FOUND, or NOT_PERMITTED
   */
  public InvitationToken token(Actor actor, InvitationId id) {
    return domain.inTransaction(
        () -> reveal(actor, store.find(actor, Operation.COPY_LINK, id).invitationId()));
  }

  private InvitationToken reveal(Actor actor, InvitationId id) {
    log.noted(actor, Operation.COPY_LINK, id, null);
    return store.token(id);
  }

  /**
   * Says no to a personal invitation.
   *
   * @param actor the invited account
   * @param id which
   * @throws Refusal NOT_FOUND or, within the organization, NOT_PERMITTED if it is not the actor's;
   *     ILLEGAL_STATE if it is not pending
   */
  public void decline(Actor.Account actor, InvitationId id) {
    changes.decline(actor, id, null);
  }

  /**
   * Says no to a personal invitation, and why.
   *
   * @param actor the invited account
   * @param id which
   * @param why the reason, 1 to 500 characters, without personal data; it goes to the audit
   * @throws Refusal as {@link #decline(Actor.Account, InvitationId)} does, and INVALID_INPUT
   */
  public void decline(Actor.Account actor, InvitationId id, String why) {
    changes.decline(actor, id, Audit.requireWhy(why));
  }

  /**
   * Takes a personal invitation or a link back.
   *
   * @param actor by default an owner, a manager or the platform
   * @param id which
   * @throws Refusal NOT_FOUND, NOT_PERMITTED, ILLEGAL_STATE if it is not open
   */
  public void revoke(Actor actor, InvitationId id) {
    changes.revoke(actor, id, null);
  }

  /**
   * Takes a personal invitation or a link back, saying why.
   *
   * @param actor by default an owner, a manager or the platform
   * @param id which
   * @param why the reason, 1 to 500 characters; it goes to the audit and not to the account
   * @throws Refusal as {@link #revoke(Actor, InvitationId)} does, and INVALID_INPUT
   */
  public void revoke(Actor actor, InvitationId id, String why) {
    changes.revoke(actor, id, Audit.requireWhy(why));
  }

  /**
   * Writes that an invitation's or a link's time is over, if it is; idempotent.
   *
   * @param library only from inside other operations
   * @param id which
   * @throws Refusal NOT_FOUND
   */
  public void expireIfDue(Actor.Library library, InvitationId id) {
    domain.run(() -> store.expireIfDue(store.lock(id)));
  }

  /**
   * Writes what has become due by time alone; idempotent.
   *
   * @return how many personal invitations and links it ended
   */
  public int settleDue() {
    return DueRows.settle(domain, store::due, id -> store.expireIfDue(store.lock(id)));
  }

  /**
   * When personal invitations and links next become due by time alone.
   *
   * @return the instant, perhaps past, or empty
   */
  public Optional<Instant> nextDue() {
    return store.nextDue();
  }

  /**
   * Gets an invitation as it stands now.
   *
   * @param actor by default the invited account, an owner, a manager or the platform
   * @param id which
   * @return the invitation, without its token
   * @throws Refusal NOT_FOUND, or NOT_PERMITTED for other members of the organization
   */
  public Invitation get(Actor actor, InvitationId id) {
    return store.find(actor, Operation.SEE_INVITATIONS, id).at(domain.now());
  }

  /**
   * An organization's links and personal invitations as they stand now.
   *
   * @param actor by default an owner, a manager or the platform
   * @param organization where to
   * @param filter which of them
   * @param page which part
   * @return in the order in which they were made, without their tokens
   * @throws Refusal NOT_PERMITTED
   */
  public Page<Invitation> list(
      Actor actor, OrganizationId organization, InvitationFilter filter, PageRequest page) {
    access.require(actor, Operation.SEE_INVITATIONS, Subject.ofOrganization(organization));
    Instant now = domain.now();
    return page.of(
        store.list(organization, filter, page).stream().map(each -> each.at(now)).toList(),
        invitation -> invitation.invitationId().value());
  }

  /**
   * All organizations' personal invitations that nobody has answered yet.
   *
   * @param actor by default the platform
   * @param page which part
   * @return in the order in which they were made, without their tokens
   * @throws Refusal NOT_PERMITTED
   */
  public Page<Invitation> pending(Actor actor, PageRequest page) {
    access.require(actor, Operation.SEE_INVITATIONS, Subject.PROGRAMME);
    return page.of(store.pending(page), invitation -> invitation.invitationId().value());
  }

  /**
   * Locks an invitation until the transaction ends, so that it stays as it is.
   *
   * @param library only from inside other operations
   * @param id which
   * @return the invitation as it stands now
   * @throws Refusal NOT_FOUND
   */
  public Invitation lock(Actor.Library library, InvitationId id) {
    return store.lock(id).at(domain.now());
  }

  /** What a token lets somebody do, for join requests. */
  InvitationUse use() {
    return use;
  }
}
