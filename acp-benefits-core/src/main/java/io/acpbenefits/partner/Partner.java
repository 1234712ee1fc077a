package io.acpbenefits.partner;

import io.acpbenefits.common.Reason;
import io.acpbenefits.common.Refusal;
import java.time.Instant;

/**
 * A partner of the programme.
 *
 * @param partnerId the host's own id
 * @param name 1 to 500 characters
 * @param tier any word; only a policy that uses tiers refuses unknown ones
 * @param state where it stands
 * @param createdAt since when it is known, in UTC
 */
public record Partner(
    PartnerId partnerId, String name, String tier, PartnerState state, Instant createdAt) {

  /** Checks name and tier. */
  public Partner {
    if (name.isBlank() || name.length() > 500) {
      throw new Refusal(Reason.INVALID_INPUT, "A partner's name has 1 to 500 characters.");
    }
    if (tier.isBlank() || tier.length() > 200) {
      throw new Refusal(Reason.INVALID_INPUT, "A partner's tier has 1 to 200 characters.");
    }
  }

  /**
   * Refuses unless the partner is active.
   *
   * @return this
   * @throws Refusal with {@link Reason#PARTNER_SUSPENDED}
   */
  public Partner requireActive() {
    if (state != PartnerState.ACTIVE) {
      throw Refusal.of(
          Reason.PARTNER_SUSPENDED,
          "Partner %s is %s; this needs an active partner.",
          partnerId,
          state);
    }
    return this;
  }
}
