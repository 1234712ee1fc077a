package io.acpbenefits.common;

/**
 * Something that has happened in the domain. Each feature has its own records of this type; they
 * hold ids and small facts, no secrets and no personal data.
 */
public interface DomainEvent {}
