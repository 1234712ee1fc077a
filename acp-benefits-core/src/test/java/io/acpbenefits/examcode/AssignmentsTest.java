package io.acpbenefits.examcode;

import static io.acpbenefits.CoreFixture.assertRefused;
import static io.acpbenefits.CoreFixture.refusal;
import static io.acpbenefits.examcode.CodeFixture.TICK;
import static org.assertj.core.api.Assertions.assertThat;

import io.acpbenefits.Together;
import io.acpbenefits.Together.Outcome;
import io.acpbenefits.audit.AuditEntry;
import io.acpbenefits.common.AccountId;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.Operation;
import io.acpbenefits.common.Reason;
import io.acpbenefits.exam.ExamId;
import io.acpbenefits.idempotency.RequestKey;
import io.acpbenefits.partner.PartnerId;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class AssignmentsTest {

  private final CodeFixture it = new CodeFixture();
  private final ExamCodes codes = it.codes;
  private final Actor owner = it.core.owner;

  @Test
  void takesTheEarliestEndAndOfEqualOnesTheFirstIssued() {
    ExamCodeId late = it.issued("CODE1");
    ExamCodeId early = it.issued("CODE2");
    ExamCodeId earlyToo = it.issued("CODE3");
    Instant end = it.core.in(Duration.ofDays(9));
    it.setEnd(early, end);
    it.setEnd(earlyToo, end);
    it.setEnd(late, end.plus(TICK));
    assertThat(it.core.assigned(it.core.ann).codeId()).isEqualTo(early);
    assertThat(it.core.assigned(it.core.ben).codeId()).isEqualTo(earlyToo);
    assertThat(it.core.assigned(it.core.owner.id()).codeId()).isEqualTo(late);
  }

  @Test
  void assignsAParticularCodeAndRecordsWhoDid() {
    it.issued("CODE1");
    ExamCodeId id = it.issued("CODE2");
    it.told.clear();

    ExamCode code = codes.assign(owner, id, it.core.ann);

    assertThat(code).isEqualTo(it.get(id));
    assertThat(code)
        .extracting(ExamCode::state, ExamCode::holder)
        .containsExactly(ExamCodeState.ASSIGNED, it.core.ann);
    assertThat(it.lastOf(id))
        .extracting(
            AuditEntry::operation, AuditEntry::fromState, AuditEntry::toState, AuditEntry::madeBy)
        .containsExactly(Operation.ASSIGN_CODE, "ISSUED", "ASSIGNED", "account:olga");
    assertThat(it.told)
        .containsExactly(
            new ExamCodeChanged(
                id, it.core.cloud, ExamCodeState.ISSUED, ExamCodeState.ASSIGNED, it.core.ann));
  }

  @Test
  void aParticularCodeFollowsTheSameRules() {
    ExamCodeId id = it.issued("CODE1");
    assertRefused(Reason.NOT_A_MEMBER, () -> codes.assign(owner, id, AccountId.of("stranger")));
    assertRefused(Reason.NOT_A_MEMBER, () -> codes.assign(owner, id, it.boss.id()));
    assertThat(it.core.number("SELECT COUNT(*) FROM acp_account WHERE account_id = 'stranger'"))
        .as("accounts that a refusal made known")
        .isZero();
    ExamCodeId other = it.assigned("CODE2");
    assertRefused(Reason.CODE_ALREADY_HELD, () -> codes.assign(owner, id, it.core.ann));
    assertThat(refusal(() -> codes.assign(owner, other, it.core.ben)))
        .hasMessageContaining("ASSIGNED")
        .extracting("reason")
        .isEqualTo(Reason.ILLEGAL_STATE);
    it.core.clock.set(it.get(id).expiresAt());
    assertRefused(Reason.CODE_EXPIRED, () -> codes.assign(owner, id, it.core.ben));
    assertRefused(Reason.NOT_FOUND, () -> codes.assign(owner, ExamCodeId.of("x"), it.core.ben));
  }

  @Test
  void assignsUntilTheCodesLastInstant() {
    ExamCodeId id = it.issued("CODE1");
    it.core.clock.set(it.get(id).expiresAt().minus(TICK));
    codes.assign(owner, id, it.core.ann);
    codes.giveBack(owner, id);
    it.after(TICK);
    assertRefused(Reason.NO_CODE_AVAILABLE, () -> it.core.assigned(it.core.ann));
  }

  @Test
  void aParticularCodeOfARetiredExamIsNotAssigned() {
    Instant end = it.core.in(Duration.ofDays(40));
    ExamId retiring = it.core.retiringExam(end, end);
    ExamCodeId id = it.issued(retiring, "CODE1");
    it.setEnd(id, end.plusSeconds(9));
    it.core.clock.set(end);
    assertRefused(Reason.EXAM_RETIRED, () -> codes.assign(owner, id, it.core.ann));
  }

  @Test
  void anExpiredCodeThatIsUnwrittenIsWrittenWhenAnotherIsAssigned() {
    ExamCodeId old = it.assigned("CODE1");
    ExamCodeId next = it.issued("CODE2");
    it.setEnd(old, it.core.in(TICK));
    it.after(TICK);
    codes.assign(owner, next, it.core.ann);
    assertThat(it.lastOf(old).operation()).isEqualTo(Operation.EXPIRE_CODE);
  }

  @Test
  void assigningAnyAnswersTheSameForARepeatedKey() {
    it.issued("CODE1");
    it.issued("CODE2");
    RequestKey key = RequestKey.of("k");
    ExamCode first = codes.assign(owner, it.core.acme, it.core.cloud, it.core.ann, key);

    assertThat(codes.assign(owner, it.core.acme, it.core.cloud, it.core.ann, key)).isEqualTo(first);
    codes.giveBack(owner, first.codeId());
    assertThat(codes.assign(owner, it.core.acme, it.core.cloud, it.core.ann, key).state())
        .isEqualTo(ExamCodeState.ISSUED);
    assertRefused(
        Reason.REQUEST_KEY_REUSED,
        () -> codes.assign(owner, it.core.acme, it.core.cloud, it.core.ben, key));
    assertRefused(
        Reason.NOT_PERMITTED,
        () -> codes.assign(it.boss, it.core.acme, it.core.cloud, it.core.ben, key));
  }

  @Test
  void assigningAParticularCodeAnswersTheSameForARepeatedKey() {
    ExamCodeId id = it.issued("CODE1");
    RequestKey key = RequestKey.of("k");
    ExamCode first = codes.assign(owner, id, it.core.ann, key);
    assertThat(codes.assign(owner, id, it.core.ann, key)).isEqualTo(first);
    assertRefused(Reason.REQUEST_KEY_REUSED, () -> codes.assign(owner, id, it.core.ben, key));
    assertThat(it.audited(Operation.ASSIGN_CODE)).isOne();
  }

  @Test
  void givingBackIsRecordedWithWhoDid() {
    ExamCodeId id = it.assigned("CODE1");
    it.told.clear();
    codes.giveBack(it.ann, id);
    assertThat(it.lastOf(id))
        .extracting(
            AuditEntry::operation, AuditEntry::fromState, AuditEntry::toState, AuditEntry::madeBy)
        .containsExactly(Operation.RETURN_CODE, "ASSIGNED", "ISSUED", "account:ann");
    assertThat(it.told)
        .containsExactly(
            new ExamCodeChanged(
                id, it.core.cloud, ExamCodeState.ASSIGNED, ExamCodeState.ISSUED, it.core.ann));
  }

  @Test
  void anUnknownPartnerIsNotFoundAndSomebodyElsesNotPermitted() {
    PartnerId unknown = PartnerId.of("x");
    assertRefused(
        Reason.NOT_FOUND,
        () -> codes.assign(it.core.operator, unknown, it.core.cloud, it.core.ann));
    assertRefused(
        Reason.NOT_PERMITTED, () -> codes.assign(owner, unknown, it.core.cloud, it.core.ann));
    assertRefused(
        Reason.NOT_FOUND, () -> codes.assign(owner, it.core.acme, ExamId.of("x"), it.core.ann));
  }

  @Test
  void twoManagersAtOnceNeverGiveAParticularCodeToTwo() throws Exception {
    for (int round = 0; round < 5; round++) {
      ExamCodeId id = it.issued("CODE-" + round);
      assertThat(
              Together.run(
                  () -> codes.assign(owner, id, it.core.ann),
                  () -> codes.assign(owner, id, it.core.ben)))
          .extracting(Outcome::name)
          .containsExactlyInAnyOrder("DONE", "ILLEGAL_STATE");
      codes.giveBack(owner, id);
      it.interventions.revoke(it.core.operator, id, "next round");
    }
  }
}
