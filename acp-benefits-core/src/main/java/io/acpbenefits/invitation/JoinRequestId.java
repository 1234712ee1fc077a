package io.acpbenefits.invitation;

import io.acpbenefits.common.Identifier;

/**
 * The id of a join request.
 *
 * @param value the id as text
 */
public record JoinRequestId(String value) implements Identifier {

  /** Checks the text, see {@link Identifier#checked}. */
  public JoinRequestId {
    Identifier.checked("join request", value);
  }

  /**
   * Makes an id of text.
   *
   * @param value the id as text
   * @return the id
   */
  public static JoinRequestId of(String value) {
    return new JoinRequestId(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
