package io.acpbenefits.certificate;

import io.acpbenefits.common.AccountId;
import io.acpbenefits.exam.ExamId;
import io.acpbenefits.exam.ExamLevel;
import io.acpbenefits.examrecord.ExamRecordId;
import io.acpbenefits.organization.OrganizationId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a passed exam earned. It can be bound to one account, once and for ever; the organization
 * that it counts for is fixed at that moment.
 *
 * @param certificateId its id
 * @param recordId the exam record that it stands on; a renewal stands on that of the renewed one
 * @param examId which exam
 * @param level what it counts for
 * @param number the number on it
 * @param state where it stands; as operations return it, its validity is taken into account
 * @param obtainedAt when the exam was sat, in UTC
 * @param validFrom since when it is valid: since the exam was sat, or since its renewal
 * @param validUntil from this instant on it is expired; null if it never expires
 * @param accountId to whom it is bound, if it is
 * @param organizationId for which organization it counts, if for one
 * @param boundAt when it was bound; of a renewal, when it was renewed
 * @param renewedFrom the certificate in whose place it is, if it is a renewal
 * @param heldWithRecord whether it is suspended because its exam record is held
 */
public record Certificate(
    CertificateId certificateId,
    ExamRecordId recordId,
    ExamId examId,
    ExamLevel level,
    CertificateNumber number,
    CertificateState state,
    Instant obtainedAt,
    Instant validFrom,
    @Nullable Instant validUntil,
    @Nullable AccountId accountId,
    @Nullable OrganizationId organizationId,
    @Nullable Instant boundAt,
    @Nullable CertificateId renewedFrom,
    boolean heldWithRecord) {

  /** As it stands at an instant, which may be past the end of its validity. */
  Certificate at(Instant now) {
    boolean over = validUntil != null && !now.isBefore(validUntil);
    boolean open = state == CertificateState.VALID || state == CertificateState.SUSPENDED;
    return over && open ? in(CertificateState.EXPIRED, false) : this;
  }

  Certificate in(CertificateState state, boolean heldWithRecord) {
    return new Certificate(
        certificateId,
        recordId,
        examId,
        level,
        number,
        state,
        obtainedAt,
        validFrom,
        validUntil,
        accountId,
        organizationId,
        boundAt,
        renewedFrom,
        heldWithRecord);
  }

  /** The one that takes its place: of the same account and organization. */
  Certificate renewed(
      CertificateId id, CertificateNumber number, Instant from, @Nullable Instant until) {
    return new Certificate(
        id,
        recordId,
        examId,
        level,
        number,
        CertificateState.VALID,
        obtainedAt,
        from,
        until,
        accountId,
        organizationId,
        from,
        certificateId,
        false);
  }
}
