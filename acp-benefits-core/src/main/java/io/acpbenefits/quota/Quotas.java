package io.acpbenefits.quota;

import io.acpbenefits.audit.AuditLog;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.Reason;
import io.acpbenefits.common.Refusal;
import io.acpbenefits.exam.ExamLevel;
import io.acpbenefits.idempotency.RequestKeys;
import io.acpbenefits.internal.Domain;
import io.acpbenefits.internal.Rows;
import io.acpbenefits.partner.PartnerId;
import io.acpbenefits.partner.Partners;
import io.acpbenefits.permission.Access;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The partners' quotas; thread-safe. Every change locks the quota's row and appends to its ledger.
 *
 * <p>Source: "the eligibility for the number of ACP/ACE certificates available in the Benefit
 * Center".
 */
public final class Quotas {

  private final Domain domain;
  private final Partners partners;
  private final Rows<QuotaMapper> rows;

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
    this.partners = partners;
    this.rows = domain.rows(QuotaMapper.class);
  }

  /**
   * Grants codes of a level for a period.
   *
   * @param actor an operator or the system
   * @param partner to whom
   * @param level of which exams
   * @param quantity how many, at least 1
   * @param from first instant of the period
   * @param until first instant after the period
   * @return the quota
   * @throws Refusal NOT_PERMITTED; NOT_FOUND for the partner; INVALID_INPUT if the quantity is
   *     below 1, the period is empty, or it overlaps with another quota of that partner and level
   */
  public Quota grant(
      Actor actor, PartnerId partner, ExamLevel level, long quantity, Instant from, Instant until) {
    if (actor instanceof Actor.Account) {
      throw new Refusal(Reason.NOT_PERMITTED, "Only a platform operator may grant quota.");
    }
    if (quantity < 1) {
      throw Refusal.of(Reason.INVALID_INPUT, "A quota is at least 1 code, not %d.", quantity);
    }
    if (!until.isAfter(from)) {
      throw Refusal.of(
          Reason.INVALID_INPUT, "A quota's period must end after it begins: %s, %s.", from, until);
    }
    Quota quota =
        new Quota(
            QuotaId.of(domain.newId()),
            partner,
            level,
            from,
            until,
            QuotaState.ACTIVE,
            quantity,
            0,
            0,
            0);
    return domain.inTransaction(
        () -> {
          partners.lock(Actor.system(), partner);
          if (!rows.get(m -> m.overlapping(partner, level, from, until)).isEmpty()) {
            throw Refusal.of(
                Reason.INVALID_INPUT,
                "Partner %s has a quota for %s already that overlaps with %s to %s.",
                partner,
                level,
                from,
                until);
          }
          rows.one(m -> m.insert(quota));
          append(quota.quotaId(), QuotaEntry.Kind.GRANT, quantity, null, actor);
          return quota.at(domain.now());
        });
  }

  /**
   * Holds codes of the quota that is active now, for an application.
   *
   * @param actor who causes it
   * @param partner whose quota
   * @param level of which exams
   * @param quantity how many, at least 1
   * @param reference what for
   * @return the quota, as it is with the hold
   * @throws Refusal INVALID_INPUT if the quantity is below 1, QUOTA_NOT_ACTIVE, or QUOTA_EXCEEDED
   *     saying what is left
   */
  public Quota hold(
      Actor actor, PartnerId partner, ExamLevel level, long quantity, String reference) {
    requirePositive(quantity);
    return domain.inTransaction(
        () -> {
          Instant now = domain.now();
          Quota quota =
              rows.get(m -> m.lockCurrent(partner, level, now))
                  .filter(q -> q.at(now).state() == QuotaState.ACTIVE)
                  .orElseThrow(
                      () ->
                          Refusal.of(
                              Reason.QUOTA_NOT_ACTIVE,
                              "Partner %s has no quota for %s exams that is active now.",
                              partner,
                              level));
          if (quantity > quota.available()) {
            throw Refusal.of(
                Reason.QUOTA_EXCEEDED,
                "Partner %s asked for %d codes, but its quota for %s exams has %d left.",
                partner,
                quantity,
                level,
                quota.available());
          }
          Quota held =
              quota.with(quota.state(), quota.held() + quantity, quota.consumed(), quota.expired());
          rows.one(m -> m.update(held));
          append(quota.quotaId(), QuotaEntry.Kind.HOLD, quantity, reference, actor);
          return held;
        });
  }

  /**
   * Gives held codes back: to what is available, or to what has expired once the period is over.
   *
   * @param actor who causes it
   * @param id which quota
   * @param quantity how many of the held ones, at least 1
   * @param reference what they were held for
   * @throws Refusal INVALID_INPUT if the quantity is below 1, NOT_FOUND, or ILLEGAL_STATE if fewer
   *     are held
   */
  public void release(Actor actor, QuotaId id, long quantity, String reference) {
    requirePositive(quantity);
    domain.run(
        () -> {
          Quota quota = lockHolding(id, quantity);
          boolean over = quota.state() == QuotaState.EXPIRED;
          long expired = quota.expired() + (over ? quantity : 0);
          rows.one(
              m ->
                  m.update(
                      quota.with(
                          quota.state(), quota.held() - quantity, quota.consumed(), expired)));
          append(id, QuotaEntry.Kind.RELEASE, quantity, reference, actor);
          if (over) {
            append(id, QuotaEntry.Kind.EXPIRE, quantity, reference, actor);
          }
        });
  }

  /**
   * Turns held codes into consumed ones.
   *
   * @param actor who causes it
   * @param id which quota
   * @param quantity how many of the held ones, at least 1
   * @param reference what they were held for
   * @throws Refusal INVALID_INPUT if the quantity is below 1, NOT_FOUND, or ILLEGAL_STATE if fewer
   *     are held
   */
  public void consume(Actor actor, QuotaId id, long quantity, String reference) {
    requirePositive(quantity);
    domain.run(
        () -> {
          Quota quota = lockHolding(id, quantity);
          rows.one(
              m ->
                  m.update(
                      quota.with(
                          quota.state(),
                          quota.held() - quantity,
                          quota.consumed() + quantity,
                          quota.expired())));
          append(id, QuotaEntry.Kind.CONSUME, quantity, reference, actor);
        });
  }

  /**
   * A partner's quotas as they stand now.
   *
   * @param actor who asks
   * @param partner whose
   * @return by level, then by the start of the period
   */
  public List<Quota> ofPartner(Actor actor, PartnerId partner) {
    Instant now = domain.now();
    return rows.get(m -> m.ofPartner(partner)).stream().map(quota -> quota.at(now)).toList();
  }

  /**
   * A quota's ledger.
   *
   * @param actor who asks
   * @param id which quota
   * @return in the order of the entries
   */
  public List<QuotaEntry> ledger(Actor actor, QuotaId id) {
    return rows.get(m -> m.ledger(id));
  }

  /**
   * Writes what has become due by time alone; idempotent.
   *
   * @return how many quotas it ended
   */
  public int settleDue() {
    Instant now = domain.now();
    List<QuotaId> due = rows.get(m -> m.due(now));
    due.forEach(id -> domain.run(() -> lock(id)));
    return due.size();
  }

  /**
   * When quotas next become due by time alone.
   *
   * @return the instant, perhaps past, or empty
   */
  public Optional<Instant> nextDue() {
    return rows.get(QuotaMapper::nextDue);
  }

  private static void requirePositive(long quantity) {
    if (quantity < 1) {
      throw Refusal.of(Reason.INVALID_INPUT, "This takes at least 1 code, not %d.", quantity);
    }
  }

  private Quota lockHolding(QuotaId id, long quantity) {
    Quota quota = lock(id);
    if (quantity > quota.held()) {
      throw Refusal.of(
          Reason.ILLEGAL_STATE, "The quota holds %d codes, not %d.", quota.held(), quantity);
    }
    return quota;
  }

  /** Locks the row, and first writes that its period is over if it is. */
  private Quota lock(QuotaId id) {
    Quota quota =
        rows.get(m -> m.lock(id))
            .orElseThrow(() -> Refusal.of(Reason.NOT_FOUND, "There is no quota %s.", id));
    Quota now = quota.at(domain.now());
    if (now.state() == QuotaState.EXPIRED && quota.state() != QuotaState.EXPIRED) {
      rows.one(m -> m.update(now));
      if (now.expired() > quota.expired()) {
        append(id, QuotaEntry.Kind.EXPIRE, now.expired() - quota.expired(), null, Actor.system());
      }
      return now;
    }
    return quota;
  }

  private void append(
      QuotaId id, QuotaEntry.Kind kind, long quantity, @Nullable String reference, Actor actor) {
    QuotaEntry entry =
        new QuotaEntry(
            domain.newId(), id, kind, quantity, reference, domain.now(), actor.toString());
    rows.one(m -> m.append(entry));
  }
}
