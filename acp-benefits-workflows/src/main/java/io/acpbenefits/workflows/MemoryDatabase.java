package io.acpbenefits.workflows;

import io.acpbenefits.common.BenefitsException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;

/** An H2 database in memory, under a name of its own. Apart, so that H2 stays optional. */
final class MemoryDatabase {

  /** Job executor and callers together; the engine needs a second one to reserve ids. */
  private static final int CONNECTIONS = 50;

  private final JdbcConnectionPool pool;

  private MemoryDatabase(JdbcConnectionPool pool) {
    this.pool = pool;
  }

  static MemoryDatabase create() {
    JdbcConnectionPool pool =
        JdbcConnectionPool.create(
            "jdbc:h2:mem:acp-%s;DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=10000;QUERY_CACHE_SIZE=256"
                .formatted(UUID.randomUUID()),
            "sa",
            "");
    pool.setMaxConnections(CONNECTIONS);
    return new MemoryDatabase(pool);
  }

  DataSource dataSource() {
    return pool;
  }

  void giveUp() {
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("SHUTDOWN");
    } catch (SQLException e) {
      throw new BenefitsException("The database in memory could not be closed.", e);
    } finally {
      pool.dispose();
    }
  }
}
