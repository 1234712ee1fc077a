package io.acpbenefits.examcode;

import static io.acpbenefits.CoreFixture.assertRefused;
import static io.acpbenefits.examcode.CodeFixture.TICK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.acpbenefits.AllPages;
import io.acpbenefits.Policies;
import io.acpbenefits.audit.AuditEntry;
import io.acpbenefits.common.AccountId;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.Operation;
import io.acpbenefits.common.Reason;
import io.acpbenefits.examrecord.ExamOutcome;
import io.acpbenefits.examrecord.ExamRecordLine;
import io.acpbenefits.quota.Quota;
import io.acpbenefits.registration.IdPair;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.util.List;
import org.junit.jupiter.api.Test;

class CodeConsequencesTest {

  private static final Duration YEAR = Duration.ofDays(365);

  private final CodeFixture it = new CodeFixture();

  private void result(ExamOutcome outcome, String voucher) {
    it.core
        .benefits
        .examRecords()
        .receive(
            Actor.system(),
            new ExamRecordLine(
                new IdPair("C-1", "R-1"),
                it.core.cloud,
                it.core.clock.instant(),
                outcome,
                null,
                CodeText.parse(voucher)));
  }

  @Test
  void theOpenCodesOfATerminatedPartnerAreRevoked() {
    ExamCodeId forfeited = it.forfeited("CODE0");
    ExamCodeId reserved = it.reserved("CODE1");
    ExamCodeId assigned = it.assigned(it.core.security, "CODE2");
    ExamCodeId issued = it.issued("CODE3");
    ExamCodeId others =
        it.codes
            .issue(
                Actor.system(), it.beta, it.core.cloud, List.of(CodeText.parse("OTHER")), "beta's")
            .get(0)
            .codeId();

    it.core.benefits.partners().terminate(it.core.operator, it.core.acme, "left");

    assertThat(List.of(reserved, assigned, issued))
        .extracting(it::state)
        .containsOnly(ExamCodeState.REVOKED);
    assertThat(it.get(reserved))
        .extracting(ExamCode::holder, ExamCode::reservedUntil)
        .containsExactly(it.core.ann, null);
    assertThat(it.state(forfeited)).isEqualTo(ExamCodeState.FORFEITED);
    assertThat(it.state(others)).isEqualTo(ExamCodeState.ISSUED);
    assertThat(it.lastOf(issued))
        .extracting(
            AuditEntry::operation, AuditEntry::fromState, AuditEntry::madeBy, AuditEntry::why)
        .containsExactly(Operation.REVOKE_CODE, "ISSUED", "system", "The partner was terminated.");
  }

  @Test
  void aCodeThatExpiredUnwrittenIsNotRevokedWithItsPartner() {
    ExamCodeId id = it.issued("CODE1");
    it.core.clock.set(it.get(id).expiresAt());
    it.core.benefits.partners().terminate(it.core.operator, it.core.acme, "left");
    assertThat(it.state(id)).isEqualTo(ExamCodeState.EXPIRED);
    it.codes.settleDue();
    assertThat(it.lastOf(id).toState()).isEqualTo("EXPIRED");
  }

  @Test
  void suspendingRevokesNothingButNothingIsAssignedOrIssued() {
    ExamCodeId assigned = it.assigned("CODE1");
    ExamCodeId issued = it.issued(it.core.security, "CODE2");

    it.core.benefits.partners().suspend(it.core.operator, it.core.acme, "unpaid");

    assertThat(it.state(assigned)).isEqualTo(ExamCodeState.ASSIGNED);
    assertRefused(
        Reason.PARTNER_SUSPENDED, () -> it.codes.assign(it.core.owner, issued, it.core.ann));
    assertRefused(
        Reason.PARTNER_SUSPENDED,
        () -> it.codes.assign(it.core.owner, it.core.acme, it.core.security, it.core.ann));
    assertRefused(
        Reason.PARTNER_SUSPENDED,
        () ->
            it.codes.issue(
                Actor.system(),
                it.core.acme,
                it.core.cloud,
                List.of(CodeText.parse("CODE3")),
                "an application"));
    it.codes.giveBack(it.ann, assigned);
    it.core.benefits.partners().reinstate(it.core.operator, it.core.acme, "paid");
    it.codes.assign(it.core.owner, issued, it.core.ann);
  }

  @Test
  void issuingIsRecordedAndAllOrNothing() {
    ExamCodeId id = it.issued("CODE1");
    assertThat(it.lastOf(id))
        .extracting(
            AuditEntry::operation, AuditEntry::fromState, AuditEntry::toState, AuditEntry::madeBy)
        .containsExactly(Operation.ISSUE_CODE, null, "ISSUED", "system");
    assertThat(it.told(ExamCodeChanged.class))
        .containsExactly(new ExamCodeChanged(id, it.core.cloud, null, ExamCodeState.ISSUED, null));
    assertRefused(
        Reason.ALREADY_EXISTS,
        () ->
            it.core.benefits.inTransaction(
                () ->
                    it.codes.issue(
                        Actor.system(),
                        it.core.acme,
                        it.core.cloud,
                        List.of(CodeText.parse("CODE2"), CodeText.parse("code1")),
                        "an application")));
    assertThat(
            AllPages.of(
                page -> it.codes.ofPartner(it.core.owner, it.core.acme, CodeFilter.ALL, page)))
        .hasSize(1);
  }

  @Test
  void leavingIsRecordedAsTheReturnOfWhatWasAssigned() {
    ExamCodeId id = it.assigned("CODE1");
    it.annQuits();
    assertThat(it.lastOf(id))
        .extracting(
            AuditEntry::operation,
            AuditEntry::fromState,
            AuditEntry::toState,
            AuditEntry::madeBy,
            AuditEntry::why)
        .containsExactly(Operation.RETURN_CODE, "ASSIGNED", "ISSUED", "system", "The holder left.");
  }

  @Test
  void leavingDoesNotBringBackACodeThatExpiredUnwritten() {
    ExamCodeId id = it.assigned("CODE1");
    it.core.clock.set(it.get(id).expiresAt());
    it.annQuits();
    assertThat(it.get(id))
        .extracting(ExamCode::state, ExamCode::holder)
        .containsExactly(ExamCodeState.EXPIRED, it.core.ann);
  }

  @Test
  void aResultEndsACodeThatNobodyWasKnownToHold() {
    ExamCodeId sat = it.issued("CODE1");
    result(ExamOutcome.PASS, "CODE1");
    assertThat(it.get(sat))
        .extracting(ExamCode::state, ExamCode::holder)
        .containsExactly(ExamCodeState.REDEEMED, null);
    assertThat(it.lastOf(sat))
        .extracting(AuditEntry::operation, AuditEntry::fromState, AuditEntry::toState)
        .containsExactly(Operation.REDEEM_CODE, "ISSUED", "REDEEMED");
    assertRefused(Reason.NO_CODE_AVAILABLE, () -> it.core.assigned(it.core.ann));
  }

  @Test
  void aNoShowForfeitsACodeThatNobodyWasKnownToHold() {
    ExamCodeId missed = it.issued("CODE1");
    result(ExamOutcome.NO_SHOW, "CODE1");
    assertThat(it.state(missed)).isEqualTo(ExamCodeState.FORFEITED);
    assertRefused(Reason.NO_CODE_AVAILABLE, () -> it.core.assigned(it.core.ann));
  }

  @Test
  void aResultThatComesAfterAReleaseEndsTheCodeWhoeverHoldsItByThen() {
    ExamCodeId id = it.reserved("CODE1");
    it.after(Duration.ofDays(10));
    it.interventions.release(it.core.owner, id, "never sat");
    it.codes.giveBack(it.ann, id);
    it.codes.assign(it.core.owner, id, it.core.ben);

    result(ExamOutcome.FAIL, "CODE1");

    assertThat(it.state(id)).isEqualTo(ExamCodeState.REDEEMED);
  }

  @Test
  void expiryIsRecordedAndToldOnce() {
    ExamCodeId id = it.assigned("CODE1");
    it.told.clear();
    it.after(YEAR);
    assertThat(it.codes.settleDue()).isOne();
    assertThat(it.codes.settleDue()).isZero();
    assertThat(it.lastOf(id))
        .extracting(
            AuditEntry::operation, AuditEntry::fromState, AuditEntry::toState, AuditEntry::madeBy)
        .containsExactly(Operation.EXPIRE_CODE, "ASSIGNED", "EXPIRED", "system");
    assertThat(it.told)
        .containsExactly(
            new ExamCodeChanged(
                id, it.core.cloud, ExamCodeState.ASSIGNED, ExamCodeState.EXPIRED, it.core.ann));
  }

  @Test
  void unbookedCodesOfApplicationsAreRefundedOnlyIfThePolicySaysSo() {
    Policies policies =
        Policies.DEFAULT.with(new CodePolicy(Period.ofMonths(12), Duration.ofHours(24), true));
    CodeFixture refunding = new CodeFixture(policies);
    for (CodeFixture each : List.of(refunding, it)) {
      ExamCodeId assigned = each.assigned("CODE1");
      each.issued(each.core.security, "CODE2");
      ExamCodeId reserved = each.issued("CODE3");
      each.codes.assign(each.core.owner, reserved, each.core.ben);
      each.use()
          .reserve(
              each.core.ben,
              reserved,
              each.core.cloud,
              each.core.in(YEAR.minus(TICK)),
              each.core.in(YEAR));
      each.core
          .benefits
          .codeImports()
          .details(each.core.owner, each.core.acme, "Cloud Security [CODE4]", false, null);
      each.told.clear();
      each.after(YEAR);
      assertThat(each.codes.settleDue()).isEqualTo(4);
      assertThat(each.state(assigned)).isEqualTo(ExamCodeState.EXPIRED);
    }
    assertThat(it.told(CodesExpired.class)).isEmpty();
    List<String> applications =
        refunding
            .core
            .benefits
            .applications()
            .ofPartner(Actor.system(), refunding.core.acme, CodeFixture.ALL)
            .items()
            .stream()
            .map(application -> application.applicationId().value())
            .toList();
    assertThat(refunding.core.onlyQuota())
        .extracting(Quota::granted, Quota::consumed, Quota::available)
        .containsExactly(102L, 3L, 99L);
    assertThat(it.core.onlyQuota().granted()).isEqualTo(100);
    assertThat(refunding.told(CodesExpired.class))
        .extracting(
            CodesExpired::partnerId,
            CodesExpired::examId,
            CodesExpired::reference,
            CodesExpired::count)
        .containsExactly(
            tuple(refunding.core.acme, refunding.core.cloud, applications.get(0), 1),
            tuple(refunding.core.acme, refunding.core.security, applications.get(1), 1));
  }

  @Test
  void aQuotaThatHasEndedIsNotRefunded() {
    CodeFixture refunding =
        new CodeFixture(
            Policies.DEFAULT.with(new CodePolicy(Period.ofMonths(12), Duration.ofHours(24), true)));
    ExamCodeId id = refunding.issued("CODE1");
    refunding
        .core
        .benefits
        .quotas()
        .revoke(refunding.core.operator, refunding.core.onlyQuota().quotaId(), "ended");
    refunding.codes.issue(
        Actor.system(),
        refunding.core.acme,
        refunding.core.cloud,
        List.of(CodeText.parse("CODE2")),
        "no application");
    refunding.after(YEAR);
    assertThat(refunding.codes.settleDue()).isEqualTo(2);
    assertThat(refunding.state(id)).isEqualTo(ExamCodeState.EXPIRED);
    assertThat(refunding.core.onlyQuota().granted()).isEqualTo(100);
  }

  @Test
  void stepsOfAnExamAreRecorded() {
    ExamCodeId id = it.assigned("CODE1");
    // Ids are in order within one library only, and these steps are of another.
    it.after(Duration.ofMillis(1));
    CodeUse use = it.use();
    Instant appointment = it.core.in(Duration.ofDays(1));
    use.reserve(it.core.ann, id, it.core.cloud, appointment, appointment);
    assertLast(id, Operation.RESERVE_CODE, "ASSIGNED", "RESERVED");
    use.extendReservation(id, appointment, appointment.plus(TICK));
    assertLast(id, Operation.MOVE_RESERVATION, "RESERVED", "RESERVED");
    assertThat(it.get(id).reservedUntil()).isEqualTo(appointment.plus(TICK));
    use.free(id);
    assertLast(id, Operation.FREE_CODE, "RESERVED", "ASSIGNED");
    use.forfeit(id);
    assertLast(id, Operation.FORFEIT_CODE, "ASSIGNED", "FORFEITED");
  }

  private void assertLast(ExamCodeId id, Operation operation, String from, String to) {
    assertThat(it.lastOf(id))
        .extracting(AuditEntry::operation, AuditEntry::fromState, AuditEntry::toState)
        .containsExactly(operation, from, to);
  }

  @Test
  void aBookingNeedsTheHolderTheExamAndALifeThatLasts() {
    ExamCodeId id = it.assigned("CODE1");
    Instant end = it.get(id).expiresAt();
    CodeUse use = it.use();
    assertRefused(
        Reason.NOT_FOUND, () -> use.reserve(it.core.ben, id, it.core.cloud, end.minus(TICK), end));
    assertRefused(
        Reason.EXAM_MISMATCH,
        () -> use.reserve(it.core.ann, id, it.core.security, end.minus(TICK), end));
    assertRefused(Reason.CODE_EXPIRED, () -> use.reserve(it.core.ann, id, it.core.cloud, end, end));
    use.reserve(it.core.ann, id, it.core.cloud, end.minus(TICK), end);
    assertRefused(Reason.CODE_EXPIRED, () -> use.extendReservation(id, end, end));
    use.extendReservation(id, end.minus(TICK), end);
    assertRefused(Reason.NO_CODE_AVAILABLE, () -> use.assignedFor(it.core.ann, it.core.cloud));
    assertRefused(
        Reason.NO_CODE_AVAILABLE, () -> use.assignedFor(AccountId.of("x"), it.core.cloud));
  }

  @Test
  void freeingTheCodeOfWhoJoinedElsewhereGivesItToThePartner() {
    ExamCodeId id = it.reserved("CODE1");
    it.annQuits();
    it.core.member(it.core.ann, it.betas);
    it.use().free(id);
    assertThat(it.get(id))
        .extracting(ExamCode::state, ExamCode::holder, ExamCode::holderLeftAt)
        .containsExactly(ExamCodeState.ISSUED, null, null);
  }
}
