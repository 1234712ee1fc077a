package io.acpbenefits.invitation;

import io.acpbenefits.common.Reason;
import io.acpbenefits.common.Refusal;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How far an invitation link reaches.
 *
 * @param expiresAt from when on it is refused with LINK_EXPIRED; null for never
 * @param maximumUses after how many requests it is refused with LINK_EXHAUSTED, at least 1; null
 *     for any number
 * @param domains the e-mail domains whose people may use it, at most {@value #MOST_DOMAINS};
 *     subdomains are domains of their own; none for everybody
 */
public record LinkLimits(
    @Nullable Instant expiresAt, @Nullable Integer maximumUses, Set<EmailDomain> domains) {

  /** The most domains that a link can name. */
  public static final int MOST_DOMAINS = 20;

  /** Neither expires nor runs out, and is for everybody. */
  public static final LinkLimits NONE = new LinkLimits(null, null, Set.of());

  /** Checks the numbers and keeps the set from being changed. */
  public LinkLimits {
    domains = Set.copyOf(domains);
    if (maximumUses != null && maximumUses < 1) {
      throw Refusal.of(
          Reason.INVALID_INPUT, "A link can be used at least once, not %d times.", maximumUses);
    }
    if (domains.size() > MOST_DOMAINS) {
      throw Refusal.of(
          Reason.INVALID_INPUT,
          "A link names at most %d e-mail domains, not %d.",
          MOST_DOMAINS,
          domains.size());
    }
  }

  /**
   * These, with an end.
   *
   * @param end from when on the link is refused; null for never
   * @return the limits
   */
  public LinkLimits withExpiresAt(@Nullable Instant end) {
    return new LinkLimits(end, maximumUses, domains);
  }

  /**
   * These, with a number of uses.
   *
   * @param uses how many at most; null for any number
   * @return the limits
   */
  public LinkLimits withMaximumUses(@Nullable Integer uses) {
    return new LinkLimits(expiresAt, uses, domains);
  }

  /**
   * These, for people of some e-mail domains.
   *
   * @param listed the domains; none for everybody
   * @return the limits
   */
  public LinkLimits withDomains(EmailDomain... listed) {
    return new LinkLimits(expiresAt, maximumUses, Set.of(listed));
  }

  /** Whether somebody with this domain, or with none that is known, may use the link. */
  boolean admit(@Nullable EmailDomain domain) {
    return domains.isEmpty() || (domain != null && domains.contains(domain));
  }

  @Nullable String domainsAsText() {
    return domains.isEmpty()
        ? null
        : new TreeSet<>(domains.stream().map(EmailDomain::value).toList())
            .stream().collect(Collectors.joining(" "));
  }

  static Set<EmailDomain> domainsOf(@Nullable String text) {
    return text == null
        ? Set.of()
        : Set.of(text.split(" ")).stream().map(EmailDomain::new).collect(Collectors.toSet());
  }
}
