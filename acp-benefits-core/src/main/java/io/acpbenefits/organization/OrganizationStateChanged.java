package io.acpbenefits.organization;

import io.acpbenefits.common.DomainEvent;

/**
 * An organization was suspended, resumed or closed. When it was closed, told before its memberships
 * end.
 *
 * @param organizationId which organization
 * @param state where it stands now
 */
public record OrganizationStateChanged(OrganizationId organizationId, OrganizationState state)
    implements DomainEvent {}
