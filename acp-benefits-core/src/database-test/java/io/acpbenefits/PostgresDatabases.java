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
import java.util.function.Consumer;
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
  private static final int IN_USE = 32;

  /** As many as a database in memory has. */
  private static final int CONNECTIONS = 50;

  private static final String TEMPLATE = "with_tables";

  /** What databases with the same tables agree in. */
  private static final String FINGERPRINT =
      """
      SELECT md5(string_agg(x, ',' ORDER BY x)) FROM (
        SELECT c.relname || '.' || a.attname || a.atttypid || a.attnotnull AS x
        FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
        WHERE c.relnamespace = 'public'::regnamespace AND a.attnum > 0
        UNION ALL SELECT conname FROM pg_constraint
        WHERE connamespace = 'public'::regnamespace
        UNION ALL SELECT tgname FROM pg_trigger WHERE NOT tgisinternal) facts""";

  /** Keeps the rows that are there before any test, for the tables that have some. */
  private static final String KEEP =
      """
      DO $$
      DECLARE t text; filled boolean;
      BEGIN
        CREATE SCHEMA kept;
        FOR t IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP
          EXECUTE format('SELECT EXISTS (SELECT 1 FROM public.%I)', t) INTO filled;
          IF filled THEN
            EXECUTE format('CREATE TABLE kept.%I AS TABLE public.%I', 'kept_' || t, t);
          END IF;
        END LOOP;
      END $$""";

  /** Deletes all rows, in any order since some tables refer to each other, but for those kept. */
  private static final String EMPTY_ALL =
      """
      DO $$
      DECLARE t text;
      BEGIN
        SET LOCAL session_replication_role = replica;
        FOR t IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP
          EXECUTE format('DELETE FROM public.%I', t);
        END LOOP;
        FOR t IN SELECT tablename FROM pg_tables WHERE schemaname = 'kept' LOOP
          EXECUTE format('INSERT INTO public.%I SELECT * FROM kept.%I', substr(t, 6), t);
        END LOOP;
      END $$""";

  private static final Deque<Database> WITH_TABLES = new ArrayDeque<>();
  private static final Deque<Database> EMPTY = new ArrayDeque<>();
  private static Consumer<DataSource> alsoMade = database -> {};
  private static int made;
  private static String fingerprint = "";

  /** A database, and the connections to it. */
  private record Database(String name, JdbcConnectionPool pool) {}

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

  /** Has more tables made than the library's; before the first test. */
  static synchronized void alsoMake(Consumer<DataSource> tables) {
    alsoMade = tables;
  }

  static synchronized DataSource withTables() {
    if (fingerprint.isEmpty()) {
      makeTemplate();
    }
    Database next = WITH_TABLES.size() < IN_USE ? null : emptied(WITH_TABLES.remove());
    Database database = next == null ? make(TEMPLATE) : next;
    WITH_TABLES.add(database);
    return database.pool();
  }

  static synchronized DataSource empty() {
    if (EMPTY.size() == IN_USE) {
      drop(EMPTY.remove());
    }
    Database database = make("template0");
    EMPTY.add(database);
    return database.pool();
  }

  private static Database make(String template) {
    return make("test_" + ++made, template);
  }

  private static Database make(String name, String template) {
    run(
        Server.RUNNING.getPostgresDatabase(),
        "CREATE DATABASE " + name + " TEMPLATE " + template + " STRATEGY FILE_COPY");
    PGConnectionPoolDataSource source = new PGConnectionPoolDataSource();
    source.setURL(Server.RUNNING.getJdbcUrl("postgres", name));
    source.setOptions("-c lock_timeout=10000");
    JdbcConnectionPool pool = JdbcConnectionPool.create(source);
    pool.setMaxConnections(CONNECTIONS);
    return new Database(name, pool);
  }

  private static void makeTemplate() {
    Database template = make(TEMPLATE, "template0");
    Stream.of(Schema.CORE, Schema.BENEFIT_CENTER, Schema.PEARSON_VUE)
        .forEach(part -> part.apply(template.pool(), SchemaMode.MIGRATE, Clock.systemUTC()));
    alsoMade.accept(template.pool());
    run(template.pool(), KEEP);
    fingerprint = text(template.pool(), FINGERPRINT);
    template.pool().dispose();
  }

  /** Null if it cannot be used again. */
  private static @Nullable Database emptied(Database used) {
    if (used.pool().getActiveConnections() > 0
        || !text(used.pool(), FINGERPRINT).equals(fingerprint)) {
      drop(used);
      return null;
    }
    run(used.pool(), EMPTY_ALL);
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
