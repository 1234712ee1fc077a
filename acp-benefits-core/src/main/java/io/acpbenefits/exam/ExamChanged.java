package io.acpbenefits.exam;

import io.acpbenefits.common.DomainEvent;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the catalogue says of an exam was changed.
 *
 * @param examId which exam
 * @param endOfLife its end of life from now on, changed or not; null if none is known
 */
public record ExamChanged(ExamId examId, @Nullable Instant endOfLife) implements DomainEvent {}
