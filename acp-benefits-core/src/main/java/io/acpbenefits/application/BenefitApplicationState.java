package io.acpbenefits.application;

import static io.acpbenefits.common.Operation.APPROVE_APPLICATION;
import static io.acpbenefits.common.Operation.CANCEL_APPLICATION;
import static io.acpbenefits.common.Operation.DRAFT_APPLICATION;
import static io.acpbenefits.common.Operation.FULFIL_APPLICATION;
import static io.acpbenefits.common.Operation.GIVE_UP_FULFILMENT;
import static io.acpbenefits.common.Operation.POSTPONE_FULFILMENT;
import static io.acpbenefits.common.Operation.RECALL_APPLICATION;
import static io.acpbenefits.common.Operation.REJECT_APPLICATION;
import static io.acpbenefits.common.Operation.REQUIRE_ACTION;
import static io.acpbenefits.common.Operation.RETRY_FULFILMENT;
import static io.acpbenefits.common.Operation.REVISE_APPLICATION;
import static io.acpbenefits.common.Operation.SUBMIT_APPLICATION;

import io.acpbenefits.common.StateMachine;

/** Where a benefit application stands. */
public enum BenefitApplicationState {
  /** Not submitted; holds no quota. */
  DRAFT,
  /** Waits for a reviewer. */
  IN_REVIEW,
  /** A reviewer wants something changed. */
  ACTION_REQUIRED,
  /** Codes are to be fetched. */
  APPROVED,
  /** The Benefit Center was asked and had too few codes; it will be asked again. */
  FULFILLING,
  /** The codes have come. Final. */
  FULFILLED,
  /** The Benefit Center was asked often enough; a person decides. The hold is kept. */
  FULFILMENT_FAILED,
  /** Said no to. Final. */
  REJECTED,
  /** Given up before codes have come. Final. */
  CANCELED;

  /** Submitting approves at once where the policy wants no review. */
  private static final StateMachine<BenefitApplicationState> LIFECYCLE =
      StateMachine.of("benefit application", BenefitApplicationState.class)
          .begins(DRAFT_APPLICATION, DRAFT)
          .keeps(REVISE_APPLICATION, DRAFT, ACTION_REQUIRED)
          .leads(SUBMIT_APPLICATION, IN_REVIEW, DRAFT, ACTION_REQUIRED)
          .leads(SUBMIT_APPLICATION, APPROVED, DRAFT, ACTION_REQUIRED)
          .leads(RECALL_APPLICATION, DRAFT, IN_REVIEW)
          .leads(APPROVE_APPLICATION, APPROVED, IN_REVIEW)
          .leads(REQUIRE_ACTION, ACTION_REQUIRED, IN_REVIEW)
          .leads(REJECT_APPLICATION, REJECTED, IN_REVIEW)
          .leads(FULFIL_APPLICATION, FULFILLED, APPROVED, FULFILLING)
          .keeps(FULFIL_APPLICATION, FULFILLED)
          .leads(POSTPONE_FULFILMENT, FULFILLING, APPROVED, FULFILLING)
          .leads(GIVE_UP_FULFILMENT, FULFILMENT_FAILED, APPROVED, FULFILLING)
          .leads(RETRY_FULFILMENT, FULFILLING, FULFILMENT_FAILED)
          .leads(
              CANCEL_APPLICATION,
              CANCELED,
              DRAFT,
              IN_REVIEW,
              ACTION_REQUIRED,
              APPROVED,
              FULFILLING,
              FULFILMENT_FAILED)
          .build();

  /**
   * What leads from where to where.
   *
   * @return the state machine
   */
  public static StateMachine<BenefitApplicationState> lifecycle() {
    return LIFECYCLE;
  }
}
