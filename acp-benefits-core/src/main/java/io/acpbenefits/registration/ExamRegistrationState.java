package io.acpbenefits.registration;

import static io.acpbenefits.common.Operation.CANCEL_EXAM;
import static io.acpbenefits.common.Operation.DELIVER_EXAM;
import static io.acpbenefits.common.Operation.MARK_NO_SHOW;
import static io.acpbenefits.common.Operation.NOTE_EXAM_IDS;
import static io.acpbenefits.common.Operation.REGISTER_EXAM;
import static io.acpbenefits.common.Operation.RESCHEDULE_EXAM;

import io.acpbenefits.common.StateMachine;

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
  NO_SHOW;

  private static final StateMachine<ExamRegistrationState> LIFECYCLE =
      StateMachine.of("exam registration", ExamRegistrationState.class)
          .begins(REGISTER_EXAM, SCHEDULED)
          .keeps(RESCHEDULE_EXAM, SCHEDULED)
          .leads(CANCEL_EXAM, CANCELED, SCHEDULED)
          .leads(CANCEL_EXAM, LATE_CANCELED, SCHEDULED)
          .leads(DELIVER_EXAM, DELIVERED, SCHEDULED)
          .leads(MARK_NO_SHOW, NO_SHOW, SCHEDULED)
          // What Pearson VUE showed stays of interest when the exam is over.
          .keeps(NOTE_EXAM_IDS, values())
          .build();

  /**
   * What leads from where to where. Rescheduling, canceling and a no-show also ask for the time:
   * the first two before the appointment, the last after it.
   *
   * @return the state machine
   */
  public static StateMachine<ExamRegistrationState> lifecycle() {
    return LIFECYCLE;
  }
}
