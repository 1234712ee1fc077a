package io.acpbenefits.pearsonvue;

import java.security.SecureRandom;

/**
 * Makes the ids that candidates read and type: short, without an order that would tell how many
 * there are, and of two kinds that are not easily taken for each other. A unique constraint stands
 * behind each.
 */
final class ShownIds {

  private static final long NUMBERS = 1_000_000_000_000L;

  private final SecureRandom random = new SecureRandom();

  String registrationId() {
    return next('R');
  }

  String candidateId() {
    return next('C');
  }

  private String next(char kind) {
    return "%s%012d".formatted(kind, random.nextLong(NUMBERS));
  }
}
