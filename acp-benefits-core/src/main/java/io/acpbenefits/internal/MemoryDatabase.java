package io.acpbenefits.internal;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An H2 database in memory, gone when it is closed. Apart, so that H2 stays optional. */
public final class MemoryDatabase {

  private static final Logger LOG = LoggerFactory.getLogger(MemoryDatabase.class);

  /** Callers and an engine's threads together; each may need a second one for a moment. */
  private static final int CONNECTIONS = 50;

  /**
   * Waits for locks as long as a busy machine may take; keeps prepared statements; never answers a
   * query with the result of an equal one, which would hide what a lock was waited for.
   */
  private static final String SETTINGS =
      ";DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=10000;QUERY_CACHE_SIZE=256;OPTIMIZE_REUSE_RESULTS=0";

  private final JdbcConnectionPool pool;

  private MemoryDatabase(JdbcConnectionPool pool) {
    this.pool = pool;
  }

  public static MemoryDatabase open() {
    JdbcConnectionPool pool =
        JdbcConnectionPool.create("jdbc:h2:mem:acp-" + UUID.randomUUID() + SETTINGS, "sa", "");
    pool.setMaxConnections(CONNECTIONS);
    return new MemoryDatabase(pool);
  }

  public DataSource dataSource() {
    return pool;
  }

  public void close() {
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("SHUTDOWN");
    } catch (SQLException e) {
      LOG.debug("The database was shut down already", e);
    }
    pool.dispose();
  }
}
