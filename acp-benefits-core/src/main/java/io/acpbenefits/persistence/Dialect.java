package io.acpbenefits.persistence;

import io.acpbenefits.common.BenefitsException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/**
 * The databases that the library knows, and where they differ.
 *
 * <p>Nearly all of the library's SQL is the same on each. What is not is asked here, so that a
 * further database is a constant here and a folder of schema files.
 */
public enum Dialect {
  /** H2 in its regular mode. */
  H2("H2", "h2", "", "TIMESTAMP(6)", ""),

  /** PostgreSQL. */
  POSTGRESQL("PostgreSQL", "postgresql", "ON CONFLICT DO NOTHING", "TIMESTAMP(6)", ""),

  /** MySQL from 8.0.16 on. */
  MYSQL("MySQL"),

  /** MariaDB from 10.6 on, with the same schema files as MySQL. */
  MARIADB("MariaDB");

  private final String product;
  private final String folder;
  private final String ifMissing;
  private final String timestamp;
  private final String tableOptions;

  /** Table, index, constraint, column; primary key; a row. */
  private static final Set<Integer> THERE_ON_H2 = Set.of(42101, 42111, 90045, 42121, 90017, 23505);

  /** Table, index, foreign key, check, column; a row. */
  private static final Set<Integer> THERE_ON_MYSQL = Set.of(1050, 1061, 1826, 3822, 1060, 1062);

  /** Those of MySQL's kind. */
  Dialect(String product) {
    this(
        product,
        "mysql",
        // The number of rows says whether it inserted. It hides no other failure, as INSERT IGNORE
        // does, and locks the row at once for whoever goes on to change it.
        "ON DUPLICATE KEY UPDATE times_met = times_met + 1",
        "DATETIME(6)",
        " ENGINE = InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_bin");
  }

  Dialect(String product, String folder, String ifMissing, String timestamp, String tableOptions) {
    this.product = product;
    this.folder = folder;
    this.ifMissing = ifMissing;
    this.timestamp = timestamp;
    this.tableOptions = tableOptions;
  }

  /**
   * Asks a database which one it is.
   *
   * @param dataSource the database
   * @return its dialect
   * @throws BenefitsException if it cannot be reached, or is none that the library knows
   */
  public static Dialect of(DataSource dataSource) {
    try (Connection connection = dataSource.getConnection()) {
      return of(connection);
    } catch (SQLException e) {
      throw new BenefitsException("The database cannot be used: " + e.getMessage(), e);
    }
  }

  static Dialect of(Connection connection) throws SQLException {
    String product = connection.getMetaData().getDatabaseProductName();
    return Arrays.stream(values())
        .filter(dialect -> dialect.product.equals(product))
        .findFirst()
        .orElseThrow(
            () ->
                new BenefitsException(
                    "There is no schema for the database '%s'; supported: %s."
                        .formatted(product, known())));
  }

  private static String known() {
    return Arrays.stream(values())
        .map(dialect -> dialect.product)
        .collect(Collectors.joining(", "));
  }

  /**
   * Where the schema files for it lie.
   *
   * @return the name of the folder
   */
  public String folder() {
    return folder;
  }

  /**
   * What makes an {@code INSERT} pass over a row that is there already, after waiting for whoever
   * is just inserting it; mappers write it as <code>${ifMissing}</code>.
   *
   * @return the clause at the statement's end; empty where the database has none, so that the
   *     statement fails instead
   */
  public String ifMissing() {
    return ifMissing;
  }

  /**
   * What locks the rows of a query until the transaction ends; mappers write it as <code>
   * ${forUpdate}</code> for rows that others refer to. On PostgreSQL it is what an {@code UPDATE}
   * takes by itself. A plain {@code FOR UPDATE} there also stops everybody who only inserts a row
   * that refers to this one: a code that is issued would stop all bookings and records of its exam,
   * and these it.
   *
   * @return the clause at the query's end
   */
  public String forUpdate() {
    return this == POSTGRESQL ? "FOR NO KEY UPDATE" : "FOR UPDATE";
  }

  /** Whether a rollback takes tables back, too. */
  boolean undoesDefinitions() {
    return this == POSTGRESQL;
  }

  /**
   * Whether a statement that failed ended the transaction with all its savepoints, and the next one
   * would begin another: so it is with a deadlock, but for PostgreSQL.
   *
   * @param failure what it failed with
   * @return true if nothing of the transaction is left
   */
  public boolean takesTheTransactionAlong(SQLException failure) {
    return this != POSTGRESQL && "40001".equals(failure.getSQLState());
  }

  /**
   * Whether what was done since a savepoint is to be undone by a statement, with the savepoint's
   * name, and not by the connection: MariaDB's driver does nothing, and does not say so, where a
   * deadlock has ended the transaction.
   *
   * @return true for MySQL and MariaDB
   */
  public boolean undoesByStatement() {
    return this == MYSQL || this == MARIADB;
  }

  /** The type of an instant without a zone, to the microsecond. */
  String timestamp() {
    return timestamp;
  }

  /** What follows the columns of a new table. */
  String tableOptions() {
    return tableOptions;
  }

  /** Whether a definition failed because what it makes is there already. */
  boolean saysThatItIsThere(SQLException failure) {
    int code = failure.getErrorCode();
    return switch (this) {
      case H2 -> THERE_ON_H2.contains(code);
      case POSTGRESQL -> false;
      case MYSQL, MARIADB ->
          THERE_ON_MYSQL.contains(code)
              // How MariaDB speaks of a foreign key.
              || (code == 1005 && String.valueOf(failure.getMessage()).contains("errno: 121"));
    };
  }
}
