package io.acpbenefits.registration;

/**
 * Where an exam registration stands: {@code SCHEDULED → DELIVERED | CANCELED | LATE_CANCELED |
 * NO_SHOW}.
 */
public enum ExamRegistrationState {
  /** Booked; an appointment that has passed proves nothing. */
  SCHEDULED,
  /** A record says that it was sat. */
  DELIVERED,
  /** Canceled in time: the code came back. */
  CANCELED,
  /** Canceled too late: the code is forfeited. */
  LATE_CANCELED,
  /** A record, or an operator, says that nobody came: the code is forfeited. */
  NO_SHOW
}
