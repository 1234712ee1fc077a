package io.acpbenefits.pearsonvue;

import io.acpbenefits.common.Identifier;

/**
 * The id of a booking at Pearson VUE.
 *
 * @param value the id as text
 */
public record BookingId(String value) implements Identifier {

  /** Checks the text, see {@link Identifier#checked}. */
  public BookingId {
    Identifier.checked("booking", value);
  }

  /**
   * Makes an id of text.
   *
   * @param value the id as text
   * @return the id
   */
  public static BookingId of(String value) {
    return new BookingId(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
