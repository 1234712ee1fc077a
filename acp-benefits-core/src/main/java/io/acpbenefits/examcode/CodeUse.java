package io.acpbenefits.examcode;

import io.acpbenefits.audit.AuditLog;
import io.acpbenefits.common.AccountId;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.Reason;
import io.acpbenefits.common.Refusal;
import io.acpbenefits.exam.ExamId;
import io.acpbenefits.internal.Domain;
import io.acpbenefits.organization.Organizations;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What an exam does to a code: reserves, frees, redeems, forfeits it. Called by exam registrations
 * and exam records, which know what happened; thread-safe.
 */
public final class CodeUse {

  private final Domain domain;
  private final Organizations organizations;
  private final ExamCodes codes;
  private final CodeStore store;

  /**
   * Called by {@code AcpBenefits}.
   *
   * @param domain what features are built on
   * @param log where it is recorded
   * @param organizations whose members hold codes
   * @param codes the codes
   */
  public CodeUse(Domain domain, AuditLog log, Organizations organizations, ExamCodes codes) {
    this.domain = domain;
    this.organizations = organizations;
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
          ExamCode code = codes.lockWithHolder(id);
          if (!holder.equals(code.holder())) {
            throw CodeStore.notFound();
          }
          if (!code.examId().equals(exam)) {
            throw mismatch(code.examId(), exam);
          }
          codes.requireState(code, ExamCodeState.ASSIGNED);
          requireAliveAt(code, appointment);
          store.move(code, code.with(ExamCodeState.RESERVED, holder, until));
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
          ExamCode code = codes.lockWithHolder(id);
          codes.requireState(code, ExamCodeState.RESERVED);
          requireAliveAt(code, appointment);
          store.move(code, code.with(ExamCodeState.RESERVED, code.holder(), until));
        });
  }

  /**
   * Frees a code whose exam was canceled in time: back to its holder, or to the partner if the
   * holder is no member any more.
   *
   * @param id which code
   */
  public void free(ExamCodeId id) {
    domain.run(
        () -> {
          ExamCode code = codes.lockWithHolder(id);
          if (code.state() != ExamCodeState.RESERVED) {
            return;
          }
          AccountId holder = code.holder();
          boolean member =
              holder != null
                  && organizations
                      .activeMembership(Actor.system(), holder)
                      .filter(m -> m.organizationId().equals(code.organizationId()))
                      .isPresent();
          ExamCode freed =
              member
                  ? code.with(ExamCodeState.ASSIGNED, holder, null)
                  : code.with(ExamCodeState.ISSUED, null, null);
          store.move(code, freed.at(domain.now()));
        });
  }

  /**
   * Notes that the exam was sat with this code; nothing if the code is final already.
   *
   * @param id which code
   */
  public void redeem(ExamCodeId id) {
    finish(id, ExamCodeState.REDEEMED);
  }

  /**
   * Notes that the code was lost by a no-show or a late cancellation; nothing if it is final
   * already.
   *
   * @param id which code
   */
  public void forfeit(ExamCodeId id) {
    finish(id, ExamCodeState.FORFEITED);
  }

  private void finish(ExamCodeId id, ExamCodeState state) {
    domain.run(
        () -> {
          ExamCode code = codes.lockWithHolder(id);
          ExamCodeState now = code.at(domain.now()).state();
          if (now == ExamCodeState.ASSIGNED || now == ExamCodeState.RESERVED) {
            store.move(code, code.with(state, code.holder(), null));
          }
        });
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
