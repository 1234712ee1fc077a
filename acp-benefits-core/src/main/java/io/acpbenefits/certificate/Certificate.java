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
 * @param recordId the exam record that it stands on
 * @param examId which exam
 * @param level what it counts for
 * @param state where it stands
 * @param obtainedAt when the exam was sat, in UTC
 * @param accountId to whom it is bound, if it is
 * @param organizationId for which organization it counts, if for one
 * @param boundAt when it was bound
 */
public record Certificate(
    CertificateId certificateId,
    ExamRecordId recordId,
    ExamId examId,
    ExamLevel level,
    CertificateState state,
    Instant obtainedAt,
    @Nullable AccountId accountId,
    @Nullable OrganizationId organizationId,
    @Nullable Instant boundAt) {}
