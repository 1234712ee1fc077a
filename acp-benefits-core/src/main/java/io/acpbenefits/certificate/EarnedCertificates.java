package io.acpbenefits.certificate;

import io.acpbenefits.common.Actor;
import io.acpbenefits.common.Operation;
import io.acpbenefits.exam.Exam;
import io.acpbenefits.exam.Exams;
import io.acpbenefits.examrecord.ExamOutcome;
import io.acpbenefits.examrecord.ExamRecord;
import io.acpbenefits.examrecord.ExamRecordInvalidated;
import io.acpbenefits.examrecord.ExamRecordReceived;
import io.acpbenefits.examrecord.ExamRecordState;
import io.acpbenefits.examrecord.ExamRecords;
import io.acpbenefits.internal.Domain;
import java.time.Instant;
import java.util.List;

/**
 * What becomes of certificates when the records that they stand on come and go, in the transaction
 * of the record: a PASS earns one; while its record is held, a certificate is suspended; with its
 * record's word it is revoked.
 */
final class EarnedCertificates {

  private final Domain domain;
  private final Exams exams;
  private final ExamRecords records;
  private final CertificateStore store;
  private final CertificatePolicy policy;
  private final CertificateNumbers numbers;

  EarnedCertificates(
      Domain domain,
      Exams exams,
      ExamRecords records,
      CertificateStore store,
      CertificatePolicy policy,
      CertificateNumbers numbers) {
    this.domain = domain;
    this.exams = exams;
    this.records = records;
    this.store = store;
    this.policy = policy;
    this.numbers = numbers;
  }

  /** A record stands: it is new, or was released. */
  void stands(ExamRecordReceived event) {
    if (event.outcome() != ExamOutcome.PASS) {
      return;
    }
    List<CertificateId> known = store.standingOn(event.recordId());
    if (known.isEmpty()) {
      earn(event);
    } else {
      known.forEach(this::release);
    }
  }

  /** A record that stood does not stand any more, for the time being or for good. */
  void stoodNoMore(ExamRecordInvalidated event) {
    for (CertificateId id : store.standingOn(event.recordId())) {
      if (event.state() == ExamRecordState.HELD) {
        hold(id);
      } else {
        revoke(id);
      }
    }
  }

  private void earn(ExamRecordReceived event) {
    ExamRecord passed = records.get(Actor.system(), event.recordId());
    Exam exam = exams.get(Actor.system(), event.examId());
    Instant from = passed.takenAt();
    Certificate certificate =
        new Certificate(
            CertificateId.of(domain.newId()),
            passed.recordId(),
            exam.examId(),
            exam.level(),
            numbers.next(exam.level()),
            CertificateState.VALID,
            from,
            from,
            policy.validUntil(exam.level(), from),
            null,
            null,
            null,
            null,
            false);
    store.insert(certificate);
    store.tellOf(Actor.system(), Operation.EARN_CERTIFICATE, certificate, null);
  }

  private void hold(CertificateId id) {
    Certificate certificate = store.lock(id);
    if (allows(Operation.SUSPEND_CERTIFICATE, certificate)) {
      move(
          Operation.SUSPEND_CERTIFICATE,
          certificate,
          certificate.in(CertificateState.SUSPENDED, true),
          "The exam record is held.");
    }
  }

  private void release(CertificateId id) {
    Certificate certificate = store.lock(id);
    if (certificate.heldWithRecord()) {
      move(
          Operation.REINSTATE_CERTIFICATE,
          certificate,
          certificate.in(CertificateState.VALID, false),
          "The exam record stands again.");
    }
  }

  private void revoke(CertificateId id) {
    Certificate certificate = store.lock(id);
    if (allows(Operation.REVOKE_CERTIFICATE, certificate)) {
      move(
          Operation.REVOKE_CERTIFICATE,
          certificate,
          certificate.in(CertificateState.REVOKED, false),
          "The exam record was invalidated.");
    }
  }

  private static boolean allows(Operation operation, Certificate certificate) {
    return CertificateState.lifecycle().allows(operation, certificate.state());
  }

  private void move(Operation operation, Certificate from, Certificate to, String why) {
    store.move(Actor.system(), operation, from, to, why);
  }
}
