package io.acpbenefits.invitation;

import io.acpbenefits.common.AccountId;
import io.acpbenefits.organization.OrganizationId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An invitation into an organization; its token is kept apart.
 *
 * @param invitationId its id
 * @param organizationId where to
 * @param kind for one account or for whoever has the link
 * @param state where it stands at the instant it was read
 * @param invitedAccount whom, if personal
 * @param createdAt when, in UTC
 * @param expiresAt from when on it cannot be used; null for never
 * @param maximumUses how often it can be used; null for any number of times
 * @param uses how often it was used
 */
public record Invitation(
    InvitationId invitationId,
    OrganizationId organizationId,
    InvitationKind kind,
    InvitationState state,
    @Nullable AccountId invitedAccount,
    Instant createdAt,
    @Nullable Instant expiresAt,
    @Nullable Integer maximumUses,
    int uses) {

  Invitation at(Instant now) {
    boolean open = state == InvitationState.PENDING || state == InvitationState.ACTIVE;
    if (open && expiresAt != null && !now.isBefore(expiresAt)) {
      return with(InvitationState.EXPIRED, uses);
    }
    return this;
  }

  Invitation with(InvitationState state, int uses) {
    return new Invitation(
        invitationId,
        organizationId,
        kind,
        state,
        invitedAccount,
        createdAt,
        expiresAt,
        maximumUses,
        uses);
  }
}
