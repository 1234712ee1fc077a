package io.acpbenefits.workflows;

import io.acpbenefits.common.BenefitsException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collections;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;

/**
 * Counts external tasks that a worker could have in hand and has not: never locked, or with a lock
 * that has lapsed, be it that its worker died or that it is to be tried again. The engine's query
 * does not know since when.
 */
final class FreeTasks {

  /** Those without any time are of an engine that did not note it: long ago. */
  private static final String SQL =
      """
      SELECT COUNT(*) FROM %sACT_RU_EXT_TASK
      WHERE PROC_DEF_KEY_ IN (%s) AND SUSPENSION_STATE_ = 1
        AND (RETRIES_ IS NULL OR RETRIES_ > 0)
        AND (COALESCE(LOCK_EXP_TIME_, CREATE_TIME_) < ?
          OR (LOCK_EXP_TIME_ IS NULL AND CREATE_TIME_ IS NULL))""";

  private final ProcessEngineConfigurationImpl engine;
  private final String[] processes;

  FreeTasks(ProcessEngineConfigurationImpl engine, String[] processes) {
    this.engine = engine;
    this.processes = processes;
  }

  /** How many have been free since before then. */
  long before(Instant instant) {
    return engine.getCommandExecutorTxRequired().execute(context -> count(context, instant));
  }

  private long count(CommandContext context, Instant instant) {
    String places = String.join(", ", Collections.nCopies(processes.length, "?"));
    String sql = SQL.formatted(engine.getDatabaseTablePrefix(), places);
    try (PreparedStatement select = EngineTransactions.connection(context).prepareStatement(sql)) {
      int place = 1;
      for (String process : processes) {
        select.setString(place++, process);
      }
      select.setTimestamp(place, Timestamp.from(instant));
      try (ResultSet rows = select.executeQuery()) {
        rows.next();
        return rows.getLong(1);
      }
    } catch (SQLException e) {
      throw new BenefitsException("The external tasks could not be counted.", e);
    }
  }
}
