package io.acpbenefits;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.UUID;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;

/** A database of its own for each test. */
public final class TestDatabase {

  /** No test has so many; what is older was left behind by tests that have ended. */
  private static final int IN_USE = 32;

  private static final Deque<JdbcConnectionPool> OPEN = new ArrayDeque<>();

  private TestDatabase() {}

  public static DataSource inMemory() {
    JdbcConnectionPool database =
        JdbcConnectionPool.create(
            "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=10000", "sa", "");
    synchronized (OPEN) {
      OPEN.add(database);
      if (OPEN.size() > IN_USE) {
        shutDown(OPEN.remove());
      }
    }
    return database;
  }

  /** Otherwise thousands of tests in one JVM, as when mutating, would keep all their tables. */
  private static void shutDown(JdbcConnectionPool database) {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("SHUTDOWN IMMEDIATELY");
    } catch (SQLException e) {
      throw new AssertionError("A database that no test uses any more was not closed", e);
    }
  }
}
