package io.acpbenefits.persistence;

import io.acpbenefits.common.BenefitsException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Transactions on a plain {@link DataSource}, for hosts without a process engine; thread-safe. One
 * that the database gave up because another came first is begun anew, its work run again.
 */
public final class JdbcTransactions implements Transactions {

  private static final Logger LOG = LoggerFactory.getLogger(JdbcTransactions.class);

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
      if (isolation != Connection.TRANSACTION_READ_COMMITTED) {
        connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
      }
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
        giveBack(connection, autoCommit, isolation);
      }
    } catch (SQLException e) {
      throw new BenefitsException(
          "The database transaction could not be run: " + e.getMessage(), e);
    }
  }

  /** Says nothing: the work is committed or rolled back, and a broken connection tells its user. */
  private static void giveBack(Connection connection, boolean autoCommit, int isolation) {
    try {
      connection.setAutoCommit(autoCommit);
      if (isolation != Connection.TRANSACTION_READ_COMMITTED) {
        connection.setTransactionIsolation(isolation);
      }
    } catch (SQLException e) {
      LOG.warn("A connection could not be given back as it was: {}", e.getMessage());
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
