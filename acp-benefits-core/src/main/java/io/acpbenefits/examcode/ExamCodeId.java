package io.acpbenefits.examcode;

import io.acpbenefits.common.Identifier;

/**
 * The id of an exam code.
 *
 * @param value the id as text
 */
public record ExamCodeId(String value) implements Identifier {

  /** Checks the text, see {@link Identifier#checked}. */
  public ExamCodeId {
    Identifier.checked("exam code", value);
  }

  /**
   * Makes an id of text.
   *
   * @param value the id as text
   * @return the id
   */
  public static ExamCodeId of(String value) {
    return new ExamCodeId(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
