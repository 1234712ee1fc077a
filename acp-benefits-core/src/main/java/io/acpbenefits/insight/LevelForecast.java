package io.acpbenefits.insight;

import io.acpbenefits.exam.ExamLevel;

/**
 * What would count of one level: somebody who holds several certificates of the level is one
 * person.
 *
 * @param level which level
 * @param now what counts now
 * @param then what would count
 */
public record LevelForecast(ExamLevel level, Count now, Count then) {

  /**
   * What would change.
   *
   * @return then less now
   */
  public Count difference() {
    return then.minus(now);
  }
}
