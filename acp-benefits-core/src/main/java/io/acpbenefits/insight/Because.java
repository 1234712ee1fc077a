package io.acpbenefits.insight;

/** Why a member should get a code; the earlier one ranks first. */
public enum Because {
  /** Failed the exam or did not come to it, as a member here, and has no code to try again. */
  TRY_AGAIN,
  /** Holds no valid certificate of the exam's level. */
  NO_CERTIFICATE_OF_LEVEL,
  /** Holds one, but not of this exam. */
  ANOTHER_EXAM
}
