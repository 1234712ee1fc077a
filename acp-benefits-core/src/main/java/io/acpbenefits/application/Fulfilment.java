package io.acpbenefits.application;

import static io.acpbenefits.application.BenefitApplicationState.CANCELED;
import static io.acpbenefits.application.BenefitApplicationState.FULFILLED;
import static io.acpbenefits.application.BenefitApplicationState.FULFILLING;
import static io.acpbenefits.application.BenefitApplicationState.FULFILMENT_FAILED;

import io.acpbenefits.benefitcenter.BenefitCenter;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.BenefitsException;
import io.acpbenefits.common.Operation;
import io.acpbenefits.common.Reason;
import io.acpbenefits.common.Refusal;
import io.acpbenefits.exam.Exams;
import io.acpbenefits.examcode.CodeText;
import io.acpbenefits.examcode.ExamCodes;
import io.acpbenefits.internal.Domain;
import io.acpbenefits.partner.Partner;
import io.acpbenefits.partner.Partners;
import io.acpbenefits.quota.Quotas;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * How approved applications get their codes: all that asks the Benefit Center, or notes that it was
 * asked in vain. Locks the partner, then the application, then the quota.
 */
final class Fulfilment {

  private final Domain domain;
  private final Partners partners;
  private final Exams exams;
  private final Quotas quotas;
  private final ExamCodes codes;
  private final BenefitCenter benefitCenter;
  private final HandOuts handOuts;
  private final ApplicationStore store;

  Fulfilment(
      Domain domain,
      Partners partners,
      Exams exams,
      Quotas quotas,
      ExamCodes codes,
      BenefitCenter benefitCenter,
      HandOuts handOuts,
      ApplicationStore store) {
    this.domain = domain;
    this.partners = partners;
    this.exams = exams;
    this.quotas = quotas;
    this.codes = codes;
    this.benefitCenter = benefitCenter;
    this.handOuts = handOuts;
    this.store = store;
  }

  /**
   * Asks between two transactions, so that nothing is locked meanwhile, and a crash in between
   * leaves a note of what was asked.
   */
  BenefitApplication fulfil(Actor actor, BenefitApplicationId id, @Nullable String why) {
    domain.requireNoTransaction("Fulfilling a benefit application");
    BenefitApplication asked = domain.inTransaction(() -> ask(actor, id));
    if (asked.state() == FULFILLED) {
      return asked;
    }
    List<CodeText> texts = handOut(asked);
    BenefitApplication taken = domain.inTransaction(() -> take(actor, id, texts, why));
    // If it ended meanwhile, that had to be noted before it is refused.
    BenefitApplicationState.lifecycle().require(Operation.FULFIL_APPLICATION, taken.state());
    return taken;
  }

  private BenefitApplication ask(Actor actor, BenefitApplicationId id) {
    store.find(actor, Operation.FULFIL_APPLICATION, id);
    BenefitApplication application = store.lock(Operation.FULFIL_APPLICATION, id);
    if (application.state() != FULFILLED) {
      requireReady(partners.get(Actor.system(), application.partnerId()), application);
      handOuts.ask(id);
    }
    return application;
  }

  private void requireReady(Partner partner, BenefitApplication application) {
    partner.requireActive();
    exams.get(Actor.system(), application.examId()).requireAlive(domain.now());
  }

  private List<CodeText> handOut(BenefitApplication application) {
    BenefitApplicationId id = application.applicationId();
    List<CodeText> texts =
        benefitCenter.handOut(id.value(), application.examId(), application.quantity());
    if (texts.size() != application.quantity()) {
      throw new BenefitsException(
          "The Benefit Center handed out %d codes for application %s where %d were asked for."
              .formatted(texts.size(), id, application.quantity()));
    }
    return texts;
  }

  /** All is asked anew, since anything may have happened while the Benefit Center was asked. */
  private BenefitApplication take(
      Actor actor, BenefitApplicationId id, List<CodeText> texts, @Nullable String why) {
    BenefitApplication shown = store.find(actor, Operation.FULFIL_APPLICATION, id);
    // Locked, or a partner that is terminated meanwhile would keep these codes.
    Partner partner = partners.lock(Actor.system(), shown.partnerId());
    BenefitApplication application = store.lock(id);
    if (application.state() == FULFILLED) {
      return application;
    }
    if (!BenefitApplicationState.lifecycle()
        .allows(Operation.FULFIL_APPLICATION, application.state())) {
      if (application.state() == CANCELED) {
        handOuts.oweAnew(id);
      }
      return application;
    }
    requireReady(partner, application);
    String reference = id.value();
    issue(application, texts);
    quotas.consume(
        Actor.system(),
        actor,
        Objects.requireNonNull(application.quotaId()),
        application.quantity(),
        reference);
    handOuts.taken(id);
    return store.move(
        actor, Operation.FULFIL_APPLICATION, application, application.fulfilled(domain.now()), why);
  }

  private void issue(BenefitApplication application, List<CodeText> texts) {
    try {
      codes.issue(
          Actor.system(),
          application.partnerId(),
          application.examId(),
          texts,
          application.applicationId().value());
    } catch (Refusal refusal) {
      if (refusal.reason() != Reason.ALREADY_EXISTS) {
        throw refusal;
      }
      // Trying again brings the same code: somebody has to act first.
      throw Refusal.of(
          Reason.ALREADY_EXISTS,
          "The Benefit Center handed out a code that a partner has already: %s It must be taken out"
              + " of the Benefit Center's stock.",
          String.valueOf(refusal.getMessage()));
    }
  }

  /** Here the reason is why it was in vain, and goes to the audit as well. */
  BenefitApplication postpone(Actor actor, BenefitApplicationId id, Reason reason) {
    return note(
        actor,
        Operation.POSTPONE_FULFILMENT,
        id,
        a -> a.attempted(FULFILLING, reason, a.attempts() + 1),
        reason.name());
  }

  void giveUp(Actor actor, BenefitApplicationId id, @Nullable String why) {
    note(
        actor,
        Operation.GIVE_UP_FULFILMENT,
        id,
        a -> a.attempted(FULFILMENT_FAILED, Reason.OUT_OF_STOCK, a.attempts()),
        why);
  }

  void retry(Actor actor, BenefitApplicationId id, @Nullable String why) {
    note(
        actor,
        Operation.RETRY_FULFILMENT,
        id,
        a -> a.attempted(FULFILLING, Reason.OUT_OF_STOCK, 0),
        why);
  }

  private BenefitApplication note(
      Actor actor,
      Operation operation,
      BenefitApplicationId id,
      UnaryOperator<BenefitApplication> step,
      @Nullable String why) {
    store.find(actor, operation, id);
    return domain.inTransaction(
        () -> {
          BenefitApplication application = store.lock(operation, id);
          return store.move(actor, operation, application, step.apply(application), why);
        });
  }
}
