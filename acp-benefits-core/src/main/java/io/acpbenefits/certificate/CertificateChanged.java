package io.acpbenefits.certificate;

import io.acpbenefits.common.AccountId;
import io.acpbenefits.common.DomainEvent;
import io.acpbenefits.exam.ExamId;
import io.acpbenefits.exam.ExamLevel;
import io.acpbenefits.organization.OrganizationId;
import org.jspecify.annotations.Nullable;

/**
 * A certificate was earned or renewed, or went from one state to another. What counts for its
 * organization may have changed; it has been written when this is told. Binding is told by {@link
 * BindingChanged}.
 *
 * @param certificateId which certificate
 * @param examId of which exam
 * @param level what it counts for
 * @param accountId to whom it is bound, if it is
 * @param organizationId for which organization it counts, if for one
 * @param from where it stood, or null if it was not there
 * @param to where it stands now
 */
public record CertificateChanged(
    CertificateId certificateId,
    ExamId examId,
    ExamLevel level,
    @Nullable AccountId accountId,
    @Nullable OrganizationId organizationId,
    @Nullable CertificateState from,
    CertificateState to)
    implements DomainEvent {}
