package io.acpbenefits.persistence;

import io.acpbenefits.common.BenefitsException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
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
  H2("H2", "h2", "", false),

  /** PostgreSQL. */
  POSTGRESQL("PostgreSQL", "postgresql", "ON CONFLICT DO NOTHING", true);

  private final String product;
  private final String folder;
  private final String ifMissing;
  private final boolean undoesDefinitions;

  Dialect(String product, String folder, String ifMissing, boolean undoesDefinitions) {
    this.product = product;
    this.folder = folder;
    this.ifMissing = ifMissing;
    this.undoesDefinitions = undoesDefinitions;
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
    return undoesDefinitions;
  }
}
