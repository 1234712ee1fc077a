package io.acpbenefits.examcode;

import io.acpbenefits.common.AccountId;
import io.acpbenefits.common.DomainEvent;
import io.acpbenefits.exam.ExamId;
import org.jspecify.annotations.Nullable;

/**
 * An exam code went from one state to another.
 *
 * @param codeId which code
 * @param examId the exam it fits
 * @param from where it stood, or null if it was issued
 * @param to where it stands now
 * @param holder the member concerned: who holds it now, or held it until now
 */
public record ExamCodeChanged(
    ExamCodeId codeId,
    ExamId examId,
    @Nullable ExamCodeState from,
    ExamCodeState to,
    @Nullable AccountId holder)
    implements DomainEvent {}
