package io.acpbenefits.application;

import static io.acpbenefits.application.BenefitApplicationState.APPROVED;
import static io.acpbenefits.application.BenefitApplicationState.DRAFT;
import static io.acpbenefits.application.BenefitApplicationState.IN_REVIEW;

import io.acpbenefits.common.Actor;
import io.acpbenefits.common.Operation;
import io.acpbenefits.common.Reason;
import io.acpbenefits.common.Refusal;
import io.acpbenefits.exam.Exam;
import io.acpbenefits.exam.ExamId;
import io.acpbenefits.exam.Exams;
import io.acpbenefits.idempotency.RequestKey;
import io.acpbenefits.idempotency.RequestKeys;
import io.acpbenefits.internal.Domain;
import io.acpbenefits.organization.Organizations;
import io.acpbenefits.partner.Partner;
import io.acpbenefits.partner.PartnerId;
import io.acpbenefits.partner.Partners;
import io.acpbenefits.permission.Access;
import io.acpbenefits.permission.Subject;
import io.acpbenefits.quota.QuotaId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How an application comes to a reviewer: drafted, revised, submitted. Partners are locked before
 * their applications and these before quotas, so that no two transactions wait in a ring.
 */
final class Submission {

  private final Domain domain;
  private final Access access;
  private final RequestKeys keys;
  private final Partners partners;
  private final Exams exams;
  private final Organizations organizations;
  private final Holds holds;
  private final ApplicationPolicy policy;
  private final ApplicationStore store;

  Submission(
      Domain domain,
      Access access,
      RequestKeys keys,
      Partners partners,
      Exams exams,
      Organizations organizations,
      Holds holds,
      ApplicationPolicy policy,
      ApplicationStore store) {
    this.domain = domain;
    this.access = access;
    this.keys = keys;
    this.partners = partners;
    this.exams = exams;
    this.organizations = organizations;
    this.holds = holds;
    this.policy = policy;
    this.store = store;
  }

  BenefitApplication draft(
      Actor actor, PartnerId partner, ExamId exam, int quantity, @Nullable String why) {
    access.require(actor, Operation.DRAFT_APPLICATION, Subject.ofPartner(partner));
    requirePositive(quantity);
    return domain.inTransaction(
        () -> {
          partners.lock(Actor.system(), partner).requireActive();
          organizations.ofPartner(Actor.system(), partner);
          exams.get(Actor.system(), exam);
          BenefitApplication draft =
              new BenefitApplication(
                  BenefitApplicationId.of(domain.newId()),
                  partner,
                  exam,
                  quantity,
                  DRAFT,
                  null,
                  null,
                  domain.now(),
                  null,
                  null,
                  0);
          store.insert(actor, draft, why);
          return draft;
        });
  }

  private static void requirePositive(int quantity) {
    if (quantity < 1) {
      throw Refusal.of(
          Reason.INVALID_INPUT, "An application is for at least 1 code, not %d.", quantity);
    }
  }

  BenefitApplication revise(
      Actor actor,
      BenefitApplicationId id,
      ExamId exam,
      int quantity,
      @Nullable String why,
      @Nullable RequestKey key) {
    BenefitApplication shown = store.find(actor, Operation.REVISE_APPLICATION, id);
    requirePositive(quantity);
    return once(
        actor,
        key,
        Operation.REVISE_APPLICATION,
        payload(why, "revise", id, exam, quantity),
        () -> domain.allOrNothing(() -> revise(actor, shown, exam, quantity, why)));
  }

  private BenefitApplication revise(
      Actor actor, BenefitApplication shown, ExamId examId, int quantity, @Nullable String why) {
    Partner partner = partners.lock(Actor.system(), shown.partnerId());
    BenefitApplication old = store.lock(Operation.REVISE_APPLICATION, shown.applicationId());
    partner.requireActive();
    Exam exam = exams.get(Actor.system(), examId);
    BenefitApplication revised = old.revised(examId, quantity);
    QuotaId held = old.quotaId();
    if (held != null) {
      exam.requireOnSale(domain.now());
      revised = revised.holding(moveHold(actor, old, held, revised, exam));
    }
    return store.move(actor, Operation.REVISE_APPLICATION, old, revised, why);
  }

  /**
   * Fewer codes of the same exam give the rest back; anything else gives all back and is held anew,
   * of the quota that is active now. It is done at once: until it is submitted again, nothing may
   * be held for what is not asked for any more.
   */
  private QuotaId moveHold(
      Actor actor, BenefitApplication old, QuotaId held, BenefitApplication revised, Exam exam) {
    int fewer = old.quantity() - revised.quantity();
    if (!old.examId().equals(revised.examId()) || fewer < 0) {
      holds.release(actor, old);
      // The record of the new hold is to name the new exam.
      store.write(revised);
      return holds.hold(actor, revised, exam);
    }
    if (fewer > 0) {
      holds.release(actor, old, fewer);
    }
    return held;
  }

  BenefitApplication submit(
      Actor actor, BenefitApplicationId id, @Nullable String why, @Nullable RequestKey key) {
    BenefitApplication shown = store.find(actor, Operation.SUBMIT_APPLICATION, id);
    return once(
        actor,
        key,
        Operation.SUBMIT_APPLICATION,
        payload(why, "submit", id),
        () -> submit(actor, shown, why));
  }

  private BenefitApplication submit(Actor actor, BenefitApplication shown, @Nullable String why) {
    Partner partner = partners.lock(Actor.system(), shown.partnerId());
    BenefitApplication application =
        store.lock(Operation.SUBMIT_APPLICATION, shown.applicationId());
    partner.requireActive();
    Exam exam = exams.get(Actor.system(), application.examId());
    exam.requireOnSale(domain.now());
    QuotaId held = application.quotaId();
    return store.move(
        actor,
        Operation.SUBMIT_APPLICATION,
        application,
        application.submitted(
            policy.reviewed() ? IN_REVIEW : APPROVED,
            held != null ? held : holds.hold(actor, application, exam),
            domain.now()),
        why);
  }

  BenefitApplication apply(
      Actor actor,
      PartnerId partner,
      ExamId exam,
      int quantity,
      @Nullable String why,
      @Nullable RequestKey key) {
    access.require(actor, Operation.SUBMIT_APPLICATION, Subject.ofPartner(partner));
    return once(
        actor,
        key,
        Operation.SUBMIT_APPLICATION,
        payload(why, "apply", partner, exam, quantity),
        () ->
            domain.allOrNothing(
                () -> submit(actor, draft(actor, partner, exam, quantity, why), why)));
  }

  /** A command without a reason keeps the text that it had before reasons could be given. */
  private static List<?> payload(@Nullable String why, Object... asked) {
    List<Object> all = new ArrayList<>(List.of(asked));
    if (why != null) {
      all.add(why);
    }
    return all;
  }

  private BenefitApplication once(
      Actor actor,
      @Nullable RequestKey key,
      Operation operation,
      List<?> payload,
      Supplier<BenefitApplication> command) {
    return keys.once(
        actor,
        key,
        operation,
        payload,
        application -> application.applicationId().value(),
        id -> store.find(Actor.system(), Operation.SEE_APPLICATIONS, BenefitApplicationId.of(id)),
        command);
  }
}
