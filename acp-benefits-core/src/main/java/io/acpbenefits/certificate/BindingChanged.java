package io.acpbenefits.certificate;

import io.acpbenefits.common.AccountId;
import io.acpbenefits.common.DomainEvent;
import io.acpbenefits.exam.ExamId;
import io.acpbenefits.organization.OrganizationId;
import org.jspecify.annotations.Nullable;

/**
 * A binding was submitted, or went from one state to another.
 *
 * @param bindingId which binding
 * @param accountId whose
 * @param examId of which exam
 * @param from where it stood, or null if it was just submitted
 * @param to where it stands now
 * @param organizationId once it is bound, for which organization the certificate counts, if for one
 */
public record BindingChanged(
    BindingId bindingId,
    AccountId accountId,
    ExamId examId,
    @Nullable BindingState from,
    BindingState to,
    @Nullable OrganizationId organizationId)
    implements DomainEvent {}
