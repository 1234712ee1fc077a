package io.acpbenefits.persistence;

import io.acpbenefits.common.BenefitsException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Transactions on a plain {@link DataSource}, for hosts without a process engine; thread-safe. One
 * that the database gave up because another came first is begun anew, its work run again.
 */
public final class JdbcTransactions implements Transactions {

  private final DataSource dataSource;
  private final Retries retries;

  @SuppressWarnings("ThreadLocalUsage") // Per data source: two libraries in one JVM do not join.
  private final ThreadLocal<@Nullable Connection> current = new ThreadLocal<>();

  /**
   * Uses a data source, and {@link RetryPolicy#DEFAULT}.
   *
   * @param dataSource where connections come from; not managed by another transaction manager
   */
  public JdbcTransactions(DataSource dataSource) {
    this(dataSource, new Retries(RetryPolicy.DEFAULT));
  }

  /**
   * Uses a data source.
   *
   * @param dataSource where connections come from; not managed by another transaction manager
   * @param retries begins anew what others came before
   */
  public JdbcTransactions(DataSource dataSource, Retries retries) {
    this.dataSource = dataSource;
    this.retries = retries;
  }

  @Override
  public <T> T required(Function<Connection, T> work) {
    Connection joined = current.get();
    return joined != null ? work.apply(joined) : retries.run(() -> runInNew(work));
  }

  @Override
  public RetryCounts retries() {
    return retries.counts();
  }

  @Override
  public boolean active() {
    return current.get() != null;
  }

  private <T> T runInNew(Function<Connection, T> work) {
    try (Connection connection = dataSource.getConnection()) {
      boolean autoCommit = connection.getAutoCommit();
      int isolation = connection.getTransactionIsolation();
      connection.setAutoCommit(false);
      connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
      current.set(connection);
      try {
        T result = work.apply(connection);
        connection.commit();
        return result;
      } catch (Throwable failure) {
        rollBack(connection, failure);
        throw failure;
      } finally {
        current.remove();
        connection.setAutoCommit(autoCommit);
        connection.setTransactionIsolation(isolation);
      }
    } catch (SQLException e) {
      throw new BenefitsException(
          "The database transaction could not be run: " + e.getMessage(), e);
    }
  }

  private static void rollBack(Connection connection, Throwable failure) {
    try {
      connection.rollback();
    } catch (SQLException e) {
      failure.addSuppressed(e);
    }
  }
}
