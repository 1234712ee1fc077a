package io.acpbenefits.workflows;

import io.acpbenefits.common.BenefitsException;
import io.acpbenefits.common.Page;
import io.acpbenefits.common.PageRequest;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.engine.externaltask.ExternalTask;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.persistence.entity.JobEntity;
import org.camunda.bpm.engine.runtime.Job;
import org.jspecify.annotations.Nullable;

/**
 * Reads the steps that have failed and have tries left, jobs and external tasks alike, by their
 * ids. The engine's queries know neither several processes, nor both kinds at once, nor a key to
 * begin after; so its tables are asked which ids a page has, and its queries for the rest.
 */
final class FailingSteps {

  /** In which order does not matter to those who read all pages; it has to be the database's. */
  private static final String SQL =
      """
      SELECT ID_ FROM (
        SELECT ID_ FROM %1$sACT_RU_JOB
        WHERE PROCESS_DEF_KEY_ IN (%2$s) AND RETRIES_ > 0
          AND (EXCEPTION_MSG_ IS NOT NULL OR EXCEPTION_STACK_ID_ IS NOT NULL)
        UNION ALL
        SELECT ID_ FROM %1$sACT_RU_EXT_TASK
        WHERE PROC_DEF_KEY_ IN (%2$s) AND RETRIES_ > 0 AND ERROR_MSG_ IS NOT NULL
      ) FAILING
      WHERE ID_ > ? ORDER BY ID_""";

  private final ProcessEngineConfigurationImpl engine;
  private final String[] processes;

  FailingSteps(ProcessEngineConfigurationImpl engine, String[] processes) {
    this.engine = engine;
    this.processes = processes;
  }

  Page<FailingStep> read(PageRequest page, Instant now) {
    return engine
        .getCommandExecutorTxRequired()
        .execute(
            context -> {
              Page<String> ids = page.of(ids(page, context), id -> id);
              return new Page<>(
                  ids.items().isEmpty() ? List.of() : steps(ids.items(), now), ids.next());
            });
  }

  private List<String> ids(PageRequest page, CommandContext context) {
    String places = String.join(", ", Collections.nCopies(processes.length, "?"));
    String sql = SQL.formatted(engine.getDatabaseTablePrefix(), places);
    List<String> found = new ArrayList<>();
    try (PreparedStatement select = EngineTransactions.connection(context).prepareStatement(sql)) {
      select.setMaxRows(page.rowsToFetch());
      int place = 1;
      for (int table = 0; table < 2; table++) {
        for (String process : processes) {
          select.setString(place++, process);
        }
      }
      select.setString(place, page.afterOrStart());
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          found.add(rows.getString(1));
        }
      }
    } catch (SQLException e) {
      throw new BenefitsException("The steps that fail could not be read.", e);
    }
    return found;
  }

  /** What has been done between the two looks is left out. */
  private List<FailingStep> steps(List<String> ids, Instant now) {
    Set<String> wanted = new HashSet<>(ids);
    List<Job> jobs = engine.getManagementService().createJobQuery().jobIds(wanted).list();
    List<ExternalTask> tasks =
        engine.getExternalTaskService().createExternalTaskQuery().externalTaskIdIn(wanted).list();
    Map<String, String> businessKeys =
        Incidents.businessKeysOf(
            engine,
            Stream.concat(
                    jobs.stream().map(Job::getProcessInstanceId),
                    tasks.stream().map(ExternalTask::getProcessInstanceId))
                .collect(Collectors.toSet()));
    Map<String, FailingStep> steps = new HashMap<>();
    jobs.forEach(job -> steps.put(job.getId(), step(job, businessKeys, now)));
    tasks.forEach(task -> steps.put(task.getId(), step(task, businessKeys, now)));
    return ids.stream().map(steps::get).filter(Objects::nonNull).toList();
  }

  private FailingStep step(Job job, Map<String, String> businessKeys, Instant now) {
    Failure failure =
        Failure.of(engine.getManagementService().getJobExceptionStacktrace(job.getId()));
    return new FailingStep(
        job.getProcessDefinitionKey(),
        businessKeys.getOrDefault(job.getProcessInstanceId(), ""),
        ((JobEntity) job).getActivityId(),
        failure.type(),
        failure.reason(),
        job.getRetries(),
        at(job.getDuedate(), now));
  }

  private static FailingStep step(
      ExternalTask task, Map<String, String> businessKeys, Instant now) {
    Failure failure = Failure.named(task.getErrorMessage());
    return new FailingStep(
        task.getProcessDefinitionKey(),
        businessKeys.getOrDefault(task.getProcessInstanceId(), ""),
        task.getActivityId(),
        failure.type(),
        failure.reason(),
        task.getRetries(),
        at(task.getLockExpirationTime(), now));
  }

  private static Instant at(@Nullable Date next, Instant now) {
    return next == null ? now : next.toInstant();
  }
}
