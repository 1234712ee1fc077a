package io.acpbenefits.application;

import static io.acpbenefits.application.BenefitApplicationState.ACTION_REQUIRED;
import static io.acpbenefits.application.BenefitApplicationState.APPROVED;
import static io.acpbenefits.application.BenefitApplicationState.CANCELED;
import static io.acpbenefits.application.BenefitApplicationState.DRAFT;

import io.acpbenefits.common.Actor;
import io.acpbenefits.common.Operation;
import io.acpbenefits.exam.Exams;
import io.acpbenefits.internal.Domain;
import io.acpbenefits.partner.Partner;
import io.acpbenefits.partner.PartnerId;
import io.acpbenefits.partner.Partners;
import org.jspecify.annotations.Nullable;

/** What reviewers decide on submitted applications, and how partners take theirs back. */
final class Decisions {

  private final Domain domain;
  private final Partners partners;
  private final Exams exams;
  private final Holds holds;
  private final HandOuts handOuts;
  private final ApplicationStore store;

  Decisions(
      Domain domain,
      Partners partners,
      Exams exams,
      Holds holds,
      HandOuts handOuts,
      ApplicationStore store) {
    this.domain = domain;
    this.partners = partners;
    this.exams = exams;
    this.holds = holds;
    this.handOuts = handOuts;
    this.store = store;
  }

  void approve(Actor actor, BenefitApplicationId id, @Nullable String why) {
    BenefitApplication shown = store.find(actor, Operation.APPROVE_APPLICATION, id);
    domain.run(
        () -> {
          Partner partner = partners.lock(Actor.system(), shown.partnerId());
          BenefitApplication application = store.lock(Operation.APPROVE_APPLICATION, id);
          partner.requireActive();
          exams.get(Actor.system(), application.examId()).requireAlive(domain.now());
          store.move(
              actor,
              Operation.APPROVE_APPLICATION,
              application,
              application.with(APPROVED, null),
              why);
        });
  }

  void requireAction(Actor actor, BenefitApplicationId id, @Nullable String why) {
    store.find(actor, Operation.REQUIRE_ACTION, id);
    domain.run(
        () -> {
          BenefitApplication application = store.lock(Operation.REQUIRE_ACTION, id);
          store.move(
              actor,
              Operation.REQUIRE_ACTION,
              application,
              application.with(ACTION_REQUIRED, null),
              why);
        });
  }

  void recall(Actor actor, BenefitApplicationId id, @Nullable String why) {
    store.find(actor, Operation.RECALL_APPLICATION, id);
    domain.run(
        () -> {
          BenefitApplication application = store.lock(Operation.RECALL_APPLICATION, id);
          holds.release(actor, application);
          store.move(
              actor, Operation.RECALL_APPLICATION, application, application.released(DRAFT), why);
        });
  }

  /** Rejects or cancels: what it held is released, what was handed out for it is given back. */
  void end(
      Actor actor,
      Operation operation,
      BenefitApplicationId id,
      BenefitApplicationState to,
      @Nullable String why) {
    store.find(actor, operation, id);
    domain.run(
        () -> {
          BenefitApplication application = store.lock(operation, id);
          holds.release(actor, application);
          handOuts.owe(id);
          store.move(actor, operation, application, application.with(to, null), why);
        });
  }

  /** The partner is locked, so that nothing is begun or submitted meanwhile. */
  void cancelAll(PartnerId partner, String why) {
    for (BenefitApplicationId id : store.rows.get(m -> m.openOf(partner))) {
      // Until it was locked, somebody else may have ended it.
      BenefitApplication now = store.rows.get(m -> m.lock(id)).orElseThrow();
      if (BenefitApplicationState.lifecycle().allows(Operation.CANCEL_APPLICATION, now.state())) {
        end(Actor.system(), Operation.CANCEL_APPLICATION, id, CANCELED, why);
      }
    }
  }
}
