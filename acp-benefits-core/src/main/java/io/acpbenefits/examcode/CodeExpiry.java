package io.acpbenefits.examcode;

import io.acpbenefits.common.AccountId;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.Operation;
import io.acpbenefits.exam.Exam;
import io.acpbenefits.internal.Domain;
import io.acpbenefits.internal.DueRows;
import java.time.Instant;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** When codes end, and the writing of it. */
final class CodeExpiry {

  private final Domain domain;
  private final CodeStore store;
  private final VisibleCodes codes;
  private final CodePolicy policy;

  CodeExpiry(Domain domain, CodeStore store, VisibleCodes codes, CodePolicy policy) {
    this.domain = domain;
    this.store = store;
    this.codes = codes;
    this.policy = policy;
  }

  /**
   * The end of a code that begins to live now: as told, else by the policy; never past the exam.
   */
  Instant endOf(Exam exam, @Nullable Instant told) {
    Instant end =
        told != null ? told : domain.now().atOffset(ZoneOffset.UTC).plus(policy.life()).toInstant();
    Instant last = exam.endOfLife();
    return last != null && last.isBefore(end) ? last : end;
  }

  int settleDue() {
    return DueRows.settle(domain, store::due, this::settle);
  }

  /** Writes the expiry of what an account still seems to hold; the account is locked. */
  void settle(AccountId holder) {
    store.expired(holder).forEach(this::settle);
  }

  private boolean settle(ExamCodeId id) {
    ExamCode code = codes.lock(id);
    ExamCode now = code.at(domain.now());
    boolean due = now.state() != code.state();
    if (due) {
      store.move(Actor.system(), Operation.EXPIRE_CODE, code, now, null);
      if (policy.refundExpired() && code.state() != ExamCodeState.RESERVED) {
        store
            .reference(id)
            .ifPresent(
                reference ->
                    domain.publish(
                        new CodesExpired(code.partnerId(), code.examId(), reference, 1)));
      }
    }
    return due;
  }
}
