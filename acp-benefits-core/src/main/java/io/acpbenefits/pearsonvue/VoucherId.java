package io.acpbenefits.pearsonvue;

import io.acpbenefits.common.Identifier;

/**
 * The id of an exam code as a voucher at Pearson VUE.
 *
 * @param value the id as text
 */
public record VoucherId(String value) implements Identifier {

  /** Checks the text, see {@link Identifier#checked}. */
  public VoucherId {
    Identifier.checked("voucher", value);
  }

  /**
   * Makes an id of text.
   *
   * @param value the id as text
   * @return the id
   */
  public static VoucherId of(String value) {
    return new VoucherId(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
