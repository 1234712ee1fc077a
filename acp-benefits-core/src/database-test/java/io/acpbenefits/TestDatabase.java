package io.acpbenefits;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Consumer;
import javax.sql.DataSource;

/**
 * A database of its own for each test: H2, or what {@code -Dtest.database} names.
 *
 * <p>These sources belong to the tests of core and of the workflows.
 */
public final class TestDatabase {

  /** What tests can run on. */
  public enum Kind {
    H2("SELECT COUNT(*) FROM information_schema.sessions WHERE blocker_id IS NOT NULL"),
    POSTGRESQL(
        "SELECT COUNT(*) FROM pg_stat_activity WHERE datname = current_database()"
            + " AND cardinality(pg_blocking_pids(pid)) > 0"),
    /** The whole server's count; information_schema.innodb_lock_waits is told late. */
    MARIADB(
        "SELECT CAST(variable_value AS SIGNED) FROM information_schema.global_status"
            + " WHERE variable_name = 'INNODB_ROW_LOCK_CURRENT_WAITS'");

    private final String blocked;

    Kind(String blocked) {
      this.blocked = blocked;
    }

    /** The query that counts the transactions that wait for others. */
    public String blocked() {
      return blocked;
    }

    /** The statement by which a connection waits for a lock only so long, or a little longer. */
    public String waitForLocks(Duration atMost) {
      return this == MARIADB
          ? "SET innodb_lock_wait_timeout = " + Math.max(1, atMost.toSeconds())
          : "SET LOCK_TIMEOUT = " + atMost.toMillis();
    }
  }

  private TestDatabase() {}

  /** What the tests of this JVM run on. */
  public static Kind kind() {
    return Kind.valueOf(System.getProperty("test.database", "h2").toUpperCase(Locale.ROOT));
  }

  /** Has more tables made where tables are made ahead of the tests. */
  public static void alsoMake(Consumer<DataSource> tables) {
    switch (kind()) {
      case H2 -> {}
      case POSTGRESQL -> PostgresDatabases.alsoMake(tables);
      case MARIADB -> MariaDatabases.alsoMake(tables);
    }
  }

  /** A database without rows; whether the library's tables are there already is open. */
  public static DataSource fresh() {
    return switch (kind()) {
      case H2 -> H2Databases.withTables();
      case POSTGRESQL -> PostgresDatabases.withTables();
      case MARIADB -> MariaDatabases.withTables();
    };
  }

  /** A database without tables. */
  public static DataSource empty() {
    return switch (kind()) {
      case H2 -> H2Databases.empty();
      case POSTGRESQL -> PostgresDatabases.empty();
      case MARIADB -> MariaDatabases.empty();
    };
  }

  /** Where the tables of a database are, as the database's own tables about tables call it. */
  public static String schema(Connection connection) throws SQLException {
    return kind() == Kind.MARIADB ? connection.getCatalog() : connection.getSchema();
  }
}
