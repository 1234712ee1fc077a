package io.acpbenefits.workflows;

import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.camunda.bpm.engine.ProcessEngineConfiguration;
import org.camunda.bpm.engine.impl.cfg.IdGenerator;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.db.DbIdGenerator;
import org.camunda.bpm.engine.impl.history.HistoryLevel;
import org.camunda.bpm.engine.impl.jobexecutor.JobExecutor;
import org.jspecify.annotations.Nullable;

/**
 * A setting of the engine that keeps processes of this library going, with the reason. {@link
 * BenefitsEngine} applies all of them; {@link AcpBenefitsPlugin} none, since each concerns the
 * other processes of a shared engine as well: it reports how the engine differs.
 *
 * @param name what the engine calls it
 * @param recommended the value
 * @param why in a sentence
 * @param read tells the value of an engine, before or after it is built
 * @param write sets it on a configuration that has a job executor and is not yet built
 * @param harmful with which values something will not work or will be lost
 */
record EngineSetting<T>(
    String name,
    T recommended,
    String why,
    Function<ProcessEngineConfigurationImpl, T> read,
    BiConsumer<ProcessEngineConfigurationImpl, T> write,
    Predicate<T> harmful) {

  private static final int SECOND = 1000;

  /** All of them, those about jobs first. */
  static final List<EngineSetting<?>> ALL =
      List.of(
          new EngineSetting<>(
              "jobExecutorActivate",
              true,
              "Timers and asynchronous steps run by themselves; where it is off, another node of the"
                  + " cluster must run them.",
              EngineSetting::runsJobs,
              ProcessEngineConfigurationImpl::setJobExecutorActivate,
              active -> !active),
          new EngineSetting<>(
              "jobExecutor counts deaths",
              true,
              "A job that kills its node runs out of tries and becomes an incident, instead of killing"
                  + " node after node; on an engine of your own, countDeaths() on the plugin.",
              configuration -> configuration.getJobExecutor() instanceof BenefitsJobExecutor,
              (configuration, counts) -> {},
              counts -> false),
          new EngineSetting<>(
              "jobExecutorDeploymentAware",
              true,
              "In a rolling upgrade a node leaves alone the jobs of diagrams it does not know yet.",
              ProcessEngineConfigurationImpl::isJobExecutorDeploymentAware,
              ProcessEngineConfigurationImpl::setJobExecutorDeploymentAware,
              aware -> false),
          ofExecutor(
              "lockTimeInMillis",
              5 * 60 * SECOND,
              "Longer than the slowest step of a process with those that wait before it, or it is"
                  + " run a second time; after a node was killed, its jobs stand still as long.",
              JobExecutor::getLockTimeInMillis,
              JobExecutor::setLockTimeInMillis),
          ofExecutor(
              "waitTimeInMillis",
              5 * SECOND,
              "The first pause of a node that finds no job; it grows up to maxWait.",
              JobExecutor::getWaitTimeInMillis,
              JobExecutor::setWaitTimeInMillis),
          ofExecutor(
              "maxWait",
              10L * SECOND,
              "A timer, or a job that another node has made, is late by up to this on idle nodes; the"
                  + " engine's 60 s save one query a minute.",
              JobExecutor::getMaxWait,
              JobExecutor::setMaxWait),
          ofExecutor(
              "backoffTimeInMillis",
              25,
              "Nodes that reach for the same jobs get out of step, by a random pause, instead of"
                  + " failing again and again.",
              JobExecutor::getBackoffTimeInMillis,
              JobExecutor::setBackoffTimeInMillis),
          ofExecutor(
              "maxBackoff",
              500L,
              "That pause stays short beside the work; without a limit above 0 there is none at all.",
              JobExecutor::getMaxBackoff,
              JobExecutor::setMaxBackoff),
          new EngineSetting<>(
              "jobExecutorAcquireByDueDate",
              true,
              "What has waited longest runs first, so that under load nothing waits for ever.",
              ProcessEngineConfigurationImpl::isJobExecutorAcquireByDueDate,
              ProcessEngineConfigurationImpl::setJobExecutorAcquireByDueDate,
              byDueDate -> false),
          new EngineSetting<>(
              "ensureJobDueDateNotNull",
              true,
              "The search for due jobs needs no \"or has no due date\", so that an index on due dates"
                  + " serves it; jobs made while it was off need a due date, or they never run.",
              ProcessEngineConfigurationImpl::isEnsureJobDueDateNotNull,
              ProcessEngineConfigurationImpl::setEnsureJobDueDateNotNull,
              always -> false),
          new EngineSetting<>(
              "jobExecutorPreferTimerJobs",
              false,
              "Many timers of one instant, such as the ends of codes, would hold up the steps that"
                  + " somebody waits for.",
              ProcessEngineConfigurationImpl::isJobExecutorPreferTimerJobs,
              ProcessEngineConfigurationImpl::setJobExecutorPreferTimerJobs,
              prefer -> false),
          new EngineSetting<>(
              "idGenerator",
              "ids in the order of time",
              "Made in the JVM: no thread waits for a second connection to fetch numbers, and nodes do"
                  + " not meet at the row that counts them.",
              EngineSetting::ids,
              (configuration, ids) -> configuration.setIdGenerator(new EngineIds()),
              ids -> false),
          new EngineSetting<>(
              "failedJobRetryTimeCycle",
              "PT1M,PT5M,PT30M,PT2H,PT8H",
              "Outages pass; three tries at once are over before they do. The library's diagrams say"
                  + " so themselves, this is for those that do not.",
              configuration -> text(configuration.getFailedJobRetryTimeCycle()),
              ProcessEngineConfigurationImpl::setFailedJobRetryTimeCycle,
              cycle -> false),
          new EngineSetting<>(
              "defaultNumberOfRetries",
              3,
              "For jobs of the engine itself, which no retry intervals reach.",
              ProcessEngineConfigurationImpl::getDefaultNumberOfRetries,
              ProcessEngineConfigurationImpl::setDefaultNumberOfRetries,
              retries -> retries < 1),
          new EngineSetting<>(
              "createIncidentOnFailedJobEnabled",
              true,
              "A job without tries left would otherwise stand still and nobody would hear of it.",
              ProcessEngineConfigurationImpl::isCreateIncidentOnFailedJobEnabled,
              ProcessEngineConfigurationImpl::setCreateIncidentOnFailedJobEnabled,
              incidents -> !incidents),
          new EngineSetting<>(
              "enableExceptionsAfterUnhandledBpmnError",
              true,
              "A BPMN error that no diagram catches becomes an incident; by default it ends the"
                  + " instance without a word.",
              ProcessEngineConfigurationImpl::isEnableExceptionsAfterUnhandledBpmnError,
              ProcessEngineConfigurationImpl::setEnableExceptionsAfterUnhandledBpmnError,
              exceptions -> false),
          new EngineSetting<>(
              "skipIsolationLevelCheck",
              false,
              "Engine and library need READ COMMITTED; the engine refuses to start on another level"
                  + " unless told not to look.",
              ProcessEngineConfigurationImpl::getSkipIsolationLevelCheck,
              ProcessEngineConfigurationImpl::setSkipIsolationLevelCheck,
              skip -> skip),
          new EngineSetting<>(
              "history",
              ProcessEngineConfiguration.HISTORY_ACTIVITY,
              "Shows which way each instance went and what failed; audit and full also write variables,"
                  + " and none leaves nothing to look at afterwards.",
              EngineSetting::historyLevel,
              ProcessEngineConfigurationImpl::setHistory,
              ProcessEngineConfiguration.HISTORY_NONE::equals),
          new EngineSetting<>(
              "historyCleanupBatchWindowStartTime",
              "01:00+0000",
              "Without a window the engine never deletes history, whatever time to live the diagrams"
                  + " give it (the library's: 365 days).",
              configuration -> text(configuration.getHistoryCleanupBatchWindowStartTime()),
              ProcessEngineConfigurationImpl::setHistoryCleanupBatchWindowStartTime,
              start -> false),
          new EngineSetting<>(
              "historyCleanupBatchWindowEndTime",
              "05:00+0000",
              "Cleaning up ends before people come to work.",
              configuration -> text(configuration.getHistoryCleanupBatchWindowEndTime()),
              ProcessEngineConfigurationImpl::setHistoryCleanupBatchWindowEndTime,
              end -> false),
          new EngineSetting<>(
              "queryMaxResultsLimit",
              2000,
              "A person who is signed in to the engine cannot fill the memory by one query; longer"
                  + " lists are read page by page.",
              ProcessEngineConfigurationImpl::getQueryMaxResultsLimit,
              ProcessEngineConfigurationImpl::setQueryMaxResultsLimit,
              limit -> false),
          new EngineSetting<>(
              "metricsEnabled",
              false,
              "The engine's own counters are rows in its database; the library's go to Micrometer.",
              ProcessEngineConfigurationImpl::isMetricsEnabled,
              ProcessEngineConfigurationImpl::setMetricsEnabled,
              enabled -> false),
          new EngineSetting<>(
              "taskMetricsEnabled",
              false,
              "A row for each assignee of a task, for counting licences; no task of the library has"
                  + " an assignee.",
              ProcessEngineConfigurationImpl::isTaskMetricsEnabled,
              ProcessEngineConfigurationImpl::setTaskMetricsEnabled,
              enabled -> false));

  static void applyAll(ProcessEngineConfigurationImpl configuration) {
    ALL.forEach(setting -> setting.apply(configuration));
  }

  static List<EngineAdvice> adviceOn(ProcessEngineConfigurationImpl engine) {
    return ALL.stream().map(setting -> setting.advice(engine)).toList();
  }

  EngineAdvice advice(ProcessEngineConfigurationImpl engine) {
    T is = read.apply(engine);
    return new EngineAdvice(
        name, String.valueOf(is), String.valueOf(recommended), why, harmful.test(is));
  }

  private void apply(ProcessEngineConfigurationImpl configuration) {
    write.accept(configuration, recommended);
  }

  private static <T> EngineSetting<T> ofExecutor(
      String name,
      T recommended,
      String why,
      Function<JobExecutor, T> read,
      BiConsumer<JobExecutor, T> write) {
    return new EngineSetting<>(
        name,
        recommended,
        why,
        configuration -> read.apply(configuration.getJobExecutor()),
        (configuration, value) -> write.accept(configuration.getJobExecutor(), value),
        value -> false);
  }

  private static boolean runsJobs(ProcessEngineConfigurationImpl configuration) {
    // A container may start its executor by itself.
    return configuration.isJobExecutorActivate() || configuration.getJobExecutor().isActive();
  }

  private static String historyLevel(ProcessEngineConfigurationImpl configuration) {
    HistoryLevel built = configuration.getHistoryLevel();
    return built != null ? built.getName() : configuration.getHistory();
  }

  private static String ids(ProcessEngineConfigurationImpl configuration) {
    IdGenerator generator = configuration.getIdGenerator();
    if (generator == null || generator instanceof DbIdGenerator) {
      return "numbers from the database";
    }
    return generator instanceof EngineIds
        ? generator.toString()
        : generator.getClass().getSimpleName();
  }

  private static String text(@Nullable String value) {
    return value != null ? value : "not set";
  }
}
