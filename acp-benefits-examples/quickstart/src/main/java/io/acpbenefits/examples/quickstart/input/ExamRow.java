package io.acpbenefits.examples.quickstart.input;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A record of {@code exams.csv}.
 *
 * @param examId unique
 * @param name unique when blanks and case are ignored, without brackets, at most 200 characters
 * @param level ACP or ACE
 * @param endOfSale from then on no codes are applied for; null: no end
 * @param endOfLife from then on the exam cannot be taken, not before {@code endOfSale}; null: no
 *     end
 * @param certificateType null when not given
 * @param instructionsUrl an http or https address of at most 2,000 characters; null when not given
 * @param line the line the record begins on, counted from 1
 */
public record ExamRow(
    String examId,
    String name,
    Level level,
    @Nullable Instant endOfSale,
    @Nullable Instant endOfLife,
    @Nullable String certificateType,
    @Nullable String instructionsUrl,
    int line) {}
