package io.acpbenefits.application;

import io.acpbenefits.common.Actor;
import io.acpbenefits.exam.Exam;
import io.acpbenefits.quota.QuotaId;
import io.acpbenefits.quota.Quotas;

/** What applications hold of quotas. */
final class Holds {

  private final Quotas quotas;

  Holds(Quotas quotas) {
    this.quotas = quotas;
  }

  /** Holds all that is asked for. */
  QuotaId hold(Actor actor, BenefitApplication application, Exam exam) {
    return quotas
        .hold(
            Actor.system(),
            actor,
            application.partnerId(),
            exam.level(),
            application.quantity(),
            application.applicationId().value())
        .quotaId();
  }

  /** Gives back all that is held, if anything is. */
  void release(Actor actor, BenefitApplication application) {
    release(actor, application, application.quantity());
  }

  /** Gives back a part of what is held, if anything is. */
  void release(Actor actor, BenefitApplication application, int quantity) {
    QuotaId quota = application.quotaId();
    if (quota != null) {
      quotas.release(Actor.system(), actor, quota, quantity, application.applicationId().value());
    }
  }
}
