package io.acpbenefits.invitation;

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
import java.util.List;
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
  private final Organizations organizations;
  private final InvitationPolicy policy;
  private final InvitationStore store;

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
    this.organizations = organizations;
    this.policy = policy;
    this.store = new InvitationStore(domain, log, vault);
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
        LinkLimits.NONE);
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
              store.move(actor, Operation.ROTATE_LINK, old, InvitationState.REVOKED, null, null);
            }
          }
          return store.addLink(actor, Operation.ROTATE_LINK, organization, true, limits);
        });
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
    access.require(actor, Operation.CREATE_LINK, Subject.ofOrganization(organization));
    requireMayLimit(actor, organization, limits);
    return domain.inTransaction(
        () -> {
          lockOpen(organization, Operation.CREATE_LINK);
          return store.addLink(actor, Operation.CREATE_LINK, organization, false, limits);
        });
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
    Invitation seen = require(actor, Operation.CHANGE_LINK, id);
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
          log.changed(actor, Operation.CHANGE_LINK, id, link.state(), link.state(), null);
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
          Invitation invitation = store.addPersonal(actor, organization, account, end);
          domain.publish(new InvitationSent(invitation.invitationId(), false));
          return invitation;
        });
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
    Invitation seen = require(actor, Operation.RESEND_INVITATION, id);
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
              actor, Operation.RESEND_INVITATION, id, invitation.state(), again.state(), null);
          domain.publish(new InvitationSent(id, true));
          return again;
        });
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
        () -> reveal(actor, require(actor, Operation.COPY_LINK, id).invitationId()));
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
    domain.run(
        () -> {
          require(actor, Operation.DECLINE_INVITATION, id);
          Invitation invitation = lockFor(Operation.DECLINE_INVITATION, id);
          store.move(
              actor,
              Operation.DECLINE_INVITATION,
              invitation,
              InvitationState.DECLINED,
              null,
              null);
        });
  }

  /**
   * Takes a personal invitation or a link back.
   *
   * @param actor by default an owner, a manager or the platform
   * @param id which
   * @throws Refusal NOT_FOUND, NOT_PERMITTED, ILLEGAL_STATE if it is not open
   */
  public void revoke(Actor actor, InvitationId id) {
    domain.run(
        () -> {
          require(actor, Operation.REVOKE_INVITATION, id);
          Invitation invitation = lockFor(Operation.REVOKE_INVITATION, id);
          store.move(
              actor, Operation.REVOKE_INVITATION, invitation, InvitationState.REVOKED, null, null);
        });
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
    return require(actor, Operation.SEE_INVITATIONS, id).at(domain.now());
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

  private void lockOpen(OrganizationId organization, Operation operation) {
    organizations.lockPartner(Actor.system(), organization);
    organizations.requireOpen(Actor.system(), organization, operation);
  }

  private Invitation lockFor(Operation operation, InvitationId id) {
    Invitation invitation = store.lock(id);
    InvitationState.lifecycle().require(operation, invitation.at(domain.now()).state());
    return invitation;
  }

  private Invitation require(Actor actor, Operation operation, InvitationId id) {
    Invitation invitation = store.find(id);
    access.require(
        actor,
        operation,
        Subject.ofOrganization(invitation.organizationId()).concerning(invitation.invitedAccount()),
        InvitationStore::notFound);
    return invitation;
  }
}
