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
import io.acpbenefits.internal.Rows;
import io.acpbenefits.organization.Accounts;
import io.acpbenefits.organization.Membership;
import io.acpbenefits.organization.MembershipEnded;
import io.acpbenefits.organization.MembershipStarted;
import io.acpbenefits.organization.OrganizationId;
import io.acpbenefits.organization.OrganizationStateChanged;
import io.acpbenefits.organization.Organizations;
import io.acpbenefits.organization.Role;
import io.acpbenefits.permission.Access;
import io.acpbenefits.permission.Subject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The requests of people to join an organization; thread-safe. See {@link
 * JoinRequestState#lifecycle()}.
 *
 * <p>Whatever decides on one locks the applicant's account first, so that two organizations never
 * admit one account. Nobody decides on a request of their own, and nobody is told which other
 * organization an applicant is in. An account that the platform makes a member has its open request
 * there approved; when an organization is closed, the system rejects all.
 *
 * <p>Source: the application form, and "Applicants … Approve" in User Management.
 */
public final class JoinRequests {

  private final Domain domain;
  private final Access access;
  private final Accounts accounts;
  private final Organizations organizations;
  private final InvitationUse invitations;
  private final InvitationPolicy policy;
  private final JoinRequestStore store;
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
    this.domain = domain;
    this.access = access;
    this.accounts = accounts;
    this.organizations = organizations;
    this.invitations = invitations.use();
    this.policy = policy;
    this.store = new JoinRequestStore(domain, log, accounts);
    this.rows = store.rows;
    AffectedRequests affected = new AffectedRequests(domain, policy, store);
    domain.on(MembershipEnded.class, affected::release);
    domain.on(MembershipStarted.class, affected::hold);
    domain.on(OrganizationStateChanged.class, affected::rejectAtClosing);
  }

  /**
   * Submits the application form behind an invitation, by somebody of whom no e-mail domain is
   * known.
   *
   * @param actor who asks; for a personal invitation the invited account
   * @param token the invitation's token
   * @param form the fields of the policy's form by their names
   * @return as {@link #submit(Actor.Account, InvitationToken, Map, EmailDomain)}
   * @throws Refusal as there
   */
  public JoinRequest submit(Actor.Account actor, InvitationToken token, Map<String, String> form) {
    return submit(actor, token, form, null);
  }

  /**
   * Submits the application form behind an invitation. Through a personal invitation this is its
   * acceptance.
   *
   * @param actor who asks; for a personal invitation the invited account
   * @param token the invitation's token
   * @param form the fields of the policy's form by their names; blank ones are not kept
   * @param verified the domain of an e-mail address of which the host knows that it is the actor's,
   *     for links that are for certain domains; compared and never stored. Null if none is known
   * @return the request; it waits if the account is in another organization, and it is approved
   *     already if the policy approves listed domains and the account is free
   * @throws Refusal INVALID_INPUT for the form, naming everything that is wrong; NOT_FOUND,
   *     NOT_PERMITTED if the link is for other e-mail domains, LINK_REVOKED, LINK_EXPIRED,
   *     LINK_EXHAUSTED, PARTNER_SUSPENDED, ILLEGAL_STATE if the organization is suspended or the
   *     personal invitation was answered, ALREADY_A_MEMBER, or DUPLICATE_REQUEST if an open request
   *     to that organization exists
   */
  public JoinRequest submit(
      Actor.Account actor,
      InvitationToken token,
      Map<String, String> form,
      @Nullable EmailDomain verified) {
    policy.form().check(form);
    return domain.inTransaction(
        () -> {
          AccountId account = actor.id();
          OrganizationId organization = invitations.organizationBehind(token);
          organizations.lockPartner(Actor.system(), organization);
          accounts.lock(Actor.system(), account);
          Invitation invitation = invitations.lockUsable(actor, token);
          if (!invitation.limits().admit(verified)) {
            throw new Refusal(
                Reason.NOT_PERMITTED,
                "This invitation link is for people with an e-mail address of certain domains.");
          }
          organizations.requireOpen(Actor.system(), organization, Operation.ADMIT_MEMBER);
          boolean elsewhere =
              organizations.isMemberElsewhere(Actor.system(), organization, account);
          requireNoOpenRequest(organization, account);
          JoinRequest request = newRequest(invitation, account, elsewhere);
          store.insert(actor, request, form);
          domain.publish(
              new JoinRequestSubmitted(
                  request.requestId(), invitation.invitationId(), invitation.kind()));
          invitations.countUse(actor, invitation, request.requestId());
          if (policy.approvesListedDomains()
              && !invitation.limits().domains().isEmpty()
              && !elsewhere) {
            admit(Actor.system(), request, "The e-mail domain is on the link's list.");
          }
          return store.find(request.requestId()).at(domain.now());
        });
  }

  private void requireNoOpenRequest(OrganizationId organization, AccountId account) {
    for (JoinRequest open : rows.get(m -> m.lockOpenOf(account))) {
      if (open.organizationId().equals(organization) && !store.expireIfDue(open)) {
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
   * @throws Refusal NOT_FOUND, NOT_PERMITTED, ILLEGAL_STATE if it is not open any more or the
   *     organization is suspended, PARTNER_SUSPENDED, or MEMBER_ELSEWHERE, which leaves the request
   *     as it is
   */
  public Membership approve(Actor actor, JoinRequestId id) {
    return approved(actor, id, null);
  }

  /**
   * Approves, saying why.
   *
   * @param actor by default an owner, or the platform; never the applicant
   * @param id which request
   * @param why the reason, 1 to 500 characters; it goes to the audit and not to the applicant
   * @return the membership
   * @throws Refusal as {@link #approve(Actor, JoinRequestId)} does, and INVALID_INPUT
   */
  public Membership approve(Actor actor, JoinRequestId id, String why) {
    return approved(actor, id, Audit.requireWhy(why));
  }

  private Membership approved(Actor actor, JoinRequestId id, @Nullable String why) {
    return domain.inTransaction(
        () -> {
          OrganizationId organization =
              requireMayDecide(actor, Operation.APPROVE_JOIN_REQUEST, id).organizationId();
          organizations.lockPartner(Actor.system(), organization);
          JoinRequest request = store.lockFor(Operation.APPROVE_JOIN_REQUEST, id);
          organizations.requireOpen(Actor.system(), organization, Operation.ADMIT_MEMBER);
          organizations.requireFree(Actor.system(), organization, request.accountId());
          return admit(actor, request, why);
        });
  }

  private Membership admit(Actor actor, JoinRequest request, @Nullable String why) {
    store.close(actor, Operation.APPROVE_JOIN_REQUEST, request, JoinRequestState.APPROVED, why);
    Membership membership =
        organizations.admit(
            Actor.system(),
            actor,
            Operation.APPROVE_JOIN_REQUEST,
            request.organizationId(),
            request.accountId(),
            Role.MEMBER,
            why);
    domain.publish(new JoinRequestDecided(request.requestId()));
    return membership;
  }

  /**
   * Rejects.
   *
   * @param actor by default an owner, or the platform; never the applicant
   * @param id which request
   * @throws Refusal NOT_FOUND, NOT_PERMITTED, or ILLEGAL_STATE if it is not open any more
   */
  public void reject(Actor actor, JoinRequestId id) {
    rejected(actor, id, null);
  }

  /**
   * Rejects, saying why.
   *
   * @param actor by default an owner, or the platform; never the applicant
   * @param id which request
   * @param why the reason, 1 to 500 characters; it goes to the audit and not to the applicant
   * @throws Refusal NOT_FOUND, NOT_PERMITTED, INVALID_INPUT, or ILLEGAL_STATE if it is not open any
   *     more
   */
  public void reject(Actor actor, JoinRequestId id, String why) {
    rejected(actor, id, Audit.requireWhy(why));
  }

  private void rejected(Actor actor, JoinRequestId id, @Nullable String why) {
    domain.run(
        () -> {
          requireMayDecide(actor, Operation.REJECT_JOIN_REQUEST, id);
          store.reject(actor, store.lockFor(Operation.REJECT_JOIN_REQUEST, id), why);
        });
  }

  /**
   * Takes a request back.
   *
   * @param actor the applicant
   * @param id which request
   * @throws Refusal NOT_FOUND or, within the organization, NOT_PERMITTED if it is not the actor's;
   *     ILLEGAL_STATE if it is not open any more
   */
  public void withdraw(Actor.Account actor, JoinRequestId id) {
    withdrawn(actor, id, null);
  }

  /**
   * Takes a request back, saying why.
   *
   * @param actor the applicant
   * @param id which request
   * @param why the reason, 1 to 500 characters, without personal data; it goes to the audit
   * @throws Refusal as {@link #withdraw(Actor.Account, JoinRequestId)} does, and INVALID_INPUT
   */
  public void withdraw(Actor.Account actor, JoinRequestId id, String why) {
    withdrawn(actor, id, Audit.requireWhy(why));
  }

  private void withdrawn(Actor.Account actor, JoinRequestId id, @Nullable String why) {
    domain.run(
        () -> {
          Operation operation = Operation.WITHDRAW_JOIN_REQUEST;
          require(actor, operation, id);
          store.close(
              actor, operation, store.lockFor(operation, id), JoinRequestState.WITHDRAWN, why);
          domain.publish(new JoinRequestWithdrawn(id));
        });
  }

  /**
   * Writes that a request's time is over, if it is; idempotent.
   *
   * @param library only from inside other operations
   * @param id which request
   * @throws Refusal NOT_FOUND
   */
  public void expireIfDue(Actor.Library library, JoinRequestId id) {
    domain.run(() -> store.expireIfDue(store.lock(id)));
  }

  /**
   * Writes what has become due by time alone; idempotent.
   *
   * @return how many requests it ended
   */
  public int settleDue() {
    Instant now = domain.now();
    return DueRows.settle(
        domain,
        (last, size) -> rows.get(m -> m.due(now, last, size)),
        id -> store.expireIfDue(store.lock(id)));
  }

  /**
   * When requests next become due by time alone.
   *
   * @return the instant, perhaps past, or empty
   */
  public Optional<Instant> nextDue() {
    return rows.get(JoinRequestMapper::nextDue);
  }

  /**
   * All organizations' requests that are still to be decided, or wait until they can be.
   *
   * @param actor by default the platform
   * @param page which part
   * @return in the order in which they were submitted, without their forms
   * @throws Refusal NOT_PERMITTED
   */
  public Page<JoinRequest> open(Actor actor, PageRequest page) {
    access.require(actor, Operation.SEE_APPLICANTS, Subject.PROGRAMME);
    return page.of(
        rows.get(m -> m.open(domain.now(), page.afterOrStart(), page.rowsToFetch())),
        request -> request.requestId().value());
  }

  /**
   * Locks a request until the transaction ends, so that it stays as it is.
   *
   * @param library only from inside other operations
   * @param id which
   * @return the request as it stands now
   * @throws Refusal NOT_FOUND
   */
  public JoinRequest lock(Actor.Library library, JoinRequestId id) {
    return store.lock(id).at(domain.now());
  }

  /**
   * Gets a request as it stands now.
   *
   * @param actor by default the applicant, an owner, a manager or the platform
   * @param id which
   * @return the request
   * @throws Refusal NOT_FOUND, or NOT_PERMITTED for other members of the organization
   */
  public JoinRequest get(Actor actor, JoinRequestId id) {
    return require(actor, Operation.SEE_APPLICANTS, id).at(domain.now());
  }

  /**
   * What the applicant filled in.
   *
   * @param actor the applicant, or by default an owner or the platform: who may approve
   * @param id which request
   * @return the contents by the fields' names
   * @throws Refusal NOT_FOUND, or NOT_PERMITTED for other members of the organization
   */
  public Map<String, String> form(Actor actor, JoinRequestId id) {
    JoinRequest request = require(actor, Operation.SEE_APPLICANTS, id);
    if (!actor.is(request.accountId())) {
      access.require(actor, Operation.APPROVE_JOIN_REQUEST, subject(request));
    }
    return store.forms(List.of(request)).getOrDefault(id, Map.of());
  }

  /**
   * An account's latest request to an organization, whatever its state.
   *
   * @param actor by default the account, an owner, a manager or the platform
   * @param organization where to
   * @param account who
   * @return the request, or empty
   * @throws Refusal NOT_PERMITTED
   */
  public Optional<JoinRequest> latest(Actor actor, OrganizationId organization, AccountId account) {
    access.require(
        actor, Operation.SEE_APPLICANTS, Subject.ofOrganization(organization).concerning(account));
    return rows.get(m -> m.latest(organization, account)).map(r -> r.at(domain.now()));
  }

  /**
   * The applicants list.
   *
   * @param actor by default an owner, a manager or the platform; forms are shown to those only who
   *     may approve
   * @param organization where to
   * @param filter which requests
   * @param page which part
   * @return in the order in which they were submitted
   * @throws Refusal NOT_PERMITTED
   */
  public Page<Applicant> applicants(
      Actor actor, OrganizationId organization, ApplicantFilter filter, PageRequest page) {
    Subject subject = Subject.ofOrganization(organization);
    access.require(actor, Operation.SEE_APPLICANTS, subject);
    boolean decides = access.allows(actor, Operation.APPROVE_JOIN_REQUEST, subject);
    Instant now = domain.now();
    return domain.inTransaction(
        () -> {
          List<JoinRequest> found =
              rows.get(
                  m ->
                      m.applicants(
                          organization, filter, now, page.afterOrStart(), page.rowsToFetch()));
          Map<JoinRequestId, Map<String, String>> forms = decides ? store.forms(found) : Map.of();
          return page.of(
              found.stream()
                  .map(request -> request.at(now))
                  .map(
                      request ->
                          new Applicant(
                              request,
                              dueAt(request),
                              decides
                                  ? Optional.of(forms.getOrDefault(request.requestId(), Map.of()))
                                  : Optional.empty()))
                  .toList(),
              applicant -> applicant.request().requestId().value());
        });
  }

  /** Counted from when the decision became possible. */
  private Optional<Instant> dueAt(JoinRequest request) {
    return request.state() == JoinRequestState.SUBMITTED && !request.waiting()
        ? Optional.of(request.expiresAt().minus(policy.requestLife()).plus(policy.approvalDue()))
        : Optional.empty();
  }

  /**
   * The rules these requests follow.
   *
   * @return the policy
   */
  public InvitationPolicy policy() {
    return policy;
  }

  private JoinRequest requireMayDecide(Actor actor, Operation operation, JoinRequestId id) {
    JoinRequest request = require(actor, operation, id);
    if (actor.is(request.accountId())) {
      throw new Refusal(Reason.NOT_PERMITTED, "Nobody decides on a request of their own.");
    }
    return request;
  }

  private JoinRequest require(Actor actor, Operation operation, JoinRequestId id) {
    JoinRequest request = store.find(id);
    access.require(actor, operation, subject(request), JoinRequestStore::notFound);
    return request;
  }

  private static Subject subject(JoinRequest request) {
    return Subject.ofOrganization(request.organizationId()).concerning(request.accountId());
  }
}
