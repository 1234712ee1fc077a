package io.acpbenefits.exam;

/** The levels that quotas and tallies are counted by. */
public enum ExamLevel {
  /** Certified Professional. */
  ACP,
  /** Certified Expert. */
  ACE
}
