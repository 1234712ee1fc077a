package io.acpbenefits.examcode;

import static io.acpbenefits.CoreFixture.assertRefused;
import static io.acpbenefits.CoreFixture.refusal;
import static io.acpbenefits.examcode.CodeFixture.TICK;
import static org.assertj.core.api.Assertions.assertThat;

import io.acpbenefits.AllPages;
import io.acpbenefits.Together;
import io.acpbenefits.Together.Outcome;
import io.acpbenefits.audit.AuditEntry;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.Operation;
import io.acpbenefits.common.Reason;
import io.acpbenefits.exam.ExamId;
import io.acpbenefits.idempotency.RequestKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class CodeInterventionsTest {

  private static final Instant END = Instant.parse("2027-03-01T09:00:00Z");
  private static final Duration DAY = Duration.ofDays(1);

  private final CodeFixture it = new CodeFixture();
  private final CodeInterventions interventions = it.interventions;
  private final Actor operator = it.core.operator;

  @Test
  void aForfeitedCodeIsItsHoldersAgainOnEvidenceWhichIsRecorded() {
    ExamCodeId id = it.forfeited("CODE1");
    it.told.clear();

    ExamCode code = interventions.reinstate(operator, id, "  a doctor's note ");

    assertThat(code).isEqualTo(it.get(id));
    assertThat(code)
        .extracting(ExamCode::state, ExamCode::holder)
        .containsExactly(ExamCodeState.ASSIGNED, it.core.ann);
    assertThat(it.lastOf(id))
        .extracting(
            AuditEntry::operation,
            AuditEntry::fromState,
            AuditEntry::toState,
            AuditEntry::madeBy,
            AuditEntry::why)
        .containsExactly(
            Operation.REINSTATE_CODE, "FORFEITED", "ASSIGNED", "operator:otto", "a doctor's note");
    assertThat(it.told)
        .containsExactly(
            new ExamCodeChanged(
                id, it.core.cloud, ExamCodeState.FORFEITED, ExamCodeState.ASSIGNED, it.core.ann));
  }

  @Test
  void withoutEvidenceNothingIsReinstated() {
    ExamCodeId id = it.forfeited("CODE1");
    for (String evidence : List.of("", "  ", "x".repeat(501))) {
      assertRefused(Reason.INVALID_INPUT, () -> interventions.reinstate(operator, id, evidence));
    }
    assertThat(it.state(id)).isEqualTo(ExamCodeState.FORFEITED);
  }

  @Test
  void aForfeitedCodeThatNobodyHeldGoesBackToThePartner() {
    ExamCodeId id = it.issued("CODE1");
    it.use().forfeit(id);

    assertThat(interventions.reinstate(operator, id, "a mix-up at the test centre"))
        .extracting(ExamCode::state, ExamCode::holder)
        .containsExactly(ExamCodeState.ISSUED, null);
  }

  @Test
  void doesNotReinstateForAHolderWhoHasLeft() {
    ExamCodeId id = it.forfeited("CODE1");
    it.annQuits();
    assertRefused(Reason.NOT_A_MEMBER, () -> interventions.reinstate(operator, id, "a note"));
    it.core.member(it.core.ann);
    interventions.reinstate(operator, id, "a note");
  }

  @Test
  void doesNotReinstateASecondOpenCodeForTheExam() {
    ExamCodeId id = it.forfeited("CODE1");
    ExamCodeId other = it.assigned("CODE2");
    assertRefused(Reason.CODE_ALREADY_HELD, () -> interventions.reinstate(operator, id, "a note"));
    it.codes.giveBack(it.ann, other);
    interventions.reinstate(operator, id, "a note");
  }

  @Test
  void aHeldCodeThatExpiredUnwrittenDoesNotStandInTheWayOfReinstating() {
    ExamCodeId id = it.forfeited("CODE1");
    ExamCodeId other = it.assigned("CODE2");
    it.setEnd(other, it.core.in(DAY));
    it.after(DAY);

    interventions.reinstate(operator, id, "a note");

    assertThat(it.lastOf(other).operation()).isEqualTo(Operation.EXPIRE_CODE);
  }

  @Test
  void reinstatesUntilTheCodesLastInstant() {
    ExamCodeId id = it.forfeited("CODE1");
    it.core.clock.set(END);
    assertRefused(Reason.CODE_EXPIRED, () -> interventions.reinstate(operator, id, "a note"));
    assertThat(it.state(id)).isEqualTo(ExamCodeState.FORFEITED);
    it.core.clock.set(END.minus(TICK));
    interventions.reinstate(operator, id, "a note");
  }

  @Test
  void doesNotReinstateAtASuspendedPartner() {
    ExamCodeId id = it.forfeited("CODE1");
    it.core.benefits.partners().suspend(operator, it.core.acme, "unpaid");
    assertRefused(Reason.PARTNER_SUSPENDED, () -> interventions.reinstate(operator, id, "a note"));
  }

  @Test
  void noCodeIsReinstatedPastTheTerminationOfItsPartner() throws Exception {
    for (int round = 0; round < 10; round++) {
      CodeFixture racing = new CodeFixture();
      ExamCodeId id = racing.issued("CODE1");
      racing.use().forfeit(id);
      List<Outcome> outcomes =
          Together.run(
              () -> racing.core.benefits.partners().terminate(operator, racing.core.acme, "left"),
              () -> racing.interventions.reinstate(operator, id, "a note"));
      assertThat(outcomes.get(0).name()).isEqualTo("DONE");
      boolean reinstated = outcomes.get(1).name().equals("DONE");
      assertThat(racing.state(id))
          .isEqualTo(reinstated ? ExamCodeState.REVOKED : ExamCodeState.FORFEITED);
    }
  }

  @Test
  void reinstatesOnceForARequestKey() {
    ExamCodeId id = it.forfeited("CODE1");
    RequestKey key = RequestKey.of("k");
    interventions.reinstate(operator, id, "a note", key);
    it.codes.giveBack(it.ann, id);

    assertThat(interventions.reinstate(operator, id, "a note", key)).isEqualTo(it.get(id));
    assertRefused(
        Reason.REQUEST_KEY_REUSED,
        () -> interventions.reinstate(operator, id, "another note", key));
    assertThat(it.audited(Operation.REINSTATE_CODE)).isOne();
  }

  @Test
  void lengthensALifeAndRecordsWhy() {
    ExamCodeId id = it.assigned("CODE1");

    ExamCode code = interventions.extend(operator, id, END.plus(TICK).plusNanos(1), "a strike");

    assertThat(code).isEqualTo(it.get(id));
    assertThat(code)
        .extracting(ExamCode::state, ExamCode::holder, ExamCode::expiresAt)
        .containsExactly(ExamCodeState.ASSIGNED, it.core.ann, END.plus(TICK));
    assertThat(it.lastOf(id))
        .extracting(
            AuditEntry::operation, AuditEntry::fromState, AuditEntry::toState, AuditEntry::why)
        .containsExactly(Operation.EXTEND_CODE, "ASSIGNED", "ASSIGNED", "a strike");
    it.core.clock.set(END);
    assertThat(it.state(id)).isEqualTo(ExamCodeState.ASSIGNED);
  }

  @Test
  void neverShortensALifeNorLengthensItBeyond10Years() {
    ExamCodeId id = it.assigned("CODE1");
    Instant farthest = Instant.parse("2036-03-01T09:00:00Z");
    for (Instant until : List.of(END.minus(DAY), END, farthest.plus(TICK))) {
      assertThat(refusal(() -> interventions.extend(operator, id, until, "a strike")))
          .hasMessageContaining("at most 10 years")
          .extracting("reason")
          .isEqualTo(Reason.INVALID_INPUT);
    }
    assertRefused(Reason.INVALID_INPUT, () -> interventions.extend(operator, id, farthest, " "));
    assertThat(interventions.extend(operator, id, farthest, "a strike").expiresAt())
        .isEqualTo(farthest);
  }

  @Test
  void neverLengthensALifePastItsExam() {
    Instant end = it.core.in(Duration.ofDays(400));
    ExamId retiring = it.core.retiringExam(it.core.in(DAY), end);
    it.core.codes(retiring, "CODE1");
    ExamCodeId id =
        AllPages.of(page -> it.codes.ofPartner(it.core.owner, it.core.acme, CodeFilter.ALL, page))
            .get(0)
            .codeId();
    assertRefused(
        Reason.EXAM_RETIRED, () -> interventions.extend(operator, id, end.plus(TICK), "a strike"));
    assertThat(interventions.extend(operator, id, end, "a strike").expiresAt()).isEqualTo(end);
  }

  @Test
  void extendsNothingWhoseLifeIsOver() {
    ExamCodeId forfeited = it.forfeited("CODE1");
    ExamCodeId reserved = it.assigned("CODE2");
    it.use().reserve(it.core.ann, reserved, it.core.cloud, END.minus(DAY), END.plus(DAY));
    it.core.clock.set(END);
    assertThat(it.state(reserved)).isEqualTo(ExamCodeState.RESERVED);
    for (ExamCodeId id : List.of(forfeited, reserved)) {
      assertRefused(
          Reason.CODE_EXPIRED, () -> interventions.extend(operator, id, END.plus(DAY), "a strike"));
    }
    it.core.clock.set(END.minus(TICK));
    interventions.extend(operator, reserved, END.plus(DAY), "a strike");
    interventions.extend(operator, forfeited, END.plus(DAY), "a strike");
  }

  @Test
  void extendsOnceForARequestKey() {
    ExamCodeId id = it.issued("CODE1");
    RequestKey key = RequestKey.of("k");
    ExamCode first = interventions.extend(operator, id, END.plus(DAY), "a strike", key);
    assertThat(interventions.extend(operator, id, END.plus(DAY), "a strike", key)).isEqualTo(first);
    assertRefused(
        Reason.REQUEST_KEY_REUSED,
        () -> interventions.extend(operator, id, END.plus(DAY).plus(DAY), "a strike", key));
    assertThat(it.audited(Operation.EXTEND_CODE)).isOne();
  }

  @Test
  void aRevokedCodeIsGoneAndItsHolderTold() {
    ExamCodeId id = it.reserved("CODE1");
    it.told.clear();

    ExamCode code = interventions.revoke(operator, id, "leaked");

    assertThat(code).isEqualTo(it.get(id));
    assertThat(code)
        .extracting(ExamCode::state, ExamCode::holder, ExamCode::reservedUntil)
        .containsExactly(ExamCodeState.REVOKED, it.core.ann, null);
    assertThat(it.lastOf(id))
        .extracting(
            AuditEntry::operation, AuditEntry::fromState, AuditEntry::toState, AuditEntry::why)
        .containsExactly(Operation.REVOKE_CODE, "RESERVED", "REVOKED", "leaked");
    assertThat(it.told)
        .containsExactly(
            new ExamCodeChanged(
                id, it.core.cloud, ExamCodeState.RESERVED, ExamCodeState.REVOKED, it.core.ann));
    assertThat(it.codes.openCodes(it.ann, it.core.ann)).isEmpty();
    assertRefused(Reason.INVALID_INPUT, () -> interventions.revoke(operator, id, ""));
  }

  @Test
  void onlyThePlatformReinstatesExtendsAndRevokes() {
    ExamCodeId id = it.forfeited("CODE1");
    for (Actor actor : List.of(it.ann, it.core.owner)) {
      assertRefused(Reason.NOT_PERMITTED, () -> interventions.reinstate(actor, id, "x"));
      assertRefused(Reason.NOT_PERMITTED, () -> interventions.extend(actor, id, END, "x"));
      assertRefused(Reason.NOT_PERMITTED, () -> interventions.revoke(actor, id, "x"));
    }
    for (Actor actor : List.of(it.ben, it.boss)) {
      assertRefused(Reason.NOT_FOUND, () -> interventions.reinstate(actor, id, "x"));
      assertRefused(Reason.NOT_FOUND, () -> interventions.extend(actor, id, END, "x"));
      assertRefused(Reason.NOT_FOUND, () -> interventions.revoke(actor, id, "x"));
    }
    assertThat(it.state(id)).isEqualTo(ExamCodeState.FORFEITED);
  }
}
