package io.acpbenefits.invitation;

import io.acpbenefits.audit.AuditLog;
import io.acpbenefits.common.AccountId;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.Reason;
import io.acpbenefits.common.Refusal;
import io.acpbenefits.internal.Domain;
import io.acpbenefits.internal.Rows;
import io.acpbenefits.organization.Organization;
import io.acpbenefits.organization.OrganizationEstablished;
import io.acpbenefits.organization.OrganizationId;
import io.acpbenefits.organization.OrganizationState;
import io.acpbenefits.organization.Organizations;
import io.acpbenefits.organization.Role;
import io.acpbenefits.partner.Partners;
import io.acpbenefits.permission.Access;
import io.acpbenefits.secret.Vault;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Invitation links and personal invitations; thread-safe. Every organization has a link from the
 * start.
 *
 * <p>Source: "Copy Invitation Link" in User Management.
 */
public final class Invitations {

  private final Domain domain;
  private final Partners partners;
  private final Organizations organizations;
  private final Vault vault;
  private final InvitationPolicy policy;
  private final Rows<InvitationMapper> rows;

  /**
   * Called by {@code AcpBenefits}.
   *
   * @param domain what features are built on
   * @param access who may do what
   * @param log where it is recorded
   * @param partners whose state counts
   * @param organizations where to
   * @param vault keeps the tokens
   * @param policy the rules
   */
  public Invitations(
      Domain domain,
      Access access,
      AuditLog log,
      Partners partners,
      Organizations organizations,
      Vault vault,
      InvitationPolicy policy) {
    this.domain = domain.idType(InvitationId.class, InvitationId::new);
    this.partners = partners;
    this.organizations = organizations;
    this.vault = vault;
    this.policy = policy;
    this.rows = domain.rows(InvitationMapper.class);
    domain.on(
        OrganizationEstablished.class,
        event -> create(Actor.system(), event.organizationId(), InvitationKind.LINK, null, null));
  }

  /**
   * The current invitation link's token, to be copied.
   *
   * @param actor an owner, a manager or the platform
   * @param organization where to
   * @return the token
   * @throws Refusal NOT_PERMITTED, or NOT_FOUND if the organization has no usable link
   */
  public InvitationToken copyLink(Actor actor, OrganizationId organization) {
    organizations.requireRole(actor, organization, Role.MANAGER);
    return token(actor, currentLink(Actor.system(), organization).invitationId());
  }

  /**
   * The current invitation link.
   *
   * @param actor who asks
   * @param organization where to
   * @return the link, without its token
   * @throws Refusal NOT_FOUND if the organization has no usable link
   */
  public Invitation currentLink(Actor actor, OrganizationId organization) {
    Instant now = domain.now();
    return rows.get(m -> m.activeLinks(organization)).stream()
        .map(link -> link.at(now))
        .filter(link -> link.state() == InvitationState.ACTIVE)
        .reduce((older, newer) -> newer)
        .orElseThrow(
            () -> new Refusal(Reason.NOT_FOUND, "The organization has no usable invitation link."));
  }

  /**
   * Replaces the organization's link: from now on the old one is refused with LINK_REVOKED.
   *
   * @param actor an owner, a manager or the platform
   * @param organization where to
   * @return the new link
   * @throws Refusal NOT_PERMITTED, PARTNER_SUSPENDED, or ILLEGAL_STATE if it is not active
   */
  public Invitation rotateLink(Actor actor, OrganizationId organization) {
    return domain.inTransaction(
        () -> {
          requireOpen(actor, organization);
          // Two rotations at once would otherwise leave two links that can be used.
          partners.lock(
              Actor.system(), organizations.get(Actor.system(), organization).partnerId());
          for (Invitation old : rows.get(m -> m.activeLinks(organization))) {
            Invitation locked = rows.get(m -> m.lock(old.invitationId())).orElseThrow();
            rows.one(m -> m.update(locked.with(InvitationState.REVOKED, locked.uses())));
          }
          return create(actor, organization, InvitationKind.LINK, null, null);
        });
  }

  /**
   * Invites one account.
   *
   * @param actor an owner, a manager or the platform
   * @param organization where to
   * @param account whom
   * @return the invitation, pending
   * @throws Refusal NOT_PERMITTED, PARTNER_SUSPENDED, ALREADY_A_MEMBER, or DUPLICATE_REQUEST if the
   *     account has a pending invitation there
   */
  public Invitation invite(Actor actor, OrganizationId organization, AccountId account) {
    return domain.inTransaction(
        () -> {
          requireOpen(actor, organization);
          if (organizations
              .activeMembership(Actor.system(), account)
              .filter(m -> m.organizationId().equals(organization))
              .isPresent()) {
            throw new Refusal(Reason.ALREADY_A_MEMBER, "This account is a member already.");
          }
          Instant now = domain.now();
          for (Invitation pending : rows.get(m -> m.pendingFor(organization, account))) {
            if (pending.at(now).state() == InvitationState.PENDING) {
              throw new Refusal(
                  Reason.DUPLICATE_REQUEST, "This account has a pending invitation already.");
            }
          }
          Invitation invitation =
              create(
                  actor,
                  organization,
                  InvitationKind.PERSONAL,
                  account,
                  now.plus(policy.personalLife()));
          domain.publish(new InvitationSent(invitation.invitationId()));
          return invitation;
        });
  }

  private Invitation create(
      Actor actor,
      OrganizationId organization,
      InvitationKind kind,
      @Nullable AccountId account,
      @Nullable Instant expiresAt) {
    InvitationToken token = InvitationToken.random();
    Invitation invitation =
        new Invitation(
            InvitationId.of(domain.newId()),
            organization,
            kind,
            kind == InvitationKind.LINK ? InvitationState.ACTIVE : InvitationState.PENDING,
            account,
            domain.now(),
            expiresAt,
            null,
            0);
    rows.one(
        m ->
            m.insert(
                invitation,
                token.hash(),
                vault.seal(token.value(), owner(invitation.invitationId())),
                actor.toString()));
    return invitation;
  }

  /**
   * The token of an invitation: what its link carries.
   *
   * @param actor who asks
   * @param id which
   * @return the token, for whoever may send it
   */
  public InvitationToken token(Actor actor, InvitationId id) {
    return new InvitationToken(vault.open(rows.get(m -> m.token(id)), owner(id)));
  }

  private static String owner(InvitationId id) {
    return "invitation:" + id;
  }

  /**
   * Says no to a personal invitation.
   *
   * @param actor the invited account
   * @param id which
   * @throws Refusal NOT_FOUND if it is not the actor's, ILLEGAL_STATE if it is not pending
   */
  public void decline(Actor.Account actor, InvitationId id) {
    domain.run(
        () -> {
          Invitation invitation = rows.get(m -> m.lock(id)).orElseThrow(Invitations::notFound);
          if (!actor.id().equals(invitation.invitedAccount())) {
            throw notFound();
          }
          finish(requireOpenState(invitation), InvitationState.DECLINED);
        });
  }

  /**
   * Takes a personal invitation or a link back.
   *
   * @param actor an owner, a manager or the platform
   * @param id which
   * @throws Refusal NOT_FOUND, NOT_PERMITTED, ILLEGAL_STATE if it is not open
   */
  public void revoke(Actor actor, InvitationId id) {
    domain.run(
        () -> {
          Invitation invitation = rows.get(m -> m.lock(id)).orElseThrow(Invitations::notFound);
          organizations.requireRole(actor, invitation.organizationId(), Role.MANAGER);
          finish(requireOpenState(invitation), InvitationState.REVOKED);
        });
  }

  /**
   * Writes that a personal invitation's time is over, if it is; idempotent.
   *
   * @param library only from inside other operations
   * @param id which
   */
  public void expireIfDue(Actor.Library library, InvitationId id) {
    domain.run(
        () -> {
          Invitation invitation = rows.get(m -> m.lock(id)).orElseThrow(Invitations::notFound);
          if (invitation.state() == InvitationState.PENDING
              && invitation.at(domain.now()).state() == InvitationState.EXPIRED) {
            finish(invitation, InvitationState.EXPIRED);
          }
        });
  }

  /**
   * Writes what has become due by time alone; idempotent.
   *
   * @return how many personal invitations it ended
   */
  public int settleDue() {
    List<InvitationId> due = rows.get(m -> m.due(domain.now()));
    due.forEach(id -> expireIfDue(Actor.system(), id));
    return due.size();
  }

  /**
   * When personal invitations next become due by time alone.
   *
   * @return the instant, perhaps past, or empty
   */
  public Optional<Instant> nextDue() {
    return rows.get(InvitationMapper::nextDue);
  }

  /**
   * Gets an invitation as it stands now.
   *
   * @param actor who asks
   * @param id which
   * @return the invitation
   * @throws Refusal NOT_FOUND
   */
  public Invitation get(Actor actor, InvitationId id) {
    return rows.get(m -> m.find(id)).orElseThrow(Invitations::notFound).at(domain.now());
  }

  /** Locks the invitation behind a token and refuses one that cannot be used any more. */
  Invitation lockUsable(InvitationToken token) {
    Invitation invitation =
        rows.get(m -> m.lockByHash(token.hash()))
            .orElseThrow(() -> new Refusal(Reason.NOT_FOUND, "This is not an invitation link."))
            .at(domain.now());
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
      case ACCEPTED, DECLINED ->
          throw Refusal.of(
              Reason.ILLEGAL_STATE,
              "This invitation was answered already: %s.",
              invitation.state());
      case PENDING, ACTIVE -> {
        return invitation;
      }
    }
    throw new IllegalStateException();
  }

  /** Counts one use of a locked invitation. */
  void countUse(Invitation invitation, JoinRequestId request) {
    int uses = invitation.uses() + 1;
    if (invitation.kind() == InvitationKind.PERSONAL) {
      rows.one(m -> m.update(invitation.with(InvitationState.ACCEPTED, uses)));
      domain.publish(
          new InvitationAnswered(invitation.invitationId(), InvitationState.ACCEPTED, request));
      return;
    }
    Integer maximum = invitation.maximumUses();
    InvitationState state =
        maximum != null && uses >= maximum ? InvitationState.EXHAUSTED : InvitationState.ACTIVE;
    rows.one(m -> m.update(invitation.with(state, uses)));
  }

  private void requireOpen(Actor actor, OrganizationId id) {
    organizations.requireRole(actor, id, Role.MANAGER);
    requireAdmitting(id);
  }

  /** Refuses unless partner and organization are active. */
  void requireAdmitting(OrganizationId id) {
    Organization organization = organizations.get(Actor.system(), id);
    partners.get(Actor.system(), organization.partnerId()).requireActive();
    if (organization.state() != OrganizationState.ACTIVE) {
      throw Refusal.of(
          Reason.ILLEGAL_STATE,
          "The organization is %s; it must be ACTIVE for this.",
          organization.state());
    }
  }

  private Invitation requireOpenState(Invitation invitation) {
    InvitationState state = invitation.at(domain.now()).state();
    if (state != InvitationState.PENDING && state != InvitationState.ACTIVE) {
      throw Refusal.of(
          Reason.ILLEGAL_STATE, "The invitation is %s; it must be PENDING or ACTIVE.", state);
    }
    return invitation;
  }

  private void finish(Invitation invitation, InvitationState state) {
    rows.one(m -> m.update(invitation.with(state, invitation.uses())));
    if (invitation.kind() == InvitationKind.PERSONAL) {
      domain.publish(new InvitationAnswered(invitation.invitationId(), state, null));
    }
  }

  private static Refusal notFound() {
    return new Refusal(Reason.NOT_FOUND, "There is no such invitation.");
  }
}
