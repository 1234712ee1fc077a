package io.acpbenefits.certificate;

import static io.acpbenefits.CoreFixture.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.acpbenefits.AcpBenefits;
import io.acpbenefits.audit.AuditEntry;
import io.acpbenefits.certificate.Explanation.Fact;
import io.acpbenefits.certificate.Explanation.FactKind;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.DomainEvent;
import io.acpbenefits.common.Reason;
import io.acpbenefits.examrecord.ExamOutcome;
import io.acpbenefits.examrecord.ExamRecordId;
import io.acpbenefits.examrecord.ExamRecordInvalidated;
import io.acpbenefits.examrecord.ExamRecordReceived;
import io.acpbenefits.examrecord.ExamRecordState;
import io.acpbenefits.internal.Domain;
import io.acpbenefits.registration.IdPair;
import java.lang.reflect.Field;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/**
 * What becomes of certificates when their records are held, released, invalidated: for each event
 * that the records can tell, in each order, whatever an operator does that leads to it.
 */
class CertificatesOfRecordsTest {

  private final CertificateFixture it = new CertificateFixture();
  private final Certificates certificates = it.certificates;
  private final Actor operator = it.core.operator;

  private void tell(DomainEvent event) {
    try {
      Field domain = AcpBenefits.class.getDeclaredField("domain");
      domain.setAccessible(true);
      Domain events = (Domain) Objects.requireNonNull(domain.get(it.benefits));
      events.run(() -> events.publish(event));
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("AcpBenefits has no domain", e);
    }
  }

  private void written(ExamRecordId id, ExamRecordState state) {
    it.core.sql(
        "UPDATE acp_exam_record SET state = '%s' WHERE record_id = '%s'".formatted(state, id));
  }

  private void stoodNoMore(Certificate certificate, ExamRecordState state) {
    written(certificate.recordId(), state);
    tell(new ExamRecordInvalidated(certificate.recordId(), it.core.cloud, state));
  }

  private void stands(Certificate certificate, ExamOutcome outcome) {
    written(certificate.recordId(), ExamRecordState.RECEIVED);
    tell(new ExamRecordReceived(certificate.recordId(), it.core.cloud, outcome, null));
  }

  @Test
  void isSuspendedWhileTheRecordIsHeldAndCountsAgainWhenItIsReleased() {
    Certificate certificate = it.counting();
    it.core.clock.advance(Duration.ofDays(1));
    stoodNoMore(certificate, ExamRecordState.HELD);
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

    stands(certificate, ExamOutcome.PASS);
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
  void whatIsToldTwiceChangesNothingTheSecondTime() {
    Certificate certificate = it.counting();
    stands(certificate, ExamOutcome.PASS);
    assertThat(it.history(certificate)).hasSize(1);
    stoodNoMore(certificate, ExamRecordState.HELD);
    stoodNoMore(certificate, ExamRecordState.HELD);
    assertThat(it.history(certificate)).hasSize(2);
    stoodNoMore(certificate, ExamRecordState.INVALIDATED);
    stoodNoMore(certificate, ExamRecordState.INVALIDATED);
    stoodNoMore(certificate, ExamRecordState.HELD);
    stands(certificate, ExamOutcome.PASS);
    assertThat(it.history(certificate))
        .containsExactly(
            CertificateState.VALID, CertificateState.SUSPENDED, CertificateState.REVOKED);
    assertThat(it.core.number("SELECT COUNT(*) FROM acp_certificate")).isOne();
  }

  @Test
  void anInvalidatedRecordRevokesForGood() {
    Certificate certificate = it.counting();
    stoodNoMore(certificate, ExamRecordState.INVALIDATED);
    assertThat(it.now(certificate)).isEqualTo(certificate.in(CertificateState.REVOKED, false));
    assertThat(it.audit(certificate.certificateId()))
        .last()
        .extracting(AuditEntry::why)
        .isEqualTo("The exam record was invalidated.");
  }

  @Test
  void aRecordThatNowSaysFailRevokes() {
    Certificate certificate = it.counting();
    stands(certificate, ExamOutcome.FAIL);
    assertThat(it.now(certificate).state()).isEqualTo(CertificateState.REVOKED);
  }

  @Test
  void whatAnOperatorSuspendedStaysSuspendedWhenTheRecordIsReleased() {
    Certificate certificate = it.counting();
    CertificateId id = certificate.certificateId();
    certificates.suspend(operator, id, "doubt");
    stoodNoMore(certificate, ExamRecordState.HELD);
    assertThat(it.now(id).heldWithRecord()).isFalse();

    assertThat(refusal(() -> certificates.reinstate(operator, id, "cleared")))
        .hasMessageContaining("HELD")
        .extracting(refused -> refused.reason())
        .isEqualTo(Reason.ILLEGAL_STATE);
    stands(certificate, ExamOutcome.PASS);
    assertThat(it.now(id).state()).isEqualTo(CertificateState.SUSPENDED);
    assertThat(certificates.reinstate(operator, id, "cleared").state())
        .isEqualTo(CertificateState.VALID);
  }

  @Test
  void aRenewalStandsAndFallsWithTheSameRecord() {
    Certificate old = it.counting();
    Certificate renewal = certificates.renew(operator, old.certificateId(), "due");
    stoodNoMore(old, ExamRecordState.HELD);
    assertThat(it.now(old).state()).isEqualTo(CertificateState.SUPERSEDED);
    assertThat(it.now(renewal).state()).isEqualTo(CertificateState.SUSPENDED);
    stands(old, ExamOutcome.PASS);
    assertThat(it.now(renewal)).isEqualTo(renewal);
    stoodNoMore(old, ExamRecordState.INVALIDATED);
    assertThat(it.now(old).state()).isEqualTo(CertificateState.SUPERSEDED);
    assertThat(it.now(renewal).state()).isEqualTo(CertificateState.REVOKED);
  }

  @Test
  void whatHasExpiredMeanwhileIsNeitherHeldNorRevoked() {
    Certificate certificate = it.counting();
    it.core.clock.set(Objects.requireNonNull(certificate.validUntil()));
    stoodNoMore(certificate, ExamRecordState.HELD);
    stoodNoMore(certificate, ExamRecordState.INVALIDATED);
    assertThat(it.history(certificate))
        .containsExactly(CertificateState.VALID, CertificateState.EXPIRED);
  }

  @Test
  void whatExpiresWhileHeldIsNotHeldAnyMore() {
    Certificate certificate = it.counting();
    stoodNoMore(certificate, ExamRecordState.HELD);
    it.core.clock.set(Objects.requireNonNull(certificate.validUntil()));
    certificates.settleDue();
    assertThat(it.now(certificate)).isEqualTo(certificate.in(CertificateState.EXPIRED, false));
    stands(certificate, ExamOutcome.PASS);
    assertThat(it.now(certificate).state()).isEqualTo(CertificateState.EXPIRED);
  }

  @Test
  void aReleasedRecordThatNeverEarnedOneEarnsOneAndBindsWhoeverWaits() {
    IdPair ids = it.nextIds();
    it.core.member(it.core.ann);
    CertificateBinding waiting = it.bindings.submit(it.ann, it.core.cloud, ids);
    it.core.record(ids, ExamOutcome.FAIL);
    ExamRecordId record =
        it.benefits
            .examRecords()
            .standing(Actor.system(), ids, it.core.cloud)
            .orElseThrow()
            .recordId();
    it.core.sql(
        "UPDATE acp_exam_record SET outcome = 'PASS' WHERE record_id = '%s'".formatted(record));
    tell(new ExamRecordReceived(record, it.core.cloud, ExamOutcome.PASS, null));

    CertificateBinding bound = it.bindings.get(it.ann, waiting.bindingId());
    assertThat(bound.state()).isEqualTo(BindingState.BOUND);
    assertThat(certificates.byRecord(it.ann, record)).contains(it.certificateOf(bound));
  }

  @Test
  void anUnboundCertificateFollowsItsRecordToo() {
    Certificate unbound = it.unbound();
    stoodNoMore(unbound, ExamRecordState.HELD);
    assertThat(it.now(unbound).state()).isEqualTo(CertificateState.SUSPENDED);
    stands(unbound, ExamOutcome.PASS);
    assertThat(it.now(unbound)).isEqualTo(unbound);
    assertThat(List.copyOf(it.heard(CertificateChanged.class)))
        .extracting(CertificateChanged::to)
        .containsExactly(
            CertificateState.VALID, CertificateState.SUSPENDED, CertificateState.VALID);
  }
}
