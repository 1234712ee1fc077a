package io.acpbenefits.organization;

import io.acpbenefits.common.DomainEvent;

/**
 * A partner got its organization.
 *
 * @param organizationId which organization
 */
public record OrganizationEstablished(OrganizationId organizationId) implements DomainEvent {}
