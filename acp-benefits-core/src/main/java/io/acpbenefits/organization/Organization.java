package io.acpbenefits.organization;

import io.acpbenefits.partner.PartnerId;
import java.time.Instant;

/**
 * A partner's training organization at the academy; each partner has one.
 *
 * @param organizationId its id
 * @param partnerId whose it is
 * @param state where it stands
 * @param createdAt since when, in UTC
 */
public record Organization(
    OrganizationId organizationId,
    PartnerId partnerId,
    OrganizationState state,
    Instant createdAt) {}
