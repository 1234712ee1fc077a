package io.acpbenefits.organization;

import io.acpbenefits.common.AccountId;
import io.acpbenefits.common.DomainEvent;

/**
 * An account is no longer a member.
 *
 * @param organizationId where it was
 * @param accountId who
 * @param state LEFT or REMOVED
 */
public record MembershipEnded(
    OrganizationId organizationId, AccountId accountId, MembershipState state)
    implements DomainEvent {}
