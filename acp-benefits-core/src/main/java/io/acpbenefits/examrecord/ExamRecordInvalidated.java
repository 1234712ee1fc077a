package io.acpbenefits.examrecord;

import io.acpbenefits.common.DomainEvent;
import io.acpbenefits.exam.ExamId;

/**
 * A record does not stand, or does not any more: it was held, invalidated, or replaced by a
 * correction with another outcome. Told for each step, so also when a held record is invalidated;
 * one that never stood never brought anything about.
 *
 * @param recordId which record
 * @param examId of which exam
 * @param state where it stands now, HELD or INVALIDATED
 */
public record ExamRecordInvalidated(ExamRecordId recordId, ExamId examId, ExamRecordState state)
    implements DomainEvent {}
