package io.acpbenefits.application;

import io.acpbenefits.common.DomainEvent;

/**
 * A benefit application went from one state to another.
 *
 * @param applicationId which application
 * @param from where it stood
 * @param to where it stands now
 */
public record BenefitApplicationChanged(
    BenefitApplicationId applicationId, BenefitApplicationState from, BenefitApplicationState to)
    implements DomainEvent {}
