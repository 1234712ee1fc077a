package io.acpbenefits.quota;

import static io.acpbenefits.common.Operation.ACTIVATE_QUOTA;
import static io.acpbenefits.common.Operation.ADJUST_QUOTA;
import static io.acpbenefits.common.Operation.CONSUME_QUOTA;
import static io.acpbenefits.common.Operation.EXPIRE_QUOTA;
import static io.acpbenefits.common.Operation.GRANT_QUOTA;
import static io.acpbenefits.common.Operation.HOLD_QUOTA;
import static io.acpbenefits.common.Operation.RELEASE_QUOTA;
import static io.acpbenefits.common.Operation.RESUME_QUOTA;
import static io.acpbenefits.common.Operation.REVOKE_QUOTA;
import static io.acpbenefits.common.Operation.SUSPEND_QUOTA;

import io.acpbenefits.common.StateMachine;

/** Where a quota stands: {@code PLANNED → ACTIVE ⇄ SUSPENDED → EXPIRED | REVOKED}. */
public enum QuotaState {
  /** Its period has not begun. */
  PLANNED,
  /** Codes may be applied for against it. */
  ACTIVE,
  /** Set aside by an operator: nothing is applied for, what is held goes its way. */
  SUSPENDED,
  /** Its period is over: what was available has expired, what is held goes its way. */
  EXPIRED,
  /** Taken back by an operator: what was available has expired, what is held goes its way. */
  REVOKED;

  private static final StateMachine<QuotaState> LIFECYCLE =
      StateMachine.of("quota", QuotaState.class)
          .begins(GRANT_QUOTA, PLANNED)
          .begins(GRANT_QUOTA, ACTIVE)
          .leads(ACTIVATE_QUOTA, ACTIVE, PLANNED)
          .keeps(ADJUST_QUOTA, PLANNED, ACTIVE, SUSPENDED)
          .leads(SUSPEND_QUOTA, SUSPENDED, ACTIVE)
          .leads(RESUME_QUOTA, ACTIVE, SUSPENDED)
          .leads(EXPIRE_QUOTA, EXPIRED, ACTIVE, SUSPENDED)
          .leads(REVOKE_QUOTA, REVOKED, PLANNED, ACTIVE, SUSPENDED)
          .keeps(HOLD_QUOTA, ACTIVE)
          .keeps(RELEASE_QUOTA, ACTIVE, SUSPENDED, EXPIRED, REVOKED)
          .keeps(CONSUME_QUOTA, ACTIVE, SUSPENDED, EXPIRED, REVOKED)
          .build();

  /**
   * What leads from where to where.
   *
   * @return the state machine
   */
  public static StateMachine<QuotaState> lifecycle() {
    return LIFECYCLE;
  }
}
