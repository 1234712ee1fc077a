package io.acpbenefits.certificate;

import io.acpbenefits.common.Identifier;

/**
 * The id of a binding.
 *
 * @param value the id as text
 */
public record BindingId(String value) implements Identifier {

  /** Checks the text, see {@link Identifier#checked}. */
  public BindingId {
    Identifier.checked("binding", value);
  }

  /**
   * Makes an id of text.
   *
   * @param value the id as text
   * @return the id
   */
  public static BindingId of(String value) {
    return new BindingId(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
