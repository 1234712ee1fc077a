package io.acpbenefits.examrecord;

/** What Pearson VUE says of an exam. */
public enum ExamOutcome {
  /** Passed. */
  PASS,
  /** Sat, not passed. */
  FAIL,
  /** Nobody came. */
  NO_SHOW
}
