package io.acpbenefits.notification;

import io.acpbenefits.common.Identifier;

/**
 * The id of a notice in the list of what is to be sent.
 *
 * @param value the id as text
 */
public record NoticeId(String value) implements Identifier {

  /** Checks the text, see {@link Identifier#checked}. */
  public NoticeId {
    Identifier.checked("notice", value);
  }

  /**
   * Makes an id of text.
   *
   * @param value the id as text
   * @return the id
   */
  public static NoticeId of(String value) {
    return new NoticeId(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
