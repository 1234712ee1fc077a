package io.acpbenefits.secret;

import java.nio.file.Path;
import javax.crypto.SecretKey;

/**
 * The keys that protect exam codes and invitation tokens. A host plugs in its own key store here.
 *
 * <p>Encryption and look-up use separate keys. Every stored secret names the keys it was made with,
 * so a ring must go on knowing a key for as long as anything was made with it. Implementations are
 * thread-safe.
 */
public interface KeyRing {

  /**
   * The id of the key for new encryptions.
   *
   * @return 1 to 40 characters
   */
  String encryptionKeyId();

  /**
   * The id of the key for new look-up hashes.
   *
   * @return 1 to 40 characters
   */
  String lookupKeyId();

  /**
   * A key for AES-256-GCM.
   *
   * @param id the key's id
   * @return the key, 256 bits
   * @throws io.acpbenefits.common.BenefitsException if the ring has no such key
   */
  SecretKey encryptionKey(String id);

  /**
   * A key for HMAC-SHA-256.
   *
   * @param id the key's id
   * @return the key, 256 bits
   * @throws io.acpbenefits.common.BenefitsException if the ring has no such key
   */
  SecretKey lookupKey(String id);

  /**
   * A ring of new keys that exist in this JVM only: fit for a database in memory.
   *
   * @return the ring
   */
  static KeyRing ephemeral() {
    return KeyFile.Keys.generated();
  }

  /**
   * A ring read from a key file.
   *
   * @param file a file that {@link #createFile} wrote
   * @return the ring
   * @throws io.acpbenefits.common.BenefitsException if the file cannot be read or is not a key file
   */
  static KeyRing ofFile(Path file) {
    return KeyFile.read(file);
  }

  /**
   * Creates a key file with new keys that only its owner may read or write.
   *
   * @param file where; must not exist yet
   * @return the ring of the new keys
   * @throws io.acpbenefits.common.BenefitsException if the file exists or cannot be written
   */
  static KeyRing createFile(Path file) {
    return KeyFile.create(file);
  }
}
