package io.acpbenefits.insight;

import io.acpbenefits.exam.ExamId;
import io.acpbenefits.exam.ExamLevel;

/**
 * What would count of one exam.
 *
 * @param examId which exam
 * @param level its level
 * @param now what counts now
 * @param then what would count
 */
public record TallyForecast(ExamId examId, ExamLevel level, Count now, Count then) {

  /**
   * What would change.
   *
   * @return then less now
   */
  public Count difference() {
    return then.minus(now);
  }
}
