package io.acpbenefits.invitation;

import io.acpbenefits.common.DomainEvent;
import org.jspecify.annotations.Nullable;

/**
 * A personal invitation was accepted, declined, revoked or has expired.
 *
 * @param invitationId which
 * @param state where it stands now
 * @param requestId the join request that accepting it made, else null
 */
public record InvitationAnswered(
    InvitationId invitationId, InvitationState state, @Nullable JoinRequestId requestId)
    implements DomainEvent {}
