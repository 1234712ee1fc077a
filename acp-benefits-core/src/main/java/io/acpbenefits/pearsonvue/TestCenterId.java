package io.acpbenefits.pearsonvue;

import io.acpbenefits.common.Identifier;

/**
 * The id of a test center; at the embedded Pearson VUE the host's own choice.
 *
 * @param value the id as text
 */
public record TestCenterId(String value) implements Identifier {

  /** Checks the text, see {@link Identifier#checked}. */
  public TestCenterId {
    Identifier.checked("test center", value);
  }

  /**
   * Makes an id of text.
   *
   * @param value the id as text
   * @return the id
   */
  public static TestCenterId of(String value) {
    return new TestCenterId(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
