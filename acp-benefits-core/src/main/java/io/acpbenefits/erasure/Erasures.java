package io.acpbenefits.erasure;

import io.acpbenefits.audit.Audit;
import io.acpbenefits.audit.AuditLog;
import io.acpbenefits.common.AccountId;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.BenefitsException;
import io.acpbenefits.common.Operation;
import io.acpbenefits.common.Reason;
import io.acpbenefits.common.Refusal;
import io.acpbenefits.examrecord.ExamRecords;
import io.acpbenefits.idempotency.RequestKeys;
import io.acpbenefits.internal.Domain;
import io.acpbenefits.internal.DueRows;
import io.acpbenefits.invitation.InvitationId;
import io.acpbenefits.invitation.InvitationState;
import io.acpbenefits.invitation.Invitations;
import io.acpbenefits.invitation.JoinRequestId;
import io.acpbenefits.invitation.JoinRequestState;
import io.acpbenefits.invitation.JoinRequests;
import io.acpbenefits.organization.Accounts;
import io.acpbenefits.organization.Organizations;
import io.acpbenefits.permission.Access;
import io.acpbenefits.permission.Subject;
import io.acpbenefits.registration.ErasedIds;
import java.sql.SQLException;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/**
 * Erases personal data: the account's id, the candidate's ids, and what was filled in; thread-safe.
 *
 * <p>What the programme has to account for stays, under a pseudonym: ledger, codes, records,
 * certificates, tally and audit say the same as before. The account's own data is kept nowhere else
 * in the library, and {@link AccountErased} asks the host to erase its own in the same transaction.
 */
public final class Erasures {

  private final Domain domain;
  private final Access access;
  private final AuditLog log;
  private final RequestKeys keys;
  private final Accounts accounts;
  private final Organizations organizations;
  private final Invitations invitations;
  private final JoinRequests joinRequests;
  private final ExamRecords records;
  private final ErasedIds erasedIds;
  private final RetentionPolicy policy;

  /**
   * Called by {@code AcpBenefits}.
   *
   * @param domain what features are built on
   * @param access who may do what
   * @param log where it is recorded
   * @param keys what was asked for before
   * @param accounts whose data it is
   * @param organizations what they leave
   * @param invitations what they decline
   * @param joinRequests what they withdraw
   * @param records what their ids identify
   * @param erasedIds what takes the place of those
   * @param policy how long data is kept
   */
  public Erasures(
      Domain domain,
      Access access,
      AuditLog log,
      RequestKeys keys,
      Accounts accounts,
      Organizations organizations,
      Invitations invitations,
      JoinRequests joinRequests,
      ExamRecords records,
      ErasedIds erasedIds,
      RetentionPolicy policy) {
    this.domain = domain;
    this.access = access;
    this.log = log;
    this.keys = keys;
    this.accounts = accounts;
    this.organizations = organizations;
    this.invitations = invitations;
    this.joinRequests = joinRequests;
    this.records = records;
    this.erasedIds = erasedIds;
    this.policy = policy;
  }

  /**
   * Erases an account's personal data, for good. It is removed from its organization first, its
   * open join requests are withdrawn and its pending invitations declined, with all that follows
   * for its codes. Bindings that wait will lapse, and a result that comes later under the
   * candidate's ids is stored like any other: erase the pseudonym once more then.
   *
   * <p>A certificate that was bound stays bound to the pseudonym, so that nobody else can bind it;
   * the same host id may come back as a new account, without its past.
   *
   * @param actor by default an operator or the system
   * @param account whose
   * @param why the reason, 1 to 500 characters, without personal data; it goes to the audit
   * @return what stands in the account's place
   * @throws Refusal NOT_PERMITTED, INVALID_INPUT, NOT_FOUND if the library knows no such account,
   *     or LAST_OWNER if its organization would be without an owner
   */
  public Erasure erase(Actor actor, AccountId account, String why) {
    access.require(actor, Operation.ERASE_ACCOUNT, Subject.ofAccount(account));
    String reason = Audit.requireWhy(why);
    return domain.allOrNothing(
        () -> {
          List<PersonalData.Ids> ids = personalData(data -> data.idsOf(account));
          // First the records' keys, then the account: the order in which all lock.
          ids.forEach(each -> records.lockKey(Actor.system(), each.pair(), each.exam()));
          Optional<String> known = personalData(data -> data.keyOf(account));
          String key = known.isPresent() ? accounts.lock(Actor.system(), account) : "";
          if (!known.equals(Optional.of(key))) {
            // Unknown, or erased while this waited for its lock.
            throw new Refusal(Reason.NOT_FOUND, "There is no such account.");
          }
          leave(account);
          AccountId pseudonym = AccountId.of("erased-" + key);
          if (!pseudonym.equals(account)) {
            personalData(
                data -> {
                  data.replace(account, pseudonym, key);
                  return data;
                });
          }
          personalData(
              data -> {
                for (PersonalData.Ids each : ids) {
                  data.replace(pseudonym, each, erasedIds.of(each.pair(), each.exam()));
                }
                data.deleteForms(pseudonym);
                return data;
              });
          Actor noted = actor.is(account) ? new Actor.Account(pseudonym) : actor;
          log.noted(noted, Operation.ERASE_ACCOUNT, pseudonym, reason);
          domain.publish(new AccountErased(account, pseudonym));
          return new Erasure(pseudonym, domain.now());
        });
  }

  private void leave(AccountId account) {
    Actor.Account self = new Actor.Account(account);
    for (String open : personalData(data -> data.openRequests(account))) {
      JoinRequestId id = JoinRequestId.of(open);
      if (joinRequests.get(Actor.system(), id).state() == JoinRequestState.SUBMITTED) {
        joinRequests.withdraw(self, id);
      } else {
        joinRequests.expireIfDue(Actor.system(), id);
      }
    }
    for (String pending : personalData(data -> data.pendingInvitations(account))) {
      InvitationId id = InvitationId.of(pending);
      if (invitations.get(Actor.system(), id).state() == InvitationState.PENDING) {
        invitations.decline(self, id);
      } else {
        invitations.expireIfDue(Actor.system(), id);
      }
    }
    organizations
        .activeMembership(Actor.system(), account)
        .ifPresent(m -> organizations.remove(Actor.system(), m.organizationId(), account));
  }

  /**
   * Erases what was kept as long as the policy allows: application forms, request keys and, if the
   * policy says so, accounts of former members. Idempotent; to be called now and then, which {@code
   * AcpBenefits.settleDue} does as well.
   *
   * @param actor by default an operator or the system
   * @return how many forms, keys and accounts were erased
   * @throws Refusal NOT_PERMITTED
   */
  public int applyRetention(Actor actor) {
    access.require(actor, Operation.APPLY_RETENTION, Subject.PROGRAMME);
    Instant now = domain.now();
    int erased =
        domain.inTransaction(
            () ->
                personalData(
                        data -> data.deleteFormsDecidedBy(now.minus(policy.applicationForms())))
                    + keys.forget(now.minus(policy.requestKeys())));
    Period kept = policy.formerMembers();
    if (kept == null) {
      return erased;
    }
    Instant lastEnd = now.atOffset(ZoneOffset.UTC).minus(kept).toInstant();
    return erased
        + DueRows.settle(
            domain,
            (last, size) -> personalData(data -> data.formerMembers(lastEnd, last, size)),
            account -> eraseFormer(actor, account));
  }

  private boolean eraseFormer(Actor actor, AccountId account) {
    try {
      erase(actor, account, "Kept as long as the retention policy allows.");
      return true;
    } catch (Refusal refusal) {
      if (refusal.reason() == Reason.NOT_FOUND) {
        // Another node erased it a moment ago.
        return false;
      }
      throw refusal;
    }
  }

  /** Work on personal data, in the transaction that runs. */
  @FunctionalInterface
  private interface Work<T> {
    T on(PersonalData data) throws SQLException;
  }

  private <T> T personalData(Work<T> work) {
    return domain.withConnection(
        connection -> {
          try {
            return work.on(new PersonalData(connection));
          } catch (SQLException e) {
            throw new BenefitsException("Personal data could not be read or erased.", e);
          }
        });
  }

  /**
   * How long data is kept.
   *
   * @return the policy
   */
  public RetentionPolicy policy() {
    return policy;
  }
}
