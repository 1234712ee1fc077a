package io.acpbenefits.invitation;

import io.acpbenefits.common.DomainEvent;

/**
 * A personal invitation was made and is to be sent.
 *
 * @param invitationId which
 */
public record InvitationSent(InvitationId invitationId) implements DomainEvent {}
