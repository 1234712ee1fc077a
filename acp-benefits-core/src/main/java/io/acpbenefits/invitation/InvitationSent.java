package io.acpbenefits.invitation;

import io.acpbenefits.common.DomainEvent;

/**
 * A personal invitation is to be sent.
 *
 * @param invitationId which
 * @param again whether it was sent before; it has another token now, and its time begins anew
 */
public record InvitationSent(InvitationId invitationId, boolean again) implements DomainEvent {}
