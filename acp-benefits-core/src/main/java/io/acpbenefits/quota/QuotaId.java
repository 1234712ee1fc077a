package io.acpbenefits.quota;

import io.acpbenefits.common.Identifier;

/**
 * The id of a quota.
 *
 * @param value the id as text
 */
public record QuotaId(String value) implements Identifier {

  /** Checks the text, see {@link Identifier#checked}. */
  public QuotaId {
    Identifier.checked("quota", value);
  }

  /**
   * Makes an id of text.
   *
   * @param value the id as text
   * @return the id
   */
  public static QuotaId of(String value) {
    return new QuotaId(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
