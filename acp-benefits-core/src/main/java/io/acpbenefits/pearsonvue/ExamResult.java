package io.acpbenefits.pearsonvue;

import io.acpbenefits.common.Reason;
import io.acpbenefits.common.Refusal;
import io.acpbenefits.examrecord.ExamOutcome;
import org.jspecify.annotations.Nullable;

/**
 * What came of an exam.
 *
 * @param outcome passed, failed, or nobody came
 * @param score as it is told, 1 to 50 characters, if it is
 */
public record ExamResult(ExamOutcome outcome, @Nullable String score) {

  /** Checks the score. */
  public ExamResult {
    if (score != null) {
      Texts.require("A score", score, 50);
      if (outcome == ExamOutcome.NO_SHOW) {
        throw new Refusal(Reason.INVALID_INPUT, "Who did not come has no score.");
      }
    }
  }
}
