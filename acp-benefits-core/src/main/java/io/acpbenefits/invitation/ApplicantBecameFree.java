package io.acpbenefits.invitation;

import io.acpbenefits.common.DomainEvent;

/**
 * An applicant is in no other organization any more, so that the request can be decided.
 *
 * @param requestId which request
 */
public record ApplicantBecameFree(JoinRequestId requestId) implements DomainEvent {}
