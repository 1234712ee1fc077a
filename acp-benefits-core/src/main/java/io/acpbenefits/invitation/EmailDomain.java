package io.acpbenefits.invitation;

import io.acpbenefits.common.Reason;
import io.acpbenefits.common.Refusal;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What stands behind the {@code @} of e-mail addresses. It names a mail server, no person; whole
 * addresses never enter the library.
 *
 * @param value in lower case, at most 253 characters; international names in their ASCII form
 *     ({@code xn--…})
 */
public record EmailDomain(String value) {

  private static final int MOST_CHARACTERS = 253;
  private static final Pattern LABELS =
      Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)+");

  /** Checks that it is a domain with at least one dot. */
  public EmailDomain {
    if (value.length() > MOST_CHARACTERS || !LABELS.matcher(value).matches()) {
      throw new Refusal(
          Reason.INVALID_INPUT,
          "An e-mail domain is written like example.org, without the part before the @.");
    }
  }

  /**
   * A domain as people write it.
   *
   * @param text in any case, perhaps with blanks around it
   * @return the domain
   * @throws Refusal INVALID_INPUT
   */
  public static EmailDomain of(String text) {
    return new EmailDomain(text.strip().toLowerCase(Locale.ROOT));
  }

  @Override
  public String toString() {
    return value;
  }
}
