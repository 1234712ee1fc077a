package io.acpbenefits.partner;

import io.acpbenefits.common.DomainEvent;

/**
 * A partner was suspended, reinstated or terminated.
 *
 * @param partnerId which partner
 * @param state where it stands now
 */
public record PartnerStateChanged(PartnerId partnerId, PartnerState state) implements DomainEvent {}
