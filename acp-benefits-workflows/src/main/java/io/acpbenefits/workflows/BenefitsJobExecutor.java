package io.acpbenefits.workflows;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.impl.cfg.TransactionState;
import org.camunda.bpm.engine.impl.cmd.AcquireJobsCmd;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.interceptor.CommandExecutor;
import org.camunda.bpm.engine.impl.jobexecutor.AcquiredJobs;
import org.camunda.bpm.engine.impl.jobexecutor.DefaultJobExecutor;
import org.camunda.bpm.engine.impl.persistence.entity.AcquirableJobEntity;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts it as a failed try when a node dies on a job. The engine itself does not: the job of a
 * dead node is taken up again as soon as its lock has lapsed, so one that kills its JVM would kill
 * one node after the other, for ever. Here it runs out of tries and becomes an incident.
 *
 * <p>A lock that lapsed while its holder lives looks the same from another node: so the lock time
 * must be longer than the longest job. A lock of this executor's own is never counted.
 */
final class BenefitsJobExecutor extends DefaultJobExecutor {

  private static final Logger LOG = LoggerFactory.getLogger(BenefitsJobExecutor.class);

  @Override
  public Command<AcquiredJobs> getAcquireJobsCmd(int numJobs) {
    return new Acquisition(numJobs);
  }

  /** Takes up jobs as the engine does, except those on which another node has died. */
  private final class Acquisition extends AcquireJobsCmd {

    private final Map<String, AcquirableJobEntity> locked = new HashMap<>();

    Acquisition(int numJobs) {
      super(BenefitsJobExecutor.this, numJobs);
    }

    @Override
    public AcquiredJobs execute(CommandContext context) {
      AcquiredJobs acquired = super.execute(context);
      if (!locked.isEmpty()) {
        List<LapsedLock> lapsed = LapsedLock.ofOthers(getLockOwner(), locked.keySet(), context);
        lapsed.forEach(lock -> leave(lock, acquired));
        // Each in a transaction of its own: another node may be counting the same one.
        CommandExecutor apart =
            context.getProcessEngineConfiguration().getCommandExecutorTxRequiresNew();
        context
            .getTransactionContext()
            .addTransactionListener(
                TransactionState.COMMITTED, after -> lapsed.forEach(lock -> count(lock, apart)));
      }
      return acquired;
    }

    @Override
    protected void lockJob(AcquirableJobEntity job) {
      super.lockJob(job);
      locked.put(job.getId(), job);
    }

    /** The entity is again as it was read, so that nothing is written. */
    private void leave(LapsedLock lock, AcquiredJobs acquired) {
      AcquirableJobEntity job = Objects.requireNonNull(locked.get(lock.jobId()));
      job.setLockOwner(null);
      job.setLockExpirationTime(null);
      acquired.removeJobId(lock.jobId());
    }

    private static void count(LapsedLock lock, CommandExecutor apart) {
      try {
        apart.execute(lock);
      } catch (OptimisticLockingException overtaken) {
        LOG.debug("Another node has counted job {}", lock.jobId(), overtaken);
      }
    }
  }
}
