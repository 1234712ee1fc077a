package io.acpbenefits.partner;

import io.acpbenefits.common.DomainEvent;

/**
 * A partner was given another tier.
 *
 * @param partnerId which partner
 * @param tier the new one
 */
public record PartnerTierChanged(PartnerId partnerId, String tier) implements DomainEvent {}
