package io.acpbenefits.insight;

import io.acpbenefits.common.AccountId;
import io.acpbenefits.exam.ExamId;
import io.acpbenefits.examcode.ExamCodeId;
import io.acpbenefits.examcode.ExamCodeState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An unused code of an exam that leaves the catalogue, or has left it.
 *
 * @param codeId which code
 * @param examId the exam that it fits
 * @param examName the exam's name
 * @param state ISSUED or ASSIGNED
 * @param holder who holds it, if somebody does
 * @param expiresAt the first instant at which the code is worth nothing, in UTC
 * @param endOfSale from when on no further codes can be applied for, if known
 * @param endOfLife from when on the code cannot be assigned or used any more, if known
 */
public record RetiringCode(
    ExamCodeId codeId,
    ExamId examId,
    String examName,
    ExamCodeState state,
    @Nullable AccountId holder,
    Instant expiresAt,
    @Nullable Instant endOfSale,
    @Nullable Instant endOfLife) {}
