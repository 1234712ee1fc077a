package io.acpbenefits.internal;

import io.acpbenefits.common.BenefitsException;
import io.acpbenefits.common.Identifier;
import io.acpbenefits.persistence.Dialect;
import io.acpbenefits.persistence.Transactions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.time.Instant;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.ibatis.exceptions.PersistenceException;
import org.apache.ibatis.mapping.Environment;
import org.apache.ibatis.session.AutoMappingBehavior;
import org.apache.ibatis.session.AutoMappingUnknownColumnBehavior;
import org.apache.ibatis.session.Configuration;
import org.apache.ibatis.session.LocalCacheScope;
import org.apache.ibatis.session.SqlSession;
import org.apache.ibatis.session.SqlSessionFactory;
import org.apache.ibatis.session.SqlSessionFactoryBuilder;
import org.apache.ibatis.transaction.managed.ManagedTransactionFactory;
import org.apache.ibatis.type.JdbcType;
import org.jspecify.annotations.Nullable;

/**
 * MyBatis on the connections that {@link Transactions} hands out.
 *
 * <p>The session factory is core's own, even inside a process engine: the engine's batches its
 * statements, so that a zero-row update could not be told from one that hit.
 */
final class Database {

  private static final AtomicLong SAVEPOINTS = new AtomicLong();

  private final Transactions transactions;
  private final Dialect dialect;
  private final Configuration configuration = new RecordConfiguration();
  private final SqlSessionFactory sessions;

  /** What the transaction was lost by, if it was; null in a transaction that others have begun. */
  @SuppressWarnings("ThreadLocalUsage") // Per database: two libraries in one JVM do not join.
  private final ThreadLocal<@Nullable AtomicReference<@Nullable RuntimeException>> lost =
      new ThreadLocal<>();

  Database(Transactions transactions, Dialect dialect) {
    this.transactions = transactions;
    this.dialect = dialect;
    // The connection belongs to the transaction: a session must never commit or close it.
    ManagedTransactionFactory managed = new ManagedTransactionFactory();
    Properties properties = new Properties();
    properties.setProperty("closeConnection", "false");
    managed.setProperties(properties);
    configuration.setEnvironment(new Environment("acp-benefits", managed, new NoDataSource()));
    configuration.setDatabaseId(dialect.folder());
    configuration.getVariables().setProperty("ifMissing", dialect.ifMissing());
    configuration.getVariables().setProperty("forUpdate", dialect.forUpdate());
    configuration.setMapUnderscoreToCamelCase(true);
    configuration.setArgNameBasedConstructorAutoMapping(true);
    configuration.setAutoMappingBehavior(AutoMappingBehavior.FULL);
    configuration.setAutoMappingUnknownColumnBehavior(AutoMappingUnknownColumnBehavior.FAILING);
    configuration.setLocalCacheScope(LocalCacheScope.STATEMENT);
    configuration.setCacheEnabled(false);
    configuration.setJdbcTypeForNull(JdbcType.NULL);
    configuration.getTypeHandlerRegistry().register(Instant.class, new InstantHandler());
    this.sessions = new SqlSessionFactoryBuilder().build(configuration);
  }

  <I extends Identifier> void register(Class<I> type, Function<String, I> constructor) {
    configuration.getTypeHandlerRegistry().register(type, new IdentifierHandler<>(constructor));
  }

  void addMapper(Class<?> mapper) {
    if (!configuration.hasMapper(mapper)) {
      // The SQL is in annotations: without this MyBatis looks for a file beside each mapper.
      configuration.addLoadedResource("namespace:" + mapper.getName());
      configuration.addMapper(mapper);
    }
  }

  <M, T> T call(Class<M> mapper, Function<M, T> work) {
    return required(
        connection -> {
          try (SqlSession session = sessions.openSession(connection)) {
            return work.apply(session.getMapper(mapper));
          } catch (PersistenceException failure) {
            if (failure.getCause() instanceof SQLException cause
                && dialect.takesTheTransactionAlong(cause)) {
              noteLost(failure);
            }
            throw failure;
          }
        });
  }

  /** Whether an INSERT can be told to pass over what is there already. */
  boolean passesOverWhatIsThere() {
    return !dialect.ifMissing().isEmpty();
  }

  boolean isInTransaction() {
    return transactions.active();
  }

  <T> T inTransaction(Supplier<T> work) {
    return required(connection -> work.get());
  }

  <T> T withConnection(Function<Connection, T> work) {
    return required(work);
  }

  /** What is begun here and lost is not committed, even if somebody has caught the failure. */
  private <T> T required(Function<Connection, T> work) {
    if (transactions.active()) {
      return transactions.required(work);
    }
    return transactions.required(
        connection -> {
          AtomicReference<@Nullable RuntimeException> lostHere = new AtomicReference<>();
          lost.set(lostHere);
          try {
            T result = work.apply(connection);
            RuntimeException caught = lostHere.get();
            if (caught != null) {
              throw new TransactionLost(caught);
            }
            return result;
          } finally {
            lost.remove();
          }
        });
  }

  private void noteLost(RuntimeException failure) {
    AtomicReference<@Nullable RuntimeException> here = lost.get();
    if (here != null) {
      here.set(failure);
    }
  }

  <T> T allOrNothing(Supplier<T> work) {
    return required(
        connection -> {
          try {
            Savepoint before = connection.setSavepoint("acp_" + SAVEPOINTS.incrementAndGet());
            try {
              T result = work.get();
              connection.releaseSavepoint(before);
              return result;
            } catch (RuntimeException failure) {
              rollBack(connection, before, failure);
              throw failure;
            }
          } catch (SQLException e) {
            throw new BenefitsException("A savepoint failed: " + e.getMessage(), e);
          }
        });
  }

  private void rollBack(Connection connection, Savepoint to, RuntimeException failure) {
    if (failure instanceof TransactionLost) {
      return;
    }
    try {
      if (dialect.undoesByStatement()) {
        try (Statement undo = connection.createStatement()) {
          undo.execute("ROLLBACK TO SAVEPOINT " + to.getSavepointName());
        }
      } else {
        connection.rollback(to);
      }
    } catch (SQLException e) {
      TransactionLost thrown = new TransactionLost(failure, e);
      noteLost(thrown);
      throw thrown;
    }
  }
}
