package io.acpbenefits.workflows;

import io.acpbenefits.AcpBenefits;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.Refusal;
import io.acpbenefits.health.HealthCheck;
import io.acpbenefits.health.HealthPolicy;
import io.acpbenefits.health.HealthReport;
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
    long late =
        engine
            .get()
            .getManagementService()
            .createJobQuery()
            .withRetriesLeft()
            .active()
            .duedateLowerThan(Scope.date(benefits.get().now().minus(policy.jobsLate())))
            .count();
    return late == 0
        ? HealthCheck.up(EXECUTOR, here + "; none is late.")
        : HealthCheck.degraded(
            EXECUTOR,
            "%s; %d have been due for more than %s: let more nodes or threads run them."
                .formatted(here, late, policy.jobsLate()));
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
