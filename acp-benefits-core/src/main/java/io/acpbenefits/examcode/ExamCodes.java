package io.acpbenefits.examcode;

import io.acpbenefits.audit.Audit;
import io.acpbenefits.audit.AuditLog;
import io.acpbenefits.common.AccountId;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.Operation;
import io.acpbenefits.common.Page;
import io.acpbenefits.common.PageRequest;
import io.acpbenefits.common.Refusal;
import io.acpbenefits.exam.Exam;
import io.acpbenefits.exam.ExamId;
import io.acpbenefits.exam.Exams;
import io.acpbenefits.idempotency.RequestKey;
import io.acpbenefits.idempotency.RequestKeys;
import io.acpbenefits.internal.Domain;
import io.acpbenefits.organization.Accounts;
import io.acpbenefits.organization.Organizations;
import io.acpbenefits.partner.PartnerId;
import io.acpbenefits.partner.Partners;
import io.acpbenefits.permission.Access;
import io.acpbenefits.permission.Subject;
import io.acpbenefits.secret.Vault;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The exam codes that partners have: assigned to members, returned, listed, shown; thread-safe.
 *
 * <p>The state machine is {@link ExamCodeState#lifecycle()}. What an exam does to a code is in
 * {@link CodeUse}, what people do to single codes out of turn in {@link CodeInterventions}, many at
 * once in {@link BulkAssignments} and {@link CodeImports}. The text of a code is encrypted at rest
 * and leaves only through {@link #reveal}. To everybody who may not see a code there is none.
 *
 * <p>Source: the "Pearson Exam Code" list, and "How to Utilize the Exam Code".
 */
public final class ExamCodes {

  private final Domain domain;
  private final Access access;
  private final AuditLog log;
  private final RequestKeys keys;
  private final Partners partners;
  private final Exams exams;
  private final Accounts accounts;
  private final Organizations organizations;
  private final CodeStore store;
  private final VisibleCodes visible;
  private final AssignmentRules rules;
  private final CodeExpiry expiry;

  /**
   * Called by {@code AcpBenefits}.
   *
   * @param domain what features are built on
   * @param access who may do what
   * @param log where it is recorded
   * @param keys what was asked for before
   * @param partners whose codes these are
   * @param exams what they fit
   * @param accounts who holds them
   * @param organizations whose members may hold them
   * @param secrets keeps their texts
   * @param policy the rules
   */
  public ExamCodes(
      Domain domain,
      Access access,
      AuditLog log,
      RequestKeys keys,
      Partners partners,
      Exams exams,
      Accounts accounts,
      Organizations organizations,
      Vault secrets,
      CodePolicy policy) {
    this.domain = domain.idType(ExamCodeId.class, ExamCodeId::new);
    this.access = access;
    this.log = log;
    this.keys = keys;
    this.partners = partners;
    this.exams = exams;
    this.accounts = accounts;
    this.organizations = organizations;
    this.store = new CodeStore(domain, log, domain.rows(ExamCodeMapper.class), secrets);
    this.visible = new VisibleCodes(access, accounts, store);
    this.rules = new AssignmentRules(domain, partners, exams, organizations, store);
    this.expiry = new CodeExpiry(domain, store, visible, policy);
    new CodeConsequences(domain, store, visible).listen();
  }

  /**
   * Stores codes that the Benefit Center handed out: called when an application is fulfilled.
   *
   * @param library only from inside other operations
   * @param partner whose they are now
   * @param examId the exam they fit
   * @param codes their texts
   * @param reference the application's id
   * @return the codes
   * @throws Refusal NOT_FOUND, PARTNER_SUSPENDED, EXAM_RETIRED from the exam's end of life on, or
   *     ALREADY_EXISTS if a code is known already; then none is stored
   */
  public List<ExamCode> issue(
      Actor.Library library,
      PartnerId partner,
      ExamId examId,
      List<CodeText> codes,
      String reference) {
    return domain.allOrNothing(
        () ->
            codes.stream()
                .map(
                    text ->
                        add(library, Operation.ISSUE_CODE, partner, examId, text, null, reference))
                .toList());
  }

  /**
   * Makes a code a partner's. The partner is locked, so that none comes while it is terminated; the
   * exam, so that its end of life is not brought forward past the end that is written here.
   */
  ExamCode add(
      Actor actor,
      Operation operation,
      PartnerId partner,
      ExamId examId,
      CodeText text,
      @Nullable Instant expiresAt,
      @Nullable String reference) {
    partners.lock(Actor.system(), partner).requireActive();
    Exam exam = exams.lock(Actor.system(), examId);
    exam.requireAlive(domain.now());
    ExamCode code =
        new ExamCode(
            ExamCodeId.of(domain.newId()),
            partner,
            organizations.ofPartner(Actor.system(), partner).organizationId(),
            examId,
            ExamCodeState.ISSUED,
            null,
            domain.now(),
            expiry.endOf(exam, expiresAt),
            null,
            null);
    return store.add(actor, operation, code, text, reference);
  }

  /**
   * Assigns any issued code of an exam to a member: the one that expires first, and of those that
   * expire together the one that was issued first.
   *
   * @param actor by default an owner, a manager or the platform
   * @param partner whose code
   * @param examId for which exam
   * @param account to which member
   * @return the code, assigned
   * @throws Refusal NOT_PERMITTED, NOT_FOUND, PARTNER_SUSPENDED, EXAM_RETIRED, NOT_A_MEMBER,
   *     CODE_ALREADY_HELD if the member holds an open code of this partner for the exam, or
   *     NO_CODE_AVAILABLE
   */
  public ExamCode assign(Actor actor, PartnerId partner, ExamId examId, AccountId account) {
    return assign(actor, partner, examId, account, null);
  }

  /**
   * Assigns any issued code of an exam to a member, once for each request key.
   *
   * @param actor by default an owner, a manager or the platform
   * @param partner whose code
   * @param examId for which exam
   * @param account to which member
   * @param key the command's key, or null
   * @return the code that this command assigned, as it stands now
   * @throws Refusal as without a key; REQUEST_KEY_REUSED
   */
  public ExamCode assign(
      Actor actor, PartnerId partner, ExamId examId, AccountId account, @Nullable RequestKey key) {
    return assigned(actor, partner, examId, account, null, key);
  }

  /**
   * Assigns any issued code of an exam to a member, saying why.
   *
   * @param actor by default an owner, a manager or the platform
   * @param partner whose code
   * @param examId for which exam
   * @param account to which member
   * @param why the reason, 1 to 500 characters; it goes to the audit
   * @param key the command's key, or null
   * @return the code that this command assigned, as it stands now
   * @throws Refusal as without a reason; INVALID_INPUT
   */
  public ExamCode assign(
      Actor actor,
      PartnerId partner,
      ExamId examId,
      AccountId account,
      String why,
      @Nullable RequestKey key) {
    return assigned(actor, partner, examId, account, Audit.requireWhy(why), key);
  }

  private ExamCode assigned(
      Actor actor,
      PartnerId partner,
      ExamId examId,
      AccountId account,
      @Nullable String why,
      @Nullable RequestKey key) {
    access.require(actor, Operation.ASSIGN_CODE, Subject.ofPartner(partner));
    return once(
        actor,
        key,
        Operation.ASSIGN_CODE,
        why == null
            ? List.of("exam", partner, examId, account)
            : List.of("exam", partner, examId, account, why),
        () -> assignAny(actor, partner, examId, account, why));
  }

  private ExamCode assignAny(
      Actor actor, PartnerId partner, ExamId examId, AccountId account, @Nullable String why) {
    requireAssignable(partner, examId, account);
    ExamCode free =
        store
            .lockFree(partner, examId)
            .orElseThrow(() -> AssignmentRules.noneLeft(partner, examId));
    return handOver(actor, free, account, why);
  }

  /**
   * Assigns a particular code to a member.
   *
   * @param actor by default an owner, a manager or the platform
   * @param id which code
   * @param account to which member
   * @return the code, assigned
   * @throws Refusal NOT_FOUND if it is not the actor's to see, NOT_PERMITTED, PARTNER_SUSPENDED,
   *     EXAM_RETIRED, NOT_A_MEMBER, CODE_ALREADY_HELD, CODE_EXPIRED, or ILLEGAL_STATE unless it is
   *     issued
   */
  public ExamCode assign(Actor actor, ExamCodeId id, AccountId account) {
    return assign(actor, id, account, null);
  }

  /**
   * Assigns a particular code to a member, once for each request key.
   *
   * @param actor by default an owner, a manager or the platform
   * @param id which code
   * @param account to which member
   * @param key the command's key, or null
   * @return the code as it stands now
   * @throws Refusal as without a key; REQUEST_KEY_REUSED
   */
  public ExamCode assign(Actor actor, ExamCodeId id, AccountId account, @Nullable RequestKey key) {
    return assigned(actor, id, account, null, key);
  }

  /**
   * Assigns a particular code to a member, saying why.
   *
   * @param actor by default an owner, a manager or the platform
   * @param id which code
   * @param account to which member
   * @param why the reason, 1 to 500 characters; it goes to the audit
   * @param key the command's key, or null
   * @return the code as it stands now
   * @throws Refusal as without a reason; INVALID_INPUT
   */
  public ExamCode assign(
      Actor actor, ExamCodeId id, AccountId account, String why, @Nullable RequestKey key) {
    return assigned(actor, id, account, Audit.requireWhy(why), key);
  }

  private ExamCode assigned(
      Actor actor,
      ExamCodeId id,
      AccountId account,
      @Nullable String why,
      @Nullable RequestKey key) {
    ExamCode seen = visible.get(actor, Operation.ASSIGN_CODE, id);
    return once(
        actor,
        key,
        Operation.ASSIGN_CODE,
        why == null ? List.of("code", id, account) : List.of("code", id, account, why),
        () -> {
          store.require(Operation.ASSIGN_CODE, seen);
          requireAssignable(seen.partnerId(), seen.examId(), account);
          ExamCode code = store.lock(id);
          store.require(Operation.ASSIGN_CODE, code);
          return handOver(actor, code, account, why);
        });
  }

  /** Asks before and behind the lock of the account, which is a write for one never met before. */
  private void requireAssignable(PartnerId partner, ExamId exam, AccountId account) {
    rules.requireOpen(partner, exam);
    rules.requireCandidate(partner, exam, account);
    accounts.lock(Actor.system(), account);
    rules.lockCandidate(partner, exam, account);
  }

  private ExamCode handOver(Actor actor, ExamCode free, AccountId account, @Nullable String why) {
    expiry.settle(account);
    ExamCode assigned = free.with(ExamCodeState.ASSIGNED, account, null);
    return store.move(actor, Operation.ASSIGN_CODE, free, assigned, why);
  }

  /**
   * Gives an assigned code back to the partner.
   *
   * @param actor by default its holder, an owner, a manager or the platform
   * @param id which code
   * @return the code, issued again
   * @throws Refusal NOT_FOUND if it is not the actor's to see, NOT_PERMITTED, CODE_EXPIRED, or
   *     ILLEGAL_STATE unless it is assigned
   */
  public ExamCode giveBack(Actor actor, ExamCodeId id) {
    return givenBack(actor, id, null);
  }

  /**
   * Gives an assigned code back to the partner, saying why.
   *
   * @param actor by default its holder, an owner, a manager or the platform
   * @param id which code
   * @param why the reason, 1 to 500 characters; it goes to the audit
   * @return the code, issued again
   * @throws Refusal as without a reason; INVALID_INPUT
   */
  public ExamCode giveBack(Actor actor, ExamCodeId id, String why) {
    return givenBack(actor, id, Audit.requireWhy(why));
  }

  private ExamCode givenBack(Actor actor, ExamCodeId id, @Nullable String why) {
    return domain.inTransaction(
        () -> {
          ExamCode code = visible.lock(actor, Operation.RETURN_CODE, id);
          store.require(Operation.RETURN_CODE, code);
          ExamCode back = code.with(ExamCodeState.ISSUED, null, null);
          return store.move(actor, Operation.RETURN_CODE, code, back, why);
        });
  }

  /**
   * Shows a code's text, in whatever state it is. Recorded in the same transaction.
   *
   * @param actor by default its holder, an owner, a manager or the platform
   * @param id which code
   * @return the text
   * @throws Refusal NOT_FOUND if it is not the actor's to see, or NOT_PERMITTED
   */
  public CodeText reveal(Actor actor, ExamCodeId id) {
    return domain.inTransaction(
        () -> {
          ExamCode code = visible.get(actor, Operation.REVEAL_CODE, id);
          log.noted(actor, Operation.REVEAL_CODE, id, null);
          return store.reveal(code);
        });
  }

  /**
   * The open code, assigned or reserved, that a member holds for an exam.
   *
   * @param actor by default the holder, an owner, a manager or the platform
   * @param holder who
   * @param examId for which exam
   * @return the code, or empty if there is none that the actor may see
   */
  public Optional<ExamCode> openCode(Actor actor, AccountId holder, ExamId examId) {
    return openCodes(actor, holder).stream()
        .filter(code -> code.examId().equals(examId))
        .findFirst();
  }

  /**
   * The open codes, assigned or reserved, that a member holds.
   *
   * @param actor by default the holder, an owner, a manager or the platform
   * @param holder who
   * @return those that the actor may see, in the order of their issue
   */
  public List<ExamCode> openCodes(Actor actor, AccountId holder) {
    return visible.among(actor, store.openOf(holder));
  }

  /**
   * The codes that the actor holds or held last, whatever became of them.
   *
   * @param actor the holder
   * @param page which part
   * @return in the order of their issue
   * @throws Refusal NOT_PERMITTED
   */
  public Page<ExamCode> mine(Actor.Account actor, PageRequest page) {
    access.require(actor, Operation.SEE_CODES, Subject.ofAccount(actor.id()));
    return page.of(store.ofHolder(actor.id(), page), code -> code.codeId().value());
  }

  /**
   * A partner's codes as they stand now: the "Pearson Exam Code" list.
   *
   * @param actor by default an owner, a manager or the platform
   * @param partner whose
   * @param filter which of them
   * @param page which part
   * @return in the order of their issue
   * @throws Refusal NOT_PERMITTED
   */
  public Page<ExamCode> ofPartner(
      Actor actor, PartnerId partner, CodeFilter filter, PageRequest page) {
    access.require(actor, Operation.SEE_CODES, Subject.ofPartner(partner));
    return page.of(store.ofPartner(partner, filter, page), code -> code.codeId().value());
  }

  /**
   * The codes that an application brought.
   *
   * @param actor by default an owner, a manager or the platform
   * @param reference the application's id
   * @return those that the actor may see, in the order of their issue
   */
  public List<ExamCode> ofApplication(Actor actor, String reference) {
    return visible.among(actor, store.ofApplication(reference));
  }

  /**
   * Gets a code as it stands now.
   *
   * @param actor by default its holder, an owner, a manager or the platform
   * @param id which
   * @return the code
   * @throws Refusal NOT_FOUND if it is not the actor's to see
   */
  public ExamCode get(Actor actor, ExamCodeId id) {
    return visible.get(actor, Operation.SEE_CODES, id).at(domain.now());
  }

  /**
   * Writes what has become due by time alone; idempotent.
   *
   * @return how many codes expired
   */
  public int settleDue() {
    return expiry.settleDue();
  }

  /**
   * When codes next become due by time alone.
   *
   * @return the instant, perhaps past, or empty
   */
  public Optional<Instant> nextDue() {
    return store.nextDue();
  }

  /** Does it once for each key; a repetition gets the code as it stands by then. */
  ExamCode once(
      Actor actor,
      @Nullable RequestKey key,
      Operation operation,
      List<?> payload,
      Supplier<ExamCode> command) {
    return keys.once(
        actor,
        key,
        operation,
        payload,
        code -> code.codeId().value(),
        id -> store.now(ExamCodeId.of(id)),
        command);
  }

  CodeStore store() {
    return store;
  }

  VisibleCodes visible() {
    return visible;
  }

  AssignmentRules rules() {
    return rules;
  }

  CodeExpiry expiry() {
    return expiry;
  }
}
