package io.acpbenefits.idempotency;

import io.acpbenefits.common.Identifier;
import java.util.UUID;

/**
 * What a caller names a command by, so that sending it again does not do it again. Belongs to the
 * actor: two actors may use the same key.
 *
 * @param value 1 to 200 characters, chosen by the caller; never anything secret
 */
public record RequestKey(String value) implements Identifier {

  /** Checks the text, see {@link Identifier#checked}. */
  public RequestKey {
    Identifier.checked("request key", value);
  }

  /**
   * A key of the caller's.
   *
   * @param value the text
   * @return the key
   */
  public static RequestKey of(String value) {
    return new RequestKey(value);
  }

  /**
   * A new key.
   *
   * @return a random one
   */
  public static RequestKey random() {
    return new RequestKey(UUID.randomUUID().toString());
  }

  @Override
  public String toString() {
    return value;
  }
}
