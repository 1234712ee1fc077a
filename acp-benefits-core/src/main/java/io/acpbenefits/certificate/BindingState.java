package io.acpbenefits.certificate;

import static io.acpbenefits.common.Operation.BIND_CERTIFICATE;
import static io.acpbenefits.common.Operation.CORRECT_BINDING;
import static io.acpbenefits.common.Operation.GIVE_UP_BINDING;
import static io.acpbenefits.common.Operation.LAPSE_BINDING;
import static io.acpbenefits.common.Operation.MATCH_BINDING;
import static io.acpbenefits.common.Operation.SUBMIT_BINDING;

import io.acpbenefits.common.Operation;
import io.acpbenefits.common.StateMachine;

/**
 * Where a binding stands: {@code SUBMITTED → AWAITING_DATA → BOUND | CHECK_IDS}; {@code CHECK_IDS →
 * AWAITING_DATA | BOUND | FAILED}.
 */
public enum BindingState {
  /** Just handed in; never stored so, because what is known decides at once. */
  SUBMITTED,
  /** Waits for the exam record. */
  AWAITING_DATA,
  /** The certificate is the account's. Final. */
  BOUND,
  /** No record came, or not a fitting one: the ids are to be checked. */
  CHECK_IDS,
  /** Given up, or not corrected in time. Final; trying again is a new submission. */
  FAILED;

  private static final StateMachine<BindingState> LIFECYCLE =
      StateMachine.of("binding", BindingState.class)
          .begins(SUBMIT_BINDING, SUBMITTED)
          .leads(MATCH_BINDING, AWAITING_DATA, SUBMITTED)
          .keeps(MATCH_BINDING, AWAITING_DATA, CHECK_IDS)
          .leads(SUBMIT_BINDING, AWAITING_DATA, AWAITING_DATA, CHECK_IDS)
          .leads(BIND_CERTIFICATE, BOUND, SUBMITTED, AWAITING_DATA, CHECK_IDS)
          .leads(Operation.CHECK_IDS, CHECK_IDS, AWAITING_DATA, CHECK_IDS)
          .leads(CORRECT_BINDING, AWAITING_DATA, CHECK_IDS)
          .leads(GIVE_UP_BINDING, FAILED, CHECK_IDS)
          .leads(LAPSE_BINDING, FAILED, CHECK_IDS)
          .build();

  /**
   * What leads from where to where. Ids that are corrected, or submitted anew, and whose record is
   * known go on to {@link #BOUND} in the same transaction.
   *
   * @return the state machine
   */
  public static StateMachine<BindingState> lifecycle() {
    return LIFECYCLE;
  }
}
