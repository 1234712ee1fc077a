package io.acpbenefits.certificate;

import io.acpbenefits.common.Identifier;

/**
 * The id of a certificate.
 *
 * @param value the id as text
 */
public record CertificateId(String value) implements Identifier {

  /** Checks the text, see {@link Identifier#checked}. */
  public CertificateId {
    Identifier.checked("certificate", value);
  }

  /**
   * Makes an id of text.
   *
   * @param value the id as text
   * @return the id
   */
  public static CertificateId of(String value) {
    return new CertificateId(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
