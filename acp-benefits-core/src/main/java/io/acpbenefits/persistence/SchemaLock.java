package io.acpbenefits.persistence;

import io.acpbenefits.common.BenefitsException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Held while tables are made, so that nodes that start at the same time do it one after the other.
 * It has a connection of its own, and ends with it, even if the node dies. On PostgreSQL it is an
 * advisory lock, on MySQL and MariaDB a named one, on H2 a row in a table of its own.
 */
final class SchemaLock implements AutoCloseable {

  /** What nodes make one after the other. */
  enum Name {
    LIBRARY(0x61637062656e6566L, "x", "acp-benefits-"),
    HOST(0x61637062656e6567L, "host", "acp-benefits-host-");

    /** Any numbers will do that nobody else in the database takes: "acpbenef" in ASCII. */
    final long number;

    private final String row;
    private final String prefix;

    Name(long number, String row, String prefix) {
      this.number = number;
      this.row = row;
      this.prefix = prefix;
    }
  }

  /** How long a node waits for another one, where that has to have an end. */
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(30);

  private static final Logger LOG = LoggerFactory.getLogger(SchemaLock.class);
  private static final int H2_LOCK_TIMEOUT = 50200;

  private final Connection connection;
  private final boolean autoCommit;
  private final String release;

  private SchemaLock(Connection connection, Dialect dialect, Name name) throws SQLException {
    this.connection = connection;
    this.autoCommit = connection.getAutoCommit();
    // The server's names are for all its databases.
    String named = "CONCAT('" + name.prefix + "', MD5(DATABASE()))";
    boolean byName = dialect == Dialect.MYSQL || dialect == Dialect.MARIADB;
    this.release = byName ? "SELECT RELEASE_LOCK(" + named + ")" : "";
    if (byName) {
      lockByName(named);
    } else if (dialect == Dialect.H2) {
      lockByRow(name.row);
    } else {
      connection.setAutoCommit(false);
      execute("SELECT pg_advisory_xact_lock(" + name.number + ")");
    }
  }

  /** Waits until it is free; a connection is kept until it is closed. */
  static SchemaLock take(DataSource dataSource, Dialect dialect, Name name) throws SQLException {
    Connection connection = dataSource.getConnection();
    try {
      return new SchemaLock(connection, dialect, name);
    } catch (SQLException | RuntimeException e) {
      try (connection) {
        throw e;
      }
    }
  }

  private void lockByName(String name) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet got =
            statement.executeQuery(
                "SELECT GET_LOCK(" + name + ", " + LONGEST_WAIT.toSeconds() + ")")) {
      if (!got.next() || got.getInt(1) != 1) {
        throw new BenefitsException(
            "Another node has been changing the tables for more than %d minutes; see what it does, then start again."
                .formatted(LONGEST_WAIT.toMinutes()));
      }
    }
  }

  private void lockByRow(String row) throws SQLException {
    connection.setAutoCommit(true);
    execute(
        """
        CREATE TABLE IF NOT EXISTS acp_schema_lock (
          lock_name VARCHAR(10) NOT NULL,
          CONSTRAINT acp_schema_lock_pk PRIMARY KEY (lock_name))""");
    while (!hasLocked(row)) {
      LOG.debug("Another node makes tables");
    }
  }

  /** The database itself waits for a moment, as its URL says how long. */
  private boolean hasLocked(String row) throws SQLException {
    try {
      connection.setAutoCommit(true);
      execute("MERGE INTO acp_schema_lock (lock_name) KEY (lock_name) VALUES ('" + row + "')");
      connection.setAutoCommit(false);
      execute("SELECT lock_name FROM acp_schema_lock WHERE lock_name = '" + row + "' FOR UPDATE");
      return true;
    } catch (SQLException e) {
      if (e.getErrorCode() == H2_LOCK_TIMEOUT) {
        return false;
      }
      throw e;
    }
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Lets the next node go on. */
  @Override
  public void close() {
    try (connection) {
      if (!release.isEmpty()) {
        execute(release);
        return;
      }
      connection.rollback();
      connection.setAutoCommit(autoCommit);
    } catch (SQLException e) {
      throw new BenefitsException("The lock of tables could not be given up: " + e.getMessage(), e);
    }
  }
}
