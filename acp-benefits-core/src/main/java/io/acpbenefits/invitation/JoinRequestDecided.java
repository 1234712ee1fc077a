package io.acpbenefits.invitation;

import io.acpbenefits.common.DomainEvent;

/**
 * A join request was approved or rejected, or has expired.
 *
 * @param requestId which request
 */
public record JoinRequestDecided(JoinRequestId requestId) implements DomainEvent {}
