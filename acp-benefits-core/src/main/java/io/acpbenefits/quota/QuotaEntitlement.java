package io.acpbenefits.quota;

import io.acpbenefits.common.Actor;
import io.acpbenefits.common.Operation;
import io.acpbenefits.exam.ExamLevel;
import io.acpbenefits.internal.Domain;
import io.acpbenefits.partner.PartnerId;
import io.acpbenefits.quota.QuotaChanged.Act;
import io.acpbenefits.quota.QuotaEntry.Kind;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

/**
 * Brings the quota of a period to what the policy says.
 *
 * <p>What people adjusted by hand stays on top of that. Nothing that is held, consumed or expired
 * is taken away. A quota that was revoked stays so. An explicit grant for another period that
 * overlaps comes before the policy.
 */
final class QuotaEntitlement {

  /** Stands in the ledger for what the policy did. */
  static final String POLICY = "policy";

  private final Domain domain;
  private final QuotaStore store;

  QuotaEntitlement(Domain domain, QuotaStore store) {
    this.domain = domain;
    this.store = store;
  }

  Optional<Quota> bring(
      Actor.Library library,
      PartnerId partner,
      ExamLevel level,
      QuotaPeriod period,
      Supplier<OptionalLong> entitled) {
    List<Quota> found = lockOf(partner, level, period);
    if (found.isEmpty()) {
      store.lockKey(partner, level);
      found = lockOf(partner, level, period);
    }
    if (found.isEmpty()) {
      return grant(library, partner, level, period, entitled);
    }
    // Of several all but the last were revoked.
    Quota last = found.get(found.size() - 1);
    return Optional.of(adjust(library, new QuotaStore.Locked(last, domain.now()), entitled));
  }

  private List<Quota> lockOf(PartnerId partner, ExamLevel level, QuotaPeriod period) {
    return store.rows.get(m -> m.lockOfPeriod(partner, level, period.from(), period.until()));
  }

  private Optional<Quota> grant(
      Actor.Library library,
      PartnerId partner,
      ExamLevel level,
      QuotaPeriod period,
      Supplier<OptionalLong> entitled) {
    int overlapping =
        store.rows.get(m -> m.overlapping(partner, level, period.from(), period.until()));
    long quantity = overlapping > 0 ? 0 : entitled.get().orElse(0);
    return quantity < 1
        ? Optional.empty()
        : Optional.of(
            store.insert(
                library,
                Quota.granted(
                    QuotaId.of(domain.newId()), partner, level, quantity, period, domain.now()),
                POLICY,
                null));
  }

  /** Asks what the partner is entitled to only now that the quota is locked: others wait. */
  private Quota adjust(
      Actor.Library library, QuotaStore.Locked locked, Supplier<OptionalLong> entitled) {
    Quota quota = locked.now();
    if (!QuotaState.lifecycle().allows(Operation.ADJUST_QUOTA, quota.state())) {
      return quota;
    }
    OptionalLong policy = entitled.get();
    if (policy.isEmpty()) {
      return quota;
    }
    long byOthers = store.ledger.get(m -> m.adjustedByOthers(quota.quotaId()));
    long used = quota.granted() - quota.available();
    long target = Math.max(saturatedSum(Math.max(0, policy.getAsLong()), byOthers), used);
    if (target == quota.granted()) {
      return quota;
    }
    long by = target - quota.granted();
    Quota adjusted = quota.granting(target);
    store.write(locked, adjusted);
    store.append(library, adjusted, Kind.ADJUST, by, POLICY, locked.instant());
    store.changed(library, Operation.RECALCULATE_QUOTA, quota, adjusted, null);
    store.tell(library, adjusted, Act.ADJUSTED, by, POLICY, locked.instant());
    return adjusted;
  }

  /** Nobody leaves an organization in vain because numbers are large. */
  private static long saturatedSum(long entitled, long byOthers) {
    return byOthers > Long.MAX_VALUE - entitled ? Long.MAX_VALUE : entitled + byOthers;
  }
}
