package io.acpbenefits.quota;

import io.acpbenefits.common.Actor;
import io.acpbenefits.common.Operation;
import io.acpbenefits.common.Reason;
import io.acpbenefits.common.Refusal;
import io.acpbenefits.exam.ExamLevel;
import io.acpbenefits.internal.Domain;
import io.acpbenefits.partner.Partner;
import io.acpbenefits.partner.PartnerId;
import io.acpbenefits.partner.PartnerState;
import io.acpbenefits.partner.Partners;
import io.acpbenefits.quota.QuotaChanged.Act;
import io.acpbenefits.quota.QuotaEntry.Kind;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the programme does to quotas: grants, adjusts, suspends, resumes and revokes them. */
final class QuotaGrants {

  private final Domain domain;
  private final Partners partners;
  private final QuotaStore store;

  QuotaGrants(Domain domain, Partners partners, QuotaStore store) {
    this.domain = domain;
    this.partners = partners;
    this.store = store;
  }

  Quota grant(
      Actor actor,
      PartnerId partner,
      ExamLevel level,
      long quantity,
      QuotaPeriod period,
      @Nullable String why) {
    Partner granted = partners.lock(Actor.system(), partner);
    if (granted.state() == PartnerState.TERMINATED) {
      throw Refusal.of(
          Reason.PARTNER_SUSPENDED, "Partner %s is TERMINATED; it gets no quota.", partner);
    }
    store.lockKey(partner, level);
    if (store.rows.get(m -> m.overlapping(partner, level, period.from(), period.until())) > 0) {
      throw Refusal.of(
          Reason.INVALID_INPUT,
          "Partner %s has a quota for %s already that overlaps with %s to %s.",
          partner,
          level,
          period.from(),
          period.until());
    }
    Quota quota =
        Quota.granted(QuotaId.of(domain.newId()), partner, level, quantity, period, domain.now());
    return store.insert(actor, quota, null, why).at(domain.now());
  }

  Quota adjust(Actor actor, QuotaId id, long by, String why) {
    QuotaStore.Locked locked = store.lock(id);
    Quota quota = locked.now();
    QuotaState.lifecycle().require(Operation.ADJUST_QUOTA, quota.state());
    if (quota.available() + Math.min(0, by) < 0) {
      throw Refusal.of(
          Reason.QUOTA_EXCEEDED,
          "Quota %s cannot be adjusted by %d: only %d of its codes are available.",
          quota.quotaId(),
          by,
          quota.available());
    }
    Quota adjusted = quota.granting(sum(quota, by));
    store.write(locked, adjusted);
    store.append(actor, adjusted, Kind.ADJUST, by, null, locked.instant());
    store.changed(actor, Operation.ADJUST_QUOTA, quota, adjusted, why);
    store.tell(actor, adjusted, Act.ADJUSTED, by, null, locked.instant());
    return adjusted;
  }

  static long sum(Quota quota, long by) {
    if (by > Long.MAX_VALUE - quota.granted()) {
      throw Refusal.of(
          Reason.INVALID_INPUT,
          "Quota %s grants %d codes; %d more are too many to count.",
          quota.quotaId(),
          quota.granted(),
          by);
    }
    return quota.granted() + by;
  }

  void move(Actor actor, Operation operation, QuotaId id, QuotaState to, Act act, String why) {
    domain.run(
        () -> {
          QuotaStore.Locked locked = store.lock(id);
          Quota quota = locked.now();
          QuotaState.lifecycle().require(operation, quota.state());
          Quota moved = quota.in(to);
          store.write(locked, moved);
          store.changed(actor, operation, quota, moved, why);
          store.tell(actor, moved, act, quota.available(), null, locked.instant());
        });
  }

  void revoke(Actor actor, QuotaId id, String why) {
    domain.run(() -> revoke(actor, store.lock(id), why));
  }

  private void revoke(Actor actor, QuotaStore.Locked locked, String why) {
    Quota quota = locked.now();
    QuotaState.lifecycle().require(Operation.REVOKE_QUOTA, quota.state());
    Quota revoked = quota.ended(QuotaState.REVOKED);
    store.write(locked, revoked);
    store.expire(actor, revoked, quota.available(), null, locked.instant());
    store.changed(actor, Operation.REVOKE_QUOTA, quota, revoked, why);
    store.tell(actor, revoked, Act.REVOKED, quota.available(), null, locked.instant());
  }

  void revokeAll(Actor.Library library, PartnerId partner, String why) {
    domain.run(
        () -> {
          // Nobody grants to it meanwhile.
          Stream.of(ExamLevel.values()).forEach(level -> store.lockKey(partner, level));
          for (Quota each : store.rows.get(m -> m.ofPartner(partner))) {
            QuotaStore.Locked locked = store.lock(each.quotaId());
            if (locked.now().hasEnded()) {
              store.settle(locked);
            } else {
              revoke(library, locked, why);
            }
          }
        });
  }
}
