package io.acpbenefits.examrecord;

import io.acpbenefits.common.Identifier;

/**
 * What a host calls a file of exam records, or a source of them: by this name the library knows how
 * far it has been taken. Never anything secret or personal.
 *
 * @param value the name as text
 */
public record FeedName(String value) implements Identifier {

  /** Checks the text, see {@link Identifier#checked}. */
  public FeedName {
    Identifier.checked("feed", value);
  }

  /**
   * Makes a name of text.
   *
   * @param value the name as text
   * @return the name
   */
  public static FeedName of(String value) {
    return new FeedName(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
