package io.acpbenefits.application;

/** Where a benefit application stands; the transitions are those of {@link BenefitApplications}. */
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
  CANCELED
}
