package io.acpbenefits.examrecord;

import io.acpbenefits.common.AccountId;
import io.acpbenefits.common.DomainEvent;
import io.acpbenefits.exam.ExamId;
import org.jspecify.annotations.Nullable;

/**
 * An exam record stands: it has arrived, or was held and is released, perhaps again.
 *
 * @param recordId which record
 * @param examId which exam
 * @param outcome what came of it
 * @param accountId whose exam it was, if a booking or an exam code tells
 */
public record ExamRecordReceived(
    ExamRecordId recordId, ExamId examId, ExamOutcome outcome, @Nullable AccountId accountId)
    implements DomainEvent {}
