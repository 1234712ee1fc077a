package io.acpbenefits.examrecord;

import static io.acpbenefits.common.Operation.HOLD_RECORD;
import static io.acpbenefits.common.Operation.INVALIDATE_RECORD;
import static io.acpbenefits.common.Operation.RECEIVE_RECORD;
import static io.acpbenefits.common.Operation.RELEASE_RECORD;

import io.acpbenefits.common.StateMachine;

/** Where an exam record stands: {@code RECEIVED ⇄ HELD, → INVALIDATED}. */
public enum ExamRecordState {
  /** It stands. */
  RECEIVED,
  /** Doubtful or in conflict with what was said before; waits for an operator. */
  HELD,
  /** Does not hold any more, or never did. Final. */
  INVALIDATED;

  private static final StateMachine<ExamRecordState> LIFECYCLE =
      StateMachine.of("exam record", ExamRecordState.class)
          .begins(RECEIVE_RECORD, RECEIVED)
          .begins(RECEIVE_RECORD, HELD)
          .begins(RECEIVE_RECORD, INVALIDATED)
          .leads(HOLD_RECORD, HELD, RECEIVED)
          .leads(RELEASE_RECORD, RECEIVED, HELD)
          .leads(INVALIDATE_RECORD, INVALIDATED, RECEIVED, HELD)
          .build();

  /**
   * What leads from where to where. What arrives may be kept as invalidated at once: the word that
   * there is no result, and what a corrected record said before.
   *
   * @return the state machine
   */
  public static StateMachine<ExamRecordState> lifecycle() {
    return LIFECYCLE;
  }
}
