package io.acpbenefits.registration;

import io.acpbenefits.common.Identifier;

/**
 * The id of an exam registration.
 *
 * @param value the id as text
 */
public record ExamRegistrationId(String value) implements Identifier {

  /** Checks the text, see {@link Identifier#checked}. */
  public ExamRegistrationId {
    Identifier.checked("exam registration", value);
  }

  /**
   * Makes an id of text.
   *
   * @param value the id as text
   * @return the id
   */
  public static ExamRegistrationId of(String value) {
    return new ExamRegistrationId(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
