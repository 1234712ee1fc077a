package io.acpbenefits.examcode;

import io.acpbenefits.audit.AuditLog;
import io.acpbenefits.common.AccountId;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.Reason;
import io.acpbenefits.common.Refusal;
import io.acpbenefits.exam.Exam;
import io.acpbenefits.exam.ExamId;
import io.acpbenefits.exam.Exams;
import io.acpbenefits.idempotency.RequestKeys;
import io.acpbenefits.internal.Domain;
import io.acpbenefits.organization.Accounts;
import io.acpbenefits.organization.MembershipEnded;
import io.acpbenefits.organization.Organization;
import io.acpbenefits.organization.Organizations;
import io.acpbenefits.organization.Role;
import io.acpbenefits.partner.PartnerId;
import io.acpbenefits.partner.Partners;
import io.acpbenefits.permission.Access;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/**
 * The exam codes that partners have: assigned to members, returned, shown; thread-safe.
 *
 * <p>{@code ISSUED ⇄ ASSIGNED → RESERVED → REDEEMED}; {@code RESERVED → ASSIGNED | FORFEITED |
 * EXPIRED}; {@code ISSUED | ASSIGNED → EXPIRED}; straight {@code ASSIGNED → REDEEMED} for results
 * without a booking. What an exam does to a code is in {@link CodeUse}. The text of a code is
 * encrypted at rest and leaves only through {@link #reveal}.
 *
 * <p>Source: the "Pearson Exam Code" list, and "How to Utilize the Exam Code".
 */
public final class ExamCodes {

  private final Domain domain;
  private final Partners partners;
  private final Exams exams;
  private final Accounts accounts;
  private final Organizations organizations;
  private final CodePolicy policy;
  private final CodeStore store;

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
      io.acpbenefits.secret.Vault secrets,
      CodePolicy policy) {
    this.domain = domain.idType(ExamCodeId.class, ExamCodeId::new);
    this.partners = partners;
    this.exams = exams;
    this.accounts = accounts;
    this.organizations = organizations;
    this.policy = policy;
    this.store = new CodeStore(domain, domain.rows(ExamCodeMapper.class), secrets);
    domain.on(MembershipEnded.class, this::takeBack);
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
   * @throws Refusal ALREADY_EXISTS if a code is known already
   */
  public List<ExamCode> issue(
      Actor.Library library,
      PartnerId partner,
      ExamId examId,
      List<CodeText> codes,
      String reference) {
    return domain.inTransaction(
        () -> {
          Organization organization = organizations.ofPartner(Actor.system(), partner);
          Exam exam = exams.get(Actor.system(), examId);
          return codes.stream()
              .map(
                  text ->
                      store.add(
                          new ExamCode(
                              ExamCodeId.of(domain.newId()),
                              partner,
                              organization.organizationId(),
                              examId,
                              ExamCodeState.ISSUED,
                              null,
                              domain.now(),
                              endOfLife(exam),
                              null),
                          text,
                          reference))
              .toList();
        });
  }

  private Instant endOfLife(Exam exam) {
    Instant end = domain.now().atOffset(ZoneOffset.UTC).plus(policy.life()).toInstant();
    Instant last = exam.endOfLife();
    return last != null && last.isBefore(end) ? last : end;
  }

  /**
   * Assigns any issued code of an exam to a member: the one that expires first.
   *
   * @param actor an owner, a manager or the platform
   * @param partner whose code
   * @param examId for which exam
   * @param account to which member
   * @return the code, assigned
   * @throws Refusal NOT_PERMITTED, NOT_FOUND, PARTNER_SUSPENDED, EXAM_RETIRED, NOT_A_MEMBER,
   *     CODE_ALREADY_HELD if the member holds an open code for the exam, or NO_CODE_AVAILABLE
   */
  public ExamCode assign(Actor actor, PartnerId partner, ExamId examId, AccountId account) {
    return domain.inTransaction(
        () -> {
          requireAssignable(actor, partner, examId, account);
          ExamCode free =
              store
                  .lockFree(partner, examId)
                  .orElseThrow(
                      () ->
                          Refusal.of(
                              Reason.NO_CODE_AVAILABLE,
                              "Partner %s has no issued code for exam %s left; apply for more.",
                              partner,
                              examId));
          return store.move(free, free.with(ExamCodeState.ASSIGNED, account, null));
        });
  }

  private void requireAssignable(Actor actor, PartnerId partner, ExamId examId, AccountId account) {
    Organization organization = organizations.ofPartner(Actor.system(), partner);
    organizations.requireRole(actor, organization.organizationId(), Role.MANAGER);
    partners.get(Actor.system(), partner).requireActive();
    exams.get(Actor.system(), examId).requireAlive(domain.now());
    accounts.lock(Actor.system(), account);
    organizations.requireMember(Actor.system(), organization.organizationId(), account);
    store.expired(account).forEach(this::expireIfDue);
    boolean held =
        openCodes(Actor.system(), account).stream()
            .anyMatch(code -> code.examId().equals(examId) && code.partnerId().equals(partner));
    if (held) {
      throw Refusal.of(
          Reason.CODE_ALREADY_HELD, "This member holds an open code for exam %s already.", examId);
    }
  }

  /**
   * Gives an assigned code back to the partner.
   *
   * @param actor its holder, an owner, a manager or the platform
   * @param id which code
   * @return the code, issued again
   * @throws Refusal NOT_FOUND if it is not the actor's to see, CODE_EXPIRED, or ILLEGAL_STATE
   *     unless it is assigned
   */
  public ExamCode giveBack(Actor actor, ExamCodeId id) {
    return domain.inTransaction(
        () -> {
          ExamCode code = lockVisible(actor, id);
          requireState(code, ExamCodeState.ASSIGNED);
          return store.move(code, code.with(ExamCodeState.ISSUED, null, null));
        });
  }

  /**
   * Shows a code's text.
   *
   * @param actor its holder, an owner, a manager or the platform
   * @param id which code
   * @return the text
   * @throws Refusal NOT_FOUND if it is not the actor's to see
   */
  public CodeText reveal(Actor actor, ExamCodeId id) {
    return domain.inTransaction(() -> store.reveal(lockVisible(actor, id)));
  }

  /** The holder and the partner's people may see a code; to all others there is none. */
  private ExamCode lockVisible(Actor actor, ExamCodeId id) {
    return lockWithAccount(id, actor);
  }

  private ExamCode lockWithAccount(ExamCodeId id, Actor actor) {
    ExamCode code = lockWithHolder(id);
    if (!(code.holder() != null && actor.is(code.holder()))
        && !organizations.hasRole(actor, code.organizationId(), Role.MANAGER)) {
      throw CodeStore.notFound();
    }
    return code;
  }

  /**
   * Accounts are locked before codes, everywhere, so that two transactions never wait in a ring.
   */
  ExamCode lockWithHolder(ExamCodeId id) {
    AccountId holder = store.find(id).holder();
    if (holder != null) {
      accounts.lock(Actor.system(), holder);
    }
    return store.lock(id);
  }

  private void takeBack(MembershipEnded event) {
    for (ExamCode code : store.assignedIn(event.organizationId(), event.accountId())) {
      ExamCode locked = store.lock(code.codeId());
      if (locked.at(domain.now()).state() == ExamCodeState.ASSIGNED) {
        store.move(locked, locked.with(ExamCodeState.ISSUED, null, null));
      }
    }
  }

  void requireState(ExamCode code, ExamCodeState state) {
    ExamCodeState now = code.at(domain.now()).state();
    if (now == ExamCodeState.EXPIRED) {
      throw Refusal.of(Reason.CODE_EXPIRED, "The exam code expired at %s.", code.expiresAt());
    }
    if (now != state) {
      throw Refusal.of(
          Reason.ILLEGAL_STATE, "The exam code is %s; it must be %s for this.", now, state);
    }
  }

  /**
   * The open code, assigned or reserved, that a member holds for an exam.
   *
   * @param actor who asks
   * @param holder who
   * @param examId for which exam
   * @return the code, or empty
   */
  public Optional<ExamCode> openCode(Actor actor, AccountId holder, ExamId examId) {
    return openCodes(Actor.system(), holder).stream()
        .filter(code -> code.examId().equals(examId))
        .findFirst();
  }

  /**
   * The open codes, assigned or reserved, that a member holds.
   *
   * @param actor who asks
   * @param holder who
   * @return in the order of their issue
   */
  public List<ExamCode> openCodes(Actor actor, AccountId holder) {
    return store.openOf(holder);
  }

  /**
   * A partner's codes as they stand now: the "Pearson Exam Code" list.
   *
   * @param actor an owner, a manager or the platform
   * @param partner whose
   * @return in the order of their issue
   * @throws Refusal NOT_PERMITTED
   */
  public List<ExamCode> ofPartner(Actor actor, PartnerId partner) {
    organizations.requireRole(
        actor, organizations.ofPartner(Actor.system(), partner).organizationId(), Role.MANAGER);
    return store.ofPartner(partner);
  }

  /**
   * The codes that an application brought.
   *
   * @param actor who asks
   * @param reference the application's id
   * @return in the order of their issue
   */
  public List<ExamCode> ofApplication(Actor actor, String reference) {
    return store.ofApplication(reference);
  }

  /**
   * Gets a code as it stands now.
   *
   * @param actor who asks
   * @param id which
   * @return the code
   * @throws Refusal NOT_FOUND
   */
  public ExamCode get(Actor actor, ExamCodeId id) {
    return store.find(id).at(domain.now());
  }

  /**
   * Writes what has become due by time alone; idempotent.
   *
   * @return how many codes expired
   */
  public int settleDue() {
    List<ExamCodeId> due = store.due();
    for (ExamCodeId id : due) {
      domain.run(() -> expireIfDue(id));
    }
    return due.size();
  }

  /**
   * When codes next become due by time alone.
   *
   * @return the instant, perhaps past, or empty
   */
  public Optional<Instant> nextDue() {
    return store.nextDue();
  }

  private void expireIfDue(ExamCodeId id) {
    ExamCode code = lockWithHolder(id);
    ExamCode now = code.at(domain.now());
    if (now.state() != code.state()) {
      store.move(code, now);
    }
  }

  CodeStore store() {
    return store;
  }
}
