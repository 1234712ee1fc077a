package io.acpbenefits.partner;

import io.acpbenefits.common.Identifier;

/**
 * The id of a partner.
 *
 * @param value the id as text
 */
public record PartnerId(String value) implements Identifier {

  /** Checks the text, see {@link Identifier#checked}. */
  public PartnerId {
    Identifier.checked("partner", value);
  }

  /**
   * Makes an id of text.
   *
   * @param value the id as text
   * @return the id
   */
  public static PartnerId of(String value) {
    return new PartnerId(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
