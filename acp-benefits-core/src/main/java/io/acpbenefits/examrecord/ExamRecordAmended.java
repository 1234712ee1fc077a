package io.acpbenefits.examrecord;

import io.acpbenefits.common.DomainEvent;
import io.acpbenefits.exam.ExamId;

/**
 * A correction told another time or score of a record that stands, and the same outcome. The record
 * keeps its id, and what was earned with it stays earned; what it said before is kept as a record
 * of its own, invalidated.
 *
 * @param recordId which record
 * @param examId of which exam
 * @param outcome what came of it, as before
 */
public record ExamRecordAmended(ExamRecordId recordId, ExamId examId, ExamOutcome outcome)
    implements DomainEvent {}
