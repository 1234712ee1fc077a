package io.acpbenefits.registration;

import io.acpbenefits.common.AccountId;
import io.acpbenefits.common.DomainEvent;
import io.acpbenefits.exam.ExamId;

/**
 * An exam registration was rescheduled, canceled, delivered or missed.
 *
 * @param examRegistrationId which registration
 * @param accountId who
 * @param examId which exam
 * @param state where it stands now
 */
public record ExamRegistrationChanged(
    ExamRegistrationId examRegistrationId,
    AccountId accountId,
    ExamId examId,
    ExamRegistrationState state)
    implements DomainEvent {}
