package io.acpbenefits;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An H2 database in memory, gone when it is closed. */
final class MemoryDatabase {

  private static final Logger LOG = LoggerFactory.getLogger(MemoryDatabase.class);

  private final JdbcConnectionPool pool;

  private MemoryDatabase(JdbcConnectionPool pool) {
    this.pool = pool;
  }

  static MemoryDatabase open() {
    return new MemoryDatabase(
        JdbcConnectionPool.create(
            "jdbc:h2:mem:acp-"
                + UUID.randomUUID()
                + ";DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=10000;QUERY_CACHE_SIZE=256",
            "sa",
            ""));
  }

  DataSource dataSource() {
    return pool;
  }

  void close() {
    try (Connection connection = pool.getConnection();
        var statement = connection.createStatement()) {
      statement.execute("SHUTDOWN");
    } catch (SQLException e) {
      LOG.debug("The database was shut down already", e);
    }
    pool.dispose();
  }
}
