package io.acpbenefits.secret;

import io.acpbenefits.common.BenefitsException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;

/**
 * Seals and opens secrets with the keys of a {@link KeyRing}; thread-safe.
 *
 * <p>AES-256-GCM with a random nonce of 96 bits per secret (NIST SP 800-38D). What the secret
 * belongs to is associated data: a cipher copied into another row does not open there.
 */
public final class Vault {

  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;

  private final KeyRing keys;
  private final SecureRandom random = new SecureRandom();

  /**
   * Uses a key ring.
   *
   * @param keys the keys
   */
  public Vault(KeyRing keys) {
    this.keys = keys;
  }

  /**
   * Encrypts with the current key.
   *
   * @param secret the text
   * @param belongsTo the ids of what it belongs to
   * @return the cipher and its key's id
   */
  public SealedSecret seal(String secret, String belongsTo) {
    String keyId = keys.encryptionKeyId();
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    try {
      Cipher cipher = cipher(Cipher.ENCRYPT_MODE, keyId, nonce, belongsTo);
      byte[] text = secret.getBytes(StandardCharsets.UTF_8);
      byte[] sealed = Arrays.copyOf(nonce, NONCE_BYTES + cipher.getOutputSize(text.length));
      cipher.doFinal(text, 0, text.length, sealed, NONCE_BYTES);
      return new SealedSecret(sealed, keyId);
    } catch (GeneralSecurityException e) {
      throw new BenefitsException("A secret could not be encrypted with key " + keyId + ".", e);
    }
  }

  /**
   * Decrypts.
   *
   * @param sealed what {@link #seal} returned
   * @param belongsTo the same ids as when it was sealed
   * @return the text
   * @throws BenefitsException if the key is missing or wrong, or the row was tampered with
   */
  public String open(SealedSecret sealed, String belongsTo) {
    try {
      if (sealed.cipher().length < NONCE_BYTES + TAG_BITS / Byte.SIZE) {
        throw new AEADBadTagException("Too short to be a nonce and a tag");
      }
      byte[] nonce = Arrays.copyOf(sealed.cipher(), NONCE_BYTES);
      Cipher cipher = cipher(Cipher.DECRYPT_MODE, sealed.keyId(), nonce, belongsTo);
      byte[] text =
          cipher.doFinal(sealed.cipher(), NONCE_BYTES, sealed.cipher().length - NONCE_BYTES);
      return new String(text, StandardCharsets.UTF_8);
    } catch (GeneralSecurityException e) {
      throw new BenefitsException(
          "A stored secret could not be decrypted with key "
              + sealed.keyId()
              + "; the key file is not the one it was made with, or the row was changed.",
          e);
    }
  }

  private Cipher cipher(int mode, String keyId, byte[] nonce, String belongsTo)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, keys.encryptionKey(keyId), new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(belongsTo.getBytes(StandardCharsets.UTF_8));
    return cipher;
  }

  /**
   * The id of the key that {@link #lookup} uses.
   *
   * @return to be stored beside the hash
   */
  public String lookupKeyId() {
    return keys.lookupKeyId();
  }

  /**
   * A keyed hash by which an equal secret is found again.
   *
   * @param secret the text, in its normal form
   * @return HMAC-SHA-256 as 64 hexadecimal digits
   */
  public String lookup(String secret) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(keys.lookupKey(keys.lookupKeyId()));
      return HexFormat.of().formatHex(mac.doFinal(secret.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new BenefitsException("A look-up hash could not be made.", e);
    }
  }
}
