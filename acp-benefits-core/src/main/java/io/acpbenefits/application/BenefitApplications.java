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

import io.acpbenefits.audit.AuditLog;
import io.acpbenefits.benefitcenter.BenefitCenter;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.BenefitsException;
import io.acpbenefits.common.Reason;
import io.acpbenefits.common.Refusal;
import io.acpbenefits.exam.Exam;
import io.acpbenefits.exam.ExamId;
import io.acpbenefits.exam.Exams;
import io.acpbenefits.examcode.CodeText;
import io.acpbenefits.examcode.ExamCodes;
import io.acpbenefits.idempotency.RequestKeys;
import io.acpbenefits.internal.Domain;
import io.acpbenefits.internal.Rows;
import io.acpbenefits.organization.Organizations;
import io.acpbenefits.organization.Role;
import io.acpbenefits.partner.PartnerId;
import io.acpbenefits.partner.Partners;
import io.acpbenefits.permission.Access;
import io.acpbenefits.quota.Quota;
import io.acpbenefits.quota.QuotaId;
import io.acpbenefits.quota.Quotas;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Benefit applications: a partner asks for codes of an exam and gets all or none; thread-safe.
 *
 * <p>{@code DRAFT → IN_REVIEW ⇄ ACTION_REQUIRED}, {@code IN_REVIEW → APPROVED → FULFILLING →
 * FULFILLED | FULFILMENT_FAILED}, {@code FULFILMENT_FAILED → FULFILLING | CANCELED}, {@code
 * IN_REVIEW → REJECTED}, recalled {@code IN_REVIEW → DRAFT}, canceled before codes have come.
 * Submitting holds quota, fulfilment consumes it, everything that ends it otherwise releases it.
 *
 * <p>Source: "How to Apply for Benefits"; the draft is what its confirmation prompt confirms.
 */
public final class BenefitApplications {

  private final Domain domain;
  private final Partners partners;
  private final Exams exams;
  private final Quotas quotas;
  private final Organizations organizations;
  private final ExamCodes codes;
  private final BenefitChanges changes;
  private final BenefitCenter benefitCenter;
  private final ApplicationPolicy policy;
  private final Rows<BenefitApplicationMapper> rows;

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
   * @param organizations whose people may apply
   * @param codes where the codes go
   * @param changes where it is recorded
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
      BenefitChanges changes,
      BenefitCenter benefitCenter,
      ApplicationPolicy policy) {
    this.domain = domain;
    this.partners = partners;
    this.exams = exams;
    this.quotas = quotas;
    this.organizations = organizations;
    this.codes = codes;
    this.changes = changes;
    this.benefitCenter = benefitCenter;
    this.policy = policy;
    this.rows = domain.rows(BenefitApplicationMapper.class);
  }

  /**
   * Begins an application, which is to be confirmed by {@link #submit}.
   *
   * @param actor an owner, a manager or the platform
   * @param partner who applies
   * @param exam for which exam
   * @param quantity how many codes, at least 1
   * @return the draft
   * @throws Refusal NOT_FOUND, NOT_PERMITTED, INVALID_INPUT
   */
  public BenefitApplication draft(Actor actor, PartnerId partner, ExamId exam, int quantity) {
    return domain.inTransaction(
        () -> {
          requireManager(actor, partner);
          exams.get(Actor.system(), exam);
          if (quantity < 1) {
            throw Refusal.of(
                Reason.INVALID_INPUT, "An application is for at least 1 code, not %d.", quantity);
          }
          BenefitApplication application =
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
          rows.one(m -> m.insert(application, actor.toString()));
          return application;
        });
  }

  /**
   * Submits a draft, or again after action was required: holds the quota, and approves at once
   * unless the policy wants a review.
   *
   * @param actor an owner, a manager or the platform
   * @param id which application
   * @return the application, approved or in review
   * @throws Refusal NOT_FOUND, NOT_PERMITTED, ILLEGAL_STATE, PARTNER_SUSPENDED, EXAM_RETIRED,
   *     QUOTA_NOT_ACTIVE, QUOTA_EXCEEDED
   */
  public BenefitApplication submit(Actor actor, BenefitApplicationId id) {
    return domain.inTransaction(
        () -> {
          BenefitApplication application = lock(id, actor);
          requireState(application, DRAFT, ACTION_REQUIRED);
          partners.lock(Actor.system(), application.partnerId()).requireActive();
          Exam exam = exams.get(Actor.system(), application.examId());
          exam.requireOnSale(domain.now());
          QuotaId quota = application.quotaId();
          if (quota == null) {
            Quota held =
                quotas.hold(
                    actor,
                    application.partnerId(),
                    exam.level(),
                    application.quantity(),
                    id.value());
            quota = held.quotaId();
            changes.record(actor, application, quota, BenefitChange.Kind.HELD);
          }
          return move(
              application,
              application.submitted(policy.reviewed() ? IN_REVIEW : APPROVED, quota, domain.now()));
        });
  }

  /**
   * Drafts and submits in one: refused as a whole, or accepted as a whole.
   *
   * @param actor an owner, a manager or the platform
   * @param partner who applies
   * @param exam for which exam
   * @param quantity how many codes, at least 1
   * @return the application, approved or in review
   * @throws Refusal as {@link #draft} and {@link #submit} do
   */
  public BenefitApplication apply(Actor actor, PartnerId partner, ExamId exam, int quantity) {
    return domain.allOrNothing(
        () -> submit(actor, draft(actor, partner, exam, quantity).applicationId()));
  }

  /**
   * Takes an application in review back to a draft.
   *
   * @param actor an owner, a manager or the platform
   * @param id which application
   * @throws Refusal NOT_FOUND, NOT_PERMITTED, ILLEGAL_STATE
   */
  public void recall(Actor actor, BenefitApplicationId id) {
    domain.run(
        () -> {
          BenefitApplication application = lock(id, actor);
          requireState(application, IN_REVIEW);
          release(actor, application);
          move(application, application.released(DRAFT));
        });
  }

  /**
   * Approves after review.
   *
   * @param actor an operator or the system
   * @param id which application
   * @throws Refusal NOT_FOUND, NOT_PERMITTED, ILLEGAL_STATE, PARTNER_SUSPENDED
   */
  public void approve(Actor actor, BenefitApplicationId id) {
    review(actor, id, APPROVED);
  }

  /**
   * Sends an application back after review: the partner is to change something and submit again.
   *
   * @param actor an operator or the system
   * @param id which application
   * @throws Refusal NOT_FOUND, NOT_PERMITTED, ILLEGAL_STATE
   */
  public void requireAction(Actor actor, BenefitApplicationId id) {
    review(actor, id, ACTION_REQUIRED);
  }

  /**
   * Rejects after review.
   *
   * @param actor an operator or the system
   * @param id which application
   * @throws Refusal NOT_FOUND, NOT_PERMITTED, ILLEGAL_STATE
   */
  public void reject(Actor actor, BenefitApplicationId id) {
    review(actor, id, REJECTED);
  }

  private void review(Actor actor, BenefitApplicationId id, BenefitApplicationState to) {
    requirePlatform(actor, "review an application");
    domain.run(
        () -> {
          BenefitApplication application = lock(id, actor);
          requireState(application, IN_REVIEW);
          if (to == APPROVED) {
            partners.get(Actor.system(), application.partnerId()).requireActive();
          }
          if (to == REJECTED) {
            release(actor, application);
          }
          move(application, application.with(to, null));
        });
  }

  /**
   * Fetches the codes from the Benefit Center, stores them, consumes the quota and records the
   * change. Repeating it after it was fulfilled does nothing.
   *
   * @param actor an operator or the system
   * @param id which application
   * @return the application, fulfilled
   * @throws Refusal NOT_FOUND, NOT_PERMITTED, ILLEGAL_STATE, PARTNER_SUSPENDED, OUT_OF_STOCK
   */
  public BenefitApplication fulfil(Actor actor, BenefitApplicationId id) {
    requirePlatform(actor, "fulfil an application");
    return domain.allOrNothing(
        () -> {
          BenefitApplication application = lock(id, actor);
          if (application.state() == FULFILLED) {
            return application;
          }
          requireState(application, APPROVED, FULFILLING);
          partners.get(Actor.system(), application.partnerId()).requireActive();
          List<CodeText> texts =
              benefitCenter.handOut(id.value(), application.examId(), application.quantity());
          if (texts.size() != application.quantity()) {
            throw new BenefitsException(
                "The Benefit Center handed out %d codes for application %s where %d were asked for."
                    .formatted(texts.size(), id, application.quantity()));
          }
          codes.issue(
              Actor.system(), application.partnerId(), application.examId(), texts, id.value());
          QuotaId quota = Objects.requireNonNull(application.quotaId());
          quotas.consume(actor, quota, application.quantity(), id.value());
          changes.record(actor, application, quota, BenefitChange.Kind.CODES_ISSUED);
          return move(application, application.fulfilled(domain.now()));
        });
  }

  /**
   * Notes that the Benefit Center was asked in vain and will be asked again.
   *
   * @param actor an operator or the system
   * @param id which application
   * @param reason why in vain
   * @return the application; {@link BenefitApplication#attempts()} says how often it was asked
   * @throws Refusal NOT_FOUND, NOT_PERMITTED, ILLEGAL_STATE
   */
  public BenefitApplication postpone(Actor actor, BenefitApplicationId id, Reason reason) {
    return attempted(actor, id, reason, FULFILLING);
  }

  /**
   * Notes that the Benefit Center was asked often enough; the hold is kept, and a person decides.
   *
   * @param actor an operator or the system
   * @param id which application
   * @throws Refusal NOT_FOUND, NOT_PERMITTED, ILLEGAL_STATE
   */
  public void giveUp(Actor actor, BenefitApplicationId id) {
    attempted(actor, id, Reason.OUT_OF_STOCK, FULFILMENT_FAILED);
  }

  private BenefitApplication attempted(
      Actor actor, BenefitApplicationId id, Reason reason, BenefitApplicationState to) {
    requirePlatform(actor, "fulfil an application");
    return domain.inTransaction(
        () -> {
          BenefitApplication application = lock(id, actor);
          requireState(application, APPROVED, FULFILLING);
          int attempts = application.attempts() + (to == FULFILLING ? 1 : 0);
          return move(application, application.attempted(to, reason, attempts));
        });
  }

  /**
   * Has the Benefit Center asked again after it was given up.
   *
   * @param actor an operator or the system
   * @param id which application
   * @throws Refusal NOT_FOUND, NOT_PERMITTED, ILLEGAL_STATE
   */
  public void retry(Actor actor, BenefitApplicationId id) {
    requirePlatform(actor, "retry an application");
    domain.run(
        () -> {
          BenefitApplication application = lock(id, actor);
          requireState(application, FULFILMENT_FAILED);
          move(application, application.attempted(FULFILLING, Reason.OUT_OF_STOCK, 0));
        });
  }

  /**
   * Gives an application up; what it held is released.
   *
   * @param actor an owner, a manager or the platform
   * @param id which application
   * @throws Refusal NOT_FOUND, NOT_PERMITTED, ILLEGAL_STATE once codes have come
   */
  public void cancel(Actor actor, BenefitApplicationId id) {
    domain.run(
        () -> {
          BenefitApplication application = lock(id, actor);
          requireState(
              application,
              DRAFT,
              IN_REVIEW,
              ACTION_REQUIRED,
              APPROVED,
              FULFILLING,
              FULFILMENT_FAILED);
          release(actor, application);
          move(application, application.with(CANCELED, null));
        });
  }

  private void release(Actor actor, BenefitApplication application) {
    QuotaId quota = application.quotaId();
    if (quota != null) {
      quotas.release(actor, quota, application.quantity(), application.applicationId().value());
      changes.record(actor, application, quota, BenefitChange.Kind.RELEASED);
    }
  }

  private BenefitApplication move(BenefitApplication from, BenefitApplication to) {
    rows.one(m -> m.update(to));
    if (from.state() != to.state()) {
      domain.publish(new BenefitApplicationChanged(to.applicationId(), from.state(), to.state()));
    }
    return to;
  }

  /**
   * Gets an application.
   *
   * @param actor who asks
   * @param id which
   * @return the application
   * @throws Refusal NOT_FOUND
   */
  public BenefitApplication get(Actor actor, BenefitApplicationId id) {
    return rows.get(m -> m.find(id)).orElseThrow(BenefitApplications::notFound);
  }

  /**
   * A partner's applications.
   *
   * @param actor an owner, a manager or the platform
   * @param partner whose
   * @return in the order in which they were begun
   * @throws Refusal NOT_FOUND, NOT_PERMITTED
   */
  public List<BenefitApplication> ofPartner(Actor actor, PartnerId partner) {
    requireManager(actor, partner);
    return rows.get(m -> m.ofPartner(partner));
  }

  /**
   * The rules these applications follow.
   *
   * @return the policy
   */
  public ApplicationPolicy policy() {
    return policy;
  }

  private BenefitApplication lock(BenefitApplicationId id, Actor actor) {
    BenefitApplication application =
        rows.get(m -> m.lock(id)).orElseThrow(BenefitApplications::notFound);
    requireManager(actor, application.partnerId());
    return application;
  }

  private void requireManager(Actor actor, PartnerId partner) {
    organizations.requireRole(
        actor, organizations.ofPartner(Actor.system(), partner).organizationId(), Role.MANAGER);
  }

  private static void requirePlatform(Actor actor, String what) {
    if (actor instanceof Actor.Account) {
      throw Refusal.of(Reason.NOT_PERMITTED, "Only a platform operator may %s.", what);
    }
  }

  private static void requireState(
      BenefitApplication application, BenefitApplicationState... allowed) {
    if (!Set.of(allowed).contains(application.state())) {
      throw Refusal.of(
          Reason.ILLEGAL_STATE,
          "The application is %s; this is allowed from %s.",
          application.state(),
          List.of(allowed));
    }
  }

  private static Refusal notFound() {
    return new Refusal(Reason.NOT_FOUND, "There is no such benefit application.");
  }
}
