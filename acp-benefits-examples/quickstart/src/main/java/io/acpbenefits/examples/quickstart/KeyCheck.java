package io.acpbenefits.examples.quickstart;

import io.acpbenefits.common.BenefitsException;
import io.acpbenefits.secret.KeyRing;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * Tells whether a key ring is the one that a database was made with, by a keyed hash of a constant:
 * with other keys the codes in stock would not be recognised and come in a second time.
 */
final class KeyCheck {

  static final String KIND = "keys";

  private static final String ALGORITHM = "HmacSHA256";
  private static final byte[] CONSTANT = "quickstart".getBytes(StandardCharsets.UTF_8);

  private KeyCheck() {}

  /** What is to be kept of a ring. */
  static List<Masters.Master> of(KeyRing keys) {
    return List.of(
        note("lookup." + keys.lookupKeyId(), keys.lookupKey(keys.lookupKeyId())),
        note("encryption." + keys.encryptionKeyId(), keys.encryptionKey(keys.encryptionKeyId())));
  }

  static boolean matches(KeyRing keys, String name, String content) {
    String id = name.substring(name.indexOf('.') + 1);
    try {
      SecretKey key = name.startsWith("lookup.") ? keys.lookupKey(id) : keys.encryptionKey(id);
      return hash(key).equals(content);
    } catch (BenefitsException unknownKey) {
      return false;
    }
  }

  private static Masters.Master note(String name, SecretKey key) {
    return new Masters.Master(KIND, name, hash(key), "", 0);
  }

  private static String hash(SecretKey key) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key.getEncoded(), ALGORITHM));
      return HexFormat.of().formatHex(mac.doFinal(CONSTANT));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java platform has " + ALGORITHM, e);
    }
  }
}
