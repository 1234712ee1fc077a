package io.acpbenefits.organization;

import io.acpbenefits.common.Identifier;

/**
 * The id of an organization.
 *
 * @param value the id as text
 */
public record OrganizationId(String value) implements Identifier {

  /** Checks the text, see {@link Identifier#checked}. */
  public OrganizationId {
    Identifier.checked("organization", value);
  }

  /**
   * Makes an id of text.
   *
   * @param value the id as text
   * @return the id
   */
  public static OrganizationId of(String value) {
    return new OrganizationId(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
