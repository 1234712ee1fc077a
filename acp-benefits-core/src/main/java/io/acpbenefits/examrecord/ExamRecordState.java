package io.acpbenefits.examrecord;

/** Where an exam record stands: {@code RECEIVED ⇄ HELD}, {@code → INVALIDATED}. */
public enum ExamRecordState {
  /** Stands. */
  RECEIVED,
  /** Conflicts with another record of the same ids and exam; an operator has to look. */
  HELD,
  /** Taken back by Pearson VUE. */
  INVALIDATED
}
