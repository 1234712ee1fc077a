package io.acpbenefits.insight;

import io.acpbenefits.common.AccountId;
import io.acpbenefits.exam.ExamId;
import io.acpbenefits.examcode.ExamCodeId;
import io.acpbenefits.examcode.ExamCodeState;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A code that is about to expire unused.
 *
 * @param codeId which code
 * @param examId the exam that it fits
 * @param examName the exam's name
 * @param state ISSUED or ASSIGNED
 * @param holder who holds it, if somebody does
 * @param expiresAt the first instant at which it is worth nothing, in UTC
 * @param suggestions to whom it could be given, best first; none if somebody holds it or the exam
 *     has ended. The same for all codes of one exam
 */
public record ExpiringCode(
    ExamCodeId codeId,
    ExamId examId,
    String examName,
    ExamCodeState state,
    @Nullable AccountId holder,
    Instant expiresAt,
    List<Suggestion> suggestions) {

  /** Keeps the list from being changed. */
  public ExpiringCode {
    suggestions = List.copyOf(suggestions);
  }
}
