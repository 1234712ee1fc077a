package io.acpbenefits.application;

import static io.acpbenefits.application.BenefitApplicationState.CANCELED;
import static io.acpbenefits.application.BenefitApplicationState.REJECTED;

import io.acpbenefits.audit.Audit;
import io.acpbenefits.audit.AuditLog;
import io.acpbenefits.benefitcenter.BenefitCenter;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.Operation;
import io.acpbenefits.common.Page;
import io.acpbenefits.common.PageRequest;
import io.acpbenefits.common.Reason;
import io.acpbenefits.common.Refusal;
import io.acpbenefits.exam.ExamId;
import io.acpbenefits.exam.Exams;
import io.acpbenefits.examcode.CodesExpired;
import io.acpbenefits.examcode.ExamCodes;
import io.acpbenefits.idempotency.RequestKey;
import io.acpbenefits.idempotency.RequestKeys;
import io.acpbenefits.internal.Domain;
import io.acpbenefits.organization.Organizations;
import io.acpbenefits.partner.PartnerId;
import io.acpbenefits.partner.PartnerState;
import io.acpbenefits.partner.PartnerStateChanged;
import io.acpbenefits.partner.Partners;
import io.acpbenefits.permission.Access;
import io.acpbenefits.permission.Subject;
import io.acpbenefits.quota.QuotaId;
import io.acpbenefits.quota.Quotas;
import java.time.Instant;
import java.util.Optional;
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

  private final Access access;
  private final Quotas quotas;
  private final ApplicationPolicy policy;
  private final ApplicationStore store;
  private final Submission submission;
  private final Decisions decisions;
  private final Fulfilment fulfilment;
  private final HandOuts handOuts;
  private final GiveBacks giveBacks;

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
    this.access = access;
    this.quotas = quotas;
    this.policy = policy;
    this.store = new ApplicationStore(domain, access, log);
    this.handOuts = new HandOuts(domain, benefitCenter, policy);
    this.giveBacks = new GiveBacks(domain, access, log, handOuts);
    Holds holds = new Holds(quotas);
    this.submission =
        new Submission(domain, access, keys, partners, exams, organizations, holds, policy, store);
    this.decisions = new Decisions(domain, partners, exams, holds, handOuts, store);
    this.fulfilment =
        new Fulfilment(domain, partners, exams, quotas, codes, benefitCenter, handOuts, store);
    quotas.usedFor(Actor.system(), (first, last) -> store.rows.get(m -> m.uses(first, last)));
    domain.on(PartnerStateChanged.class, this::partnerChanged);
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
    return submission.draft(actor, partner, exam, quantity, null);
  }

  /**
   * Begins an application, saying why.
   *
   * @param actor by default an owner, a manager or the platform
   * @param partner who applies
   * @param exam for which exam
   * @param quantity how many codes, at least 1
   * @param why the reason, 1 to 500 characters; it goes to the audit
   * @return the draft
   * @throws Refusal NOT_PERMITTED, NOT_FOUND, INVALID_INPUT, PARTNER_SUSPENDED
   */
  public BenefitApplication draft(
      Actor actor, PartnerId partner, ExamId exam, int quantity, String why) {
    return submission.draft(actor, partner, exam, quantity, Audit.requireWhy(why));
  }

  /**
   * Changes what a draft asks for, or what an application asks for that was sent back. In the
   * latter case the hold moves along at once: fewer codes of the same exam give the rest back,
   * anything else gives all back and is held anew, of the quota that is active now. It stays as it
   * is if that is refused. The state stays; submit it afterwards.
   *
   * @param actor by default an owner, a manager or the platform
   * @param id which application
   * @param exam for which exam
   * @param quantity how many codes, at least 1
   * @return the application
   * @throws Refusal NOT_FOUND also for the exam, NOT_PERMITTED, INVALID_INPUT, ILLEGAL_STATE unless
   *     it is a draft or action is required, PARTNER_SUSPENDED; where something is held also
   *     EXAM_RETIRED, QUOTA_NOT_ACTIVE, QUOTA_EXCEEDED
   */
  public BenefitApplication revise(
      Actor actor, BenefitApplicationId id, ExamId exam, int quantity) {
    return submission.revise(actor, id, exam, quantity, null, null);
  }

  /**
   * Changes what an application asks for, once for each request key.
   *
   * @param actor by default an owner, a manager or the platform
   * @param id which application
   * @param exam for which exam
   * @param quantity how many codes, at least 1
   * @param key names the command; sent again, the application comes back as it stands then
   * @return the application
   * @throws Refusal as {@link #revise(Actor, BenefitApplicationId, ExamId, int)}, and
   *     REQUEST_KEY_REUSED if the key was used for something else
   */
  public BenefitApplication revise(
      Actor actor, BenefitApplicationId id, ExamId exam, int quantity, RequestKey key) {
    return submission.revise(actor, id, exam, quantity, null, key);
  }

  /**
   * Changes what an application asks for, saying why.
   *
   * @param actor by default an owner, a manager or the platform
   * @param id which application
   * @param exam for which exam
   * @param quantity how many codes, at least 1
   * @param why the reason, 1 to 500 characters; it goes to the audit
   * @param key the command's key, or null
   * @return the application
   * @throws Refusal as {@link #revise(Actor, BenefitApplicationId, ExamId, int, RequestKey)}
   */
  public BenefitApplication revise(
      Actor actor,
      BenefitApplicationId id,
      ExamId exam,
      int quantity,
      String why,
      @Nullable RequestKey key) {
    return submission.revise(actor, id, exam, quantity, Audit.requireWhy(why), key);
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
    return submission.submit(actor, id, null, null);
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
    return submission.submit(actor, id, null, key);
  }

  /**
   * Submits, saying why, such as what was seen to since it was sent back.
   *
   * @param actor by default an owner, a manager or the platform
   * @param id which application
   * @param why the reason, 1 to 500 characters; it goes to the audit
   * @param key the command's key, or null
   * @return the application
   * @throws Refusal as {@link #submit(Actor, BenefitApplicationId, RequestKey)}, and INVALID_INPUT
   */
  public BenefitApplication submit(
      Actor actor, BenefitApplicationId id, String why, @Nullable RequestKey key) {
    return submission.submit(actor, id, Audit.requireWhy(why), key);
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
    return submission.apply(actor, partner, exam, quantity, null, null);
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
    return submission.apply(actor, partner, exam, quantity, null, key);
  }

  /**
   * Drafts and submits in one, saying why.
   *
   * @param actor by default an owner, a manager or the platform
   * @param partner who applies
   * @param exam for which exam
   * @param quantity how many codes, at least 1
   * @param why the reason, 1 to 500 characters; it goes to the audit
   * @param key the command's key, or null
   * @return the application
   * @throws Refusal as {@link #apply(Actor, PartnerId, ExamId, int, RequestKey)} does
   */
  public BenefitApplication apply(
      Actor actor,
      PartnerId partner,
      ExamId exam,
      int quantity,
      String why,
      @Nullable RequestKey key) {
    return submission.apply(actor, partner, exam, quantity, Audit.requireWhy(why), key);
  }

  /**
   * Takes an application in review back to a draft.
   *
   * @param actor by default an owner, a manager or the platform
   * @param id which application
   * @throws Refusal NOT_FOUND, NOT_PERMITTED, ILLEGAL_STATE
   */
  public void recall(Actor actor, BenefitApplicationId id) {
    decisions.recall(actor, id, null);
  }

  /**
   * Takes an application in review back to a draft, saying why.
   *
   * @param actor by default an owner, a manager or the platform
   * @param id which application
   * @param why the reason, 1 to 500 characters; it goes to the audit
   * @throws Refusal NOT_FOUND, NOT_PERMITTED, INVALID_INPUT, ILLEGAL_STATE
   */
  public void recall(Actor actor, BenefitApplicationId id, String why) {
    decisions.recall(actor, id, Audit.requireWhy(why));
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
    decisions.approve(actor, id, null);
  }

  /**
   * Approves after review, saying why, see {@link #approve(Actor, BenefitApplicationId)}.
   *
   * @param actor by default an operator or the system
   * @param id which application
   * @param why the reason, 1 to 500 characters; it goes to the audit
   * @throws Refusal as there, and INVALID_INPUT
   */
  public void approve(Actor actor, BenefitApplicationId id, String why) {
    decisions.approve(actor, id, Audit.requireWhy(why));
  }

  /**
   * Sends an application back after review: the partner is to see to something, which the reason
   * names, {@link #revise} it if need be, and submit it again, or cancel it.
   *
   * @param actor by default an operator or the system
   * @param id which application
   * @throws Refusal NOT_FOUND, NOT_PERMITTED, ILLEGAL_STATE
   */
  public void requireAction(Actor actor, BenefitApplicationId id) {
    decisions.requireAction(actor, id, null);
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
    decisions.requireAction(actor, id, Audit.requireWhy(why));
  }

  /**
   * Rejects after review; what it held is released.
   *
   * @param actor by default an operator or the system
   * @param id which application
   * @throws Refusal NOT_FOUND, NOT_PERMITTED, ILLEGAL_STATE
   */
  public void reject(Actor actor, BenefitApplicationId id) {
    decisions.end(actor, Operation.REJECT_APPLICATION, id, REJECTED, null);
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
    decisions.end(actor, Operation.REJECT_APPLICATION, id, REJECTED, Audit.requireWhy(why));
  }

  /**
   * Gives an application up; what it held is released.
   *
   * @param actor by default an owner, a manager or the platform
   * @param id which application
   * @throws Refusal NOT_FOUND, NOT_PERMITTED, ILLEGAL_STATE once codes have come
   */
  public void cancel(Actor actor, BenefitApplicationId id) {
    decisions.end(actor, Operation.CANCEL_APPLICATION, id, CANCELED, null);
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
    decisions.end(actor, Operation.CANCEL_APPLICATION, id, CANCELED, Audit.requireWhy(why));
  }

  private void partnerChanged(PartnerStateChanged event) {
    if (event.state() == PartnerState.TERMINATED) {
      decisions.cancelAll(event.partnerId(), "The partner was terminated.");
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

  /**
   * Fetches the codes from the Benefit Center, stores them and consumes the quota. Repeating it
   * after it was fulfilled does nothing; repeating it after a crash, or at the same time elsewhere,
   * brings the same codes once. The Benefit Center is asked outside of any transaction, so nothing
   * waits for it, and all is checked again once it has answered.
   *
   * @param actor by default an operator or the system
   * @param id which application
   * @return the application, fulfilled
   * @throws Refusal NOT_FOUND, NOT_PERMITTED, ILLEGAL_STATE, PARTNER_SUSPENDED, OUT_OF_STOCK,
   *     ALREADY_EXISTS if a partner has one of these codes already, which somebody must take out of
   *     the Benefit Center's stock, see {@link
   *     io.acpbenefits.benefitcenter.EmbeddedBenefitCenter#withdrawStock}, or EXAM_RETIRED from the
   *     exam's end of life on; the hold is kept until the application is canceled, and what was
   *     handed out in vain is given back then
   * @throws IllegalStateException inside a transaction
   */
  public BenefitApplication fulfil(Actor actor, BenefitApplicationId id) {
    return fulfilment.fulfil(actor, id, null);
  }

  /**
   * Fetches the codes, saying why, see {@link #fulfil(Actor, BenefitApplicationId)}.
   *
   * @param actor by default an operator or the system
   * @param id which application
   * @param why the reason, 1 to 500 characters; it goes to the audit
   * @return the application, fulfilled
   * @throws Refusal as there, and INVALID_INPUT
   */
  public BenefitApplication fulfil(Actor actor, BenefitApplicationId id, String why) {
    return fulfilment.fulfil(actor, id, Audit.requireWhy(why));
  }

  /**
   * Tells the Benefit Center which applications have ended without taking the codes that it was
   * asked for, at most 100 at a time; again after 1, 5 and 30 minutes, 2 and then every 8 hours if
   * it does not take that. To be called every few seconds, as {@code AcpBenefits.runPortCalls}
   * does; several nodes may at the same time.
   *
   * @param system the library
   * @return how many were settled
   * @throws IllegalStateException inside a transaction
   */
  public int giveBack(Actor.Library system) {
    return handOuts.giveBack();
  }

  /**
   * What {@link #giveBack} does not get done, see {@code AcpBenefits.giveBacks}.
   *
   * @param system the library
   * @return the entry
   */
  public GiveBacks giveBacks(Actor.Library system) {
    return giveBacks;
  }

  /**
   * When {@link #giveBack} has something to do next.
   *
   * @return the instant, perhaps past, or empty if nothing is to be given back
   */
  public Optional<Instant> nextDue() {
    return handOuts.nextDue();
  }

  /**
   * Notes that the Benefit Center was asked in vain and will be asked again.
   *
   * @param actor by default an operator or the system
   * @param id which application
   * @param reason why in vain; it goes to the audit
   * @return the application; {@link BenefitApplication#attempts()} says how often it was asked
   * @throws Refusal NOT_FOUND, NOT_PERMITTED, ILLEGAL_STATE
   */
  public BenefitApplication postpone(Actor actor, BenefitApplicationId id, Reason reason) {
    return fulfilment.postpone(actor, id, reason);
  }

  /**
   * Notes that the Benefit Center was asked often enough; the hold is kept, and a person decides.
   *
   * @param actor by default an operator or the system
   * @param id which application
   * @throws Refusal NOT_FOUND, NOT_PERMITTED, ILLEGAL_STATE
   */
  public void giveUp(Actor actor, BenefitApplicationId id) {
    fulfilment.giveUp(actor, id, null);
  }

  /**
   * Leaves it to a person, saying why; the hold is kept.
   *
   * @param actor by default an operator or the system
   * @param id which application
   * @param why the reason, 1 to 500 characters; it goes to the audit
   * @throws Refusal NOT_FOUND, NOT_PERMITTED, INVALID_INPUT, ILLEGAL_STATE
   */
  public void giveUp(Actor actor, BenefitApplicationId id, String why) {
    fulfilment.giveUp(actor, id, Audit.requireWhy(why));
  }

  /**
   * Has the Benefit Center asked again after it was given up.
   *
   * @param actor by default an operator or the system
   * @param id which application
   * @throws Refusal NOT_FOUND, NOT_PERMITTED, ILLEGAL_STATE
   */
  public void retry(Actor actor, BenefitApplicationId id) {
    fulfilment.retry(actor, id, null);
  }

  /**
   * Has the Benefit Center asked again, saying why.
   *
   * @param actor by default an operator or the system
   * @param id which application
   * @param why the reason, 1 to 500 characters; it goes to the audit
   * @throws Refusal NOT_FOUND, NOT_PERMITTED, INVALID_INPUT, ILLEGAL_STATE
   */
  public void retry(Actor actor, BenefitApplicationId id, String why) {
    fulfilment.retry(actor, id, Audit.requireWhy(why));
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
   * All partners' applications that are submitted and neither fulfilled, rejected nor canceled.
   *
   * @param actor by default the platform
   * @param page which part
   * @return in the order in which they were begun
   * @throws Refusal NOT_PERMITTED
   */
  public Page<BenefitApplication> open(Actor actor, PageRequest page) {
    access.require(actor, Operation.SEE_APPLICATIONS, Subject.PROGRAMME);
    return page.of(
        store.rows.get(m -> m.open(page.afterOrStart(), page.rowsToFetch())),
        application -> application.applicationId().value());
  }

  /**
   * Locks an application until the transaction ends, so that it stays as it is.
   *
   * @param library only from inside other operations
   * @param id which
   * @return the application
   * @throws Refusal NOT_FOUND
   */
  public BenefitApplication lock(Actor.Library library, BenefitApplicationId id) {
    return store.lock(id);
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
