package io.acpbenefits.registration;

import io.acpbenefits.common.AccountId;
import io.acpbenefits.common.DomainEvent;
import io.acpbenefits.exam.ExamId;

/**
 * Somebody booked an exam.
 *
 * @param examRegistrationId which registration
 * @param accountId who
 * @param examId which exam
 * @param payment how it is paid for
 */
public record ExamRegistered(
    ExamRegistrationId examRegistrationId, AccountId accountId, ExamId examId, Payment payment)
    implements DomainEvent {}
