package io.acpbenefits.examcode;

import io.acpbenefits.common.AccountId;
import io.acpbenefits.exam.ExamId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which of a partner's codes a list shows: those that fit all that is given.
 *
 * @param exam only codes for this exam, or null
 * @param state only codes that stand there now, or null
 * @param holder only codes that this account holds or held last, or null
 * @param expiringBefore only codes whose life ends before this instant, or null; usually together
 *     with a state, since the lives of codes that were used end as well
 */
public record CodeFilter(
    @Nullable ExamId exam,
    @Nullable ExamCodeState state,
    @Nullable AccountId holder,
    @Nullable Instant expiringBefore) {

  /** All codes. */
  public static final CodeFilter ALL = new CodeFilter(null, null, null, null);

  /**
   * This, for one exam only.
   *
   * @param only which exam
   * @return the filter
   */
  public CodeFilter of(ExamId only) {
    return new CodeFilter(only, state, holder, expiringBefore);
  }

  /**
   * This, in one state only.
   *
   * @param only which state
   * @return the filter
   */
  public CodeFilter in(ExamCodeState only) {
    return new CodeFilter(exam, only, holder, expiringBefore);
  }

  /**
   * This, of one holder only.
   *
   * @param only which account
   * @return the filter
   */
  public CodeFilter heldBy(AccountId only) {
    return new CodeFilter(exam, state, only, expiringBefore);
  }

  /**
   * This, with lives that end before an instant.
   *
   * @param instant the first instant that is too late
   * @return the filter
   */
  public CodeFilter expiringBefore(Instant instant) {
    return new CodeFilter(exam, state, holder, instant);
  }
}
