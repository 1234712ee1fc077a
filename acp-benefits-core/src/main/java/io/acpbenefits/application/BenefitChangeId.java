package io.acpbenefits.application;

import io.acpbenefits.common.Identifier;

/**
 * The id of a benefit change.
 *
 * @param value the id as text
 */
public record BenefitChangeId(String value) implements Identifier {

  /** Checks the text, see {@link Identifier#checked}. */
  public BenefitChangeId {
    Identifier.checked("benefit change", value);
  }

  /**
   * Makes an id of text.
   *
   * @param value the id as text
   * @return the id
   */
  public static BenefitChangeId of(String value) {
    return new BenefitChangeId(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
