package io.acpbenefits.workflows;

import io.acpbenefits.AcpBenefits;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.Refusal;
import io.acpbenefits.health.HealthCheck;
import io.acpbenefits.health.HealthPolicy;
import io.acpbenefits.health.HealthReport;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;

/**
 * Whether library and engine work: what {@link AcpBenefits#health()} looks at, and {@code engine},
 * {@code job executor} and {@code incidents}. Read-only, thread-safe.
 */
public final class EngineHealth {

  private static final String ENGINE = "engine";
  private static final String EXECUTOR = "job executor";
  private static final String INCIDENTS = "incidents";

  private final Supplier<AcpBenefits> benefits;
  private final Supplier<ProcessEngineConfigurationImpl> engine;
  private final Incidents incidents;

  EngineHealth(
      Supplier<AcpBenefits> benefits,
      Supplier<ProcessEngineConfigurationImpl> engine,
      Incidents incidents) {
    this.benefits = benefits;
    this.engine = engine;
    this.incidents = incidents;
  }

  /**
   * Looks at everything. Never throws because something does not work. With a database that does
   * not answer it takes as long as the host's pool waits for a connection, once for each part.
   *
   * @param actor by default an operator or the system
   * @param policy from when on somebody should look
   * @return a finding for each part
   * @throws Refusal NOT_PERMITTED
   */
  public HealthReport check(Actor actor, HealthPolicy policy) {
    HealthReport core = benefits.get().health().check(actor, policy);
    return Instances.asNobody(
        engine.get().getIdentityService(),
        () ->
            core.and(
                List.of(
                    HealthCheck.of(ENGINE, this::engine),
                    HealthCheck.of(EXECUTOR, () -> executor(policy)),
                    HealthCheck.of(INCIDENTS, () -> incidents(policy)))));
  }

  private HealthCheck engine() {
    List<String> missing =
        Processes.KEYS.stream()
            .filter(
                key ->
                    engine
                            .get()
                            .getRepositoryService()
                            .createProcessDefinitionQuery()
                            .processDefinitionKey(key)
                            .latestVersion()
                            .active()
                            .count()
                        == 0)
            .toList();
    return missing.isEmpty()
        ? HealthCheck.up(ENGINE, "It answers, and has the library's diagrams.")
        : HealthCheck.degraded(
            ENGINE,
            "These diagrams are not deployed or suspended, so that nothing begins: %s."
                .formatted(String.join(", ", missing)));
  }

  private HealthCheck executor(HealthPolicy policy) {
    String here =
        engine.get().getJobExecutor().isActive()
            ? "Jobs run on this node"
            : "Jobs do not run on this node";
    Instant limit = benefits.get().now().minus(policy.jobsLate());
    long jobs = lateJobs(limit);
    long tasks = lateTasks(limit);
    List<String> late = new ArrayList<>();
    if (jobs > 0) {
      late.add(
          "%d jobs have been due for more than %s: let more nodes or threads run them"
              .formatted(jobs, policy.jobsLate()));
    }
    if (tasks > 0) {
      late.add(
          ("%d external tasks have been free for more than %s: see that some node works them off,"
                  + " on a shared engine by startWorker() or workOffExternalTasks()")
              .formatted(tasks, policy.jobsLate()));
    }
    return late.isEmpty()
        ? HealthCheck.up(EXECUTOR, here + "; nothing is late.")
        : HealthCheck.degraded(EXECUTOR, here + "; " + String.join("; ", late) + ".");
  }

  private long lateTasks(Instant limit) {
    return new FreeTasks(engine.get(), Processes.KEYS.toArray(String[]::new)).before(limit);
  }

  private long lateJobs(Instant limit) {
    return engine
        .get()
        .getManagementService()
        .createJobQuery()
        .withRetriesLeft()
        .active()
        .duedateLowerThan(Scope.date(limit))
        .count();
  }

  private HealthCheck incidents(HealthPolicy policy) {
    long open = incidents.count(Actor.system());
    return open <= policy.incidents()
        ? HealthCheck.up(INCIDENTS, "%d processes stand still.".formatted(open))
        : HealthCheck.degraded(
            INCIDENTS,
            "%d processes stand still until somebody intervenes: list them by incidents().open()."
                .formatted(open));
  }
}
