package io.acpbenefits.exam;

import io.acpbenefits.common.Identifier;

/**
 * The id of an exam.
 *
 * @param value the id as text
 */
public record ExamId(String value) implements Identifier {

  /** Checks the text, see {@link Identifier#checked}. */
  public ExamId {
    Identifier.checked("exam", value);
  }

  /**
   * Makes an id of text.
   *
   * @param value the id as text
   * @return the id
   */
  public static ExamId of(String value) {
    return new ExamId(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
