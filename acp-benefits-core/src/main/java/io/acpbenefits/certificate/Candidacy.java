package io.acpbenefits.certificate;

import org.jspecify.annotations.Nullable;

/**
 * Where an account stands on its way to the certificate of one exam.
 *
 * @param state where
 * @param bindingId the open binding, if one is submitted
 */
public record Candidacy(State state, @Nullable BindingId bindingId) {

  /** Where an account stands. */
  public enum State {
    /** It holds a code, or is booked. */
    UNDER_WAY,
    /** It has passed, as far as bookings and codes tell, and has bound nothing yet. */
    PASSED,
    /** It has submitted a binding that is neither bound nor failed. */
    BINDING_SUBMITTED,
    /** Nothing is left that could lead to a certificate. */
    OVER
  }
}
