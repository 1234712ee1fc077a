package io.acpbenefits.pearsonvue;

import io.acpbenefits.common.Identifier;

/**
 * The id of a slot at Pearson VUE.
 *
 * @param value the id as text
 */
public record SlotId(String value) implements Identifier {

  /** Checks the text, see {@link Identifier#checked}. */
  public SlotId {
    Identifier.checked("slot", value);
  }

  /**
   * Makes an id of text.
   *
   * @param value the id as text
   * @return the id
   */
  public static SlotId of(String value) {
    return new SlotId(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
