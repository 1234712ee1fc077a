package io.acpbenefits.invitation;

import io.acpbenefits.common.Identifier;

/**
 * The id of an invitation.
 *
 * @param value the id as text
 */
public record InvitationId(String value) implements Identifier {

  /** Checks the text, see {@link Identifier#checked}. */
  public InvitationId {
    Identifier.checked("invitation", value);
  }

  /**
   * Makes an id of text.
   *
   * @param value the id as text
   * @return the id
   */
  public static InvitationId of(String value) {
    return new InvitationId(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
