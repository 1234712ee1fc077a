package io.acpbenefits.application;

import io.acpbenefits.common.Identifier;

/**
 * The id of a benefit application.
 *
 * @param value the id as text
 */
public record BenefitApplicationId(String value) implements Identifier {

  /** Checks the text, see {@link Identifier#checked}. */
  public BenefitApplicationId {
    Identifier.checked("benefit application", value);
  }

  /**
   * Makes an id of text.
   *
   * @param value the id as text
   * @return the id
   */
  public static BenefitApplicationId of(String value) {
    return new BenefitApplicationId(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
