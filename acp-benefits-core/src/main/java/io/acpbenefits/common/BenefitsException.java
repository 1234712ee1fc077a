package io.acpbenefits.common;

import java.io.Serial;

/**
 * The root of what this library throws on its own account.
 *
 * <p>{@link Refusal} says that a rule was not met; any other instance says that something around
 * the library is broken (a schema that does not fit, a key that is missing). What the database or a
 * port throws passes through as it is.
 */
public class BenefitsException extends RuntimeException {

  @Serial private static final long serialVersionUID = 1L;

  /**
   * Says what is wrong.
   *
   * @param message what was wrong, where, and what to do
   */
  public BenefitsException(String message) {
    super(message);
  }

  /**
   * Says what is wrong and what brought it about.
   *
   * @param message what was wrong, where, and what to do
   * @param cause what brought it about
   */
  public BenefitsException(String message, Throwable cause) {
    super(message, cause);
  }
}
