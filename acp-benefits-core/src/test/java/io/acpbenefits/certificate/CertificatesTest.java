package io.acpbenefits.certificate;

import static io.acpbenefits.CoreFixture.assertRefused;
import static io.acpbenefits.CoreFixture.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.tuple;

import io.acpbenefits.Policies;
import io.acpbenefits.audit.AuditEntry;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.Operation;
import io.acpbenefits.common.Reason;
import io.acpbenefits.exam.ExamLevel;
import io.acpbenefits.examrecord.ExamOutcome;
import io.acpbenefits.examrecord.ExamRecordLine;
import io.acpbenefits.idempotency.RequestKey;
import io.acpbenefits.registration.IdPair;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What becomes of a certificate: validity, suspension, revocation, renewal. */
class CertificatesTest {

  private final CertificateFixture it = new CertificateFixture();
  private final Certificates certificates = it.certificates;
  private final Actor operator = it.core.operator;

  private static Instant end(Certificate certificate) {
    return Objects.requireNonNull(certificate.validUntil());
  }

  @Test
  void aPassEarnsAnUnboundCertificateThatIsValidFromTheExamOn() {
    Instant sat = it.core.start.minus(Duration.ofDays(2));
    IdPair ids = it.nextIds();
    it.benefits
        .examRecords()
        .receive(
            Actor.system(),
            new ExamRecordLine(ids, it.core.cloud, sat, ExamOutcome.PASS, null, null));
    Certificate earned = it.ofPair(ids);

    assertThat(earned)
        .extracting(
            Certificate::state,
            Certificate::examId,
            Certificate::level,
            Certificate::obtainedAt,
            Certificate::validFrom,
            Certificate::validUntil,
            Certificate::accountId,
            Certificate::organizationId,
            Certificate::boundAt,
            Certificate::renewedFrom,
            Certificate::heldWithRecord)
        .containsExactly(
            CertificateState.VALID,
            it.core.cloud,
            ExamLevel.ACP,
            sat,
            sat,
            Instant.parse("2028-02-27T09:00:00Z"),
            null,
            null,
            null,
            null,
            false);
    assertThat(certificates.history(Actor.system(), earned.certificateId()))
        .extracting(CertificateChange::state, CertificateChange::since)
        .containsExactly(tuple(CertificateState.VALID, it.core.start));
    assertThat(it.heard(CertificateChanged.class))
        .containsExactly(
            new CertificateChanged(
                earned.certificateId(),
                it.core.cloud,
                ExamLevel.ACP,
                null,
                null,
                null,
                CertificateState.VALID));
    assertThat(it.audit(earned.certificateId()))
        .extracting(AuditEntry::operation, AuditEntry::fromState, AuditEntry::toState)
        .containsExactly(tuple(Operation.EARN_CERTIFICATE, null, "VALID"));
  }

  @Test
  void whatWasNotPassedEarnsNothing() {
    it.core.record(it.nextIds(), ExamOutcome.FAIL);
    it.core.record(it.nextIds(), ExamOutcome.NO_SHOW);
    assertThat(it.core.number("SELECT COUNT(*) FROM acp_certificate")).isZero();
  }

  @Test
  void byDefaultACertificateNeverExpires() {
    CertificateFixture byDefault = new CertificateFixture(Policies.DEFAULT);
    Certificate certificate = byDefault.counting();
    assertThat(certificate.validUntil()).isNull();
    byDefault.core.clock.advance(Duration.ofDays(36_500));
    assertThat(byDefault.now(certificate)).isEqualTo(certificate);
    assertThat(byDefault.benefits.nextDue()).isEmpty();
    assertThat(certificates.policy()).isEqualTo(CertificateFixture.POLICIES.certificate());
  }

  @Test
  void expiresExactlyAtItsEndWhetherOrNotThatIsWritten() {
    Certificate certificate = it.counting();
    CertificateId id = certificate.certificateId();
    assertThat(certificates.nextDue()).contains(end(certificate));

    it.core.clock.set(end(certificate).minus(CertificateFixture.TICK));
    assertThat(certificates.settleDue()).isZero();
    assertThat(it.now(id).state()).isEqualTo(CertificateState.VALID);
    assertThat(certificates.tally(it.core.owner, it.core.acme)).hasSize(1);

    it.core.clock.set(end(certificate));
    assertThat(it.now(id).state()).isEqualTo(CertificateState.EXPIRED);
    assertThat(certificates.byNumber(operator, certificate.number()).state())
        .isEqualTo(CertificateState.EXPIRED);
    assertThat(certificates.byRecord(operator, certificate.recordId()))
        .get()
        .extracting(Certificate::state)
        .isEqualTo(CertificateState.EXPIRED);
    assertThat(certificates.ofAccount(it.ann, it.core.ann))
        .extracting(Certificate::state)
        .containsExactly(CertificateState.EXPIRED);
    assertThat(certificates.tally(it.core.owner, it.core.acme)).isEmpty();
    assertThat(certificates.total(it.core.owner, it.core.acme, ExamLevel.ACP))
        .isEqualTo(new TallyTotal(it.core.acme, ExamLevel.ACP, 0, 0));
    assertThat(it.history(certificate)).containsExactly(CertificateState.VALID);

    it.core.clock.advance(Duration.ofDays(1));
    it.events.clear();
    assertThat(it.benefits.settleDue()).isOne();
    assertThat(it.benefits.settleDue()).isZero();
    assertThat(certificates.nextDue()).isEmpty();
    assertThat(certificates.history(it.ann, id))
        .extracting(CertificateChange::state, CertificateChange::since)
        .containsExactly(
            tuple(CertificateState.VALID, it.core.start),
            tuple(CertificateState.EXPIRED, end(certificate)));
    assertThat(it.heard(CertificateChanged.class))
        .containsExactly(
            new CertificateChanged(
                id,
                it.core.cloud,
                ExamLevel.ACP,
                it.core.ann,
                it.core.organization,
                CertificateState.VALID,
                CertificateState.EXPIRED));
    assertThat(it.audit(id))
        .last()
        .extracting(AuditEntry::operation, AuditEntry::fromState, AuditEntry::madeBy)
        .containsExactly(Operation.EXPIRE_CERTIFICATE, "VALID", "system");
  }

  @Test
  void whatHasExpiredUnwrittenIsRefusedLikeWhatIsWritten() {
    Certificate certificate = it.counting();
    CertificateId id = certificate.certificateId();
    it.core.clock.set(end(certificate));
    assertThat(refusal(() -> certificates.suspend(operator, id, "late")))
        .hasMessageContaining("EXPIRED");
    assertRefused(Reason.ILLEGAL_STATE, () -> certificates.renew(operator, id, "late"));
    assertThat(it.history(certificate)).containsExactly(CertificateState.VALID);
    assertThat(certificates.settleDue()).isOne();
  }

  @Test
  void aSuspendedCertificateExpiresToo() {
    Certificate certificate = it.counting();
    certificates.suspend(operator, certificate.certificateId(), "doubt");
    it.core.clock.set(end(certificate));
    assertThat(it.now(certificate).state()).isEqualTo(CertificateState.EXPIRED);
    assertThat(certificates.settleDue()).isOne();
    assertThat(it.history(certificate))
        .containsExactly(
            CertificateState.VALID, CertificateState.SUSPENDED, CertificateState.EXPIRED);
  }

  @Test
  void whatWasRevokedOrSupersededNeverExpires() {
    Certificate revoked = it.counting();
    Certificate superseded = it.bound(it.ann);
    certificates.revoke(operator, revoked.certificateId(), "fraud");
    it.core.clock.advance(Duration.ofDays(1));
    Certificate renewal = certificates.renew(operator, superseded.certificateId(), "due");
    it.core.clock.set(end(superseded));

    assertThat(certificates.settleDue()).isZero();
    assertThat(certificates.nextDue()).contains(end(renewal));
    assertThat(it.now(revoked).state()).isEqualTo(CertificateState.REVOKED);
    assertThat(it.now(superseded).state()).isEqualTo(CertificateState.SUPERSEDED);
  }

  @Test
  void aRecordThatComesTooLateEarnsAnExpiredCertificateThatCanStillBeBound() {
    IdPair ids = it.nextIds();
    Instant longAgo = it.core.start.minus(Duration.ofDays(800));
    it.core.member(it.core.ann);
    it.benefits
        .examRecords()
        .receive(
            Actor.system(),
            new ExamRecordLine(ids, it.core.cloud, longAgo, ExamOutcome.PASS, null, null));
    Certificate certificate = it.certificateOf(it.bindings.submit(it.ann, it.core.cloud, ids));
    assertThat(certificate.state()).isEqualTo(CertificateState.EXPIRED);
    assertThat(certificate.accountId()).isEqualTo(it.core.ann);
    assertThat(certificates.tally(it.core.owner, it.core.acme)).isEmpty();

    assertThat(certificates.settleDue()).isOne();
    assertThat(certificates.history(Actor.system(), certificate.certificateId()))
        .extracting(CertificateChange::state, CertificateChange::since)
        .containsExactly(
            tuple(CertificateState.VALID, it.core.start),
            tuple(CertificateState.EXPIRED, it.core.start));
    assertThat(certificates.tally(it.core.owner, it.core.acme, it.core.start)).isEmpty();
  }

  @Test
  void suspendsAndReinstatesWithAReason() {
    Certificate certificate = it.counting();
    CertificateId id = certificate.certificateId();
    it.core.clock.advance(Duration.ofDays(1));
    Certificate suspended = certificates.suspend(operator, id, " doubt ");
    assertThat(suspended).isEqualTo(certificate.in(CertificateState.SUSPENDED, false));
    assertThat(it.now(id)).isEqualTo(suspended);
    assertThat(certificates.tally(it.core.owner, it.core.acme)).isEmpty();

    it.core.clock.advance(Duration.ofDays(1));
    assertThat(certificates.reinstate(operator, id, "cleared")).isEqualTo(certificate);
    assertThat(it.now(id)).isEqualTo(certificate);
    assertThat(certificates.history(Actor.system(), id))
        .extracting(CertificateChange::state, CertificateChange::since)
        .containsExactly(
            tuple(CertificateState.VALID, it.core.start),
            tuple(CertificateState.SUSPENDED, it.core.start.plus(Duration.ofDays(1))),
            tuple(CertificateState.VALID, it.core.start.plus(Duration.ofDays(2))));
    assertThat(it.audit(id).subList(1, 3))
        .extracting(
            AuditEntry::operation,
            AuditEntry::fromState,
            AuditEntry::toState,
            AuditEntry::madeBy,
            AuditEntry::why)
        .containsExactly(
            tuple(Operation.SUSPEND_CERTIFICATE, "VALID", "SUSPENDED", "operator:otto", "doubt"),
            tuple(
                Operation.REINSTATE_CERTIFICATE, "SUSPENDED", "VALID", "operator:otto", "cleared"));
  }

  @Test
  void revokesForGood() {
    Certificate certificate = it.counting();
    Certificate revoked = certificates.revoke(operator, certificate.certificateId(), "fraud");
    assertThat(revoked).isEqualTo(certificate.in(CertificateState.REVOKED, false));
    assertThat(it.now(certificate)).isEqualTo(revoked);
    assertThat(it.audit(certificate.certificateId()))
        .last()
        .extracting(AuditEntry::operation, AuditEntry::why)
        .containsExactly(Operation.REVOKE_CERTIFICATE, "fraud");
  }

  @Test
  void interventionsNeedAReasonAndLeaveNothingWithoutOne() {
    CertificateId id = it.counting().certificateId();
    for (String why : List.of("", " ", "x".repeat(501))) {
      assertRefused(Reason.INVALID_INPUT, () -> certificates.suspend(operator, id, why));
      assertRefused(Reason.INVALID_INPUT, () -> certificates.reinstate(operator, id, why));
      assertRefused(Reason.INVALID_INPUT, () -> certificates.revoke(operator, id, why));
      assertRefused(Reason.INVALID_INPUT, () -> certificates.renew(operator, id, why));
    }
    assertThat(it.audit(id)).hasSize(1);
  }

  @Test
  void onlyThePlatformIntervenesAndStrangersAreToldNothing() {
    Certificate certificate = it.counting();
    CertificateId id = certificate.certificateId();
    for (Actor insider : List.of(it.ann, it.core.owner)) {
      assertRefused(Reason.NOT_PERMITTED, () -> certificates.suspend(insider, id, "why"));
      assertRefused(Reason.NOT_PERMITTED, () -> certificates.reinstate(insider, id, "why"));
      assertRefused(Reason.NOT_PERMITTED, () -> certificates.revoke(insider, id, "why"));
      assertRefused(Reason.NOT_PERMITTED, () -> certificates.renew(insider, id, "why"));
    }
    for (Actor stranger : List.of(it.ben, it.boss)) {
      assertThat(refusal(() -> certificates.suspend(stranger, id, "why")))
          .hasMessage(
              refusal(() -> certificates.suspend(stranger, CertificateId.of("none"), "why"))
                  .getMessage())
          .extracting(refused -> refused.reason())
          .isEqualTo(Reason.NOT_FOUND);
      assertRefused(Reason.NOT_FOUND, () -> certificates.renew(stranger, id, "why"));
    }
    assertThat(it.now(id)).isEqualTo(certificate);
  }

  @Test
  void aRenewalTakesThePlaceOfTheOldOne() {
    Certificate old = it.counting();
    it.benefits.organizations().quit(it.ann);
    it.core.member(it.core.ann, it.betas);
    it.core.clock.advance(Duration.ofDays(100));
    Instant now = it.core.clock.instant();
    it.events.clear();

    Certificate renewal = certificates.renew(operator, old.certificateId(), "due");

    assertThat(renewal)
        .isEqualTo(
            new Certificate(
                renewal.certificateId(),
                old.recordId(),
                it.core.cloud,
                ExamLevel.ACP,
                renewal.number(),
                CertificateState.VALID,
                old.obtainedAt(),
                now,
                Instant.parse("2028-06-09T09:00:00Z"),
                it.core.ann,
                it.core.organization,
                now,
                old.certificateId(),
                false))
        .isEqualTo(it.now(renewal));
    assertThat(renewal.number()).isNotEqualTo(old.number());
    assertThat(it.now(old)).isEqualTo(old.in(CertificateState.SUPERSEDED, false));
    assertThat(certificates.ofAccount(it.ann, it.core.ann)).containsExactly(it.now(old), renewal);
    assertThat(certificates.byRecord(Actor.system(), old.recordId())).contains(it.now(old));
    assertThat(it.history(renewal)).containsExactly(CertificateState.VALID);
    assertThat(it.heard(CertificateChanged.class))
        .extracting(
            CertificateChanged::certificateId, CertificateChanged::from, CertificateChanged::to)
        .containsExactly(
            tuple(old.certificateId(), CertificateState.VALID, CertificateState.SUPERSEDED),
            tuple(renewal.certificateId(), null, CertificateState.VALID));
    assertThat(it.audit(renewal.certificateId()))
        .extracting(AuditEntry::operation, AuditEntry::toState, AuditEntry::why)
        .containsExactly(tuple(Operation.RENEW_CERTIFICATE, "VALID", "due"));
  }

  @Test
  void whoeverHearsOfARenewalCountsOneCertificate() {
    Certificate old = it.counting();
    Set<Long> counted = new HashSet<>();
    it.benefits.addListener(
        event -> {
          if (event instanceof CertificateChanged) {
            TallyTotal total = certificates.counting(Actor.system(), it.core.acme, ExamLevel.ACP);
            counted.add(total.certificates());
          }
        });
    certificates.renew(operator, old.certificateId(), "due");
    assertThat(counted).containsExactly(1L);
  }

  @Test
  void aRenewalCanBeToldItsNumberIfThatIsFree() {
    Certificate old = it.counting();
    Certificate other = it.bound(it.ann);
    CertificateId id = old.certificateId();
    assertRefused(
        Reason.ALREADY_EXISTS, () -> certificates.renew(operator, id, other.number(), "due", null));
    assertRefused(
        Reason.ALREADY_EXISTS, () -> certificates.renew(operator, id, old.number(), "due", null));
    assertThat(it.now(old)).isEqualTo(old);

    CertificateNumber number = CertificateNumber.of(" acp-2030-1 ");
    Certificate renewal = certificates.renew(operator, id, number, "due", null);
    assertThat(renewal.number().value()).isEqualTo("ACP-2030-1");
    assertThat(certificates.byNumber(operator, CertificateNumber.of("Acp-2030-1")))
        .isEqualTo(renewal);
    assertThat(certificates.renew(operator, renewal.certificateId(), "due").renewedFrom())
        .isEqualTo(renewal.certificateId());
  }

  @Test
  void whatNobodyHasBoundIsNotRenewed() {
    Certificate unbound = it.unbound();
    assertThat(refusal(() -> certificates.renew(operator, unbound.certificateId(), "due")))
        .hasMessageContaining("bound to no account")
        .extracting(refused -> refused.reason())
        .isEqualTo(Reason.ILLEGAL_STATE);
    assertThat(it.now(unbound)).isEqualTo(unbound);
  }

  @Test
  void oneRequestKeyRenewsOnce() {
    Certificate old = it.counting();
    Certificate other = it.bound(it.ann);
    CertificateId id = old.certificateId();
    RequestKey key = RequestKey.of("renew-1");
    Certificate renewal = certificates.renew(operator, id, null, "due", key);

    assertThat(certificates.renew(operator, id, null, "due", key)).isEqualTo(renewal);
    assertThat(it.core.number("SELECT COUNT(*) FROM acp_certificate")).isEqualTo(3);
    assertRefused(
        Reason.REQUEST_KEY_REUSED, () -> certificates.renew(operator, id, null, "other", key));
    assertRefused(
        Reason.REQUEST_KEY_REUSED,
        () -> certificates.renew(operator, id, CertificateNumber.of("N"), "due", key));
    assertRefused(
        Reason.REQUEST_KEY_REUSED,
        () -> certificates.renew(operator, other.certificateId(), null, "due", key));
  }

  @Test
  void whatIsBoundStaysBoundWhateverBecomesOfTheCertificate() {
    IdPair ids = it.nextIds();
    it.core.record(ids, ExamOutcome.PASS);
    CertificateBinding bound = it.bindings.submit(it.ann, it.core.cloud, ids);
    CertificateId id = it.certificateOf(bound).certificateId();
    certificates.renew(operator, id, "due");
    assertThat(it.bindings.submit(it.ann, it.core.cloud, ids)).isEqualTo(bound);
    assertRefused(Reason.ALREADY_BOUND, () -> it.bindings.submit(it.ben, it.core.cloud, ids));
  }

  @Test
  void aSuspendedCertificateCanBeBoundAndARevokedOneCannot() {
    IdPair suspended = it.nextIds();
    IdPair revoked = it.nextIds();
    it.core.record(suspended, ExamOutcome.PASS);
    it.core.record(revoked, ExamOutcome.PASS);
    certificates.suspend(operator, it.ofPair(suspended).certificateId(), "doubt");
    certificates.revoke(operator, it.ofPair(revoked).certificateId(), "fraud");

    assertRefused(Reason.NOT_PASSED, () -> it.bindings.submit(it.ann, it.core.cloud, revoked));
    Certificate bound = it.certificateOf(it.bindings.submit(it.ann, it.core.cloud, suspended));
    assertThat(bound.state()).isEqualTo(CertificateState.SUSPENDED);
    assertThat(bound.accountId()).isEqualTo(it.core.ann);
  }

  @Test
  void numbersAreSpeltWithTheLevelAndNeverTheSame() {
    CertificateNumbers numbers = new CertificateNumbers();
    Set<CertificateNumber> made = new HashSet<>();
    StringBuilder letters = new StringBuilder();
    for (int i = 0; i < 1000; i++) {
      CertificateNumber number = numbers.next(i % 2 == 0 ? ExamLevel.ACE : ExamLevel.ACP);
      assertThat(number.value())
          .matches((i % 2 == 0 ? "ACE" : "ACP") + "(-[0-9A-HJKMNP-TV-Z]{5}){3}");
      made.add(number);
      letters.append(number.value().substring(3).replace("-", ""));
    }
    assertThat(made).hasSize(1000);
    assertThat(letters.chars().distinct().count()).isEqualTo(32);
  }

  @Test
  void aNumberHasAtMost50CharactersAndIgnoresCase() {
    assertThat(CertificateNumber.of(" aB-1 ")).isEqualTo(CertificateNumber.of("AB-1"));
    assertThat(CertificateNumber.of("aB-1").toString()).isEqualTo("AB-1");
    assertThat(CertificateNumber.of("x".repeat(50)).value()).hasSize(50);
    for (String bad : List.of("", " ", "x".repeat(51), "a\nb")) {
      assertRefused(Reason.INVALID_INPUT, () -> CertificateNumber.of(bad));
    }
  }

  @Test
  void theDatabaseKeepsNumbersAndRenewalsUnique() {
    Certificate one = it.counting();
    Certificate other = it.bound(it.ann);
    assertThat(
            catchThrowable(
                () ->
                    it.core.sql(
                        "UPDATE acp_certificate SET number = '%s' WHERE certificate_id = '%s'"
                            .formatted(one.number(), other.certificateId()))))
        .isInstanceOf(AssertionError.class);
    Certificate renewal = certificates.renew(operator, one.certificateId(), "due");
    assertThat(
            catchThrowable(
                () ->
                    it.core.sql(
                        "UPDATE acp_certificate SET renewed_from = '%s' WHERE certificate_id = '%s'"
                            .formatted(renewal.renewedFrom(), other.certificateId()))))
        .isInstanceOf(AssertionError.class);
  }

  @Test
  void aPolicyTellsTheEndForItsLevelOnly() {
    CertificatePolicy policy =
        CertificatePolicy.DEFAULT
            .withValidity(ExamLevel.ACE, Period.ofMonths(1))
            .withExpiringSoon(Period.ofDays(10));
    Instant january = Instant.parse("2027-01-31T12:00:00Z");
    assertThat(policy.validUntil(ExamLevel.ACE, january)).isEqualTo("2027-02-28T12:00:00Z");
    assertThat(policy.validUntil(ExamLevel.ACP, january)).isNull();
    assertThat(policy.withValidity(ExamLevel.ACP, Period.ofDays(1)).validity()).hasSize(2);
    assertThat(policy.withValidity(ExamLevel.ACE, Period.ofDays(1)).expiringSoon())
        .isEqualTo(Period.ofDays(10));

    Instant in10Days = january.plus(Duration.ofDays(10));
    assertThat(policy.isSoon(in10Days, january)).isTrue();
    assertThat(policy.isSoon(in10Days.plusNanos(1000), january)).isFalse();
  }

  @Test
  void aPolicyRefusesPeriodsThatAreNotPositiveOrTooLong() {
    for (Period bad :
        List.of(
            Period.ZERO,
            Period.ofDays(-1),
            Period.of(1, 0, -1),
            Period.of(100, 0, 1),
            Period.ofYears(Integer.MAX_VALUE),
            Period.ofDays(36_526))) {
      assertRefused(
          Reason.INVALID_INPUT, () -> CertificatePolicy.DEFAULT.withValidity(ExamLevel.ACP, bad));
      assertRefused(Reason.INVALID_INPUT, () -> CertificatePolicy.DEFAULT.withExpiringSoon(bad));
    }
    assertThat(CertificatePolicy.DEFAULT.withExpiringSoon(Period.ofYears(100)).expiringSoon())
        .isEqualTo(Period.ofYears(100));
  }
}
