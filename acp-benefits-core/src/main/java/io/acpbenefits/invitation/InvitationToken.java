package io.acpbenefits.invitation;

import io.acpbenefits.common.Reason;
import io.acpbenefits.common.Refusal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

/**
 * The secret part of an invitation link; whoever has it may ask to join.
 *
 * @param value 43 characters that are safe in a URL, from 256 random bits
 */
public record InvitationToken(String value) {

  private static final int BYTES = 32;
  private static final SecureRandom RANDOM = new SecureRandom();

  /** Checks that there is something, of a length that a token can have. */
  public InvitationToken {
    if (value.isBlank() || value.length() > 100) {
      throw new Refusal(Reason.NOT_FOUND, "This is not an invitation link.");
    }
  }

  static InvitationToken random() {
    byte[] bytes = new byte[BYTES];
    RANDOM.nextBytes(bytes);
    return new InvitationToken(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }

  String hash() {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(value.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }

  /** Never shows the token. */
  @Override
  public String toString() {
    return "InvitationToken[…]";
  }
}
