package io.acpbenefits.invitation;

import io.acpbenefits.common.AccountId;
import io.acpbenefits.organization.OrganizationId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * That a person asks to join an organization.
 *
 * @param requestId its id
 * @param organizationId where to
 * @param accountId who
 * @param invitationId through which invitation
 * @param state where it stands at the instant it was read
 * @param waiting whether the account is in another organization, so that it cannot be decided yet
 * @param submittedAt when, in UTC
 * @param expiresAt from when on it cannot be decided any more
 * @param decidedAt when it was decided, if it was
 */
public record JoinRequest(
    JoinRequestId requestId,
    OrganizationId organizationId,
    AccountId accountId,
    InvitationId invitationId,
    JoinRequestState state,
    boolean waiting,
    Instant submittedAt,
    Instant expiresAt,
    @Nullable Instant decidedAt) {

  JoinRequest at(Instant now) {
    if (state == JoinRequestState.SUBMITTED && !now.isBefore(expiresAt)) {
      return new JoinRequest(
          requestId,
          organizationId,
          accountId,
          invitationId,
          JoinRequestState.EXPIRED,
          false,
          submittedAt,
          expiresAt,
          expiresAt);
    }
    return this;
  }
}
