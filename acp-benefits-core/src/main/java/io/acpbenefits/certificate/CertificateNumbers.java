package io.acpbenefits.certificate;

import io.acpbenefits.exam.ExamLevel;
import java.security.SecureRandom;

/**
 * Makes numbers such as {@code ACP-7K2M9-QX40T-B3WHE}: 75 random bits, in letters and digits that
 * are not mistaken for each other. Nobody guesses another's, and no two are the same.
 */
final class CertificateNumbers {

  private static final String LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  private static final int GROUPS = 3;
  private static final int GROUP_LENGTH = 5;

  private final SecureRandom random = new SecureRandom();

  CertificateNumber next(ExamLevel level) {
    StringBuilder text = new StringBuilder(level.name());
    for (int group = 0; group < GROUPS; group++) {
      text.append('-');
      for (int letter = 0; letter < GROUP_LENGTH; letter++) {
        text.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
      }
    }
    return CertificateNumber.of(text.toString());
  }
}
