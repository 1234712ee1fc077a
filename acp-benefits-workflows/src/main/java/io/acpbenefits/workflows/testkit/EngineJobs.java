package io.acpbenefits.workflows.testkit;

import io.acpbenefits.workflows.BenefitApplicationProcess;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.camunda.bpm.engine.ExternalTaskService;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.externaltask.ExternalTask;
import org.camunda.bpm.engine.runtime.Job;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The jobs of one engine, run in an order that is the same every time. */
final class EngineJobs {

  static final int MOST_AT_ONE_INSTANT = 100_000;

  private static final Logger LOG = LoggerFactory.getLogger(EngineJobs.class);

  /** Ids of the default generator are numbers: the shorter one is the smaller. */
  private static final Comparator<Job> ORDER =
      Comparator.comparing(EngineJobs::since)
          .thenComparing(job -> job.getId().length())
          .thenComparing(Job::getId);

  private final ManagementService management;

  private final ExternalTaskService externalTasks;

  EngineJobs(ProcessEngine engine) {
    this.management = engine.getManagementService();
    this.externalTasks = engine.getExternalTaskService();
  }

  /** The engine's time for an instant, rounded up to its millisecond. */
  static Date notBefore(Instant instant) {
    Instant floor = instant.truncatedTo(ChronoUnit.MILLIS);
    return Date.from(floor.equals(instant) ? floor : floor.plusMillis(1));
  }

  /** Runs once what is due at the beginning; what becomes due by it is left to another round. */
  int runRound(Instant now) {
    int ran = 0;
    for (Job job : due(now)) {
      if (isStillDue(job, now)) {
        run(job);
        ran++;
      }
    }
    return ran;
  }

  /**
   * When the next timer ends, or an external task of the library's can be tried again; one that has
   * no retries left or is suspended excepted.
   */
  Optional<Instant> nextDueAfter(Instant now) {
    Date floor = Date.from(now.truncatedTo(ChronoUnit.MILLIS));
    Stream<Date> timers =
        management
            .createJobQuery()
            .withRetriesLeft()
            .active()
            .duedateHigherThan(floor)
            .orderByJobDuedate()
            .asc()
            .listPage(0, 1)
            .stream()
            .map(Job::getDuedate);
    Stream<Date> tries =
        externalTasks
            .createExternalTaskQuery()
            .topicName(BenefitApplicationProcess.TOPIC_GET_CODES)
            .withRetriesLeft()
            .active()
            .lockExpirationAfter(floor)
            .orderByLockExpirationTime()
            .asc()
            .listPage(0, 1)
            .stream()
            .map(ExternalTask::getLockExpirationTime);
    return Stream.concat(timers, tries).map(Date::toInstant).min(Instant::compareTo);
  }

  private List<Job> due(Instant now) {
    return management.createJobQuery().executable().active().list().stream()
        .filter(job -> isDue(job, now))
        .sorted(ORDER)
        .toList();
  }

  private boolean isStillDue(Job job, Instant now) {
    Job present =
        management.createJobQuery().jobId(job.getId()).executable().active().singleResult();
    return present != null && isDue(present, now);
  }

  private static boolean isDue(Job job, Instant now) {
    return job.getDuedate() == null || !job.getDuedate().toInstant().isAfter(now);
  }

  private static Date since(Job job) {
    return job.getDuedate() != null ? job.getDuedate() : job.getCreateTime();
  }

  private void run(Job job) {
    try {
      management.executeJob(job.getId());
    } catch (RuntimeException failure) {
      // The engine has counted the failure and keeps its trace, as under a job executor.
      LOG.debug("Job {} failed", job.getId(), failure);
    }
  }
}
