package io.acpbenefits.examrecord;

import io.acpbenefits.common.Identifier;

/**
 * The id of an exam record.
 *
 * @param value the id as text
 */
public record ExamRecordId(String value) implements Identifier {

  /** Checks the text, see {@link Identifier#checked}. */
  public ExamRecordId {
    Identifier.checked("exam record", value);
  }

  /**
   * Makes an id of text.
   *
   * @param value the id as text
   * @return the id
   */
  public static ExamRecordId of(String value) {
    return new ExamRecordId(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
