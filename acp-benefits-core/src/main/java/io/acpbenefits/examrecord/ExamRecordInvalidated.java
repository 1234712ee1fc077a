package io.acpbenefits.examrecord;

import io.acpbenefits.common.DomainEvent;
import io.acpbenefits.exam.ExamId;

/**
 * A record that stood does not hold any more: it was held, invalidated, or replaced by a
 * correction.
 *
 * @param recordId which record
 * @param examId of which exam
 * @param state where it stands now, HELD or INVALIDATED
 */
public record ExamRecordInvalidated(ExamRecordId recordId, ExamId examId, ExamRecordState state)
    implements DomainEvent {}
