package io.acpbenefits.examcode;

import io.acpbenefits.audit.Audit;
import io.acpbenefits.common.AccountId;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.Operation;
import io.acpbenefits.common.Page;
import io.acpbenefits.common.PageRequest;
import io.acpbenefits.common.Reason;
import io.acpbenefits.common.Refusal;
import io.acpbenefits.exam.Exam;
import io.acpbenefits.exam.Exams;
import io.acpbenefits.idempotency.RequestKey;
import io.acpbenefits.internal.Domain;
import io.acpbenefits.partner.Partner;
import io.acpbenefits.partner.PartnerId;
import io.acpbenefits.partner.Partners;
import io.acpbenefits.permission.Access;
import io.acpbenefits.permission.Subject;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What people do to single codes out of turn, each with a reason that goes to the audit: reinstate,
 * extend, revoke, release, decide; thread-safe. To everybody who may not see a code there is none.
 *
 * <p>A reason, or an evidence, has 1 to 500 characters and never the text of a code.
 */
public final class CodeInterventions {

  /** What a manager decides on a booked code. */
  public enum Decision {
    /** Leave it with its holder until the exam, whose result then ends it as always. */
    LEAVE,
    /** Take it away for good; the exam cannot be sat with it as far as the library is concerned. */
    REVOKE
  }

  private static final Period LONGEST = Period.ofYears(10);

  private final Domain domain;
  private final Access access;
  private final Partners partners;
  private final Exams exams;
  private final ExamCodes codes;
  private final CodeStore store;

  /**
   * Called by {@code AcpBenefits}.
   *
   * @param domain what features are built on
   * @param access who may do what
   * @param partners whose codes these are
   * @param exams what codes fit
   * @param codes the codes
   */
  public CodeInterventions(
      Domain domain, Access access, Partners partners, Exams exams, ExamCodes codes) {
    this.domain = domain;
    this.access = access;
    this.partners = partners;
    this.exams = exams;
    this.codes = codes;
    this.store = codes.store();
  }

  /**
   * Gives a forfeited code back to its last holder; one that nobody was known to hold goes back to
   * the partner. It lives as long as before, but no longer than its exam.
   *
   * @param actor by default an operator or the system
   * @param id which code
   * @param evidence what shows that it was not lost
   * @return the code, assigned, or issued if nobody held it
   * @throws Refusal NOT_FOUND, NOT_PERMITTED, INVALID_INPUT without evidence, ILLEGAL_STATE unless
   *     it is forfeited, CODE_EXPIRED if its life is over, PARTNER_SUSPENDED, EXAM_RETIRED,
   *     NOT_A_MEMBER if its last holder has left, or CODE_ALREADY_HELD if that one holds another
   *     open code for the exam by now
   */
  public ExamCode reinstate(Actor actor, ExamCodeId id, String evidence) {
    return reinstate(actor, id, evidence, null);
  }

  /**
   * Gives a forfeited code back, once for each request key.
   *
   * @param actor by default an operator or the system
   * @param id which code
   * @param evidence what shows that it was not lost
   * @param key the command's key, or null
   * @return the code as it stands now
   * @throws Refusal as without a key; REQUEST_KEY_REUSED
   */
  public ExamCode reinstate(Actor actor, ExamCodeId id, String evidence, @Nullable RequestKey key) {
    ExamCode seen = codes.visible().get(actor, Operation.REINSTATE_CODE, id);
    String why = Audit.requireWhy(evidence);
    return codes.once(
        actor,
        key,
        Operation.REINSTATE_CODE,
        List.of(id, why),
        () -> {
          // Locked, or a partner that is terminated meanwhile would keep this code.
          Partner partner = partners.lock(Actor.system(), seen.partnerId());
          Exam exam = exams.lock(Actor.system(), seen.examId());
          ExamCode code = codes.visible().lock(actor, Operation.REINSTATE_CODE, id);
          store.require(Operation.REINSTATE_CODE, code);
          store.requireAlive(code);
          partner.requireActive();
          exam.requireAlive(domain.now());
          // The end of an exam is brought forward for open codes only.
          ExamCode capped = code.expiring(codes.expiry().endOf(exam, code.expiresAt()));
          AccountId holder = code.holder();
          if (holder == null) {
            ExamCode issued = capped.with(ExamCodeState.ISSUED, null, null);
            return store.move(actor, Operation.REINSTATE_CODE, code, issued, why);
          }
          codes.rules().lockCandidate(code.partnerId(), code.examId(), holder);
          codes.expiry().settle(holder);
          ExamCode assigned = capped.with(ExamCodeState.ASSIGNED, holder, null);
          return store.move(actor, Operation.REINSTATE_CODE, code, assigned, why);
        });
  }

  /**
   * Lengthens a code's life; its state stays.
   *
   * @param actor by default an operator or the system
   * @param id which code
   * @param until its new end, cut to the microsecond: after the old one, at most 10 years from now,
   *     and not after its exam's end of life
   * @param why the reason
   * @return the code
   * @throws Refusal NOT_FOUND, NOT_PERMITTED, INVALID_INPUT for the reason or the instant,
   *     CODE_EXPIRED if its life is over, ILLEGAL_STATE if it is final, or EXAM_RETIRED if the exam
   *     ends before
   */
  public ExamCode extend(Actor actor, ExamCodeId id, Instant until, String why) {
    return extend(actor, id, until, why, null);
  }

  /**
   * Lengthens a code's life, once for each request key.
   *
   * @param actor by default an operator or the system
   * @param id which code
   * @param until its new end
   * @param why the reason
   * @param key the command's key, or null
   * @return the code as it stands now
   * @throws Refusal as without a key; REQUEST_KEY_REUSED
   */
  public ExamCode extend(
      Actor actor, ExamCodeId id, Instant until, String why, @Nullable RequestKey key) {
    ExamCode seen = codes.visible().get(actor, Operation.EXTEND_CODE, id);
    String reason = Audit.requireWhy(why);
    Instant end = until.truncatedTo(ChronoUnit.MICROS);
    return codes.once(
        actor,
        key,
        Operation.EXTEND_CODE,
        List.of(id, end, reason),
        () -> {
          // Locked, or its end of life could be brought forward past the end that is written here.
          Exam exam = exams.lock(Actor.system(), seen.examId());
          ExamCode code = codes.visible().lock(actor, Operation.EXTEND_CODE, id);
          store.require(Operation.EXTEND_CODE, code);
          store.requireAlive(code);
          requireLater(code, end, exam);
          return store.move(actor, Operation.EXTEND_CODE, code, code.expiring(end), reason);
        });
  }

  private void requireLater(ExamCode code, Instant end, Exam exam) {
    if (!end.isAfter(code.expiresAt()) || end.isAfter(farthest(domain.now()))) {
      throw Refusal.of(
          Reason.INVALID_INPUT,
          "The new end must lie after %s and at most %d years ahead; %s does not.",
          code.expiresAt(),
          LONGEST.getYears(),
          end);
    }
    Instant last = exam.endOfLife();
    if (last != null && end.isAfter(last)) {
      throw Refusal.of(
          Reason.EXAM_RETIRED,
          "Exam %s ends at %s; no code of it can live longer.",
          exam.examId(),
          last);
    }
  }

  /** The last instant that anybody may give as the end of a code. */
  static Instant farthest(Instant now) {
    return now.atOffset(ZoneOffset.UTC).plus(LONGEST).toInstant();
  }

  /**
   * Takes a code away for good.
   *
   * @param actor by default an operator or the system
   * @param id which code
   * @param why the reason
   * @return the code, revoked
   * @throws Refusal NOT_FOUND, NOT_PERMITTED, INVALID_INPUT, CODE_EXPIRED, or ILLEGAL_STATE if it
   *     is final
   */
  public ExamCode revoke(Actor actor, ExamCodeId id, String why) {
    String reason = Audit.requireWhy(why);
    return domain.inTransaction(
        () -> {
          ExamCode code = codes.visible().lock(actor, Operation.REVOKE_CODE, id);
          store.require(Operation.REVOKE_CODE, code);
          return revoke(actor, Operation.REVOKE_CODE, code, reason);
        });
  }

  private ExamCode revoke(Actor actor, Operation operation, ExamCode code, String why) {
    ExamCode revoked = code.with(ExamCodeState.REVOKED, code.holder(), null);
    return store.move(actor, operation, code, revoked, why);
  }

  /**
   * Ends the reservation of a code whose result never came: an appointment that passed proves
   * nothing, so a person says that the exam was not sat with it. The code is its holder's again, or
   * the partner's if the holder has left. If the result comes after all, it ends the code then,
   * whoever holds it: it was used.
   *
   * @param actor by default an owner, a manager or the platform
   * @param id which code
   * @param why the reason
   * @return the code, assigned or issued
   * @throws Refusal NOT_FOUND, NOT_PERMITTED, INVALID_INPUT, CODE_EXPIRED, or ILLEGAL_STATE unless
   *     it is reserved and the time in which the result may come is over
   */
  public ExamCode release(Actor actor, ExamCodeId id, String why) {
    String reason = Audit.requireWhy(why);
    return domain.inTransaction(
        () -> {
          ExamCode code = codes.visible().lock(actor, Operation.RELEASE_CODE, id);
          store.require(Operation.RELEASE_CODE, code);
          if (!code.isOverdue(domain.now())) {
            throw Refusal.of(
                Reason.ILLEGAL_STATE,
                "The exam code is %s and its exam's result may come until %s; release it then.",
                code.state(),
                String.valueOf(code.reservedUntil()));
          }
          ExamCode freed = codes.rules().freed(code);
          return store.move(actor, Operation.RELEASE_CODE, code, freed, reason);
        });
  }

  /**
   * The booked codes that wait for a person: the holder has left and nobody has decided, or the
   * time in which the result may come is over. See {@link ExamCode#holderLeftAt()} and {@link
   * ExamCode#reservedUntil()} for which of the two.
   *
   * @param actor by default an owner, a manager or the platform
   * @param partner whose codes
   * @param page which part
   * @return in the order of their issue
   * @throws Refusal NOT_PERMITTED
   */
  public Page<ExamCode> codesToDecide(Actor actor, PartnerId partner, PageRequest page) {
    access.require(actor, Operation.SEE_CODES, Subject.ofPartner(partner));
    return page.of(store.toDecide(partner, page), code -> code.codeId().value());
  }

  /**
   * Decides on one of the {@link #codesToDecide}.
   *
   * @param actor by default an owner, a manager or the platform
   * @param id which code
   * @param decision what becomes of it; leaving it until the exam is possible only before the
   *     result is overdue, afterwards see {@link #release}
   * @param why the reason
   * @return the code, reserved or revoked
   * @throws Refusal NOT_FOUND, NOT_PERMITTED, INVALID_INPUT, CODE_EXPIRED, or ILLEGAL_STATE unless
   *     it is reserved and waits for this decision
   */
  public ExamCode decide(Actor actor, ExamCodeId id, Decision decision, String why) {
    String reason = Audit.requireWhy(why);
    return domain.inTransaction(
        () -> {
          ExamCode code = codes.visible().lock(actor, Operation.DECIDE_CODE, id);
          store.require(Operation.DECIDE_CODE, code);
          boolean overdue = code.isOverdue(domain.now());
          boolean waits =
              switch (decision) {
                case LEAVE -> code.holderLeftAt() != null && !overdue;
                case REVOKE -> code.holderLeftAt() != null || overdue;
              };
          if (!waits) {
            throw Refusal.of(
                Reason.ILLEGAL_STATE,
                "The exam code is %s until %s; this is not to be decided now.",
                code.state(),
                String.valueOf(code.reservedUntil()));
          }
          return decision == Decision.REVOKE
              ? revoke(actor, Operation.DECIDE_CODE, code, reason)
              : store.move(actor, Operation.DECIDE_CODE, code, code.holderLeft(null), reason);
        });
  }
}
