package io.acpbenefits.workflows;

import io.acpbenefits.common.BenefitsException;
import java.io.Serial;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.jobexecutor.FailedJobListener;
import org.camunda.bpm.engine.impl.jobexecutor.JobFailureCollector;
import org.camunda.bpm.engine.impl.persistence.entity.JobEntity;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts a job as failed whose lock has lapsed before it was done: with its retry intervals, its
 * trace in the history, and an incident after the last try, as if it had thrown something.
 *
 * <p>The first time it is due again at once, since a node may well die by itself. From the second
 * time on it waits for its interval and a little longer: jobs that lay beside the deadly one when
 * the node died are then taken up apart from it.
 *
 * @param jobId which job
 * @param owner who held the lock
 * @param until when it has lapsed
 */
record LapsedLock(String jobId, String owner, Instant until) implements Command<Boolean> {

  private static final Logger LOG = LoggerFactory.getLogger(LapsedLock.class);
  private static final long MOST_MILLIS_APART = 60_000;

  /**
   * Which of these jobs, found to be due and free by the engine's search, are held by others: as
   * they were found, those locks must have lapsed. What the search returns does not say it, and the
   * engine cannot read a job twice in one command.
   */
  static List<LapsedLock> ofOthers(String owner, Set<String> jobIds, CommandContext context) {
    String places = String.join(", ", Collections.nCopies(jobIds.size(), "?"));
    String sql =
        "SELECT ID_, LOCK_OWNER_, LOCK_EXP_TIME_ FROM %sACT_RU_JOB WHERE ID_ IN (%s)"
            .formatted(context.getProcessEngineConfiguration().getDatabaseTablePrefix(), places);
    List<LapsedLock> found = new ArrayList<>();
    try (PreparedStatement select = EngineTransactions.connection(context).prepareStatement(sql)) {
      int place = 1;
      for (String jobId : jobIds) {
        select.setString(place++, jobId);
      }
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          String holder = rows.getString(2);
          if (holder != null && !holder.equals(owner)) {
            found.add(new LapsedLock(rows.getString(1), holder, rows.getTimestamp(3).toInstant()));
          }
        }
      }
    } catch (SQLException e) {
      throw new BenefitsException("The holders of jobs could not be read.", e);
    }
    return found;
  }

  private boolean stillOn(JobEntity job) {
    return owner.equals(job.getLockOwner())
        && job.getLockExpirationTime() != null
        && until.equals(job.getLockExpirationTime().toInstant());
  }

  /** Returns whether it was counted; not if the job has moved on meanwhile. */
  @Override
  public Boolean execute(CommandContext context) {
    JobEntity job = context.getJobManager().findJobById(jobId);
    if (job == null || !stillOn(job)) {
      return false;
    }
    boolean firstFailure = job.getExceptionMessage() == null;
    Date due = job.getDuedate();
    JobFailureCollector failure = new JobFailureCollector(jobId);
    failure.setJob(job);
    failure.setFailure(new Unfinished());
    new FailedJobListener(
            context.getProcessEngineConfiguration().getCommandExecutorTxRequired(), failure)
        .execute(context);
    job.setDuedate(firstFailure ? due : later(job.getDuedate()));
    LOG.info(
        "The node that held job {} has not finished it; {} tries are left",
        jobId,
        job.getRetries());
    return true;
  }

  private static @Nullable Date later(@Nullable Date due) {
    return due == null
        ? null
        : Date.from(
            due.toInstant().plusMillis(ThreadLocalRandom.current().nextLong(MOST_MILLIS_APART)));
  }

  /** What is shown as the cause. */
  static final class Unfinished extends RuntimeException {

    @Serial private static final long serialVersionUID = 1L;

    Unfinished() {
      super(
          "The node that ran this job died, or needed longer than the lock time of its executor.",
          null,
          false,
          false);
    }
  }
}
