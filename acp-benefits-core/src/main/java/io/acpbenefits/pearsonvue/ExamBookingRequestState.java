package io.acpbenefits.pearsonvue;

import static io.acpbenefits.common.Operation.ABANDON_BOOKING;
import static io.acpbenefits.common.Operation.ASK_PEARSON_VUE;
import static io.acpbenefits.common.Operation.GIVE_UP_BOOKING;
import static io.acpbenefits.common.Operation.POSTPONE_BOOKING;
import static io.acpbenefits.common.Operation.REFUSE_BOOKING;
import static io.acpbenefits.common.Operation.REQUEST_BOOKING;
import static io.acpbenefits.common.Operation.RETRY_BOOKING;
import static io.acpbenefits.common.Operation.SETTLE_BOOKING;

import io.acpbenefits.common.StateMachine;

/**
 * Where something stands that Pearson VUE is asked for: {@code ASKING → DONE | REFUSED | OPEN |
 * GIVEN_UP}, {@code OPEN → ASKING}, {@code GIVEN_UP → OPEN | ABANDONED}.
 */
public enum ExamBookingRequestState {
  /** Somebody is asking; after a while without an answer somebody else goes on. */
  ASKING,
  /** There was no answer; it is asked for again. */
  OPEN,
  /** Both sides agree. */
  DONE,
  /** One side has refused; neither has changed. */
  REFUSED,
  /** Was asked for in vain as often as the policy says; an operator finds out. */
  GIVEN_UP,
  /** An operator has settled it with Pearson VUE. */
  ABANDONED;

  private static final StateMachine<ExamBookingRequestState> LIFECYCLE =
      StateMachine.of("booking request", ExamBookingRequestState.class)
          .begins(REQUEST_BOOKING, ASKING)
          .leads(ASK_PEARSON_VUE, ASKING, OPEN, ASKING)
          .leads(SETTLE_BOOKING, DONE, ASKING)
          .leads(REFUSE_BOOKING, REFUSED, ASKING)
          .leads(POSTPONE_BOOKING, OPEN, ASKING)
          .leads(GIVE_UP_BOOKING, GIVEN_UP, ASKING)
          .leads(RETRY_BOOKING, OPEN, OPEN, GIVEN_UP)
          .leads(ABANDON_BOOKING, ABANDONED, OPEN, GIVEN_UP)
          .build();

  /**
   * What leads from where to where.
   *
   * @return the state machine
   */
  public static StateMachine<ExamBookingRequestState> lifecycle() {
    return LIFECYCLE;
  }
}
