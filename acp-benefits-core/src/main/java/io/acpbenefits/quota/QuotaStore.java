package io.acpbenefits.quota;

import io.acpbenefits.audit.AuditLog;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.Operation;
import io.acpbenefits.common.Reason;
import io.acpbenefits.common.Refusal;
import io.acpbenefits.exam.ExamLevel;
import io.acpbenefits.internal.Domain;
import io.acpbenefits.internal.Rows;
import io.acpbenefits.partner.PartnerId;
import io.acpbenefits.quota.QuotaChanged.Act;
import io.acpbenefits.quota.QuotaEntry.Kind;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Quotas as rows, each change with its lines in the ledger, told as an event. */
final class QuotaStore {

  /**
   * A locked row, and the one instant that everything is decided by until it is written: the clock
   * may pass the end of the period meanwhile.
   */
  record Locked(Quota stored, Instant instant) {
    Quota now() {
      return stored.at(instant);
    }
  }

  private final Domain domain;
  private final AuditLog log;
  final Rows<QuotaMapper> rows;
  final Rows<LedgerMapper> ledger;

  QuotaStore(Domain domain, AuditLog log) {
    this.domain = domain;
    this.log = log;
    this.rows = domain.rows(QuotaMapper.class);
    this.ledger = domain.rows(LedgerMapper.class);
  }

  /** Whoever grants quota of a level to a partner locks this first: there is no row yet. */
  void lockKey(PartnerId partner, ExamLevel level) {
    if (rows.get(m -> m.lockKey(partner, level)).isEmpty()
        && !rows.insertIfMissing(m -> m.insertKey(partner, level))) {
      rows.get(m -> m.lockKey(partner, level));
    }
  }

  Locked lock(QuotaId id) {
    Quota stored = rows.get(m -> m.lock(id)).orElseThrow(() -> notFound(id));
    return new Locked(stored, domain.now());
  }

  static Refusal notFound(QuotaId id) {
    return Refusal.of(Reason.NOT_FOUND, "There is no quota %s.", id);
  }

  Quota insert(Actor actor, Quota quota, @Nullable String reference, @Nullable String why) {
    Instant now = domain.now();
    rows.one(m -> m.insert(quota));
    append(actor, quota, Kind.GRANT, quota.granted(), reference, now);
    log.changed(actor, Operation.GRANT_QUOTA, quota.quotaId(), null, quota.state(), why);
    tell(actor, quota, Act.GRANTED, quota.granted(), reference, now);
    return quota;
  }

  /** Writes what time alone did to a quota, if anything: its period began, or is over, or both. */
  boolean settle(Locked locked) {
    Quota stored = locked.stored();
    Quota begun = stored.begunAt(locked.instant());
    if (begun.state() != stored.state()) {
      update(begun);
      changed(Actor.system(), Operation.ACTIVATE_QUOTA, stored, begun, null);
    }
    Quota over = begun.overAt(locked.instant());
    if (over.state() != begun.state()) {
      update(over);
      expire(Actor.system(), over, begun.available(), null, end(over));
      changed(Actor.system(), Operation.EXPIRE_QUOTA, begun, over, null);
      tell(Actor.system(), over, Act.EXPIRED, begun.available(), null, locked.instant());
    }
    return over.state() != stored.state();
  }

  /** An expiry counts from when it was due, but not before the quota was there. */
  private Instant end(Quota quota) {
    Instant latest = ledger.get(m -> m.latest(quota.quotaId()));
    return latest.isAfter(quota.validUntil()) ? latest : quota.validUntil();
  }

  /** Writes the new figures or state of a locked quota, after what time alone did to it. */
  void write(Locked locked, Quota to) {
    settle(locked);
    update(to);
  }

  private void update(Quota quota) {
    rows.one(m -> m.update(quota));
  }

  void changed(Actor actor, Operation operation, Quota from, Quota to, @Nullable String why) {
    log.changed(actor, operation, to.quotaId(), from.state(), to.state(), why);
  }

  void expire(
      Actor actor, Quota quota, long quantity, @Nullable String reference, Instant effectiveAt) {
    if (quantity > 0) {
      append(actor, quota, Kind.EXPIRE, quantity, reference, effectiveAt);
    }
  }

  void append(
      Actor actor,
      Quota quota,
      Kind kind,
      long quantity,
      @Nullable String reference,
      Instant effectiveAt) {
    QuotaEntry entry =
        new QuotaEntry(
            domain.newId(),
            quota.quotaId(),
            kind,
            quantity,
            reference,
            effectiveAt,
            domain.now(),
            actor.toString());
    ledger.one(m -> m.append(entry));
  }

  void tell(
      Actor actor,
      Quota quota,
      Act act,
      long quantity,
      @Nullable String reference,
      Instant madeAt) {
    domain.publish(
        new QuotaChanged(
            quota.quotaId(),
            quota.partnerId(),
            quota.level(),
            act,
            quantity,
            reference,
            madeAt,
            actor.toString()));
  }
}
