package io.acpbenefits.invitation;

import io.acpbenefits.audit.AuditLog;
import io.acpbenefits.common.AccountId;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.Operation;
import io.acpbenefits.common.PageRequest;
import io.acpbenefits.common.Reason;
import io.acpbenefits.common.Refusal;
import io.acpbenefits.internal.Domain;
import io.acpbenefits.internal.Rows;
import io.acpbenefits.invitation.InvitationMapper.InvitationRow;
import io.acpbenefits.organization.OrganizationId;
import io.acpbenefits.permission.Access;
import io.acpbenefits.permission.Subject;
import io.acpbenefits.secret.SealedSecret;
import io.acpbenefits.secret.Vault;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Invitations and their tokens at rest, shown only to whom they concern, and every change of their
 * states.
 */
final class InvitationStore {

  private final Domain domain;
  private final Access access;
  private final AuditLog log;
  private final Vault vault;
  private final Rows<InvitationMapper> rows;

  InvitationStore(Domain domain, Access access, AuditLog log, Vault vault) {
    this.domain = domain.idType(InvitationId.class, InvitationId::new);
    this.access = access;
    this.log = log;
    this.vault = vault;
    this.rows = domain.rows(InvitationMapper.class);
  }

  Invitation addLink(
      Actor actor,
      Operation operation,
      OrganizationId to,
      boolean main,
      LinkLimits limits,
      @Nullable String why) {
    return add(
        actor, operation, to, InvitationKind.LINK, main, InvitationState.ACTIVE, null, limits, why);
  }

  Invitation addPersonal(
      Actor actor, OrganizationId to, AccountId account, Instant end, @Nullable String why) {
    return add(
        actor,
        Operation.INVITE,
        to,
        InvitationKind.PERSONAL,
        false,
        InvitationState.PENDING,
        account,
        LinkLimits.NONE.withExpiresAt(end),
        why);
  }

  private Invitation add(
      Actor actor,
      Operation operation,
      OrganizationId to,
      InvitationKind kind,
      boolean main,
      InvitationState state,
      @Nullable AccountId account,
      LinkLimits limits,
      @Nullable String why) {
    Instant now = domain.now();
    InvitationId id = InvitationId.of(domain.newId());
    Invitation invitation =
        new Invitation(id, to, kind, main, state, account, now, now, 0, limits, 0);
    InvitationToken token = InvitationToken.random();
    SealedSecret sealed = vault.seal(token.value(), owner(id));
    rows.one(m -> m.insert(InvitationRow.of(invitation), token.hash(), sealed, actor.toString()));
    log.changed(actor, operation, id, null, state, why);
    return invitation;
  }

  private static String owner(InvitationId id) {
    return "invitation:" + id;
  }

  InvitationToken token(InvitationId id) {
    return new InvitationToken(vault.open(rows.get(m -> m.token(id)), owner(id)));
  }

  /** From now on the token before is nobody's. */
  void renewToken(InvitationId id) {
    InvitationToken token = InvitationToken.random();
    SealedSecret sealed = vault.seal(token.value(), owner(id));
    rows.one(m -> m.setToken(id, token.hash(), sealed));
  }

  void update(Invitation invitation) {
    rows.one(m -> m.update(InvitationRow.of(invitation)));
  }

  /** Writes another state; what happens to a personal invitation is told as its answer as well. */
  void move(
      Actor actor,
      Operation operation,
      Invitation invitation,
      InvitationState to,
      @Nullable JoinRequestId request,
      @Nullable String why) {
    update(invitation.with(to));
    log.changed(actor, operation, invitation.invitationId(), invitation.state(), to, why);
    if (invitation.kind() == InvitationKind.PERSONAL) {
      domain.publish(new InvitationAnswered(invitation.invitationId(), to, request));
    }
  }

  /** Writes that a locked invitation's time is over, if it is. */
  boolean expireIfDue(Invitation invitation) {
    boolean due =
        invitation.isOpen() && invitation.at(domain.now()).state() == InvitationState.EXPIRED;
    if (due) {
      move(
          Actor.system(),
          Operation.EXPIRE_INVITATION,
          invitation,
          InvitationState.EXPIRED,
          null,
          null);
    }
    return due;
  }

  /** Revokes locked invitations because of something else. */
  void revokeAll(List<Invitation> open, String why) {
    for (Invitation invitation : open) {
      if (!expireIfDue(invitation)) {
        move(
            Actor.system(),
            Operation.REVOKE_INVITATION,
            invitation,
            InvitationState.REVOKED,
            null,
            why);
      }
    }
  }

  Invitation lock(InvitationId id) {
    return one(rows.get(m -> m.lock(id)));
  }

  /** Reads without a lock; to strangers an invitation that is not theirs is not there. */
  Invitation find(Actor actor, Operation operation, InvitationId id) {
    Invitation invitation = one(rows.get(m -> m.find(id)));
    access.require(
        actor,
        operation,
        Subject.ofOrganization(invitation.organizationId()).concerning(invitation.invitedAccount()),
        InvitationStore::notFound);
    return invitation;
  }

  private static Invitation one(Optional<InvitationRow> row) {
    return row.map(InvitationRow::toInvitation).orElseThrow(InvitationStore::notFound);
  }

  OrganizationId organizationBehind(InvitationToken token) {
    return rows.get(m -> m.organizationBehind(token.hash())).orElseThrow(InvitationStore::notALink);
  }

  Invitation lock(InvitationToken token) {
    return rows.get(m -> m.lockByHash(token.hash()))
        .map(InvitationRow::toInvitation)
        .orElseThrow(InvitationStore::notALink);
  }

  Optional<Invitation> latestMain(OrganizationId organization) {
    return rows.get(m -> m.latestMain(organization)).map(InvitationRow::toInvitation);
  }

  List<Invitation> lockMain(OrganizationId organization) {
    return all(rows.get(m -> m.lockMain(organization)));
  }

  List<Invitation> lockOpen(OrganizationId organization) {
    return all(rows.get(m -> m.lockOpen(organization)));
  }

  List<Invitation> lockPending(OrganizationId organization, AccountId account) {
    return all(rows.get(m -> m.lockPending(organization, account)));
  }

  List<Invitation> list(OrganizationId organization, InvitationFilter filter, PageRequest page) {
    return all(
        rows.get(
            m ->
                m.list(
                    organization, filter, domain.now(), page.afterOrStart(), page.rowsToFetch())));
  }

  /** As they stand now. */
  List<Invitation> pending(PageRequest page) {
    return all(rows.get(m -> m.pending(domain.now(), page.afterOrStart(), page.rowsToFetch())));
  }

  private static List<Invitation> all(List<InvitationRow> found) {
    return found.stream().map(InvitationRow::toInvitation).toList();
  }

  List<InvitationId> due(String last, int size) {
    return rows.get(m -> m.due(domain.now(), last, size));
  }

  Optional<Instant> nextDue() {
    return rows.get(InvitationMapper::nextDue);
  }

  static Refusal notFound() {
    return new Refusal(Reason.NOT_FOUND, "There is no such invitation.");
  }

  static Refusal notALink() {
    return new Refusal(Reason.NOT_FOUND, "This is not an invitation link.");
  }
}
