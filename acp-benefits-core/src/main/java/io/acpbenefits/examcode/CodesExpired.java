package io.acpbenefits.examcode;

import io.acpbenefits.common.DomainEvent;
import io.acpbenefits.exam.ExamId;
import io.acpbenefits.partner.PartnerId;

/**
 * Codes that an application had brought expired without being booked, and the policy says that the
 * quota gets them back. Not told of imported codes, which took no quota.
 *
 * @param partnerId whose codes
 * @param examId the exam they fitted
 * @param reference the id of the application that had brought them
 * @param count how many, at least 1
 */
public record CodesExpired(PartnerId partnerId, ExamId examId, String reference, int count)
    implements DomainEvent {}
