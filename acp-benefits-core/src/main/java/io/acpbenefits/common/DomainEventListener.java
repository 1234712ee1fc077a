package io.acpbenefits.common;

/**
 * Hears of domain events inside the transaction that made them.
 *
 * <p>What it writes to the same database commits or rolls back with them; what it throws rolls them
 * back. Called on the thread of the operation, in the order of registration; must be thread-safe.
 */
@FunctionalInterface
public interface DomainEventListener {

  /**
   * Something happened.
   *
   * @param event what
   */
  void on(DomainEvent event);
}
