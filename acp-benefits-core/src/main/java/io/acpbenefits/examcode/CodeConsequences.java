package io.acpbenefits.examcode;

import io.acpbenefits.common.Actor;
import io.acpbenefits.common.Operation;
import io.acpbenefits.exam.ExamChanged;
import io.acpbenefits.internal.Domain;
import io.acpbenefits.organization.MembershipEnded;
import io.acpbenefits.organization.MembershipStarted;
import io.acpbenefits.partner.PartnerId;
import io.acpbenefits.partner.PartnerState;
import io.acpbenefits.partner.PartnerStateChanged;
import java.time.Instant;

/**
 * What becomes of codes when members come and go, and when partners or exams end, in the same
 * transaction.
 */
final class CodeConsequences {

  private final Domain domain;
  private final CodeStore store;
  private final VisibleCodes codes;

  CodeConsequences(Domain domain, CodeStore store, VisibleCodes codes) {
    this.domain = domain;
    this.store = store;
    this.codes = codes;
  }

  void listen() {
    domain.on(MembershipEnded.class, this::takeBack);
    domain.on(MembershipStarted.class, this::forgetThatTheHolderLeft);
    domain.on(
        PartnerStateChanged.class,
        event -> {
          if (event.state() == PartnerState.TERMINATED) {
            revokeAll(event.partnerId());
          }
        });
    domain.on(ExamChanged.class, this::endWithTheExam);
  }

  private void endWithTheExam(ExamChanged event) {
    Instant end = event.endOfLife();
    if (end != null) {
      store.endBy(event.examId(), end);
    }
  }

  /** Assigned codes go back to the partner; a booked one is left to a manager. */
  private void takeBack(MembershipEnded event) {
    for (ExamCode code :
        store.heldIn(event.organizationId(), event.accountId(), ExamCodeState.ASSIGNED)) {
      ExamCode locked = store.lock(code.codeId());
      if (locked.at(domain.now()).state() == ExamCodeState.ASSIGNED) {
        ExamCode back = locked.with(ExamCodeState.ISSUED, null, null);
        store.move(Actor.system(), Operation.RETURN_CODE, locked, back, "The holder left.");
      }
    }
    for (ExamCode code :
        store.heldIn(event.organizationId(), event.accountId(), ExamCodeState.RESERVED)) {
      ExamCode locked = store.lock(code.codeId());
      store.note(locked.holderLeft(domain.now()));
      domain.publish(new ExamCodeHolderLeft(locked.codeId(), locked.partnerId(), locked.examId()));
    }
  }

  private void forgetThatTheHolderLeft(MembershipStarted event) {
    store
        .heldIn(event.organizationId(), event.accountId(), ExamCodeState.RESERVED)
        .forEach(code -> store.note(store.lock(code.codeId()).holderLeft(null)));
  }

  private void revokeAll(PartnerId partner) {
    for (ExamCodeId id : store.openOfPartner(partner)) {
      ExamCode code = codes.lock(id);
      if (ExamCodeState.lifecycle().allows(Operation.REVOKE_CODE, code.at(domain.now()).state())) {
        ExamCode revoked = code.with(ExamCodeState.REVOKED, code.holder(), null);
        store.move(
            Actor.system(), Operation.REVOKE_CODE, code, revoked, "The partner was terminated.");
      }
    }
  }
}
