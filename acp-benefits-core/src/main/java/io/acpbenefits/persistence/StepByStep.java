package io.acpbenefits.persistence;

import io.acpbenefits.common.BenefitsException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * Applies a file where a definition commits at once: keeps in {@code ACP_SCHEMA_STEP} how many of
 * its statements stand, so that a file that failed half-way is gone on with.
 *
 * <p>A statement that writes rows is committed together with its number. A definition stands before
 * its number does: where a node died in between, the next one meets what is there already.
 */
final class StepByStep {

  private final Connection connection;
  private final Dialect dialect;
  private final String part;
  private final SchemaMigration migration;

  StepByStep(Connection connection, Dialect dialect, String part, SchemaMigration migration) {
    this.connection = connection;
    this.dialect = dialect;
    this.part = part;
    this.migration = migration;
  }

  static void createTable(Connection connection, Dialect dialect) throws SQLException {
    execute(
        connection,
        """
        CREATE TABLE IF NOT EXISTS acp_schema_step (
          part VARCHAR(30) NOT NULL,
          version INTEGER NOT NULL,
          checksum VARCHAR(64) NOT NULL,
          done INTEGER NOT NULL,
          CONSTRAINT acp_schema_step_pk PRIMARY KEY (part, version))"""
            + dialect.tableOptions());
  }

  /** Runs what is not done yet; the caller notes the file as applied. */
  void run() throws SQLException {
    int before = done();
    if (before < 0) {
      write("INSERT INTO acp_schema_step (checksum, done, part, version) VALUES (?, ?, ?, ?)", 0);
    }
    connection.setAutoCommit(false);
    try {
      List<String> statements = migration.statements();
      for (int place = Math.max(before, 0); place < statements.size(); place++) {
        step(statements.get(place), place, place == before);
      }
    } finally {
      connection.rollback();
      connection.setAutoCommit(true);
    }
  }

  private void step(String sql, int place, boolean mayStand) throws SQLException {
    try {
      execute(connection, sql);
    } catch (SQLException e) {
      if (!mayStand || !dialect.saysThatItIsThere(e)) {
        connection.rollback();
        throw failed(place, e);
      }
    }
    write(
        "UPDATE acp_schema_step SET checksum = ?, done = ? WHERE part = ? AND version = ?",
        place + 1);
    connection.commit();
  }

  private BenefitsException failed(int place, SQLException e) {
    return new BenefitsException(
        ("Schema file %s of '%s' could not be applied: statement %d of %d failed: %s. The %d before"
                + " it stand, since this database does not take definitions back. Remove the cause"
                + " and start again: it goes on with that statement.")
            .formatted(
                migration.fileName(),
                part,
                place + 1,
                migration.statements().size(),
                e.getMessage(),
                place),
        e);
  }

  /** How many statements stand; -1 if the file was not begun. */
  private int done() throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT checksum, done FROM acp_schema_step WHERE part = ? AND version = ?")) {
      select.setString(1, part);
      select.setInt(2, migration.version());
      try (ResultSet rows = select.executeQuery()) {
        if (!rows.next()) {
          return -1;
        }
        if (!rows.getString(1).equals(migration.checksum())) {
          throw new BenefitsException(
              ("Schema file %s of '%s' stopped half-way, after %d statements, with other contents"
                      + " than this version of the library has. Start the version that began it,"
                      + " or restore the database from before.")
                  .formatted(migration.fileName(), part, rows.getInt(2)));
        }
        return rows.getInt(2);
      }
    }
  }

  private void write(String sql, int done) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, migration.checksum());
      statement.setInt(2, done);
      statement.setString(3, part);
      statement.setInt(4, migration.version());
      statement.executeUpdate();
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
