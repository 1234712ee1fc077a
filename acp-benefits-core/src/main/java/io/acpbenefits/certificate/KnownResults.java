package io.acpbenefits.certificate;

import io.acpbenefits.common.Actor;
import io.acpbenefits.common.Reason;
import io.acpbenefits.common.Refusal;
import io.acpbenefits.exam.ExamId;
import io.acpbenefits.examrecord.ExamOutcome;
import io.acpbenefits.examrecord.ExamRecord;
import io.acpbenefits.examrecord.ExamRecordState;
import io.acpbenefits.examrecord.ExamRecords;
import io.acpbenefits.registration.IdPair;
import java.util.Optional;

/** What the records say of a pair of ids, and what follows for whoever submits it. */
final class KnownResults {

  private final ExamRecords records;
  private final Certificates certificates;

  KnownResults(ExamRecords records, Certificates certificates) {
    this.records = records;
    this.certificates = certificates;
  }

  /**
   * The certificate that a pair of ids has earned, locked; empty if no record has come.
   *
   * @throws Refusal NOT_PASSED, or IDS_SWAPPED if a record of the reversed pair has come
   */
  Optional<Certificate> earned(IdPair ids, ExamId exam) {
    Optional<ExamRecord> found = records.standing(Actor.system(), ids, exam);
    if (found.isEmpty() && areSwapped(ids, exam)) {
      throw new Refusal(
          Reason.IDS_SWAPPED,
          "Candidate ID and Registration ID stand in each other's place; swap them and submit again.");
    }
    return found.map(
        result ->
            earnedBy(result)
                .orElseThrow(
                    () ->
                        new Refusal(
                            Reason.NOT_PASSED,
                            "By the exam record with these ids the exam was not passed, or its"
                                + " certificate was taken back.")));
  }

  /**
   * The certificate that a record has earned, locked. One that does not count now can be bound too:
   * whose it is and whether it counts are two things. Only what was taken back is nobody's any
   * more.
   */
  Optional<Certificate> earnedBy(ExamRecord result) {
    return result.outcome() == ExamOutcome.PASS && result.state() == ExamRecordState.RECEIVED
        ? certificates
            .lockByRecord(result.recordId())
            .filter(certificate -> certificate.state() != CertificateState.REVOKED)
        : Optional.empty();
  }

  boolean areSwapped(IdPair ids, ExamId exam) {
    return records.standing(Actor.system(), ids.swapped(), exam).isPresent();
  }

  static void requireUnbound(Certificate certificate) {
    if (certificate.accountId() != null) {
      throw new Refusal(
          Reason.ALREADY_BOUND,
          "This certificate is bound to an account already, which cannot be altered.");
    }
  }
}
