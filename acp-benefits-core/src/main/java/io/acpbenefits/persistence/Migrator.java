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
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Applies what is missing, once, however many nodes start at the same time. */
final class Migrator {

  private static final Logger LOG = LoggerFactory.getLogger(Migrator.class);

  private final DataSource dataSource;
  private final Dialect dialect;
  private final String part;
  private final List<SchemaMigration> migrations;
  private final Clock clock;

  Migrator(
      DataSource dataSource,
      Dialect dialect,
      String part,
      List<SchemaMigration> migrations,
      Clock clock) {
    this.dataSource = dataSource;
    this.dialect = dialect;
    this.part = part;
    this.migrations = migrations;
    this.clock = clock;
  }

  void migrate() throws SQLException {
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
        execute(connection, "SELECT pg_advisory_xact_lock(" + SchemaLock.Name.LIBRARY.number + ")");
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
  @SuppressWarnings("try") // The lock is only held.
  private void migrateStepByStep() throws SQLException {
    try (SchemaLock lock = SchemaLock.take(dataSource, dialect, SchemaLock.Name.LIBRARY);
        Connection work = dataSource.getConnection()) {
      work.setAutoCommit(true);
      applyStepByStep(work);
    }
  }

  private void applyStepByStep(Connection work) throws SQLException {
    createVersionTable(work);
    StepByStep.createTable(work, dialect);
    applyMissing(work);
  }

  private void createVersionTable(Connection connection) throws SQLException {
    execute(
        connection,
        """
        CREATE TABLE IF NOT EXISTS acp_schema_version (
          part VARCHAR(30) NOT NULL,
          version INTEGER NOT NULL,
          file_name VARCHAR(200) NOT NULL,
          checksum VARCHAR(64) NOT NULL,
          applied_at %s NOT NULL,
          CONSTRAINT acp_schema_version_pk PRIMARY KEY (part, version))%s"""
            .formatted(dialect.timestamp(), dialect.tableOptions()));
  }

  private void applyMissing(Connection connection) throws SQLException {
    Map<Integer, Applied> applied = applied(connection, part);
    for (SchemaMigration migration : migrations) {
      if (!applied.containsKey(migration.version())) {
        apply(connection, migration);
      }
    }
  }

  private void apply(Connection connection, SchemaMigration migration) throws SQLException {
    if (dialect.undoesDefinitions()) {
      runAll(connection, migration);
    } else {
      new StepByStep(connection, dialect, part, migration).run();
    }
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO acp_schema_version (part, version, file_name, checksum, applied_at)"
                + " VALUES (?, ?, ?, ?, ?)")) {
      insert.setString(1, part);
      insert.setInt(2, migration.version());
      insert.setString(3, migration.fileName());
      insert.setString(4, migration.checksum());
      insert.setObject(5, LocalDateTime.ofInstant(clock.instant(), ZoneOffset.UTC));
      insert.executeUpdate();
    }
    LOG.info("Applied schema {} of '{}'", migration.fileName(), part);
  }

  private void runAll(Connection connection, SchemaMigration migration) {
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
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** A file that the database has got, perhaps from a newer version of the library. */
  record Applied(String fileName, String checksum) {}

  /** What was applied, by version. */
  static Map<Integer, Applied> applied(Connection connection, String part) throws SQLException {
    Map<Integer, Applied> applied = new TreeMap<>();
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT version, file_name, checksum FROM acp_schema_version WHERE part = ?")) {
      select.setString(1, part);
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          applied.put(rows.getInt(1), new Applied(rows.getString(2), rows.getString(3)));
        }
      }
    }
    return applied;
  }

  /** Databases differ in the case in which they keep a name that was not quoted. */
  static boolean hasVersionTable(Connection connection) throws SQLException {
    for (String name : List.of("ACP_SCHEMA_VERSION", "acp_schema_version")) {
      try (ResultSet tables =
          connection
              .getMetaData()
              .getTables(connection.getCatalog(), connection.getSchema(), name, null)) {
        if (tables.next()) {
          return true;
        }
      }
    }
    return false;
  }
}
