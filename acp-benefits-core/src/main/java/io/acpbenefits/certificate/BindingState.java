package io.acpbenefits.certificate;

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
  FAILED
}
