package io.acpbenefits.examcode;

import io.acpbenefits.common.DomainEvent;
import io.acpbenefits.exam.ExamId;
import io.acpbenefits.partner.PartnerId;

/**
 * The holder of a booked code is no member any more: a manager has to decide on it, see {@link
 * CodeInterventions#codesToDecide}.
 *
 * @param codeId which code
 * @param partnerId whose code
 * @param examId the exam it is booked for
 */
public record ExamCodeHolderLeft(ExamCodeId codeId, PartnerId partnerId, ExamId examId)
    implements DomainEvent {}
