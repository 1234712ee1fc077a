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

/**
 * The tables of one part of the library, as numbered SQL files in the jar.
 *
 * <p>The files lie in {@code io/acpbenefits/schema/<part>/<database>} and follow Flyway's naming,
 * so that a host with migrations of its own can take them over and start with {@link
 * SchemaMode#NONE}. What was applied is kept in the table {@code ACP_SCHEMA_VERSION}.
 */
public final class Schema {

  /** The domain's own tables. */
  public static final Schema CORE =
      new Schema(
          "core",
          "V001__partners_quotas_exams.sql",
          "V002__organizations_invitations.sql",
          "V003__applications_codes.sql",
          "V004__registrations_records_certificates.sql",
          "V005__audit_request_keys.sql",
          "V006__insight_indexes.sql",
          "V007__notices.sql");

  /** The stock of the embedded Benefit Center; only applied where that is used. */
  public static final Schema BENEFIT_CENTER = new Schema("benefitcenter", "V001__stock.sql");

  /** The embedded Pearson VUE; only applied where that is used. */
  public static final Schema PEARSON_VUE = new Schema("pearsonvue", "V001__pearson_vue.sql");

  private static final Logger LOG = LoggerFactory.getLogger(Schema.class);

  private final String part;
  private final List<String> fileNames;

  private Schema(String part, String... fileNames) {
    this.part = part;
    this.fileNames = List.of(fileNames);
  }

  /**
   * Brings the tables into the state that the mode asks for.
   *
   * <p>Needs two connections at a time in mode {@link SchemaMode#MIGRATE}: one holds the lock that
   * makes other nodes wait, since a definition statement would commit it away.
   *
   * @param dataSource the database
   * @param mode what to do
   * @param clock the time noted with what was applied
   * @throws BenefitsException if the tables do not fit and may not or cannot be changed
   */
  public void apply(DataSource dataSource, SchemaMode mode, Clock clock) {
    if (mode == SchemaMode.NONE) {
      return;
    }
    try (Connection lock = dataSource.getConnection();
        Connection work = dataSource.getConnection()) {
      work.setAutoCommit(true);
      String database = databaseOf(work);
      List<SchemaMigration> migrations =
          fileNames.stream().map(f -> SchemaMigration.load(folder(database), f)).toList();
      if (mode == SchemaMode.MIGRATE) {
        migrate(lock, work, migrations, clock);
      }
      validate(work, migrations);
    } catch (SQLException e) {
      throw new BenefitsException(
          "The tables of '" + part + "' could not be checked or changed: " + e.getMessage(), e);
    }
  }

  private String folder(String database) {
    return "/io/acpbenefits/schema/" + part + "/" + database;
  }

  private static String databaseOf(Connection connection) throws SQLException {
    String product = connection.getMetaData().getDatabaseProductName();
    if (product.equals("H2")) {
      return "h2";
    }
    throw new BenefitsException(
        "There is no schema for the database '" + product + "'; supported: H2.");
  }

  private void migrate(
      Connection lock, Connection work, List<SchemaMigration> migrations, Clock clock)
      throws SQLException {
    createVersionTables(work);
    lock.setAutoCommit(false);
    try (Statement statement = lock.createStatement()) {
      statement.execute("SELECT lock_name FROM acp_schema_lock WHERE lock_name = 'x' FOR UPDATE");
      Map<Integer, String> applied = appliedIn(work);
      for (SchemaMigration migration : migrations) {
        if (!applied.containsKey(migration.version())) {
          applyOne(work, migration, clock);
        }
      }
    } finally {
      lock.rollback();
      lock.setAutoCommit(true);
    }
  }

  private static void createVersionTables(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          """
          CREATE TABLE IF NOT EXISTS acp_schema_version (
            part VARCHAR(30) NOT NULL,
            version INTEGER NOT NULL,
            file_name VARCHAR(200) NOT NULL,
            checksum VARCHAR(64) NOT NULL,
            applied_at TIMESTAMP(6) NOT NULL,
            CONSTRAINT acp_schema_version_pk PRIMARY KEY (part, version))""");
      statement.execute(
          """
          CREATE TABLE IF NOT EXISTS acp_schema_lock (
            lock_name VARCHAR(10) NOT NULL,
            CONSTRAINT acp_schema_lock_pk PRIMARY KEY (lock_name))""");
      statement.execute("MERGE INTO acp_schema_lock KEY (lock_name) VALUES ('x')");
    }
  }

  private void applyOne(Connection connection, SchemaMigration migration, Clock clock)
      throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String sql : migration.statements()) {
        statement.execute(sql);
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

  private Map<Integer, String> appliedIn(Connection connection) throws SQLException {
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
  private static boolean hasVersionTable(Connection connection) throws SQLException {
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

  private void validate(Connection connection, List<SchemaMigration> migrations)
      throws SQLException {
    Map<Integer, String> applied =
        hasVersionTable(connection) ? appliedIn(connection) : new HashMap<>();
    for (SchemaMigration migration : migrations) {
      String checksum = applied.remove(migration.version());
      if (checksum == null) {
        throw new BenefitsException(
            "The database lacks schema file %s of '%s'. Start once in mode MIGRATE, or apply it."
                .formatted(migration.fileName(), part));
      }
      if (!checksum.equals(migration.checksum())) {
        throw new BenefitsException(
            "Schema file %s of '%s' was applied with other contents than this version of the library has."
                .formatted(migration.fileName(), part));
      }
    }
    if (!applied.isEmpty()) {
      throw new BenefitsException(
          "The database has newer schema versions %s of '%s'; use a newer version of the library."
              .formatted(applied.keySet(), part));
    }
  }
}
