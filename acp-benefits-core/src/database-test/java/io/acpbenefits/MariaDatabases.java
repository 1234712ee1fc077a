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
 * PostgreSQL do. None can be copied as a whole: each is made table by table, so there are few.
 */
final class MariaDatabases {

  /** No test has so many; what is older was left behind by tests that have ended. */
  private static final int IN_USE = 6;

  /** As many as a database in memory has. */
  private static final int CONNECTIONS = 50;

  private static final String TABLES =
      "SELECT table_name FROM information_schema.tables WHERE table_schema = DATABASE()";

  private static final String TEMPLATE = "with_tables";

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

  /**
   * What makes the tables of the template in another database, and what brings them to its rows.
   */
  private static final List<String> MAKE = new ArrayList<>();

  private static final List<String> EMPTY_ALL = new ArrayList<>();

  /** A database, and the connections to it. */
  private record Database(String name, JdbcConnectionPool pool, String fingerprint) {}

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
    Database database = make("test" + ++made);
    EMPTY.add(database);
    return database.pool();
  }

  private static Database make(String name) {
    run(source(""), List.of("CREATE DATABASE " + name));
    JdbcConnectionPool pool = JdbcConnectionPool.create(source(name));
    pool.setMaxConnections(CONNECTIONS);
    return new Database(name, pool, "");
  }

  private static MariaConnections source(String database) {
    try {
      return new MariaConnections(Server.RUNNING.url(database));
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  private static Database makeWithTables() {
    if (MAKE.isEmpty()) {
      makeTemplate();
    }
    Database database = make("test" + ++made);
    run(database.pool(), MAKE);
    run(database.pool(), EMPTY_ALL);
    return new Database(
        database.name(), database.pool(), texts(database.pool(), FINGERPRINT, 1).get(0));
  }

  private static void makeTemplate() {
    DataSource template = make(TEMPLATE).pool();
    Stream.of(Schema.CORE, Schema.BENEFIT_CENTER, Schema.PEARSON_VUE)
        .forEach(part -> part.apply(template, SchemaMode.MIGRATE, Clock.systemUTC()));
    alsoMade.accept(template);
    List<String> fill = new ArrayList<>();
    List.of(MAKE, EMPTY_ALL).forEach(all -> all.add("SET SESSION foreign_key_checks = 0"));
    for (String table : texts(template, TABLES, 1)) {
      MAKE.addAll(texts(template, "SHOW CREATE TABLE " + table, 2));
      EMPTY_ALL.add("DELETE FROM " + table);
      if (!texts(template, "SELECT 1 FROM " + table + " LIMIT 1", 1).isEmpty()) {
        fill.add("INSERT INTO " + table + " SELECT * FROM " + TEMPLATE + "." + table);
      }
    }
    EMPTY_ALL.addAll(fill);
    List.of(MAKE, EMPTY_ALL).forEach(all -> all.add("SET SESSION foreign_key_checks = 1"));
  }

  /** Null if it cannot be used again. */
  private static @Nullable Database emptied(Database used) {
    if (used.pool().getActiveConnections() > 0
        || !texts(used.pool(), FINGERPRINT, 1).get(0).equals(used.fingerprint())) {
      drop(used);
      return null;
    }
    run(used.pool(), EMPTY_ALL);
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

  private static List<String> texts(DataSource on, String query, int column) {
    try (Connection connection = on.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      List<String> texts = new ArrayList<>();
      while (rows.next()) {
        texts.add(rows.getString(column));
      }
      return texts;
    } catch (SQLException e) {
      throw new AssertionError(query, e);
    }
  }
}
