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
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.h2.jdbcx.JdbcConnectionPool;

/**
 * Databases in memory, which go round as those on PostgreSQL do: making the tables took a third of
 * the time of the tests of core.
 */
final class H2Databases {

  /** No test has so many; what is older was left behind by tests that have ended. */
  private static final int IN_USE = 32;

  private static final Deque<Database> WITH_TABLES = new ArrayDeque<>();
  private static final Deque<Database> EMPTY = new ArrayDeque<>();

  private H2Databases() {}

  /** A database, the connections to it, what brings it to its first rows, and what is in it. */
  private record Database(
      String name, JdbcConnectionPool pool, List<String> emptyAll, Set<String> definitions) {}

  static synchronized DataSource withTables() {
    Database database = WITH_TABLES.size() < IN_USE ? make() : emptied(WITH_TABLES.remove());
    WITH_TABLES.add(database);
    return database.pool();
  }

  static synchronized DataSource empty() {
    if (EMPTY.size() == IN_USE) {
      shutDown(EMPTY.remove());
    }
    String name = UUID.randomUUID().toString();
    Database database = new Database(name, pool(name), List.of(), Set.of());
    EMPTY.add(database);
    return database.pool();
  }

  private static JdbcConnectionPool pool(String name) {
    return JdbcConnectionPool.create(
        "jdbc:h2:mem:" + name + ";DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=10000", "sa", "");
  }

  private static Database make() {
    String name = UUID.randomUUID().toString();
    JdbcConnectionPool pool = pool(name);
    Stream.of(Schema.CORE, Schema.BENEFIT_CENTER, Schema.PEARSON_VUE)
        .forEach(part -> part.apply(pool, SchemaMode.MIGRATE, Clock.systemUTC()));
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE SCHEMA kept");
      List<String> empty = new ArrayList<>();
      List<String> fill = new ArrayList<>();
      empty.add("SET REFERENTIAL_INTEGRITY FALSE");
      for (String table : texts(statement, "SHOW TABLES")) {
        empty.add("TRUNCATE TABLE " + table + " RESTART IDENTITY");
        if (!texts(statement, "SELECT 1 FROM " + table + " LIMIT 1").isEmpty()) {
          statement.execute("CREATE TABLE kept." + table + " AS SELECT * FROM " + table);
          fill.add("INSERT INTO " + table + " SELECT * FROM kept." + table);
        }
      }
      empty.addAll(fill);
      empty.add("SET REFERENTIAL_INTEGRITY TRUE");
      return new Database(name, pool, empty, definitions(connection));
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  /** The same, with connections that no test has changed; or another, if tables were changed. */
  private static Database emptied(Database used) {
    if (used.pool().getActiveConnections() == 0 && isEmptied(used)) {
      used.pool().dispose();
      return new Database(used.name(), pool(used.name()), used.emptyAll(), used.definitions());
    }
    shutDown(used);
    return make();
  }

  private static boolean isEmptied(Database used) {
    try (Connection connection = used.pool().getConnection();
        Statement statement = connection.createStatement()) {
      for (String sql : used.emptyAll()) {
        statement.execute(sql);
      }
      return definitions(connection).equals(used.definitions());
    } catch (SQLException e) {
      return false; // A table is gone.
    }
  }

  /** Of all tables, constraints and triggers; to ask H2's own tables takes longer. */
  private static Set<String> definitions(Connection connection) throws SQLException {
    return ((SessionLocal) connection.unwrap(JdbcConnection.class).getSession())
        .getDatabase().getMainSchema().getAll(null).stream()
            .map(definition -> String.valueOf(definition.getCreateSQL()))
            .collect(Collectors.toSet());
  }

  private static List<String> texts(Statement statement, String query) throws SQLException {
    List<String> texts = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery(query)) {
      while (rows.next()) {
        texts.add(rows.getString(1));
      }
    }
    return texts;
  }

  /** Otherwise thousands of tests in one JVM, as when mutating, would keep all their tables. */
  private static void shutDown(Database database) {
    try (Connection connection = database.pool().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("SHUTDOWN IMMEDIATELY");
    } catch (SQLException e) {
      throw new AssertionError("A database that no test uses any more was not closed", e);
    }
  }
}
