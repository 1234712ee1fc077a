package io.acpbenefits.application;

import io.acpbenefits.common.Actor;
import io.acpbenefits.examcode.CodesExpired;
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
    Optional<BenefitApplication> brought =
        store.rows.get(m -> m.find(BenefitApplicationId.of(event.reference())));
    brought
        .map(BenefitApplication::quotaId)
        .ifPresent(
            quota -> quotas.refund(Actor.system(), quota, event.count(), event.reference(), WHY));
  }
}
