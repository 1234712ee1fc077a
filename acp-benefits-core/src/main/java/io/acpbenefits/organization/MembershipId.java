package io.acpbenefits.organization;

import io.acpbenefits.common.Identifier;

/**
 * The id of a membership.
 *
 * @param value the id as text
 */
public record MembershipId(String value) implements Identifier {

  /** Checks the text, see {@link Identifier#checked}. */
  public MembershipId {
    Identifier.checked("membership", value);
  }

  /**
   * Makes an id of text.
   *
   * @param value the id as text
   * @return the id
   */
  public static MembershipId of(String value) {
    return new MembershipId(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
