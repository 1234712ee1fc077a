package io.acpbenefits.organization;

import io.acpbenefits.common.AccountId;
import io.acpbenefits.common.DomainEvent;

/**
 * A member has another role now.
 *
 * @param organizationId where
 * @param accountId who
 * @param from the role before
 * @param to the role from now on
 */
public record RoleChanged(OrganizationId organizationId, AccountId accountId, Role from, Role to)
    implements DomainEvent {}
