package io.acpbenefits.sidebyside;

import io.acpbenefits.Policies;
import io.acpbenefits.application.ApplicationPolicy;
import io.acpbenefits.workflows.BenefitsEngine;
import java.lang.reflect.Method;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.history.HistoricActivityInstance;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.camunda.bpm.engine.runtime.Execution;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.Task;

/** A node whose clock, jobs and workers stand still until it is told to move them. */
public final class SteppedNode implements Stepper {

  private final SteppedClock clock = new SteppedClock();
  private final BenefitsEngine engine;

  /** Takes a builder that knows its database and keys. */
  public SteppedNode(BenefitsEngine.Builder builder) {
    engine =
        builder
            .clock(clock)
            .jobExecutor(false)
            .notifier(notice -> {})
            .policies(
                Policies.DEFAULT.with(
                    ApplicationPolicy.DEFAULT
                        .withReview(Duration.ofDays(7), Duration.ofDays(3))
                        .withRetries(Duration.ofHours(1))))
            .build();
  }

  /** The engines of a JVM have one clock; whoever tells the time tells it to all nodes. */
  private static final class SteppedClock extends Clock {

    private volatile Instant now = Instant.parse("2026-03-01T09:00:00Z");

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  /** The engine's whole library, for what only the present release has. */
  public BenefitsEngine engine() {
    return engine;
  }

  private ProcessEngine processes() {
    return engine.processEngine();
  }

  @Override
  public List<String> obey(String... order) {
    return switch (order[0]) {
      case "at" -> at(Instant.parse(order[1]));
      case "do" -> {
        Acts.named(order[1]).accept(new Cast(engine.benefits(), order[2]));
        yield List.of();
      }
      case "complete" -> complete(order[1], order[2], order[3]);
      case "open" -> open();
      case "work" -> work(order[1]);
      case "places" -> places(order[1]);
      case "passed" -> passed(order[1]);
      case "tag" -> List.of(tag(order[1]));
      case "incidents" ->
          List.of(Long.toString(processes().getRuntimeService().createIncidentQuery().count()));
      default -> throw new IllegalArgumentException(order[0]);
    };
  }

  private List<String> at(Instant now) {
    clock.now = now;
    ClockUtil.setCurrentTime(Date.from(now));
    return List.of();
  }

  /** As somebody who has an instance's only task in a list. */
  private List<String> complete(String instance, String user, String decision) {
    Task task =
        processes().getTaskService().createTaskQuery().processInstanceId(instance).singleResult();
    processes().getIdentityService().setAuthenticatedUserId(user);
    try {
      processes().getTaskService().complete(task.getId(), Map.of("decision", decision));
    } finally {
      processes().getIdentityService().clearAuthentication();
    }
    return List.of();
  }

  private List<String> open() {
    return processes().getRuntimeService().createProcessInstanceQuery().list().stream()
        .map(Execution::getId)
        .toList();
  }

  /** Runs one job that is due and that its job executor would take up, or works off a task. */
  private List<String> work(String instance) {
    ManagementService management = processes().getManagementService();
    Set<String> known = management.getRegisteredDeployments();
    for (Job job : management.createJobQuery().processInstanceId(instance).executable().list()) {
      if (known.contains(job.getDeploymentId())) {
        String activity =
            management
                .createJobDefinitionQuery()
                .jobDefinitionId(job.getJobDefinitionId())
                .singleResult()
                .getActivityId();
        management.executeJob(job.getId());
        return List.of(activity);
      }
    }
    return workOff() > 0 ? List.of("external task") : List.of();
  }

  /** Earlier releases have no external tasks, and nothing by which to work them off. */
  private int workOff() {
    int done = 0;
    for (Object plugin : plugins().toList()) {
      for (Method method : plugin.getClass().getMethods()) {
        if (method.getName().equals("workOffExternalTasks")) {
          try {
            done += (Integer) method.invoke(plugin);
          } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("External tasks could not be worked off", e);
          }
        }
      }
    }
    return done;
  }

  private Stream<?> plugins() {
    return ((ProcessEngineConfigurationImpl) processes().getProcessEngineConfiguration())
        .getProcessEnginePlugins().stream();
  }

  private List<String> places(String instance) {
    ProcessInstance open =
        processes()
            .getRuntimeService()
            .createProcessInstanceQuery()
            .processInstanceId(instance)
            .singleResult();
    return open == null
        ? List.of()
        : processes().getRuntimeService().getActiveActivityIds(instance).stream().sorted().toList();
  }

  /** Every element that it has left behind, its end too. */
  private List<String> passed(String instance) {
    return processes()
        .getHistoryService()
        .createHistoricActivityInstanceQuery()
        .processInstanceId(instance)
        .finished()
        .list()
        .stream()
        .filter(activity -> !activity.isCanceled())
        .map(HistoricActivityInstance::getActivityId)
        .sorted()
        .toList();
  }

  private String tag(String instance) {
    String definition =
        processes()
            .getHistoryService()
            .createHistoricProcessInstanceQuery()
            .processInstanceId(instance)
            .singleResult()
            .getProcessDefinitionId();
    return processes().getRepositoryService().getProcessDefinition(definition).getVersionTag();
  }

  @Override
  public void close() {
    engine.close();
    ClockUtil.reset();
  }
}
