package io.acpbenefits;

import io.acpbenefits.persistence.Schema;
import io.acpbenefits.persistence.SchemaMode;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGConnectionPoolDataSource;

/**
 * One PostgreSQL server for all tests of the JVM, and the databases on it.
 *
 * <p>Making a database, or truncating its tables, takes a hundred times longer than deleting the
 * few rows that a test has left. So databases with tables go round: the one that was handed out
 * longest ago is emptied and handed out again, or replaced if a test has changed its tables.
 */
final class PostgresDatabases {

  /** No test has so many; what is older was left behind by tests that have ended. */
  private static final int IN_USE = 16;

  /** What two databases with the same tables agree in. */
  private static final String FINGERPRINT =
      """
      SELECT md5(string_agg(x, ',' ORDER BY x)) FROM (
        SELECT c.relname || '.' || a.attname || a.atttypid || a.attnotnull AS x
        FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
        WHERE c.relnamespace = 'public'::regnamespace AND a.attnum > 0
        UNION ALL SELECT conname FROM pg_constraint
        WHERE connamespace = 'public'::regnamespace
        UNION ALL SELECT tgname FROM pg_trigger WHERE NOT tgisinternal
        UNION ALL SELECT part || version || checksum FROM acp_schema_version) facts""";

  private static final Deque<Database> WITH_TABLES = new ArrayDeque<>();
  private static final Deque<Database> EMPTY = new ArrayDeque<>();
  private static int made;

  /** A database, and the connections to it. */
  private record Database(String name, JdbcConnectionPool pool, String fingerprint) {}

  private PostgresDatabases() {}

  /** Started by the first test that needs it; ends with the JVM. */
  private static final class Server {
    static final EmbeddedPostgres RUNNING = start();

    private static EmbeddedPostgres start() {
      try {
        return EmbeddedPostgres.builder().setServerConfig("max_connections", "500").start();
      } catch (IOException e) {
        throw new UncheckedIOException("PostgreSQL did not start", e);
      }
    }
  }

  static synchronized DataSource withTables() {
    Database next = WITH_TABLES.size() < IN_USE ? null : emptied(WITH_TABLES.remove());
    Database database = next == null ? makeTables() : next;
    WITH_TABLES.add(database);
    return database.pool();
  }

  static synchronized DataSource empty() {
    if (EMPTY.size() == IN_USE) {
      drop(EMPTY.remove());
    }
    Database database = make();
    EMPTY.add(database);
    return database.pool();
  }

  private static Database make() {
    String name = "test_" + ++made;
    run(Server.RUNNING.getPostgresDatabase(), "CREATE DATABASE " + name + " TEMPLATE template0");
    return new Database(name, pool(name), "");
  }

  private static JdbcConnectionPool pool(String name) {
    PGConnectionPoolDataSource source = new PGConnectionPoolDataSource();
    source.setURL(Server.RUNNING.getJdbcUrl("postgres", name));
    source.setOptions("-c lock_timeout=10000");
    return JdbcConnectionPool.create(source);
  }

  private static Database makeTables() {
    Database database = make();
    Stream.of(Schema.CORE, Schema.BENEFIT_CENTER, Schema.PEARSON_VUE)
        .forEach(part -> part.apply(database.pool(), SchemaMode.MIGRATE, Clock.systemUTC()));
    return new Database(database.name(), database.pool(), text(database.pool(), FINGERPRINT));
  }

  /** Null if it cannot be used again. */
  private static @Nullable Database emptied(Database used) {
    boolean changed;
    try {
      changed = !text(used.pool(), FINGERPRINT).equals(used.fingerprint());
    } catch (AssertionError tablesAreGone) {
      changed = true;
    }
    if (changed || used.pool().getActiveConnections() > 0) {
      drop(used);
      return null;
    }
    String tables =
        text(
            used.pool(),
            "SELECT string_agg(tablename, ',') FROM pg_tables"
                + " WHERE schemaname = 'public' AND tablename <> 'acp_schema_version'");
    run(
        used.pool(),
        Stream.of(tables.split(","))
            .map(table -> "DELETE FROM " + table + ";")
            .collect(
                Collectors.joining(
                    "",
                    // No order of deletion fits tables that refer to each other.
                    "SET session_replication_role = replica;",
                    """
                    INSERT INTO acp_vue_feed VALUES ('results', 0, '1970-01-01 00:00:00');
                    RESET session_replication_role;""")));
    return used;
  }

  private static void drop(Database database) {
    database.pool().dispose();
    run(Server.RUNNING.getPostgresDatabase(), "DROP DATABASE " + database.name() + " WITH (FORCE)");
  }

  private static void run(DataSource on, String sql) {
    try (Connection connection = on.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new AssertionError(sql, e);
    }
  }

  private static String text(DataSource on, String query) {
    try (Connection connection = on.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      rows.next();
      return rows.getString(1);
    } catch (SQLException e) {
      throw new AssertionError(query, e);
    }
  }
}
