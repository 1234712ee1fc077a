package io.acpbenefits.application;

import io.acpbenefits.common.Actor;
import io.acpbenefits.common.Operation;
import io.acpbenefits.examcode.CodesExpired;
import io.acpbenefits.quota.QuotaId;
import io.acpbenefits.quota.QuotaState;
import io.acpbenefits.quota.Quotas;
import java.util.Optional;

/**
 * Grants anew what expired without having been booked, in the quota that it was taken from and as
 * long as that one lasts. Codes tell of it only if their policy says so.
 */
final class ExpiryRefunds {

  private static final String WHY = "Codes expired without having been booked.";

  private final Quotas quotas;
  private final ApplicationStore store;

  ExpiryRefunds(Quotas quotas, ApplicationStore store) {
    this.quotas = quotas;
    this.store = store;
  }

  void refund(CodesExpired event) {
    Optional<QuotaId> quota =
        store
            .rows
            .get(m -> m.find(BenefitApplicationId.of(event.reference())))
            .map(BenefitApplication::quotaId);
    if (quota.isPresent() && isOpen(quota.get())) {
      quotas.adjust(Actor.system(), quota.get(), event.count(), WHY);
    }
  }

  private boolean isOpen(QuotaId quota) {
    return QuotaState.lifecycle()
        .allows(Operation.ADJUST_QUOTA, quotas.get(Actor.system(), quota).state());
  }
}
