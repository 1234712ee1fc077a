package io.acpbenefits.certificate;

import static io.acpbenefits.CoreFixture.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.acpbenefits.audit.AuditEntry;
import io.acpbenefits.certificate.Explanation.Fact;
import io.acpbenefits.certificate.Explanation.FactKind;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.PageRequest;
import io.acpbenefits.common.Reason;
import io.acpbenefits.examrecord.ExamOutcome;
import io.acpbenefits.examrecord.ExamRecord;
import io.acpbenefits.registration.IdPair;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What becomes of certificates when their records are held, released, invalidated. */
class CertificatesOfRecordsTest {

  private final CertificateFixture it = new CertificateFixture();
  private final Certificates certificates = it.certificates;
  private final Actor operator = it.core.operator;

  private void hold(Certificate certificate) {
    it.benefits.examRecords().hold(operator, certificate.recordId(), "doubt");
  }

  private void release(Certificate certificate) {
    it.benefits.examRecords().release(operator, certificate.recordId(), "cleared");
  }

  private void invalidate(Certificate certificate) {
    it.benefits.examRecords().invalidate(operator, certificate.recordId(), "fraud");
  }

  @Test
  void isSuspendedWhileTheRecordIsHeldAndCountsAgainWhenItIsReleased() {
    Certificate certificate = it.counting();
    it.core.clock.advance(Duration.ofDays(1));
    hold(certificate);
    assertThat(it.now(certificate)).isEqualTo(certificate.in(CertificateState.SUSPENDED, true));
    assertThat(certificates.tally(operator, it.core.acme)).isEmpty();
    assertThat(it.audit(certificate.certificateId()))
        .last()
        .extracting(AuditEntry::madeBy, AuditEntry::why)
        .containsExactly("system", "The exam record is held.");

    Explanation explanation =
        certificates.explain(it.ann, certificate.certificateId(), it.core.acme);
    assertThat(explanation.facts().get(0).kind()).isEqualTo(FactKind.SUSPENDED);
    assertThat(explanation.facts()).extracting(Fact::sentence).first().asString().contains("held");
    assertThat(explanation.changes())
        .containsExactly("It is valid again as soon as an operator lets its exam record stand.");

    release(certificate);
    assertThat(it.now(certificate)).isEqualTo(certificate);
    assertThat(it.history(certificate))
        .containsExactly(
            CertificateState.VALID, CertificateState.SUSPENDED, CertificateState.VALID);
    assertThat(it.audit(certificate.certificateId()))
        .last()
        .extracting(AuditEntry::why)
        .isEqualTo("The exam record stands again.");
  }

  @Test
  void whatIsHeldAndThenInvalidatedIsRevoked() {
    Certificate certificate = it.counting();
    hold(certificate);
    invalidate(certificate);
    assertThat(it.now(certificate)).isEqualTo(certificate.in(CertificateState.REVOKED, false));
    assertThat(it.history(certificate))
        .containsExactly(
            CertificateState.VALID, CertificateState.SUSPENDED, CertificateState.REVOKED);
  }

  @Test
  void anInvalidatedRecordRevokesForGood() {
    Certificate certificate = it.counting();
    invalidate(certificate);
    assertThat(it.now(certificate)).isEqualTo(certificate.in(CertificateState.REVOKED, false));
    assertThat(it.audit(certificate.certificateId()))
        .last()
        .extracting(AuditEntry::why)
        .isEqualTo("The exam record was invalidated.");
  }

  @Test
  void whatAnOperatorRevokedStaysRevokedWhateverBecomesOfTheRecord() {
    Certificate certificate = it.counting();
    certificates.revoke(operator, certificate.certificateId(), "fraud");
    hold(certificate);
    release(certificate);
    invalidate(certificate);
    assertThat(it.history(certificate))
        .containsExactly(CertificateState.VALID, CertificateState.REVOKED);
  }

  @Test
  void whatAnOperatorSuspendedStaysSuspendedWhenTheRecordIsReleased() {
    Certificate certificate = it.counting();
    CertificateId id = certificate.certificateId();
    certificates.suspend(operator, id, "doubt");
    hold(certificate);
    assertThat(it.now(id).heldWithRecord()).isFalse();

    assertThat(refusal(() -> certificates.reinstate(operator, id, "cleared")))
        .hasMessageContaining("HELD")
        .extracting(refused -> refused.reason())
        .isEqualTo(Reason.ILLEGAL_STATE);
    release(certificate);
    assertThat(it.now(id).state()).isEqualTo(CertificateState.SUSPENDED);
    assertThat(certificates.reinstate(operator, id, "cleared").state())
        .isEqualTo(CertificateState.VALID);
  }

  @Test
  void aRenewalStandsAndFallsWithTheSameRecord() {
    Certificate old = it.counting();
    Certificate renewal = certificates.renew(operator, old.certificateId(), "due");
    hold(old);
    assertThat(it.now(old).state()).isEqualTo(CertificateState.SUPERSEDED);
    assertThat(it.now(renewal).state()).isEqualTo(CertificateState.SUSPENDED);
    release(old);
    assertThat(it.now(renewal)).isEqualTo(renewal);
    invalidate(old);
    assertThat(it.now(old).state()).isEqualTo(CertificateState.SUPERSEDED);
    assertThat(it.now(renewal).state()).isEqualTo(CertificateState.REVOKED);
  }

  @Test
  void whatHasExpiredMeanwhileIsNeitherHeldNorRevoked() {
    Certificate certificate = it.counting();
    it.core.clock.set(Objects.requireNonNull(certificate.validUntil()));
    hold(certificate);
    invalidate(certificate);
    assertThat(it.history(certificate))
        .containsExactly(CertificateState.VALID, CertificateState.EXPIRED);
  }

  @Test
  void whatExpiresWhileHeldIsNotHeldAnyMore() {
    Certificate certificate = it.counting();
    hold(certificate);
    it.core.clock.set(Objects.requireNonNull(certificate.validUntil()));
    certificates.settleDue();
    assertThat(it.now(certificate)).isEqualTo(certificate.in(CertificateState.EXPIRED, false));
    release(certificate);
    assertThat(it.now(certificate).state()).isEqualTo(CertificateState.EXPIRED);
  }

  @Test
  void aHeldRecordThatStandsInsteadEarnsOneAndBindsWhoeverWaits() {
    IdPair ids = it.nextIds();
    it.core.member(it.core.ann);
    CertificateBinding waiting = it.bindings.submit(it.ann, it.core.cloud, ids);
    it.core.record(ids, ExamOutcome.FAIL);
    it.core.record(ids, ExamOutcome.PASS);
    assertThat(it.core.number("SELECT COUNT(*) FROM acp_certificate")).isZero();
    ExamRecord held = it.benefits.examRecords().held(operator, PageRequest.first(1)).items().get(0);

    it.benefits.examRecords().standInstead(operator, held.recordId(), "the later one is right");

    CertificateBinding bound = it.bindings.get(it.ann, waiting.bindingId());
    assertThat(bound.state()).isEqualTo(BindingState.BOUND);
    assertThat(certificates.byRecord(it.ann, held.recordId())).contains(it.certificateOf(bound));
  }

  @Test
  void anUnboundCertificateFollowsItsRecordToo() {
    Certificate unbound = it.unbound();
    hold(unbound);
    assertThat(it.now(unbound).state()).isEqualTo(CertificateState.SUSPENDED);
    release(unbound);
    assertThat(it.now(unbound)).isEqualTo(unbound);
    assertThat(List.copyOf(it.heard(CertificateChanged.class)))
        .extracting(CertificateChanged::to)
        .containsExactly(
            CertificateState.VALID, CertificateState.SUSPENDED, CertificateState.VALID);
  }
}
