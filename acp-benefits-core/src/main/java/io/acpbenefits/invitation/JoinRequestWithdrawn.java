package io.acpbenefits.invitation;

import io.acpbenefits.common.DomainEvent;

/**
 * The applicant took a join request back.
 *
 * @param requestId which request
 */
public record JoinRequestWithdrawn(JoinRequestId requestId) implements DomainEvent {}
