package io.acpbenefits.certificate;

import io.acpbenefits.common.Identifier;
import io.acpbenefits.common.Reason;
import io.acpbenefits.common.Refusal;
import java.util.Locale;

/**
 * The number on a certificate; unique, ignoring case and blanks around it.
 *
 * @param value 1 to 50 characters, in upper case
 */
public record CertificateNumber(String value) implements Identifier {

  private static final int MOST_CHARACTERS = 50;

  /** Takes the text without blanks around it and in upper case. */
  public CertificateNumber {
    value = Identifier.checked("certificate", value.strip().toUpperCase(Locale.ROOT));
    if (value.length() > MOST_CHARACTERS) {
      throw Refusal.of(
          Reason.INVALID_INPUT, "A certificate number has at most %d characters.", MOST_CHARACTERS);
    }
  }

  /**
   * Makes a number of text.
   *
   * @param value the number as text
   * @return the number
   */
  public static CertificateNumber of(String value) {
    return new CertificateNumber(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
