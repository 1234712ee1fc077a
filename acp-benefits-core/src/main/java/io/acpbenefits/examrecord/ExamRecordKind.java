package io.acpbenefits.examrecord;

/** What a line of result data wants to say. */
public enum ExamRecordKind {
  /** What came of an exam. Another result for the same exam conflicts with it. */
  RESULT,
  /** What came of an exam, in place of whatever was said before. */
  CORRECTION,
  /** That there is no result: whatever was said before does not hold. */
  INVALIDATION
}
