package io.acpbenefits.organization;

import io.acpbenefits.common.AccountId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * That an account belongs, or belonged, to an organization.
 *
 * @param membershipId its id
 * @param organizationId where
 * @param accountId who
 * @param role as what
 * @param state where it stands
 * @param joinedAt since when, in UTC
 * @param endedAt until when, if it has ended
 */
public record Membership(
    MembershipId membershipId,
    OrganizationId organizationId,
    AccountId accountId,
    Role role,
    MembershipState state,
    Instant joinedAt,
    @Nullable Instant endedAt) {}
