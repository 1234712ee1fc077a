package io.acpbenefits.organization;

import io.acpbenefits.common.AccountId;
import io.acpbenefits.common.DomainEvent;

/**
 * An account became a member.
 *
 * @param organizationId where
 * @param accountId who
 */
public record MembershipStarted(OrganizationId organizationId, AccountId accountId)
    implements DomainEvent {}
