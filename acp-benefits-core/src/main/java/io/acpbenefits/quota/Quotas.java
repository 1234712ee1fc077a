package io.acpbenefits.quota;

import io.acpbenefits.audit.Audit;
import io.acpbenefits.audit.AuditLog;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.Operation;
import io.acpbenefits.common.Page;
import io.acpbenefits.common.PageRequest;
import io.acpbenefits.common.Reason;
import io.acpbenefits.common.Refusal;
import io.acpbenefits.exam.ExamLevel;
import io.acpbenefits.idempotency.RequestKey;
import io.acpbenefits.idempotency.RequestKeys;
import io.acpbenefits.internal.Domain;
import io.acpbenefits.internal.DueRows;
import io.acpbenefits.partner.PartnerId;
import io.acpbenefits.partner.Partners;
import io.acpbenefits.permission.Access;
import io.acpbenefits.permission.Subject;
import io.acpbenefits.quota.QuotaChanged.Act;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The partners' quotas; thread-safe. Every change locks the quota's row and appends to its ledger.
 *
 * <p>{@code PLANNED → ACTIVE ⇄ SUSPENDED → EXPIRED | REVOKED}, see {@link QuotaState#lifecycle()}.
 * When a quota ends, by time or by being revoked, what was available has expired; what is held
 * stays held until its application is fulfilled (consumed) or not (then it expires as well). What
 * holds, releases and consumes do is in the ledger and not in the audit again: they change no
 * state.
 *
 * <p>Source: "the eligibility for the number of ACP/ACE certificates available in the Benefit
 * Center".
 */
public final class Quotas {

  private static final int BATCH = 500;

  private final Domain domain;
  private final Access access;
  private final RequestKeys keys;
  private final QuotaStore store;
  private final QuotaGrants grants;
  private final QuotaUsage usage;
  private final QuotaEntitlement entitlement;
  private volatile QuotaUses uses = (first, last) -> List.of();

  /**
   * Called by {@code AcpBenefits}.
   *
   * @param domain what features are built on
   * @param access who may do what
   * @param log where it is recorded
   * @param keys what was asked for before
   * @param partners whose quotas these are
   */
  public Quotas(Domain domain, Access access, AuditLog log, RequestKeys keys, Partners partners) {
    this.domain = domain.idType(QuotaId.class, QuotaId::new);
    this.access = access;
    this.keys = keys;
    this.store = new QuotaStore(domain, log);
    this.grants = new QuotaGrants(domain, partners, store);
    this.usage = new QuotaUsage(domain, store);
    this.entitlement = new QuotaEntitlement(domain, store);
  }

  /**
   * Grants codes of a level for a period.
   *
   * @param actor by default an operator or the system
   * @param partner to whom; may be suspended
   * @param level of which exams
   * @param quantity how many, at least 1
   * @param from first instant of the period, to the microsecond
   * @param until first instant after the period, to the microsecond
   * @return the quota, planned or active
   * @throws Refusal NOT_PERMITTED; NOT_FOUND for the partner; PARTNER_SUSPENDED if it is
   *     terminated; INVALID_INPUT if the quantity is below 1, the period is empty, or it overlaps
   *     with another quota of that partner and level that was not revoked
   */
  public Quota grant(
      Actor actor, PartnerId partner, ExamLevel level, long quantity, Instant from, Instant until) {
    return granted(actor, partner, level, quantity, from, until, null, null);
  }

  /**
   * Grants codes of a level for a period, once for each request key.
   *
   * @param actor by default an operator or the system
   * @param partner to whom; may be suspended
   * @param level of which exams
   * @param quantity how many, at least 1
   * @param from first instant of the period, to the microsecond
   * @param until first instant after the period, to the microsecond
   * @param key names the command; sent again, the quota comes back as it stands then
   * @return the quota
   * @throws Refusal as {@link #grant(Actor, PartnerId, ExamLevel, long, Instant, Instant)}, and
   *     REQUEST_KEY_REUSED if the key was used for something else
   */
  public Quota grant(
      Actor actor,
      PartnerId partner,
      ExamLevel level,
      long quantity,
      Instant from,
      Instant until,
      RequestKey key) {
    return granted(actor, partner, level, quantity, from, until, null, key);
  }

  /**
   * Grants codes of a level for a period, saying why.
   *
   * @param actor by default an operator or the system
   * @param partner to whom; may be suspended
   * @param level of which exams
   * @param quantity how many, at least 1
   * @param from first instant of the period, to the microsecond
   * @param until first instant after the period, to the microsecond
   * @param why the reason, 1 to 500 characters; it goes to the audit
   * @param key the command's key, or null
   * @return the quota
   * @throws Refusal as {@link #grant(Actor, PartnerId, ExamLevel, long, Instant, Instant,
   *     RequestKey)}
   */
  public Quota grant(
      Actor actor,
      PartnerId partner,
      ExamLevel level,
      long quantity,
      Instant from,
      Instant until,
      String why,
      @Nullable RequestKey key) {
    String reason = Audit.requireWhy(why);
    return granted(actor, partner, level, quantity, from, until, reason, key);
  }

  private Quota granted(
      Actor actor,
      PartnerId partner,
      ExamLevel level,
      long quantity,
      Instant from,
      Instant until,
      @Nullable String why,
      @Nullable RequestKey key) {
    access.require(actor, Operation.GRANT_QUOTA, Subject.ofPartner(partner));
    if (quantity < 1) {
      throw Refusal.of(Reason.INVALID_INPUT, "A quota is at least 1 code, not %d.", quantity);
    }
    QuotaPeriod period =
        new QuotaPeriod(from.truncatedTo(ChronoUnit.MICROS), until.truncatedTo(ChronoUnit.MICROS));
    return keys.once(
        actor,
        key,
        Operation.GRANT_QUOTA,
        why == null
            ? List.of(partner, level, quantity, period.from(), period.until())
            : List.of(partner, level, quantity, period.from(), period.until(), why),
        quota -> quota.quotaId().value(),
        id -> current(QuotaId.of(id)),
        () -> grants.grant(actor, partner, level, quantity, period, why));
  }

  /**
   * Changes how many codes a quota grants.
   *
   * @param actor by default an operator or the system
   * @param id which quota
   * @param by how many more, or, if negative, fewer; not 0
   * @param why the reason, 1 to 500 characters; it goes to the audit
   * @return the quota as it stands then
   * @throws Refusal NOT_PERMITTED, NOT_FOUND, INVALID_INPUT also where the number would become too
   *     large, QUOTA_EXCEEDED below what is held, consumed and expired, ILLEGAL_STATE once it has
   *     ended
   */
  public Quota adjust(Actor actor, QuotaId id, long by, String why) {
    return adjusted(actor, id, by, why, null);
  }

  /**
   * Changes how many codes a quota grants, once for each request key.
   *
   * @param actor by default an operator or the system
   * @param id which quota
   * @param by how many more, or, if negative, fewer; not 0
   * @param why the reason, 1 to 500 characters; it goes to the audit
   * @param key names the command; sent again, the quota comes back as it stands then
   * @return the quota
   * @throws Refusal as {@link #adjust(Actor, QuotaId, long, String)}, and REQUEST_KEY_REUSED if the
   *     key was used for something else
   */
  public Quota adjust(Actor actor, QuotaId id, long by, String why, RequestKey key) {
    return adjusted(actor, id, by, why, key);
  }

  private Quota adjusted(Actor actor, QuotaId id, long by, String why, @Nullable RequestKey key) {
    requireVisible(actor, Operation.ADJUST_QUOTA, id);
    String reason = Audit.requireWhy(why);
    if (by == 0) {
      throw new Refusal(Reason.INVALID_INPUT, "An adjustment by 0 codes changes nothing.");
    }
    return keys.once(
        actor,
        key,
        Operation.ADJUST_QUOTA,
        List.of(id, by, reason),
        quota -> quota.quotaId().value(),
        text -> current(QuotaId.of(text)),
        () -> grants.adjust(actor, id, by, reason));
  }

  /**
   * Stops a quota from being applied against for the time being; what is held goes its way.
   *
   * @param actor by default an operator or the system
   * @param id which quota
   * @param why the reason, 1 to 500 characters; it goes to the audit
   * @throws Refusal NOT_PERMITTED, NOT_FOUND, INVALID_INPUT, or ILLEGAL_STATE unless it is active
   */
  public void suspend(Actor actor, QuotaId id, String why) {
    move(actor, Operation.SUSPEND_QUOTA, id, QuotaState.SUSPENDED, Act.SUSPENDED, why);
  }

  /**
   * Ends a suspension.
   *
   * @param actor by default an operator or the system
   * @param id which quota
   * @param why the reason, 1 to 500 characters; it goes to the audit
   * @throws Refusal NOT_PERMITTED, NOT_FOUND, INVALID_INPUT, or ILLEGAL_STATE unless it is
   *     suspended
   */
  public void resume(Actor actor, QuotaId id, String why) {
    move(actor, Operation.RESUME_QUOTA, id, QuotaState.ACTIVE, Act.RESUMED, why);
  }

  private void move(
      Actor actor, Operation operation, QuotaId id, QuotaState to, Act act, String why) {
    requireVisible(actor, operation, id);
    String reason = Audit.requireWhy(why);
    grants.move(actor, operation, id, to, act, reason);
  }

  /**
   * Ends a quota before its time: what was available has expired; what is held stays held until its
   * application is fulfilled, canceled or rejected.
   *
   * @param actor by default an operator or the system
   * @param id which quota
   * @param why the reason, 1 to 500 characters; it goes to the audit
   * @throws Refusal NOT_PERMITTED, NOT_FOUND, INVALID_INPUT, or ILLEGAL_STATE once it has ended
   */
  public void revoke(Actor actor, QuotaId id, String why) {
    requireVisible(actor, Operation.REVOKE_QUOTA, id);
    String reason = Audit.requireWhy(why);
    grants.revoke(actor, id, reason);
  }

  /**
   * Revokes all quotas of a partner that have not ended: called when it is terminated.
   *
   * @param library only from inside other operations
   * @param partner whose
   * @param why the reason, for the audit
   */
  public void revokeAll(Actor.Library library, PartnerId partner, String why) {
    grants.revokeAll(library, partner, why);
  }

  /**
   * Holds codes of the quota that is active now, for an application.
   *
   * @param library only from inside other operations
   * @param cause who causes it
   * @param partner whose quota
   * @param level of which exams
   * @param quantity how many, at least 1
   * @param reference what for
   * @return the quota, as it is with the hold
   * @throws Refusal INVALID_INPUT if the quantity is below 1, QUOTA_NOT_ACTIVE, or QUOTA_EXCEEDED
   *     saying what is left
   */
  public Quota hold(
      Actor.Library library,
      Actor cause,
      PartnerId partner,
      ExamLevel level,
      long quantity,
      String reference) {
    return usage.hold(cause, partner, level, quantity, reference);
  }

  /**
   * Gives held codes back: to what is available, or to what has expired once the quota has ended.
   *
   * @param library only from inside other operations
   * @param cause who causes it
   * @param id which quota
   * @param quantity how many of the held ones, at least 1
   * @param reference what they were held for
   * @throws Refusal INVALID_INPUT if the quantity is below 1, NOT_FOUND, or ILLEGAL_STATE if fewer
   *     are held
   */
  public void release(
      Actor.Library library, Actor cause, QuotaId id, long quantity, String reference) {
    usage.release(cause, id, quantity, reference);
  }

  /**
   * Turns held codes into consumed ones.
   *
   * @param library only from inside other operations
   * @param cause who causes it
   * @param id which quota
   * @param quantity how many of the held ones, at least 1
   * @param reference what they were held for
   * @throws Refusal INVALID_INPUT if the quantity is below 1, NOT_FOUND, or ILLEGAL_STATE if fewer
   *     are held
   */
  public void consume(
      Actor.Library library, Actor cause, QuotaId id, long quantity, String reference) {
    usage.consume(cause, id, quantity, reference);
  }

  /**
   * Gives a quota back what it had lost to codes that expired: an ADJUST by that many. A quota that
   * has ended gets nothing back, as nothing of it could be applied for.
   *
   * @param library only from inside other operations
   * @param id which quota
   * @param quantity how many codes, at least 1
   * @param reference what they were consumed for
   * @param why the reason, for the audit
   * @throws Refusal INVALID_INPUT if the quantity is below 1, or NOT_FOUND
   */
  public void refund(
      Actor.Library library, QuotaId id, long quantity, String reference, String why) {
    usage.refund(library, id, quantity, reference, why);
  }

  /**
   * Brings a partner's quota of a period to what the quota policy says; idempotent.
   *
   * <p>What people adjusted stays on top. Never takes away what is held, consumed or expired. The
   * first time it is a GRANT, then each time an ADJUST; nothing is done where nothing changes, once
   * the quota was revoked, or where a grant for another period overlaps.
   *
   * @param library only from inside other operations
   * @param partner whose
   * @param level of which exams
   * @param period for which period
   * @param entitled what the policy says, asked once no one else can change the quota any more;
   *     empty to leave it as it is
   * @return the quota, or empty if there is none
   */
  public Optional<Quota> bring(
      Actor.Library library,
      PartnerId partner,
      ExamLevel level,
      QuotaPeriod period,
      Supplier<OptionalLong> entitled) {
    return domain.inTransaction(() -> entitlement.bring(library, partner, level, period, entitled));
  }

  /**
   * Gets a quota as it stands now.
   *
   * @param actor by default an owner, a manager or the platform
   * @param id which
   * @return the quota
   * @throws Refusal NOT_PERMITTED; NOT_FOUND also if it is not the actor's to see
   */
  public Quota get(Actor actor, QuotaId id) {
    return requireVisible(actor, Operation.SEE_QUOTA, id);
  }

  /**
   * A partner's quotas as they stand now. There are as many as grants: by the policies that come
   * with the library one for each level and period, so a few in a year.
   *
   * @param actor by default an owner, a manager or the platform
   * @param partner whose
   * @return by level, then by the start of the period
   * @throws Refusal NOT_PERMITTED
   */
  public List<Quota> ofPartner(Actor actor, PartnerId partner) {
    access.require(actor, Operation.SEE_QUOTA, Subject.ofPartner(partner));
    Instant now = domain.now();
    return store.rows.get(m -> m.ofPartner(partner)).stream().map(q -> q.at(now)).toList();
  }

  /**
   * A quota's ledger.
   *
   * @param actor by default an owner, a manager or the platform
   * @param id which quota
   * @param page which part
   * @return in the order of the entries
   * @throws Refusal NOT_PERMITTED; NOT_FOUND also if it is not the actor's to see
   */
  public Page<QuotaEntry> ledger(Actor actor, QuotaId id, PageRequest page) {
    requireVisible(actor, Operation.SEE_QUOTA, id);
    return page.of(
        store.ledger.get(m -> m.of(id, page.afterOrStart(), page.rowsToFetch())),
        QuotaEntry::entryId);
  }

  /**
   * What a quota came to at an instant, computed from its ledger alone. An expiry by time counts
   * from the instant it was due, even if it was written later or has yet to be.
   *
   * @param actor by default an owner, a manager or the platform
   * @param id which quota
   * @param at the instant, at most now
   * @return the balance, what happened at that very instant included; empty before it was granted
   * @throws Refusal NOT_PERMITTED; NOT_FOUND also if it is not the actor's to see; INVALID_INPUT
   *     for the future
   */
  public Optional<QuotaBalance> balance(Actor actor, QuotaId id, Instant at) {
    requireVisible(actor, Operation.SEE_QUOTA, id);
    requirePast(at);
    return store.ledger.get(m -> m.balance(id, at)).map(balance -> balance.at(at));
  }

  /**
   * What a partner's quotas came to at an instant, see {@link #balance(Actor, QuotaId, Instant)}.
   *
   * @param actor by default an owner, a manager or the platform
   * @param partner whose
   * @param at the instant, at most now
   * @return those granted by then, by level, then by the start of the period
   * @throws Refusal NOT_PERMITTED; INVALID_INPUT for the future
   */
  public List<QuotaBalance> balance(Actor actor, PartnerId partner, Instant at) {
    access.require(actor, Operation.SEE_QUOTA, Subject.ofPartner(partner));
    requirePast(at);
    return store.ledger.get(m -> m.balances(partner, at)).stream().map(b -> b.at(at)).toList();
  }

  private void requirePast(Instant at) {
    if (at.isAfter(domain.now())) {
      throw Refusal.of(Reason.INVALID_INPUT, "There is no balance of the future: %s.", at);
    }
  }

  /**
   * Proves for all quotas of all partners that granted = available + held + consumed + expired,
   * that none of these is negative, and that they agree with the ledger and with the benefit
   * applications they are held and consumed for. Needs the same memory however many there are; may
   * run beside everything else.
   *
   * @param actor by default an operator or the system
   * @return the first difference in the order of the quotas' ids; empty if all is well
   * @throws Refusal NOT_PERMITTED
   */
  public Optional<QuotaDifference> check(Actor actor) {
    access.require(actor, Operation.CHECK_QUOTAS, Subject.PROGRAMME);
    return check(BATCH);
  }

  Optional<QuotaDifference> check(int batch) {
    return new QuotaCheck(domain, store, uses, batch).first();
  }

  /**
   * Tells what {@link #check} holds the quotas against.
   *
   * @param library only the library itself
   * @param applications what quotas are used for
   */
  public void usedFor(Actor.Library library, QuotaUses applications) {
    this.uses = applications;
  }

  /**
   * Writes what has become due by time alone; idempotent.
   *
   * @return how many quotas it began or ended
   */
  public int settleDue() {
    return settleDue(BATCH);
  }

  int settleDue(int batch) {
    Instant now = domain.now();
    return DueRows.settle(
        domain,
        batch,
        (last, size) -> store.rows.get(m -> m.due(now, last, size)),
        id -> store.settle(store.lock(id)));
  }

  /**
   * When quotas next become due by time alone.
   *
   * @return the instant, perhaps past, or empty
   */
  public Optional<Instant> nextDue() {
    return Stream.of(
            store.rows.get(QuotaMapper::nextBeginning), store.rows.get(QuotaMapper::nextEnd))
        .flatMap(Optional::stream)
        .min(Instant::compareTo);
  }

  private Quota current(QuotaId id) {
    return store
        .rows
        .get(m -> m.find(id))
        .orElseThrow(() -> QuotaStore.notFound(id))
        .at(domain.now());
  }

  /** To strangers a quota that is not theirs is not there. */
  private Quota requireVisible(Actor actor, Operation operation, QuotaId id) {
    Quota quota = current(id);
    access.require(
        actor, operation, Subject.ofPartner(quota.partnerId()), () -> QuotaStore.notFound(id));
    return quota;
  }
}
