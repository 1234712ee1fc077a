package io.acpbenefits.partner;

import static io.acpbenefits.common.Operation.CHANGE_PARTNER;
import static io.acpbenefits.common.Operation.REGISTER_PARTNER;
import static io.acpbenefits.common.Operation.REINSTATE_PARTNER;
import static io.acpbenefits.common.Operation.SUSPEND_PARTNER;
import static io.acpbenefits.common.Operation.TERMINATE_PARTNER;

import io.acpbenefits.common.StateMachine;

/** Where a partner stands: {@code ACTIVE ⇄ SUSPENDED → TERMINATED}. */
public enum PartnerState {
  /** In the programme. */
  ACTIVE,
  /** May neither apply nor hand out codes nor admit anyone; results and expiry go on. */
  SUSPENDED,
  /** Out of the programme, for good. */
  TERMINATED;

  private static final StateMachine<PartnerState> LIFECYCLE =
      StateMachine.of("partner", PartnerState.class)
          .begins(REGISTER_PARTNER, ACTIVE)
          .keeps(CHANGE_PARTNER, ACTIVE, SUSPENDED)
          .leads(SUSPEND_PARTNER, SUSPENDED, ACTIVE)
          .leads(REINSTATE_PARTNER, ACTIVE, SUSPENDED)
          .leads(TERMINATE_PARTNER, TERMINATED, ACTIVE, SUSPENDED)
          .build();

  /**
   * What leads from where to where.
   *
   * @return the state machine
   */
  public static StateMachine<PartnerState> lifecycle() {
    return LIFECYCLE;
  }
}
