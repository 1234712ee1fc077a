package io.acpbenefits.quota;

import io.acpbenefits.common.Actor;
import io.acpbenefits.common.Operation;
import io.acpbenefits.common.Reason;
import io.acpbenefits.common.Refusal;
import io.acpbenefits.exam.ExamLevel;
import io.acpbenefits.internal.Domain;
import io.acpbenefits.partner.PartnerId;
import io.acpbenefits.quota.QuotaChanged.Act;
import io.acpbenefits.quota.QuotaEntry.Kind;
import java.time.Instant;

/** What applications do to quotas: each changes figures, no state, and is told by the ledger. */
final class QuotaUsage {

  private final Domain domain;
  private final QuotaStore store;

  QuotaUsage(Domain domain, QuotaStore store) {
    this.domain = domain;
    this.store = store;
  }

  Quota hold(Actor cause, PartnerId partner, ExamLevel level, long quantity, String reference) {
    requirePositive(quantity);
    return domain.inTransaction(
        () -> {
          Instant now = domain.now();
          QuotaStore.Locked locked =
              store
                  .rows
                  .get(m -> m.lockCurrent(partner, level, now))
                  .map(quota -> new QuotaStore.Locked(quota, now))
                  .filter(
                      found ->
                          QuotaState.lifecycle().allows(Operation.HOLD_QUOTA, found.now().state()))
                  .orElseThrow(
                      () ->
                          Refusal.of(
                              Reason.QUOTA_NOT_ACTIVE,
                              "Partner %s has no quota for %s exams that is active now.",
                              partner,
                              level));
          Quota quota = locked.now();
          if (quantity > quota.available()) {
            throw Refusal.of(
                Reason.QUOTA_EXCEEDED,
                "Partner %s asked for %d codes, but its quota for %s exams has %d left.",
                partner,
                quantity,
                level,
                quota.available());
          }
          Quota held = quota.holding(quantity);
          store.write(locked, held);
          store.append(cause, held, Kind.HOLD, quantity, reference, now);
          store.tell(cause, held, Act.HELD, quantity, reference, now);
          return held;
        });
  }

  void release(Actor cause, QuotaId id, long quantity, String reference) {
    requirePositive(quantity);
    domain.run(
        () -> {
          QuotaStore.Locked locked = lockHolding(Operation.RELEASE_QUOTA, id, quantity);
          Quota released = locked.now().releasing(quantity);
          store.write(locked, released);
          store.append(cause, released, Kind.RELEASE, quantity, reference, locked.instant());
          store.tell(cause, released, Act.RELEASED, quantity, reference, locked.instant());
          if (released.hasEnded()) {
            store.expire(cause, released, quantity, reference, locked.instant());
            store.tell(cause, released, Act.EXPIRED, quantity, reference, locked.instant());
          }
        });
  }

  void consume(Actor cause, QuotaId id, long quantity, String reference) {
    requirePositive(quantity);
    domain.run(
        () -> {
          QuotaStore.Locked locked = lockHolding(Operation.CONSUME_QUOTA, id, quantity);
          Quota consumed = locked.now().consuming(quantity);
          store.write(locked, consumed);
          store.append(cause, consumed, Kind.CONSUME, quantity, reference, locked.instant());
          store.tell(cause, consumed, Act.CONSUMED, quantity, reference, locked.instant());
        });
  }

  void refund(Actor.Library library, QuotaId id, long quantity, String reference, String why) {
    requirePositive(quantity);
    domain.run(
        () -> {
          QuotaStore.Locked locked = store.lock(id);
          Quota quota = locked.now();
          if (QuotaState.lifecycle().allows(Operation.ADJUST_QUOTA, quota.state())) {
            Quota refunded = quota.granting(QuotaGrants.sum(quota, quantity));
            store.write(locked, refunded);
            store.append(library, refunded, Kind.ADJUST, quantity, reference, locked.instant());
            store.changed(library, Operation.ADJUST_QUOTA, quota, refunded, why);
            store.tell(library, refunded, Act.ADJUSTED, quantity, reference, locked.instant());
          }
        });
  }

  private QuotaStore.Locked lockHolding(Operation operation, QuotaId id, long quantity) {
    QuotaStore.Locked locked = store.lock(id);
    Quota quota = locked.now();
    QuotaState.lifecycle().require(operation, quota.state());
    if (quantity > quota.held()) {
      throw Refusal.of(
          Reason.ILLEGAL_STATE, "The quota holds %d codes, not %d.", quota.held(), quantity);
    }
    return locked;
  }

  private static void requirePositive(long quantity) {
    if (quantity < 1) {
      throw Refusal.of(Reason.INVALID_INPUT, "This takes at least 1 code, not %d.", quantity);
    }
  }
}
