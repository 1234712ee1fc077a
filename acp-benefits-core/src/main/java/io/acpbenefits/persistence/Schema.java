package io.acpbenefits.persistence;

import io.acpbenefits.common.BenefitsException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
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
          "V007__notices.sql",
          "V008__exam_booking_requests.sql",
          "V009__give_backs.sql");

  /** The stock of the embedded Benefit Center; only applied where that is used. */
  public static final Schema BENEFIT_CENTER = new Schema("benefitcenter", "V001__stock.sql");

  /** The embedded Pearson VUE; only applied where that is used. */
  public static final Schema PEARSON_VUE = new Schema("pearsonvue", "V001__pearson_vue.sql");

  private static final Logger LOG = LoggerFactory.getLogger(Schema.class);

  private final String part;
  private final List<String> fileNames;

  private Schema(String part, String... fileNames) {
    this(part, List.of(fileNames));
  }

  /** Also what an older or a newer version of the library would have. */
  Schema(String part, List<String> fileNames) {
    this.part = part;
    this.fileNames = List.copyOf(fileNames);
  }

  List<String> fileNames() {
    return fileNames;
  }

  @Override
  public String toString() {
    return part;
  }

  /**
   * Brings the tables into the state that the mode asks for.
   *
   * <p>In mode {@link SchemaMode#MIGRATE}, on PostgreSQL all that is missing is made in one
   * transaction: a file that fails leaves nothing behind, not even what was made before it. On H2,
   * MySQL and MariaDB a definition commits at once, so that there a file that fails may be half
   * done, and the next attempt goes on where it stopped; and two connections are needed at a time,
   * of which one holds the lock that makes other nodes wait.
   *
   * <p>Files of newer versions of the library that the database has got already are borne, as in a
   * rolling upgrade, unless their names say otherwise.
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
    try {
      Dialect dialect = Dialect.of(dataSource);
      List<SchemaMigration> migrations = migrations(dialect);
      if (mode == SchemaMode.MIGRATE) {
        new Migrator(dataSource, dialect, part, migrations, clock).migrate();
      }
      try (Connection connection = dataSource.getConnection()) {
        validate(connection, migrations);
      }
    } catch (SQLException e) {
      throw new BenefitsException(
          "The tables of '" + part + "' could not be checked or changed: " + e.getMessage(), e);
    }
  }

  /**
   * Does what no two nodes may that start at the same time, beside {@link #apply}: others that call
   * this wait meanwhile, or until this node has died.
   *
   * @param <T> what the work returns
   * @param dataSource the database; the lock keeps a connection of it until the work is done
   * @param work for example to make the tables of a process engine
   * @return what the work returns
   * @throws BenefitsException if the database cannot be used or, on MySQL and MariaDB, another node
   *     takes longer than half an hour
   */
  @SuppressWarnings("try") // The lock is only held.
  public static <T> T oneNodeAtATime(DataSource dataSource, Supplier<T> work) {
    try (SchemaLock lock =
        SchemaLock.take(dataSource, Dialect.of(dataSource), SchemaLock.Name.HOST)) {
      return work.get();
    } catch (SQLException e) {
      throw new BenefitsException(
          "It could not be seen to that one node at a time starts: " + e.getMessage(), e);
    }
  }

  List<SchemaMigration> migrations(Dialect dialect) {
    String folder = "/io/acpbenefits/schema/" + part + "/" + dialect.folder();
    return fileNames.stream().map(name -> SchemaMigration.load(folder, name)).toList();
  }

  private void validate(Connection connection, List<SchemaMigration> migrations)
      throws SQLException {
    Map<Integer, Migrator.Applied> applied =
        Migrator.hasVersionTable(connection) ? Migrator.applied(connection, part) : new TreeMap<>();
    int known = 0;
    for (SchemaMigration migration : migrations) {
      Migrator.Applied found = applied.remove(migration.version());
      if (found == null) {
        throw new BenefitsException(
            "The database lacks schema file %s of '%s'. Start once in mode MIGRATE, or apply it."
                .formatted(migration.fileName(), part));
      }
      if (!found.checksum().equals(migration.checksum())) {
        throw new BenefitsException(
            "Schema file %s of '%s' was applied with other contents than this version of the library has."
                .formatted(migration.fileName(), part));
      }
      known = migration.version();
    }
    for (Migrator.Applied newer : applied.values()) {
      requireWorkable(newer.fileName(), known);
    }
    if (!applied.isEmpty()) {
      LOG.info("The database has newer schema versions {} of '{}'", applied.keySet(), part);
    }
  }

  /** A node of the previous release that starts again in a rolling upgrade has to work. */
  private void requireWorkable(String newer, int known) {
    if (SchemaMigration.neededBy(newer) > known) {
      throw new BenefitsException(
          "The database has the newer schema file %s of '%s', on which this version of the library cannot work; use a newer one."
              .formatted(newer, part));
    }
  }
}
