package io.acpbenefits.invitation;

import io.acpbenefits.common.DomainEvent;

/**
 * A join request was submitted.
 *
 * @param requestId which request
 * @param invitationId through which invitation
 * @param kind how that reached the applicant
 */
public record JoinRequestSubmitted(
    JoinRequestId requestId, InvitationId invitationId, InvitationKind kind)
    implements DomainEvent {}
