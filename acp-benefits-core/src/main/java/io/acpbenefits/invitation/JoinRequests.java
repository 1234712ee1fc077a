package io.acpbenefits.invitation;

import io.acpbenefits.audit.AuditLog;
import io.acpbenefits.common.AccountId;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.Reason;
import io.acpbenefits.common.Refusal;
import io.acpbenefits.internal.Domain;
import io.acpbenefits.internal.Rows;
import io.acpbenefits.organization.Accounts;
import io.acpbenefits.organization.Membership;
import io.acpbenefits.organization.MembershipEnded;
import io.acpbenefits.organization.MembershipStarted;
import io.acpbenefits.organization.OrganizationId;
import io.acpbenefits.organization.Organizations;
import io.acpbenefits.organization.Role;
import io.acpbenefits.permission.Access;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The requests of people to join an organization; thread-safe. Whatever decides on one locks the
 * applicant's account first, so that two organizations never admit one account.
 *
 * <p>Source: the application form, and "Applicants … Approve" in User Management.
 */
public final class JoinRequests {

  private final Domain domain;
  private final Accounts accounts;
  private final Organizations organizations;
  private final Invitations invitations;
  private final InvitationPolicy policy;
  private final Rows<JoinRequestMapper> rows;

  /**
   * Called by {@code AcpBenefits}.
   *
   * @param domain what features are built on
   * @param access who may do what
   * @param log where it is recorded
   * @param accounts who asks
   * @param organizations where to
   * @param invitations what lets people ask
   * @param policy the rules
   */
  public JoinRequests(
      Domain domain,
      Access access,
      AuditLog log,
      Accounts accounts,
      Organizations organizations,
      Invitations invitations,
      InvitationPolicy policy) {
    this.domain = domain.idType(JoinRequestId.class, JoinRequestId::new);
    this.accounts = accounts;
    this.organizations = organizations;
    this.invitations = invitations;
    this.policy = policy;
    this.rows = domain.rows(JoinRequestMapper.class);
    domain.on(MembershipEnded.class, this::release);
    domain.on(MembershipStarted.class, this::hold);
  }

  /**
   * Submits the application form behind an invitation.
   *
   * @param actor who asks
   * @param token the invitation's token
   * @param form the form's fields by name, names of at most 200 characters, at most 4,000
   *     characters each; may be empty
   * @return the request; it waits if the account is in another organization
   * @throws Refusal INVALID_INPUT for the form, NOT_FOUND, LINK_REVOKED, LINK_EXPIRED,
   *     LINK_EXHAUSTED, PARTNER_SUSPENDED, ALREADY_A_MEMBER, or DUPLICATE_REQUEST if an open
   *     request to that organization exists
   */
  public JoinRequest submit(Actor.Account actor, InvitationToken token, Map<String, String> form) {
    form.forEach(JoinRequests::requireFits);
    return domain.inTransaction(
        () -> {
          AccountId account = actor.id();
          accounts.lock(Actor.system(), account);
          Invitation invitation = invitations.lockUsable(token);
          if (invitation.invitedAccount() != null && !account.equals(invitation.invitedAccount())) {
            throw new Refusal(Reason.NOT_FOUND, "This is not an invitation link.");
          }
          OrganizationId organization = invitation.organizationId();
          invitations.requireAdmitting(organization);
          Optional<Membership> elsewhere = organizations.activeMembership(Actor.system(), account);
          if (elsewhere.filter(m -> m.organizationId().equals(organization)).isPresent()) {
            throw new Refusal(Reason.ALREADY_A_MEMBER, "This account is a member already.");
          }
          requireNoOpenRequest(organization, account);
          JoinRequest request = newRequest(invitation, account, elsewhere.isPresent());
          rows.one(m -> m.insert(request));
          form.forEach(
              (name, content) -> rows.one(m -> m.insertField(request.requestId(), name, content)));
          domain.publish(
              new JoinRequestSubmitted(
                  request.requestId(), invitation.invitationId(), invitation.kind()));
          invitations.countUse(invitation, request.requestId());
          return request;
        });
  }

  private static void requireFits(String name, String content) {
    if (name.isBlank() || name.length() > 200 || content.length() > 4000) {
      throw new Refusal(
          Reason.INVALID_INPUT,
          "A field of the form has a name of 1 to 200 characters and at most 4,000 characters.");
    }
  }

  private void requireNoOpenRequest(OrganizationId organization, AccountId account) {
    for (JoinRequest open : rows.get(m -> m.openOf(account))) {
      if (open.organizationId().equals(organization) && !expireIfDue(open)) {
        throw new Refusal(
            Reason.DUPLICATE_REQUEST,
            "This account's earlier request to join the organization is still open.");
      }
    }
  }

  private JoinRequest newRequest(Invitation invitation, AccountId account, boolean waiting) {
    Instant now = domain.now();
    return new JoinRequest(
        JoinRequestId.of(domain.newId()),
        invitation.organizationId(),
        account,
        invitation.invitationId(),
        JoinRequestState.SUBMITTED,
        waiting,
        now,
        now.plus(waiting ? policy.waitForAccount() : policy.requestLife()),
        null);
  }

  /**
   * Approves: the applicant becomes a member in the same transaction.
   *
   * @param actor by default an owner, or the platform; never the applicant
   * @param id which request
   * @return the membership
   * @throws Refusal NOT_FOUND, NOT_PERMITTED, ILLEGAL_STATE if it is not open any more,
   *     PARTNER_SUSPENDED, or MEMBER_ELSEWHERE, which leaves the request as it is
   */
  public Membership approve(Actor actor, JoinRequestId id) {
    return domain.inTransaction(
        () -> {
          JoinRequest request = lockToDecide(actor, id);
          invitations.requireAdmitting(request.organizationId());
          organizations.requireFree(Actor.system(), request.organizationId(), request.accountId());
          close(request, JoinRequestState.APPROVED, actor);
          Membership membership =
              organizations.admit(
                  Actor.system(), request.organizationId(), request.accountId(), Role.MEMBER);
          domain.publish(new JoinRequestDecided(id));
          return membership;
        });
  }

  /**
   * Rejects.
   *
   * @param actor by default an owner, or the platform; never the applicant
   * @param id which request
   * @throws Refusal NOT_FOUND, NOT_PERMITTED, or ILLEGAL_STATE if it is not open any more
   */
  public void reject(Actor actor, JoinRequestId id) {
    domain.run(
        () -> {
          close(lockToDecide(actor, id), JoinRequestState.REJECTED, actor);
          domain.publish(new JoinRequestDecided(id));
        });
  }

  /**
   * Takes a request back.
   *
   * @param actor the applicant
   * @param id which request
   * @throws Refusal NOT_FOUND if it is not the actor's, ILLEGAL_STATE if it is not open any more
   */
  public void withdraw(Actor.Account actor, JoinRequestId id) {
    domain.run(
        () -> {
          JoinRequest request = lock(id);
          if (!request.accountId().equals(actor.id())) {
            throw notFound();
          }
          requireOpen(request);
          close(request, JoinRequestState.WITHDRAWN, actor);
          domain.publish(new JoinRequestWithdrawn(id));
        });
  }

  /**
   * Writes that a request's time is over, if it is; idempotent.
   *
   * @param library only from inside other operations
   * @param id which request
   */
  public void expireIfDue(Actor.Library library, JoinRequestId id) {
    domain.run(() -> expireIfDue(lock(id)));
  }

  private boolean expireIfDue(JoinRequest stored) {
    boolean due =
        stored.state() == JoinRequestState.SUBMITTED
            && stored.at(domain.now()).state() == JoinRequestState.EXPIRED;
    if (due) {
      close(stored, JoinRequestState.EXPIRED, Actor.system(), stored.expiresAt());
      domain.publish(new JoinRequestDecided(stored.requestId()));
    }
    return due;
  }

  /**
   * Writes what has become due by time alone; idempotent.
   *
   * @return how many requests it ended
   */
  public int settleDue() {
    List<JoinRequestId> due = rows.get(m -> m.due(domain.now()));
    due.forEach(id -> expireIfDue(Actor.system(), id));
    return due.size();
  }

  /**
   * When requests next become due by time alone.
   *
   * @return the instant, perhaps past, or empty
   */
  public Optional<Instant> nextDue() {
    return rows.get(JoinRequestMapper::nextDue);
  }

  /** The account left: its requests elsewhere can be decided now. */
  private void release(MembershipEnded event) {
    for (JoinRequest request : rows.get(m -> m.openOf(event.accountId()))) {
      if (request.waiting() && !expireIfDue(request)) {
        Instant until = domain.now().plus(policy.requestLife());
        rows.one(m -> m.setWaiting(request.requestId(), false, until));
        domain.publish(new ApplicantBecameFree(request.requestId()));
      }
    }
  }

  /** The account joined: its requests elsewhere have to wait. */
  private void hold(MembershipStarted event) {
    for (JoinRequest request : rows.get(m -> m.openOf(event.accountId()))) {
      if (!request.organizationId().equals(event.organizationId())
          && !request.waiting()
          && !expireIfDue(request)) {
        Instant until = domain.now().plus(policy.waitForAccount());
        rows.one(m -> m.setWaiting(request.requestId(), true, until));
        domain.publish(new ApplicantJoinedElsewhere(request.requestId()));
      }
    }
  }

  /**
   * Gets a request as it stands now.
   *
   * @param actor who asks
   * @param id which
   * @return the request
   * @throws Refusal NOT_FOUND
   */
  public JoinRequest get(Actor actor, JoinRequestId id) {
    return rows.get(m -> m.find(id)).orElseThrow(JoinRequests::notFound).at(domain.now());
  }

  /**
   * An account's latest request to an organization, whatever its state.
   *
   * @param actor who asks
   * @param organization where to
   * @param account who
   * @return the request, or empty
   */
  public Optional<JoinRequest> latest(Actor actor, OrganizationId organization, AccountId account) {
    return rows.get(m -> m.latest(organization, account)).map(r -> r.at(domain.now()));
  }

  /**
   * The applicants list: open requests.
   *
   * @param actor an owner, a manager or the platform
   * @param organization where to
   * @return in the order in which they were submitted
   * @throws Refusal NOT_PERMITTED
   */
  public List<JoinRequest> applicants(Actor actor, OrganizationId organization) {
    organizations.requireRole(actor, organization, Role.MANAGER);
    Instant now = domain.now();
    return rows.get(m -> m.applicants(organization)).stream()
        .filter(request -> request.at(now).state() == JoinRequestState.SUBMITTED)
        .toList();
  }

  /**
   * The rules these requests follow.
   *
   * @return the policy
   */
  public InvitationPolicy policy() {
    return policy;
  }

  private JoinRequest lockToDecide(Actor actor, JoinRequestId id) {
    JoinRequest request = lock(id);
    organizations.requireRole(actor, request.organizationId(), policy.decides());
    if (actor.is(request.accountId())) {
      throw new Refusal(Reason.NOT_PERMITTED, "Nobody decides on a request of their own.");
    }
    requireOpen(request);
    return request;
  }

  /**
   * The account's row is what protects its requests. The second look locks as well, because H2 may
   * answer the same plain query with what it has answered before.
   */
  private JoinRequest lock(JoinRequestId id) {
    AccountId account = rows.get(m -> m.find(id)).orElseThrow(JoinRequests::notFound).accountId();
    accounts.lock(Actor.system(), account);
    return rows.get(m -> m.lock(id)).orElseThrow(JoinRequests::notFound);
  }

  private void requireOpen(JoinRequest request) {
    JoinRequestState state = request.at(domain.now()).state();
    if (state != JoinRequestState.SUBMITTED) {
      throw Refusal.of(
          Reason.ILLEGAL_STATE, "The request is %s; only a SUBMITTED one can be decided.", state);
    }
  }

  private void close(JoinRequest request, JoinRequestState state, Actor actor) {
    close(request, state, actor, domain.now());
  }

  private void close(JoinRequest request, JoinRequestState state, Actor actor, Instant at) {
    rows.one(m -> m.decide(request.requestId(), state, at, actor.toString()));
  }

  private static Refusal notFound() {
    return new Refusal(Reason.NOT_FOUND, "There is no such join request.");
  }
}
