package io.acpbenefits.persistence;

import java.sql.Connection;
import java.util.function.Function;

/**
 * Runs units of work in database transactions: the one port through which core reaches its
 * database.
 *
 * <p>Implementations must join a transaction that runs on the calling thread already, roll back on
 * every throwable, use READ COMMITTED, and be thread-safe. A transaction that they began and the
 * database gave up should be begun anew, as {@link Retries} does. Core never commits, rolls back or
 * closes the connection it is handed.
 */
public interface Transactions {

  /**
   * Runs the work in the current transaction, or in a new one that is committed when the work
   * returns.
   *
   * @param <T> what the work returns
   * @param work what to do on the transaction's connection; the connection is only valid inside
   * @return what the work returned
   */
  <T> T required(Function<Connection, T> work);

  /**
   * How often transactions were begun anew because others came first.
   *
   * @return the counts; by default {@link RetryCounts#NONE}, for implementations that do not count
   */
  default RetryCounts retries() {
    return RetryCounts.NONE;
  }

  /**
   * Tells whether a transaction runs on the calling thread, one of the host's that {@link
   * #required} would join included. What goes over a network is refused then: it would keep the
   * transaction and its locks open for as long, and could not be taken back with it.
   *
   * @return true inside {@link #required}, and wherever that would join
   */
  boolean active();
}
