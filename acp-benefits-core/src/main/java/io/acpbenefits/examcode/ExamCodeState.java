package io.acpbenefits.examcode;

/** Where an exam code stands; see the state machine in {@link ExamCodes}. */
public enum ExamCodeState {
  /** The partner has it; nobody holds it. */
  ISSUED,
  /** A member holds it. */
  ASSIGNED,
  /** Its holder has booked an exam with it. */
  RESERVED,
  /** The exam was sat. Final. */
  REDEEMED,
  /** Lost by a no-show or a late cancellation. */
  FORFEITED,
  /** Its life ended unused. Final. */
  EXPIRED,
  /** Taken back. Final. */
  REVOKED
}
