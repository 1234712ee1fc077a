package io.acpbenefits.application;

import static io.acpbenefits.application.BenefitApplicationState.ACTION_REQUIRED;
import static io.acpbenefits.application.BenefitApplicationState.APPROVED;
import static io.acpbenefits.application.BenefitApplicationState.CANCELED;
import static io.acpbenefits.application.BenefitApplicationState.DRAFT;
import static io.acpbenefits.application.BenefitApplicationState.FULFILLED;
import static io.acpbenefits.application.BenefitApplicationState.FULFILLING;
import static io.acpbenefits.application.BenefitApplicationState.FULFILMENT_FAILED;
import static io.acpbenefits.application.BenefitApplicationState.IN_REVIEW;
import static io.acpbenefits.application.BenefitApplicationState.REJECTED;

import io.acpbenefits.audit.Audit;
import io.acpbenefits.audit.AuditLog;
import io.acpbenefits.benefitcenter.BenefitCenter;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.BenefitsException;
import io.acpbenefits.common.Operation;
import io.acpbenefits.common.Page;
import io.acpbenefits.common.PageRequest;
import io.acpbenefits.common.Reason;
import io.acpbenefits.common.Refusal;
import io.acpbenefits.exam.Exam;
import io.acpbenefits.exam.ExamId;
import io.acpbenefits.exam.Exams;
import io.acpbenefits.examcode.CodeText;
import io.acpbenefits.examcode.CodesExpired;
import io.acpbenefits.examcode.ExamCodes;
import io.acpbenefits.idempotency.RequestKey;
import io.acpbenefits.idempotency.RequestKeys;
import io.acpbenefits.internal.Domain;
import io.acpbenefits.organization.Organizations;
import io.acpbenefits.partner.Partner;
import io.acpbenefits.partner.PartnerId;
import io.acpbenefits.partner.PartnerState;
import io.acpbenefits.partner.PartnerStateChanged;
import io.acpbenefits.partner.Partners;
import io.acpbenefits.permission.Access;
import io.acpbenefits.permission.Subject;
import io.acpbenefits.quota.QuotaId;
import io.acpbenefits.quota.Quotas;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Benefit applications: a partner asks for codes of an exam and gets all or none; thread-safe.
 *
 * <p>{@code DRAFT → IN_REVIEW ⇄ ACTION_REQUIRED}, {@code IN_REVIEW → APPROVED → FULFILLING →
 * FULFILLED | FULFILMENT_FAILED}, {@code FULFILMENT_FAILED → FULFILLING | CANCELED}, {@code
 * IN_REVIEW → REJECTED}, recalled {@code IN_REVIEW → DRAFT}, canceled before codes have come; see
 * {@link BenefitApplicationState#lifecycle()}. Submitting holds quota, fulfilment consumes it,
 * everything that ends it otherwise releases it. When a partner is terminated, its open
 * applications are canceled in the same transaction.
 *
 * <p>To strangers an application is not there (NOT_FOUND); the partner's own people who may not are
 * told so (NOT_PERMITTED).
 *
 * <p>Source: "How to Apply for Benefits"; the draft is what its confirmation prompt confirms.
 */
public final class BenefitApplications {

  private final Domain domain;
  private final Access access;
  private final RequestKeys keys;
  private final Partners partners;
  private final Exams exams;
  private final Quotas quotas;
  private final Organizations organizations;
  private final ExamCodes codes;
  private final BenefitCenter benefitCenter;
  private final ApplicationPolicy policy;
  private final ApplicationStore store;

  /**
   * Called by {@code AcpBenefits}.
   *
   * @param domain what features are built on
   * @param access who may do what
   * @param log where it is recorded
   * @param keys what was asked for before
   * @param partners who applies
   * @param exams what for
   * @param quotas what it is held against
   * @param organizations where the codes go to
   * @param codes what comes of it
   * @param benefitCenter where the codes come from
   * @param policy the rules
   */
  public BenefitApplications(
      Domain domain,
      Access access,
      AuditLog log,
      RequestKeys keys,
      Partners partners,
      Exams exams,
      Quotas quotas,
      Organizations organizations,
      ExamCodes codes,
      BenefitCenter benefitCenter,
      ApplicationPolicy policy) {
    this.domain = domain;
    this.access = access;
    this.keys = keys;
    this.partners = partners;
    this.exams = exams;
    this.quotas = quotas;
    this.organizations = organizations;
    this.codes = codes;
    this.benefitCenter = benefitCenter;
    this.policy = policy;
    this.store = new ApplicationStore(domain, access, log);
    quotas.usedFor(Actor.system(), (first, last) -> store.rows.get(m -> m.uses(first, last)));
    domain.on(PartnerStateChanged.class, this::cancelAll);
    domain.on(CodesExpired.class, this::refund);
  }

  /**
   * Begins an application, which is to be confirmed by {@link #submit}.
   *
   * @param actor by default an owner, a manager or the platform
   * @param partner who applies
   * @param exam for which exam
   * @param quantity how many codes, at least 1
   * @return the draft
   * @throws Refusal NOT_PERMITTED, NOT_FOUND, INVALID_INPUT, PARTNER_SUSPENDED
   */
  public BenefitApplication draft(Actor actor, PartnerId partner, ExamId exam, int quantity) {
    access.require(actor, Operation.DRAFT_APPLICATION, Subject.ofPartner(partner));
    if (quantity < 1) {
      throw Refusal.of(
          Reason.INVALID_INPUT, "An application is for at least 1 code, not %d.", quantity);
    }
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
          store.insert(actor, draft);
          return draft;
        });
  }

  /**
   * Submits a draft, or again after action was required: holds the quota, and approves at once
   * unless the policy wants a review.
   *
   * @param actor by default an owner, a manager or the platform
   * @param id which application
   * @return the application, approved or in review
   * @throws Refusal NOT_FOUND, NOT_PERMITTED, ILLEGAL_STATE, PARTNER_SUSPENDED, EXAM_RETIRED,
   *     QUOTA_NOT_ACTIVE, QUOTA_EXCEEDED
   */
  public BenefitApplication submit(Actor actor, BenefitApplicationId id) {
    return submitted(actor, id, null);
  }

  /**
   * Submits as {@link #submit(Actor, BenefitApplicationId)} does, once for each request key.
   *
   * @param actor by default an owner, a manager or the platform
   * @param id which application
   * @param key names the command; sent again, the application comes back as it stands then
   * @return the application
   * @throws Refusal as there, and REQUEST_KEY_REUSED if the key was used for something else
   */
  public BenefitApplication submit(Actor actor, BenefitApplicationId id, RequestKey key) {
    return submitted(actor, id, key);
  }

  private BenefitApplication submitted(
      Actor actor, BenefitApplicationId id, @Nullable RequestKey key) {
    BenefitApplication shown = store.find(actor, Operation.SUBMIT_APPLICATION, id);
    return once(actor, key, List.of("submit", id), () -> submit(actor, shown));
  }

  private BenefitApplication submit(Actor actor, BenefitApplication shown) {
    BenefitApplicationId id = shown.applicationId();
    // Partners before their applications, everywhere, so that no two transactions wait in a ring.
    Partner partner = partners.lock(Actor.system(), shown.partnerId());
    BenefitApplication application = store.lock(Operation.SUBMIT_APPLICATION, id);
    partner.requireActive();
    Exam exam = exams.get(Actor.system(), application.examId());
    exam.requireOnSale(domain.now());
    QuotaId quota = application.quotaId();
    if (quota == null) {
      quota =
          quotas
              .hold(
                  Actor.system(),
                  actor,
                  application.partnerId(),
                  exam.level(),
                  application.quantity(),
                  id.value())
              .quotaId();
    }
    return store.move(
        actor,
        Operation.SUBMIT_APPLICATION,
        application,
        application.submitted(policy.reviewed() ? IN_REVIEW : APPROVED, quota, domain.now()),
        null);
  }

  /**
   * Drafts and submits in one: refused as a whole, or accepted as a whole.
   *
   * @param actor by default an owner, a manager or the platform
   * @param partner who applies
   * @param exam for which exam
   * @param quantity how many codes, at least 1
   * @return the application, approved or in review
   * @throws Refusal as {@link #draft} and {@link #submit(Actor, BenefitApplicationId)} do
   */
  public BenefitApplication apply(Actor actor, PartnerId partner, ExamId exam, int quantity) {
    return applied(actor, partner, exam, quantity, null);
  }

  /**
   * Drafts and submits in one, once for each request key.
   *
   * @param actor by default an owner, a manager or the platform
   * @param partner who applies
   * @param exam for which exam
   * @param quantity how many codes, at least 1
   * @param key names the command; sent again, the application comes back as it stands then
   * @return the application
   * @throws Refusal as {@link #draft} and {@link #submit(Actor, BenefitApplicationId)} do, and
   *     REQUEST_KEY_REUSED if the key was used for something else
   */
  public BenefitApplication apply(
      Actor actor, PartnerId partner, ExamId exam, int quantity, RequestKey key) {
    return applied(actor, partner, exam, quantity, key);
  }

  private BenefitApplication applied(
      Actor actor, PartnerId partner, ExamId exam, int quantity, @Nullable RequestKey key) {
    access.require(actor, Operation.SUBMIT_APPLICATION, Subject.ofPartner(partner));
    return once(
        actor,
        key,
        List.of("apply", partner, exam, quantity),
        () -> domain.allOrNothing(() -> submit(actor, draft(actor, partner, exam, quantity))));
  }

  private BenefitApplication once(
      Actor actor,
      @Nullable RequestKey key,
      List<?> payload,
      Supplier<BenefitApplication> command) {
    return keys.once(
        actor,
        key,
        Operation.SUBMIT_APPLICATION,
        payload,
        application -> application.applicationId().value(),
        id -> store.find(Actor.system(), Operation.SEE_APPLICATIONS, BenefitApplicationId.of(id)),
        command);
  }

  /**
   * Takes an application in review back to a draft.
   *
   * @param actor by default an owner, a manager or the platform
   * @param id which application
   * @throws Refusal NOT_FOUND, NOT_PERMITTED, ILLEGAL_STATE
   */
  public void recall(Actor actor, BenefitApplicationId id) {
    store.find(actor, Operation.RECALL_APPLICATION, id);
    domain.run(
        () -> {
          BenefitApplication application = store.lock(Operation.RECALL_APPLICATION, id);
          release(actor, application);
          store.move(
              actor, Operation.RECALL_APPLICATION, application, application.released(DRAFT), null);
        });
  }

  /**
   * Approves after review. An exam that went off sale meanwhile does not stand in the way, one that
   * ended does: its codes would be dead at once.
   *
   * @param actor by default an operator or the system
   * @param id which application
   * @throws Refusal NOT_FOUND, NOT_PERMITTED, ILLEGAL_STATE, PARTNER_SUSPENDED, or EXAM_RETIRED
   *     from the exam's end of life on
   */
  public void approve(Actor actor, BenefitApplicationId id) {
    BenefitApplication shown = store.find(actor, Operation.APPROVE_APPLICATION, id);
    domain.run(
        () -> {
          Partner partner = partners.lock(Actor.system(), shown.partnerId());
          BenefitApplication application = store.lock(Operation.APPROVE_APPLICATION, id);
          partner.requireActive();
          requireExamAlive(application);
          store.move(
              actor,
              Operation.APPROVE_APPLICATION,
              application,
              application.with(APPROVED, null),
              null);
        });
  }

  private void requireExamAlive(BenefitApplication application) {
    exams.get(Actor.system(), application.examId()).requireAlive(domain.now());
  }

  /**
   * Sends an application back after review: the partner is to see to something, which the reason
   * names, and submit it again, or to cancel it and apply for something else.
   *
   * @param actor by default an operator or the system
   * @param id which application
   * @throws Refusal NOT_FOUND, NOT_PERMITTED, ILLEGAL_STATE
   */
  public void requireAction(Actor actor, BenefitApplicationId id) {
    requiredAction(actor, id, null);
  }

  /**
   * Sends an application back after review, saying why.
   *
   * @param actor by default an operator or the system
   * @param id which application
   * @param why the reason, 1 to 500 characters; it goes to the audit
   * @throws Refusal NOT_FOUND, NOT_PERMITTED, INVALID_INPUT, ILLEGAL_STATE
   */
  public void requireAction(Actor actor, BenefitApplicationId id, String why) {
    requiredAction(actor, id, Audit.requireWhy(why));
  }

  private void requiredAction(Actor actor, BenefitApplicationId id, @Nullable String why) {
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

  /**
   * Rejects after review; what it held is released.
   *
   * @param actor by default an operator or the system
   * @param id which application
   * @throws Refusal NOT_FOUND, NOT_PERMITTED, ILLEGAL_STATE
   */
  public void reject(Actor actor, BenefitApplicationId id) {
    end(actor, Operation.REJECT_APPLICATION, id, REJECTED, null);
  }

  /**
   * Rejects after review, saying why; what it held is released.
   *
   * @param actor by default an operator or the system
   * @param id which application
   * @param why the reason, 1 to 500 characters; it goes to the audit
   * @throws Refusal NOT_FOUND, NOT_PERMITTED, INVALID_INPUT, ILLEGAL_STATE
   */
  public void reject(Actor actor, BenefitApplicationId id, String why) {
    end(actor, Operation.REJECT_APPLICATION, id, REJECTED, Audit.requireWhy(why));
  }

  /**
   * Gives an application up; what it held is released.
   *
   * @param actor by default an owner, a manager or the platform
   * @param id which application
   * @throws Refusal NOT_FOUND, NOT_PERMITTED, ILLEGAL_STATE once codes have come
   */
  public void cancel(Actor actor, BenefitApplicationId id) {
    end(actor, Operation.CANCEL_APPLICATION, id, CANCELED, null);
  }

  /**
   * Gives an application up, saying why; what it held is released.
   *
   * @param actor by default an owner, a manager or the platform
   * @param id which application
   * @param why the reason, 1 to 500 characters; it goes to the audit
   * @throws Refusal NOT_FOUND, NOT_PERMITTED, INVALID_INPUT, ILLEGAL_STATE once codes have come
   */
  public void cancel(Actor actor, BenefitApplicationId id, String why) {
    end(actor, Operation.CANCEL_APPLICATION, id, CANCELED, Audit.requireWhy(why));
  }

  private void end(
      Actor actor,
      Operation operation,
      BenefitApplicationId id,
      BenefitApplicationState to,
      @Nullable String why) {
    store.find(actor, operation, id);
    domain.run(
        () -> {
          BenefitApplication application = store.lock(operation, id);
          release(actor, application);
          store.move(actor, operation, application, application.with(to, null), why);
        });
  }

  private void release(Actor actor, BenefitApplication application) {
    QuotaId quota = application.quotaId();
    if (quota != null) {
      quotas.release(
          Actor.system(),
          actor,
          quota,
          application.quantity(),
          application.applicationId().value());
    }
  }

  /** The partner is locked, so that nothing is begun or submitted meanwhile. */
  private void cancelAll(PartnerStateChanged event) {
    if (event.state() == PartnerState.TERMINATED) {
      store.rows.get(m -> m.openOf(event.partnerId())).forEach(this::cancelOfTerminated);
    }
  }

  private void refund(CodesExpired event) {
    QuotaId quota =
        store
            .rows
            .get(m -> m.find(BenefitApplicationId.of(event.reference())))
            .map(BenefitApplication::quotaId)
            .orElse(null);
    if (quota != null) {
      quotas.refund(
          Actor.system(),
          quota,
          event.count(),
          event.reference(),
          "Codes expired without being booked.");
    }
  }

  private void cancelOfTerminated(BenefitApplicationId id) {
    // Until it was locked, somebody else may have ended it.
    BenefitApplication now = store.rows.get(m -> m.lock(id)).orElseThrow();
    if (BenefitApplicationState.lifecycle().allows(Operation.CANCEL_APPLICATION, now.state())) {
      cancel(Actor.system(), id, "The partner was terminated.");
    }
  }

  /**
   * Fetches the codes from the Benefit Center, stores them and consumes the quota. Repeating it
   * after it was fulfilled does nothing. While it runs, the partner's other applications wait.
   *
   * @param actor by default an operator or the system
   * @param id which application
   * @return the application, fulfilled
   * @throws Refusal NOT_FOUND, NOT_PERMITTED, ILLEGAL_STATE, PARTNER_SUSPENDED, OUT_OF_STOCK, or
   *     EXAM_RETIRED from the exam's end of life on; then the Benefit Center was not asked, and the
   *     hold is kept until the application is canceled
   */
  public BenefitApplication fulfil(Actor actor, BenefitApplicationId id) {
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
          requireExamAlive(application);
          codes.issue(
              Actor.system(),
              application.partnerId(),
              application.examId(),
              handOut(application),
              id.value());
          quotas.consume(
              Actor.system(),
              actor,
              Objects.requireNonNull(application.quotaId()),
              application.quantity(),
              id.value());
          return store.move(
              actor,
              Operation.FULFIL_APPLICATION,
              application,
              application.fulfilled(domain.now()),
              null);
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

  /**
   * Notes that the Benefit Center was asked in vain and will be asked again.
   *
   * @param actor by default an operator or the system
   * @param id which application
   * @param reason why in vain
   * @return the application; {@link BenefitApplication#attempts()} says how often it was asked
   * @throws Refusal NOT_FOUND, NOT_PERMITTED, ILLEGAL_STATE
   */
  public BenefitApplication postpone(Actor actor, BenefitApplicationId id, Reason reason) {
    store.find(actor, Operation.POSTPONE_FULFILMENT, id);
    return domain.inTransaction(
        () -> {
          BenefitApplication application = store.lock(Operation.POSTPONE_FULFILMENT, id);
          return store.move(
              actor,
              Operation.POSTPONE_FULFILMENT,
              application,
              application.attempted(FULFILLING, reason, application.attempts() + 1),
              null);
        });
  }

  /**
   * Notes that the Benefit Center was asked often enough; the hold is kept, and a person decides.
   *
   * @param actor by default an operator or the system
   * @param id which application
   * @throws Refusal NOT_FOUND, NOT_PERMITTED, ILLEGAL_STATE
   */
  public void giveUp(Actor actor, BenefitApplicationId id) {
    store.find(actor, Operation.GIVE_UP_FULFILMENT, id);
    domain.run(
        () -> {
          BenefitApplication application = store.lock(Operation.GIVE_UP_FULFILMENT, id);
          store.move(
              actor,
              Operation.GIVE_UP_FULFILMENT,
              application,
              application.attempted(FULFILMENT_FAILED, Reason.OUT_OF_STOCK, application.attempts()),
              null);
        });
  }

  /**
   * Has the Benefit Center asked again after it was given up.
   *
   * @param actor by default an operator or the system
   * @param id which application
   * @throws Refusal NOT_FOUND, NOT_PERMITTED, ILLEGAL_STATE
   */
  public void retry(Actor actor, BenefitApplicationId id) {
    store.find(actor, Operation.RETRY_FULFILMENT, id);
    domain.run(
        () -> {
          BenefitApplication application = store.lock(Operation.RETRY_FULFILMENT, id);
          store.move(
              actor,
              Operation.RETRY_FULFILMENT,
              application,
              application.attempted(FULFILLING, Reason.OUT_OF_STOCK, 0),
              null);
        });
  }

  /**
   * Gets an application.
   *
   * @param actor by default an owner, a manager or the platform
   * @param id which
   * @return the application
   * @throws Refusal NOT_PERMITTED; NOT_FOUND also if it is not the actor's to see
   */
  public BenefitApplication get(Actor actor, BenefitApplicationId id) {
    return store.find(actor, Operation.SEE_APPLICATIONS, id);
  }

  /**
   * A partner's applications.
   *
   * @param actor by default an owner, a manager or the platform
   * @param partner whose
   * @param page which part
   * @return in the order in which they were begun
   * @throws Refusal NOT_PERMITTED
   */
  public Page<BenefitApplication> ofPartner(Actor actor, PartnerId partner, PageRequest page) {
    access.require(actor, Operation.SEE_APPLICATIONS, Subject.ofPartner(partner));
    return page.of(
        store.rows.get(m -> m.ofPartner(partner, page.afterOrStart(), page.rowsToFetch())),
        application -> application.applicationId().value());
  }

  /**
   * The rules these applications follow.
   *
   * @return the policy
   */
  public ApplicationPolicy policy() {
    return policy;
  }
}
