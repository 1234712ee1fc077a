package io.acpbenefits.notification;

import static io.acpbenefits.common.Operation.CONFIRM_NOTICE;
import static io.acpbenefits.common.Operation.DISCARD_NOTICE;
import static io.acpbenefits.common.Operation.GIVE_UP_NOTICE;
import static io.acpbenefits.common.Operation.POSTPONE_NOTICE;
import static io.acpbenefits.common.Operation.QUEUE_NOTICE;
import static io.acpbenefits.common.Operation.RETRY_NOTICE;
import static io.acpbenefits.common.Operation.SEND_NOTICE;

import io.acpbenefits.common.StateMachine;

/**
 * Where a notice stands: {@code WAITING → SENDING → DELIVERED | WAITING | GIVEN_UP}, {@code
 * GIVEN_UP → WAITING | DISCARDED}.
 */
public enum NoticeState {
  /** Is sent when its time has come. */
  WAITING,
  /** Was handed to the notifier, which has not answered; after a while it is sent again. */
  SENDING,
  /** The notifier has taken it. */
  DELIVERED,
  /** Was tried as often as the policy says; a person decides. */
  GIVEN_UP,
  /** Need not be sent any more. */
  DISCARDED;

  private static final StateMachine<NoticeState> LIFECYCLE =
      StateMachine.of("notice", NoticeState.class)
          .begins(QUEUE_NOTICE, WAITING)
          .leads(SEND_NOTICE, SENDING, WAITING, SENDING)
          .leads(CONFIRM_NOTICE, DELIVERED, SENDING)
          .leads(POSTPONE_NOTICE, WAITING, SENDING)
          .leads(GIVE_UP_NOTICE, GIVEN_UP, SENDING)
          .leads(RETRY_NOTICE, WAITING, WAITING, GIVEN_UP)
          .leads(DISCARD_NOTICE, DISCARDED, WAITING, GIVEN_UP)
          .build();

  /**
   * What leads from where to where.
   *
   * @return the state machine
   */
  public static StateMachine<NoticeState> lifecycle() {
    return LIFECYCLE;
  }
}
