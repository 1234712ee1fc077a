package io.acpbenefits;

import io.acpbenefits.persistence.Schema;
import io.acpbenefits.persistence.SchemaMode;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;
import org.jspecify.annotations.Nullable;

/**
 * One MariaDB server for all tests of the JVM, and the databases on it, which go round as those on
 * PostgreSQL do. There is no template to copy: each is made table by table, so there are few.
 */
final class MariaDatabases {

  /** No test has so many; what is older was left behind by tests that have ended. */
  private static final int IN_USE = 6;

  /** As many as a database in memory has. */
  private static final int CONNECTIONS = 50;

  private static final String TABLES =
      "SELECT table_name FROM information_schema.tables"
          + " WHERE table_schema = DATABASE() AND table_name NOT LIKE 'kept\\_%'";

  /** What databases with the same tables agree in. */
  private static final String FINGERPRINT =
      """
      SELECT CONCAT(
          GROUP_CONCAT(t.name, ' ', t.table_id, ' ', t.n_cols ORDER BY t.table_id), ' ',
          (SELECT COUNT(*) FROM information_schema.check_constraints
            WHERE constraint_schema = DATABASE()))
      FROM information_schema.innodb_sys_tables t
      WHERE t.name LIKE CONCAT(DATABASE(), '/%')""";

  private static final Deque<Database> WITH_TABLES = new ArrayDeque<>();
  private static final Deque<Database> EMPTY = new ArrayDeque<>();
  private static Consumer<DataSource> alsoMade = database -> {};
  private static int made;

  /** A database, the connections to it, and what empties its tables. */
  private record Database(
      String name, JdbcConnectionPool pool, List<String> empty, String fingerprint) {}

  private MariaDatabases() {}

  /** Started by the first test that needs it. */
  private static final class Server {
    static final MariaServer RUNNING = MariaServer.start();
  }

  /** Has more tables made than the library's; before the first test. */
  static synchronized void alsoMake(Consumer<DataSource> tables) {
    alsoMade = tables;
  }

  static synchronized DataSource withTables() {
    Database next = WITH_TABLES.size() < IN_USE ? null : emptied(WITH_TABLES.remove());
    Database database = next == null ? makeWithTables() : next;
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
    String name = "test" + ++made;
    run(source(""), List.of("CREATE DATABASE " + name));
    JdbcConnectionPool pool = JdbcConnectionPool.create(source(name));
    pool.setMaxConnections(CONNECTIONS);
    return new Database(name, pool, List.of(), "");
  }

  private static MariaConnections source(String database) {
    try {
      return new MariaConnections(Server.RUNNING.url(database));
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  private static Database makeWithTables() {
    Database database = make();
    Stream.of(Schema.CORE, Schema.BENEFIT_CENTER, Schema.PEARSON_VUE)
        .forEach(part -> part.apply(database.pool(), SchemaMode.MIGRATE, Clock.systemUTC()));
    alsoMade.accept(database.pool());
    return new Database(
        database.name(),
        database.pool(),
        keepRows(database.pool()),
        texts(database.pool(), FINGERPRINT).get(0));
  }

  /**
   * Copies the rows that are there before any test.
   *
   * @return what brings the tables back to them
   */
  private static List<String> keepRows(DataSource pool) {
    List<String> empty = new ArrayList<>();
    List<String> refill = new ArrayList<>();
    empty.add("SET SESSION foreign_key_checks = 0");
    for (String table : texts(pool, TABLES)) {
      empty.add("DELETE FROM " + table);
      if (!texts(pool, "SELECT 1 FROM " + table + " LIMIT 1").isEmpty()) {
        run(pool, List.of("CREATE TABLE kept_" + table + " AS SELECT * FROM " + table));
        refill.add("INSERT INTO " + table + " SELECT * FROM kept_" + table);
      }
    }
    empty.addAll(refill);
    empty.add("SET SESSION foreign_key_checks = 1");
    return empty;
  }

  /** Null if it cannot be used again. */
  private static @Nullable Database emptied(Database used) {
    if (used.pool().getActiveConnections() > 0
        || !texts(used.pool(), FINGERPRINT).get(0).equals(used.fingerprint())) {
      drop(used);
      return null;
    }
    run(used.pool(), used.empty());
    return used;
  }

  private static void drop(Database database) {
    database.pool().dispose();
    run(source(""), List.of("DROP DATABASE " + database.name()));
  }

  private static void run(DataSource on, List<String> statements) {
    try (Connection connection = on.getConnection();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      for (String sql : statements) {
        statement.execute(sql);
      }
      connection.commit();
      connection.setAutoCommit(true);
    } catch (SQLException e) {
      throw new AssertionError(String.join("; ", statements), e);
    }
  }

  private static List<String> texts(DataSource on, String query) {
    try (Connection connection = on.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      List<String> texts = new ArrayList<>();
      while (rows.next()) {
        texts.add(rows.getString(1));
      }
      return texts;
    } catch (SQLException e) {
      throw new AssertionError(query, e);
    }
  }
}
