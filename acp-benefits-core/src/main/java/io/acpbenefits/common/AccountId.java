package io.acpbenefits.common;

/**
 * An academy account, as the host names it.
 *
 * @param value the host's own id of the account
 */
public record AccountId(String value) implements Identifier {

  /** Checks the text, see {@link Identifier#checked}. */
  public AccountId {
    Identifier.checked("account", value);
  }

  /**
   * Makes an id of text.
   *
   * @param value the host's own id of the account
   * @return the id
   */
  public static AccountId of(String value) {
    return new AccountId(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
