package io.acpbenefits.application;

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
  private final ApplicationStore store;

  Fulfilment(
      Domain domain,
      Partners partners,
      Exams exams,
      Quotas quotas,
      ExamCodes codes,
      BenefitCenter benefitCenter,
      ApplicationStore store) {
    this.domain = domain;
    this.partners = partners;
    this.exams = exams;
    this.quotas = quotas;
    this.codes = codes;
    this.benefitCenter = benefitCenter;
    this.store = store;
  }

  BenefitApplication fulfil(Actor actor, BenefitApplicationId id, @Nullable String why) {
    BenefitApplication shown = store.find(actor, Operation.FULFIL_APPLICATION, id);
    return domain.allOrNothing(
        () -> {
          // Locked, or a partner that is terminated meanwhile would keep these codes.
          Partner partner = partners.lock(Actor.system(), shown.partnerId());
          BenefitApplication application = store.lock(Operation.FULFIL_APPLICATION, id);
          if (application.state() == FULFILLED) {
            return application;
          }
          partner.requireActive();
          exams.get(Actor.system(), application.examId()).requireAlive(domain.now());
          return take(actor, application, handOut(application), why);
        });
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

  private BenefitApplication take(
      Actor actor, BenefitApplication application, List<CodeText> texts, @Nullable String why) {
    String reference = application.applicationId().value();
    issue(application, texts);
    quotas.consume(
        Actor.system(),
        actor,
        Objects.requireNonNull(application.quotaId()),
        application.quantity(),
        reference);
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
