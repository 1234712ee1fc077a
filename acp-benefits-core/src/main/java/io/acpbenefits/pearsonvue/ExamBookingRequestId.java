package io.acpbenefits.pearsonvue;

import io.acpbenefits.common.Identifier;

/**
 * The id of what Pearson VUE is asked for.
 *
 * @param value the id as text
 */
public record ExamBookingRequestId(String value) implements Identifier {

  /** Checks the text, see {@link Identifier#checked}. */
  public ExamBookingRequestId {
    Identifier.checked("booking request", value);
  }

  /**
   * Makes an id of text.
   *
   * @param value the id as text
   * @return the id
   */
  public static ExamBookingRequestId of(String value) {
    return new ExamBookingRequestId(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
