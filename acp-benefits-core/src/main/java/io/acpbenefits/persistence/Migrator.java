package io.acpbenefits.persistence;

import io.acpbenefits.common.BenefitsException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Applies what is missing, once, however many nodes start at the same time. */
final class Migrator {

  private static final Logger LOG = LoggerFactory.getLogger(Migrator.class);

  /** Any number will do that nobody else in the database takes: "acpbenef" in ASCII. */
  private static final long ADVISORY_LOCK = 0x61637062656e6566L;

  private final DataSource dataSource;
  private final String part;
  private final List<SchemaMigration> migrations;
  private final Clock clock;

  Migrator(DataSource dataSource, String part, List<SchemaMigration> migrations, Clock clock) {
    this.dataSource = dataSource;
    this.part = part;
    this.migrations = migrations;
    this.clock = clock;
  }

  void migrate(Dialect dialect) throws SQLException {
    if (dialect.undoesDefinitions()) {
      migrateAsOne();
    } else {
      migrateStepByStep();
    }
  }

  /**
   * The lock comes before all else, since of two who create one table at once even {@code IF NOT
   * EXISTS} lets one fail; it ends with the transaction, even if this node dies.
   */
  private void migrateAsOne() throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      boolean autoCommit = connection.getAutoCommit();
      int isolation = connection.getTransactionIsolation();
      connection.setAutoCommit(false);
      // Else what was committed while this node waited for the lock could stay out of its sight.
      connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
      try {
        execute(connection, "SELECT pg_advisory_xact_lock(" + ADVISORY_LOCK + ")");
        if (!hasVersionTable(connection)) {
          createVersionTable(connection);
        }
        applyMissing(connection);
        connection.commit();
      } finally {
        connection.rollback();
        connection.setTransactionIsolation(isolation);
        connection.setAutoCommit(autoCommit);
      }
    }
  }

  /** A definition commits, and would commit a lock of its own connection away. */
  private void migrateStepByStep() throws SQLException {
    try (Connection lock = dataSource.getConnection();
        Connection work = dataSource.getConnection()) {
      work.setAutoCommit(true);
      createVersionTable(work);
      execute(
          work,
          """
          CREATE TABLE IF NOT EXISTS acp_schema_lock (
            lock_name VARCHAR(10) NOT NULL,
            CONSTRAINT acp_schema_lock_pk PRIMARY KEY (lock_name))""");
      execute(work, "MERGE INTO acp_schema_lock KEY (lock_name) VALUES ('x')");
      lock.setAutoCommit(false);
      try {
        execute(lock, "SELECT lock_name FROM acp_schema_lock WHERE lock_name = 'x' FOR UPDATE");
        applyMissing(work);
      } finally {
        lock.rollback();
        lock.setAutoCommit(true);
      }
    }
  }

  private static void createVersionTable(Connection connection) throws SQLException {
    execute(
        connection,
        """
        CREATE TABLE IF NOT EXISTS acp_schema_version (
          part VARCHAR(30) NOT NULL,
          version INTEGER NOT NULL,
          file_name VARCHAR(200) NOT NULL,
          checksum VARCHAR(64) NOT NULL,
          applied_at TIMESTAMP(6) NOT NULL,
          CONSTRAINT acp_schema_version_pk PRIMARY KEY (part, version))""");
  }

  private void applyMissing(Connection connection) throws SQLException {
    Map<Integer, String> applied = applied(connection, part);
    for (SchemaMigration migration : migrations) {
      if (!applied.containsKey(migration.version())) {
        apply(connection, migration);
      }
    }
  }

  private void apply(Connection connection, SchemaMigration migration) throws SQLException {
    for (String sql : migration.statements()) {
      try {
        execute(connection, sql);
      } catch (SQLException e) {
        throw new BenefitsException(
            "Schema file %s of '%s' could not be applied: %s"
                .formatted(migration.fileName(), part, e.getMessage()),
            e);
      }
    }
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO acp_schema_version VALUES (?, ?, ?, ?, ?)")) {
      insert.setString(1, part);
      insert.setInt(2, migration.version());
      insert.setString(3, migration.fileName());
      insert.setString(4, migration.checksum());
      insert.setObject(5, LocalDateTime.ofInstant(clock.instant(), ZoneOffset.UTC));
      insert.executeUpdate();
    }
    LOG.info("Applied schema {} of '{}'", migration.fileName(), part);
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** The checksums of what was applied, by version. */
  static Map<Integer, String> applied(Connection connection, String part) throws SQLException {
    Map<Integer, String> applied = new HashMap<>();
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT version, checksum FROM acp_schema_version WHERE part = ?")) {
      select.setString(1, part);
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          applied.put(rows.getInt(1), rows.getString(2));
        }
      }
    }
    return applied;
  }

  /** Databases differ in the case in which they keep a name that was not quoted. */
  static boolean hasVersionTable(Connection connection) throws SQLException {
    for (String name : List.of("ACP_SCHEMA_VERSION", "acp_schema_version")) {
      try (ResultSet tables =
          connection.getMetaData().getTables(null, connection.getSchema(), name, null)) {
        if (tables.next()) {
          return true;
        }
      }
    }
    return false;
  }
}
