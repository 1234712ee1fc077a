package io.acpbenefits.examcode;

import static io.acpbenefits.CoreFixture.assertRefused;
import static io.acpbenefits.CoreFixture.refusal;
import static io.acpbenefits.examcode.CodeFixture.ALL;
import static io.acpbenefits.examcode.CodeFixture.TICK;
import static io.acpbenefits.examcode.CodeInterventions.Decision.LEAVE;
import static io.acpbenefits.examcode.CodeInterventions.Decision.REVOKE;
import static org.assertj.core.api.Assertions.assertThat;

import io.acpbenefits.audit.AuditEntry;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.Operation;
import io.acpbenefits.common.Page;
import io.acpbenefits.common.PageRequest;
import io.acpbenefits.common.Reason;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class CodesToDecideTest {

  /** The exam is in 7 days, its result may take 3 more. */
  private static final Duration WINDOW = Duration.ofDays(10);

  private final CodeFixture it = new CodeFixture();
  private final CodeInterventions interventions = it.interventions;
  private final Actor owner = it.core.owner;

  private List<ExamCode> toDecide() {
    return interventions.codesToDecide(owner, it.core.acme, ALL).items();
  }

  @Test
  void aBookedCodeWhoseHolderLeftWaitsForAManager() {
    ExamCodeId id = it.reserved("CODE1");
    it.assigned(it.core.security, "OTHER");
    assertThat(toDecide()).isEmpty();
    it.after(Duration.ofHours(1));
    it.told.clear();

    it.annQuits();

    assertThat(toDecide()).containsExactly(it.get(id));
    assertThat(it.get(id))
        .extracting(ExamCode::state, ExamCode::holder, ExamCode::holderLeftAt)
        .containsExactly(ExamCodeState.RESERVED, it.core.ann, it.core.clock.instant());
    assertThat(it.told(ExamCodeHolderLeft.class))
        .containsExactly(new ExamCodeHolderLeft(id, it.core.acme, it.core.cloud));
  }

  @Test
  void leavingItUntilTheExamTakesItOffTheListUntilItsResultIsOverdue() {
    ExamCodeId id = it.reserved("CODE1");
    it.annQuits();

    ExamCode code = interventions.decide(owner, id, LEAVE, "she has paid the trip");

    assertThat(code).isEqualTo(it.get(id));
    assertThat(code)
        .extracting(ExamCode::state, ExamCode::holderLeftAt)
        .containsExactly(ExamCodeState.RESERVED, null);
    assertThat(code.reservedUntil()).isEqualTo(it.core.in(WINDOW));
    assertThat(it.lastOf(id))
        .extracting(
            AuditEntry::operation, AuditEntry::fromState, AuditEntry::toState, AuditEntry::why)
        .containsExactly(Operation.DECIDE_CODE, "RESERVED", "RESERVED", "she has paid the trip");
    assertThat(toDecide()).isEmpty();
    assertRefused(Reason.ILLEGAL_STATE, () -> interventions.decide(owner, id, LEAVE, "again"));
    assertRefused(Reason.ILLEGAL_STATE, () -> interventions.decide(owner, id, REVOKE, "after all"));

    it.after(WINDOW.minus(TICK));
    assertThat(toDecide()).isEmpty();
    it.after(TICK);
    assertThat(toDecide()).extracting(ExamCode::codeId).containsExactly(id);
  }

  @Test
  void aManagerMayTakeItAway() {
    ExamCodeId id = it.reserved("CODE1");
    it.annQuits();

    ExamCode code = interventions.decide(owner, id, REVOKE, "not a colleague any more");

    assertThat(code).isEqualTo(it.get(id));
    assertThat(code.state()).isEqualTo(ExamCodeState.REVOKED);
    assertThat(code.holderLeftAt()).isNull();
    assertThat(it.lastOf(id))
        .extracting(AuditEntry::operation, AuditEntry::toState, AuditEntry::why)
        .containsExactly(Operation.DECIDE_CODE, "REVOKED", "not a colleague any more");
    assertThat(toDecide()).isEmpty();
  }

  @Test
  void whoComesBackSettlesTheQuestion() {
    ExamCodeId id = it.reserved("CODE1");
    it.annQuits();
    it.core.member(it.core.ann);
    assertThat(toDecide()).isEmpty();
    assertThat(it.get(id).holderLeftAt()).isNull();
    assertRefused(Reason.ILLEGAL_STATE, () -> interventions.decide(owner, id, REVOKE, "no"));
  }

  @Test
  void whoJoinsAnotherPartnerDoesNot() {
    ExamCodeId id = it.reserved("CODE1");
    it.annQuits();
    it.core.member(it.core.ann, it.betas);
    assertThat(toDecide()).extracting(ExamCode::codeId).containsExactly(id);
  }

  @Test
  void aMembersBookedCodeIsNotToBeDecidedBeforeItsResultIsOverdue() {
    ExamCodeId id = it.reserved("CODE1");
    it.after(WINDOW.minus(TICK));
    assertThat(toDecide()).isEmpty();
    assertThat(refusal(() -> interventions.decide(owner, id, REVOKE, "no result")))
        .hasMessageContaining("RESERVED until 2026-03-11T09:00:00Z");
    assertRefused(Reason.ILLEGAL_STATE, () -> interventions.decide(owner, id, LEAVE, "x"));
    it.after(TICK);
    assertThat(toDecide()).extracting(ExamCode::codeId).containsExactly(id);
    assertRefused(Reason.ILLEGAL_STATE, () -> interventions.decide(owner, id, LEAVE, "x"));
    assertThat(interventions.decide(owner, id, REVOKE, "failed, says she").state())
        .isEqualTo(ExamCodeState.REVOKED);
  }

  @Test
  void anOverdueCodeOfALeaverCanBeTakenAwayButNotLeft() {
    ExamCodeId id = it.reserved("CODE1");
    it.annQuits();
    it.after(WINDOW);
    assertRefused(Reason.ILLEGAL_STATE, () -> interventions.decide(owner, id, LEAVE, "x"));
    interventions.decide(owner, id, REVOKE, "x");
  }

  @Test
  void anOverdueReservationStandsInTheWayUntilAManagerReleasesIt() {
    ExamCodeId id = it.reserved("CODE1");
    ExamCodeId next = it.issued("CODE2");
    it.after(WINDOW.minus(TICK));
    assertThat(refusal(() -> it.codes.assign(owner, next, it.core.ann)))
        .hasMessage("This member holds an open code for exam cloud already.")
        .extracting("reason")
        .isEqualTo(Reason.CODE_ALREADY_HELD);
    assertThat(refusal(() -> interventions.release(owner, id, "never sat")))
        .hasMessageContaining("2026-03-11T09:00:00Z")
        .extracting("reason")
        .isEqualTo(Reason.ILLEGAL_STATE);

    it.after(TICK);
    assertThat(refusal(() -> it.codes.assign(owner, next, it.core.ann)))
        .hasMessageContaining("overdue: release or revoke it first");
    ExamCode released = interventions.release(owner, id, "never sat");

    assertThat(released).isEqualTo(it.get(id));
    assertThat(released)
        .extracting(ExamCode::state, ExamCode::holder, ExamCode::reservedUntil)
        .containsExactly(ExamCodeState.ASSIGNED, it.core.ann, null);
    assertThat(it.lastOf(id))
        .extracting(
            AuditEntry::operation, AuditEntry::fromState, AuditEntry::toState, AuditEntry::why)
        .containsExactly(Operation.RELEASE_CODE, "RESERVED", "ASSIGNED", "never sat");
    assertThat(toDecide()).isEmpty();
    it.codes.giveBack(it.ann, id);
    it.codes.assign(owner, next, it.core.ann);
  }

  @Test
  void aReleasedCodeOfALeaverIsThePartnersAgain() {
    ExamCodeId id = it.reserved("CODE1");
    it.annQuits();
    it.core.member(it.core.ann, it.betas);
    it.after(WINDOW);
    assertThat(interventions.release(owner, id, "never sat"))
        .extracting(ExamCode::state, ExamCode::holder, ExamCode::holderLeftAt)
        .containsExactly(ExamCodeState.ISSUED, null, null);
  }

  @Test
  void aCodeWhoseLifeEndedWhileItWasOverdueExpiresInsteadOfWaiting() {
    ExamCodeId id = it.reserved("CODE1");
    it.annQuits();
    it.after(WINDOW);
    it.setEnd(id, it.core.clock.instant());
    assertThat(toDecide()).isEmpty();
    assertRefused(Reason.CODE_EXPIRED, () -> interventions.release(owner, id, "never sat"));
    it.setEnd(id, it.core.in(TICK));
    assertThat(toDecide()).hasSize(1);
  }

  @Test
  void aWhyIsAskedFor() {
    ExamCodeId id = it.reserved("CODE1");
    it.annQuits();
    assertRefused(Reason.INVALID_INPUT, () -> interventions.decide(owner, id, LEAVE, " "));
    it.after(WINDOW);
    assertRefused(Reason.INVALID_INPUT, () -> interventions.release(owner, id, ""));
  }

  @Test
  void managersDecideAndNobodyElse() {
    ExamCodeId id = it.reserved("CODE1");
    it.after(WINDOW);
    assertRefused(Reason.NOT_PERMITTED, () -> interventions.release(it.ann, id, "x"));
    assertRefused(Reason.NOT_PERMITTED, () -> interventions.decide(it.ann, id, REVOKE, "x"));
    for (Actor actor : List.of(it.ben, it.boss)) {
      assertRefused(Reason.NOT_FOUND, () -> interventions.release(actor, id, "x"));
      assertRefused(Reason.NOT_FOUND, () -> interventions.decide(actor, id, REVOKE, "x"));
      assertRefused(
          Reason.NOT_PERMITTED, () -> interventions.codesToDecide(actor, it.core.acme, ALL));
    }
    assertThat(interventions.codesToDecide(it.boss, it.beta, ALL).items()).isEmpty();
  }

  @Test
  void theListComesInPages() {
    ExamCodeId first = it.reserved("CODE1");
    ExamCodeId second = it.assigned(it.core.security, "CODE2");
    it.use().reserve(it.core.ann, second, it.core.security, it.core.in(WINDOW), it.core.in(WINDOW));
    it.annQuits();

    Page<ExamCode> page = interventions.codesToDecide(owner, it.core.acme, PageRequest.first(1));

    assertThat(page.items()).extracting(ExamCode::codeId).containsExactly(first);
    assertThat(
            interventions
                .codesToDecide(
                    owner, it.core.acme, PageRequest.first(1).then(page.next().orElseThrow()))
                .items())
        .extracting(ExamCode::codeId)
        .containsExactly(second);
  }
}
