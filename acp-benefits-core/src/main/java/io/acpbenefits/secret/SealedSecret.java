package io.acpbenefits.secret;

/**
 * A secret as it is stored.
 *
 * @param cipher nonce, cipher text and tag of AES-256-GCM
 * @param keyId the key it was encrypted with
 */
@SuppressWarnings("ArrayRecordComponent") // Only carried between the vault and a row.
public record SealedSecret(byte[] cipher, String keyId) {}
