package io.acpbenefits.application;

import io.acpbenefits.application.BenefitChange.Kind;
import io.acpbenefits.common.Reason;
import io.acpbenefits.common.Refusal;
import io.acpbenefits.exam.ExamId;
import io.acpbenefits.exam.ExamLevel;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which Benefit Change Records are asked for; what is null does not matter.
 *
 * @param kind only of this kind
 * @param level only of exams of this level
 * @param examId only for this exam
 * @param from only those made at or after this instant
 * @param until only those made before this instant
 */
public record BenefitChangeFilter(
    @Nullable Kind kind,
    @Nullable ExamLevel level,
    @Nullable ExamId examId,
    @Nullable Instant from,
    @Nullable Instant until) {

  /** All records. */
  public static final BenefitChangeFilter ALL =
      new BenefitChangeFilter(null, null, null, null, null);

  /** Checks that the time asked for ends after it begins. */
  public BenefitChangeFilter {
    if (from != null && until != null && !until.isAfter(from)) {
      throw Refusal.of(
          Reason.INVALID_INPUT, "The time must end after it begins: %s, %s.", from, until);
    }
  }

  /**
   * Of these, only one kind.
   *
   * @param only the kind
   * @return the filter
   */
  public BenefitChangeFilter of(Kind only) {
    return new BenefitChangeFilter(only, level, examId, from, until);
  }

  /**
   * Of these, only one level.
   *
   * @param only the level
   * @return the filter
   */
  public BenefitChangeFilter of(ExamLevel only) {
    return new BenefitChangeFilter(kind, only, examId, from, until);
  }

  /**
   * Of these, only those for an exam.
   *
   * @param only the exam
   * @return the filter
   */
  public BenefitChangeFilter of(ExamId only) {
    return new BenefitChangeFilter(kind, level, only, from, until);
  }

  /**
   * Of these, only those made in a time.
   *
   * @param first its first instant
   * @param end the first instant after it
   * @return the filter
   * @throws Refusal INVALID_INPUT unless it ends after it begins
   */
  public BenefitChangeFilter in(Instant first, Instant end) {
    return new BenefitChangeFilter(kind, level, examId, first, end);
  }
}
