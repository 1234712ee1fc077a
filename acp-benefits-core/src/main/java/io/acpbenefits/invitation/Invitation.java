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
 * @param main whether it is the organization's own link, the one that is copied and rotated
 * @param state where it stands at the instant it was read
 * @param invitedAccount whom, if personal
 * @param createdAt when, in UTC
 * @param sentAt when it was last sent, if personal; else as {@code createdAt}
 * @param resends how often it was sent again
 * @param limits how far it reaches; of a personal one only its end
 * @param uses how often it was used
 */
public record Invitation(
    InvitationId invitationId,
    OrganizationId organizationId,
    InvitationKind kind,
    boolean main,
    InvitationState state,
    @Nullable AccountId invitedAccount,
    Instant createdAt,
    Instant sentAt,
    int resends,
    LinkLimits limits,
    int uses) {

  /**
   * From when on it cannot be used.
   *
   * @return the instant; null for never
   */
  public @Nullable Instant expiresAt() {
    return limits.expiresAt();
  }

  boolean isOpen() {
    return state == InvitationState.PENDING || state == InvitationState.ACTIVE;
  }

  Invitation at(Instant now) {
    Instant end = expiresAt();
    return isOpen() && end != null && !now.isBefore(end) ? with(InvitationState.EXPIRED) : this;
  }

  Invitation with(InvitationState other) {
    return changed(other, sentAt, resends, limits, uses);
  }

  Invitation with(LinkLimits other) {
    return changed(state, sentAt, resends, other, uses);
  }

  Invitation usedOnceMore() {
    return changed(state, sentAt, resends, limits, uses + 1);
  }

  Invitation sentAgain(Instant now, Instant end) {
    return changed(state, now, resends + 1, limits.withExpiresAt(end), uses);
  }

  private Invitation changed(
      InvitationState other, Instant sent, int again, LinkLimits within, int used) {
    return new Invitation(
        invitationId,
        organizationId,
        kind,
        main,
        other,
        invitedAccount,
        createdAt,
        sent,
        again,
        within,
        used);
  }
}
