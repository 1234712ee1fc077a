package io.acpbenefits.examcode;

import io.acpbenefits.common.AccountId;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.Operation;
import io.acpbenefits.common.Reason;
import io.acpbenefits.common.Refusal;
import io.acpbenefits.exam.ExamId;
import io.acpbenefits.internal.Domain;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What an exam does to a code: reserves, frees, redeems, forfeits it. Steps of the library, called
 * by exam registrations and exam records, which know what happened and have asked for permission;
 * thread-safe.
 */
public final class CodeUse {

  private final Domain domain;
  private final ExamCodes codes;
  private final CodeStore store;

  /**
   * Called by {@code AcpBenefits}.
   *
   * @param domain what features are built on
   * @param codes the codes
   */
  public CodeUse(Domain domain, ExamCodes codes) {
    this.domain = domain;
    this.codes = codes;
    this.store = codes.store();
  }

  /**
   * The code that a member would pay an exam with.
   *
   * @param holder who
   * @param exam which exam
   * @return an assigned code that fits
   * @throws Refusal EXAM_MISMATCH if only codes for other exams are assigned, else
   *     NO_CODE_AVAILABLE
   */
  public ExamCodeId assignedFor(AccountId holder, ExamId exam) {
    List<ExamCode> assigned =
        codes.openCodes(Actor.system(), holder).stream()
            .filter(code -> code.state() == ExamCodeState.ASSIGNED)
            .toList();
    return assigned.stream()
        .filter(code -> code.examId().equals(exam))
        .findFirst()
        .map(ExamCode::codeId)
        .orElseThrow(
            () ->
                assigned.isEmpty()
                    ? new Refusal(
                        Reason.NO_CODE_AVAILABLE,
                        "No exam code is assigned to this account; ask the training admin for one.")
                    : mismatch(assigned.get(0).examId(), exam));
  }

  /**
   * Books an exam with a code.
   *
   * @param holder who pays with it
   * @param id which code
   * @param exam which exam
   * @param appointment when it is sat
   * @param until until when the result of the exam may come in
   * @throws Refusal NOT_FOUND if it is not the holder's, EXAM_MISMATCH, CODE_EXPIRED if it has
   *     expired or will have by then, or ILLEGAL_STATE unless it is assigned
   */
  public void reserve(
      AccountId holder, ExamCodeId id, ExamId exam, Instant appointment, Instant until) {
    domain.run(
        () -> {
          ExamCode code = codes.visible().lock(id);
          if (!holder.equals(code.holder())) {
            throw CodeStore.notFound();
          }
          if (!code.examId().equals(exam)) {
            throw mismatch(code.examId(), exam);
          }
          store.require(Operation.RESERVE_CODE, code);
          requireAliveAt(code, appointment);
          move(Operation.RESERVE_CODE, code, code.with(ExamCodeState.RESERVED, holder, until));
        });
  }

  /**
   * Notes that the appointment was moved.
   *
   * @param id which reserved code
   * @param appointment when the exam is sat now
   * @param until until when the result may come in now
   * @throws Refusal CODE_EXPIRED if it has expired or will have by then, or ILLEGAL_STATE unless it
   *     is reserved
   */
  public void extendReservation(ExamCodeId id, Instant appointment, Instant until) {
    domain.run(
        () -> {
          ExamCode code = codes.visible().lock(id);
          store.require(Operation.MOVE_RESERVATION, code);
          requireAliveAt(code, appointment);
          move(
              Operation.MOVE_RESERVATION,
              code,
              code.with(ExamCodeState.RESERVED, code.holder(), until));
        });
  }

  /**
   * Refuses what {@link #extendReservation} would refuse, and changes nothing.
   *
   * @param id which reserved code
   * @param appointment when the exam is to be sat
   * @throws Refusal CODE_EXPIRED if it has expired or will have by then, or ILLEGAL_STATE unless it
   *     is reserved
   */
  public void requireExtendable(ExamCodeId id, Instant appointment) {
    domain.run(
        () -> {
          ExamCode code = codes.visible().lock(id);
          store.require(Operation.MOVE_RESERVATION, code);
          requireAliveAt(code, appointment);
        });
  }

  /**
   * Frees a code whose exam was canceled in time: back to its holder, or to the partner if the
   * holder is no member any more. Nothing unless it is reserved.
   *
   * @param id which code
   */
  public void free(ExamCodeId id) {
    domain.run(
        () -> {
          ExamCode code = codes.visible().lock(id);
          if (allows(Operation.FREE_CODE, code)) {
            move(Operation.FREE_CODE, code, codes.rules().freed(code));
          }
        });
  }

  /**
   * Notes that the exam was sat with this code; nothing if the code is final already, or forfeited.
   * A code that nobody is known to hold is redeemed too: it was used, so it must not be assigned.
   *
   * @param id which code
   */
  public void redeem(ExamCodeId id) {
    finish(Operation.REDEEM_CODE, id, ExamCodeState.REDEEMED);
  }

  /**
   * Notes that the code was lost by a no-show or a late cancellation; nothing if it is final or
   * forfeited already. A code that nobody is known to hold is forfeited too.
   *
   * @param id which code
   */
  public void forfeit(ExamCodeId id) {
    finish(Operation.FORFEIT_CODE, id, ExamCodeState.FORFEITED);
  }

  private void finish(Operation operation, ExamCodeId id, ExamCodeState state) {
    domain.run(
        () -> {
          ExamCode code = codes.visible().lock(id);
          if (allows(operation, code)) {
            move(operation, code, code.with(state, code.holder(), null));
          }
        });
  }

  private boolean allows(Operation operation, ExamCode code) {
    return ExamCodeState.lifecycle().allows(operation, code.at(domain.now()).state());
  }

  private void move(Operation operation, ExamCode from, ExamCode to) {
    store.move(Actor.system(), operation, from, to, null);
  }

  /**
   * Finds a code by the text that a result names.
   *
   * @param text the voucher code of the result
   * @return the code, or empty if no partner has it
   */
  public Optional<ExamCode> byText(CodeText text) {
    return store.findByText(text);
  }

  private static void requireAliveAt(ExamCode code, Instant appointment) {
    if (!appointment.isBefore(code.expiresAt())) {
      throw Refusal.of(
          Reason.CODE_EXPIRED,
          "The exam code expires at %s; choose an appointment before that.",
          code.expiresAt());
    }
  }

  private static Refusal mismatch(ExamId fits, ExamId exam) {
    return Refusal.of(
        Reason.EXAM_MISMATCH, "The exam code is for exam %s, not for exam %s.", fits, exam);
  }
}
