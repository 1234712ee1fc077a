package io.acpbenefits.invitation;

import io.acpbenefits.common.DomainEvent;

/**
 * An applicant was admitted elsewhere, so that the request has to wait.
 *
 * @param requestId which request
 */
public record ApplicantJoinedElsewhere(JoinRequestId requestId) implements DomainEvent {}
