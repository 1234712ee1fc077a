package io.acpbenefits.workflows;

import io.acpbenefits.common.BenefitsException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import javax.sql.DataSource;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;

/**
 * The index on the due dates of jobs that the engine's own tables lack. Without it, each search for
 * due jobs reads all jobs: worth it from some 10,000 waiting timers on.
 *
 * <p>The scripts are in the jar, {@code io/acpbenefits/engine/<database>/due-dates.sql}, for hosts
 * that run them by other means.
 */
public final class DueDates {

  private static final String INDEX = "ACP_IDX_JOB_DUEDATE";

  private DueDates() {}

  /**
   * Creates the index, unless it is there. On a large table this takes a while, during which jobs
   * can neither be made nor run.
   *
   * @param dataSource the database of an engine whose tables have no prefix
   * @throws BenefitsException if the database is none of H2, PostgreSQL, MySQL and MariaDB, or the
   *     engine's tables are missing
   */
  public static void index(DataSource dataSource) {
    try (Connection connection = dataSource.getConnection()) {
      if (!isIndexed(connection)) {
        try (Statement statement = connection.createStatement()) {
          statement.execute(script(connection.getMetaData().getDatabaseProductName()));
        }
        if (!connection.getAutoCommit()) {
          connection.commit();
        }
      }
    } catch (SQLException e) {
      throw new BenefitsException("The index on due dates could not be created.", e);
    }
  }

  /**
   * Whether the index is there.
   *
   * @param dataSource the database of an engine
   * @return true if {@link #index} or its script has been run
   */
  public static boolean isIndexed(DataSource dataSource) {
    try (Connection connection = dataSource.getConnection()) {
      return isIndexed(connection);
    } catch (SQLException e) {
      throw new BenefitsException("The indexes of the engine's tables could not be read.", e);
    }
  }

  /**
   * Lets jobs be found that were made while the engine gave some of them no due date: another node,
   * or an earlier configuration, may have left them.
   */
  static void giveToAll(ProcessEngine engine, DataSource dataSource) {
    ProcessEngineConfigurationImpl configuration =
        (ProcessEngineConfigurationImpl) engine.getProcessEngineConfiguration();
    if (configuration.isEnsureJobDueDateNotNull()) {
      for (String job : withoutOne(dataSource, configuration.getDatabaseTablePrefix())) {
        engine.getManagementService().setJobDuedate(job, Date.from(Instant.EPOCH));
      }
    }
  }

  private static List<String> withoutOne(DataSource dataSource, String prefix) {
    // Suspended jobs of the engine itself have none on purpose.
    String sql =
        "SELECT ID_ FROM %sACT_RU_JOB WHERE DUEDATE_ IS NULL AND SUSPENSION_STATE_ = 1"
            .formatted(prefix);
    List<String> jobs = new ArrayList<>();
    try (Connection connection = dataSource.getConnection();
        PreparedStatement select = connection.prepareStatement(sql);
        ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        jobs.add(rows.getString(1));
      }
    } catch (SQLException e) {
      throw new BenefitsException("The engine's jobs could not be read.", e);
    }
    return jobs;
  }

  private static boolean isIndexed(Connection connection) throws SQLException {
    DatabaseMetaData metaData = connection.getMetaData();
    String table =
        metaData.storesLowerCaseIdentifiers()
            ? "ACT_RU_JOB".toLowerCase(Locale.ROOT)
            : "ACT_RU_JOB";
    try (ResultSet indexes =
        metaData.getIndexInfo(
            connection.getCatalog(), connection.getSchema(), table, false, true)) {
      while (indexes.next()) {
        if (INDEX.equalsIgnoreCase(indexes.getString("INDEX_NAME"))) {
          return true;
        }
      }
      return false;
    }
  }

  private static String script(String product) {
    String folder =
        switch (product) {
          case "H2" -> "h2";
          case "PostgreSQL" -> "postgresql";
          case "MySQL", "MariaDB" -> "mysql";
          default ->
              throw new BenefitsException(
                  "There is no script for the database %s; create an index on ACT_RU_JOB (DUEDATE_)."
                      .formatted(product));
        };
    String resource = "/io/acpbenefits/engine/%s/due-dates.sql".formatted(folder);
    try (InputStream in = DueDates.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new BenefitsException("The library's jar lacks its script " + resource + ".");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new BenefitsException("The script " + resource + " could not be read.", e);
    }
  }
}
