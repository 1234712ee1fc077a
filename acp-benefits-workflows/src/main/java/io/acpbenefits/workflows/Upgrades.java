package io.acpbenefits.workflows;

import io.acpbenefits.audit.Audit;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.Operation;
import io.acpbenefits.common.Reason;
import io.acpbenefits.common.Refusal;
import io.acpbenefits.permission.Subject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.camunda.bpm.engine.repository.ProcessDefinitionQuery;
import org.camunda.bpm.engine.runtime.ProcessInstance;

/**
 * Has processes that began with an earlier diagram go on with the newest; for operators of the
 * platform. Thread-safe.
 *
 * <p>Nobody has to: instances run to their ends on the diagram that they began with. An instance
 * that is moved stays the same instance, with its business key, variables, tasks and timers.
 */
public final class Upgrades {

  /** The most instances that are upgraded at once. */
  public static final int MOST_AT_ONCE = 10_000;

  private static final int PAGE = 200;

  private final Embedding embedding;
  private final Supplier<ProcessEngineConfigurationImpl> engine;
  private final UpgradeStep step;
  private final List<ElementChange> changes;

  Upgrades(
      Embedding embedding,
      Supplier<ProcessEngineConfigurationImpl> engine,
      List<ElementChange> changes) {
    this.embedding = embedding;
    this.engine = engine;
    this.step = new UpgradeStep(embedding);
    this.changes = changes;
  }

  /** The same with another table of changes. */
  Upgrades knowing(List<ElementChange> others) {
    return new Upgrades(embedding, engine, others);
  }

  /**
   * What {@link #perform} would do. It reads what each instance waits in, and tries one instance of
   * each kind in a transaction that is rolled back; so it takes as long as some milliseconds for
   * each instance, and changes nothing.
   *
   * @param actor by default an operator or the system
   * @param process the id of one of the library's diagrams, such as {@link
   *     BenefitApplicationProcess#KEY}
   * @return the earlier versions, what their instances wait in, and what stands in the way
   * @throws Refusal NOT_PERMITTED; NOT_FOUND if the library has no such process
   * @throws IllegalStateException inside a transaction
   */
  public UpgradePreview preview(Actor actor, String process) {
    require(actor, Operation.PREVIEW_UPGRADE, process);
    return asNobody(
        () -> {
          ProcessDefinition newest = newest(process);
          List<UpgradePreview.Earlier> earlier =
              earlier(newest).stream()
                  .map(version -> preview(version, newest))
                  .filter(version -> version.instances() > 0)
                  .toList();
          return new UpgradePreview(process, tag(newest), newest.getVersion(), earlier);
        });
  }

  /**
   * Moves instances to the newest diagram, each in a transaction of its own. One that cannot be
   * moved, or is just being worked on, stays as it was and is told of. What was moved is not moved
   * again: repeat it until nothing is left.
   *
   * @param actor by default an operator or the system
   * @param process the id of one of the library's diagrams
   * @param limit how many to move, from 1 to {@value #MOST_AT_ONCE}
   * @param why the reason, 1 to 500 characters; it goes to the audit, where each instance that was
   *     moved is a subject
   * @return how many were moved, and which were not
   * @throws Refusal NOT_PERMITTED; NOT_FOUND if the library has no such process; INVALID_INPUT for
   *     the limit, or without a reason
   * @throws IllegalStateException inside a transaction
   */
  public UpgradeResult perform(Actor actor, String process, int limit, String why) {
    require(actor, Operation.UPGRADE_PROCESSES, process);
    String reason = Audit.requireWhy(why);
    if (limit < 1 || limit > MOST_AT_ONCE) {
      throw Refusal.of(
          Reason.INVALID_INPUT, "The limit must be from 1 to %d, not %d.", MOST_AT_ONCE, limit);
    }
    return asNobody(
        () -> {
          ProcessDefinition newest = newest(process);
          int upgraded = 0;
          List<UpgradeResult.Left> left = new ArrayList<>();
          for (ProcessDefinition version : earlier(newest)) {
            upgraded += move(version, newest, limit - upgraded, left, actor, reason);
          }
          return new UpgradeResult(process, upgraded, upgraded == limit, left);
        });
  }

  private void require(Actor actor, Operation operation, String process) {
    embedding.benefits().access().require(actor, operation, Subject.PROGRAMME);
    if (!Processes.KEYS.contains(process)) {
      throw Refusal.of(
          Reason.NOT_FOUND, "The library has the processes %s.", String.join(", ", Processes.KEYS));
    }
    if (embedding.inTransaction()) {
      throw new IllegalStateException(
          "Each instance is moved in a transaction of its own: call this outside of any.");
    }
  }

  private UpgradePreview.Earlier preview(ProcessDefinition version, ProcessDefinition newest) {
    UpgradePlan plan = new UpgradePlan(engine.get(), version, newest, changes);
    Map<String, Long> counts = new TreeMap<>();
    Set<UpgradeObstacle> obstacles = new HashSet<>();
    Map<Set<String>, String> examples = new HashMap<>();
    long instances = 0;
    List<ProcessInstance> page;
    do {
      page = page(version, Math.toIntExact(instances));
      for (ProcessInstance instance : page) {
        SortedSet<String> places = step.places(instance.getId());
        places.forEach(place -> counts.merge(place, 1L, Long::sum));
        examples.putIfAbsent(places, instance.getId());
      }
      instances += page.size();
    } while (page.size() == PAGE);
    examples.forEach((places, instance) -> obstacles.addAll(step.tried(instance, places, plan)));
    return new UpgradePreview.Earlier(
        tag(version),
        version.getVersion(),
        instances,
        counts.entrySet().stream()
            .map(
                place ->
                    new UpgradePreview.Place(
                        place.getKey(),
                        place.getValue(),
                        plan.way(place.getKey()),
                        plan.leadsTo(place.getKey())))
            .toList(),
        List.copyOf(obstacles));
  }

  private int move(
      ProcessDefinition version,
      ProcessDefinition newest,
      int limit,
      Collection<UpgradeResult.Left> left,
      Actor actor,
      String why) {
    UpgradePlan plan = new UpgradePlan(engine.get(), version, newest, changes);
    int moved = 0;
    int stayed = 0;
    List<ProcessInstance> page;
    do {
      // Those that were moved are gone from the list.
      page = moved < limit ? page(version, stayed) : List.of();
      for (ProcessInstance instance : page) {
        if (moved == limit) {
          break;
        }
        List<UpgradeObstacle> obstacles = step.moved(instance.getId(), plan, actor, why);
        if (obstacles.isEmpty()) {
          moved++;
        } else {
          stayed++;
          left.add(left(instance, obstacles));
        }
      }
    } while (page.size() == PAGE && moved < limit);
    return moved;
  }

  private static UpgradeResult.Left left(
      ProcessInstance instance, List<UpgradeObstacle> obstacles) {
    String businessKey = instance.getBusinessKey();
    return new UpgradeResult.Left(
        ProcessInstanceId.of(instance.getId()), businessKey != null ? businessKey : "", obstacles);
  }

  private List<ProcessInstance> page(ProcessDefinition version, int first) {
    return engine
        .get()
        .getRuntimeService()
        .createProcessInstanceQuery()
        .processDefinitionId(version.getId())
        .orderByProcessInstanceId()
        .asc()
        .listPage(first, PAGE);
  }

  private ProcessDefinition newest(String process) {
    return versions(process).latestVersion().singleResult();
  }

  private List<ProcessDefinition> earlier(ProcessDefinition newest) {
    return versions(newest.getKey())
        .orderByProcessDefinitionVersion()
        .asc()
        .unlimitedList()
        .stream()
        .filter(version -> version.getVersion() < newest.getVersion())
        .toList();
  }

  private ProcessDefinitionQuery versions(String process) {
    return engine
        .get()
        .getRepositoryService()
        .createProcessDefinitionQuery()
        .processDefinitionKey(process)
        .withoutTenantId();
  }

  private static String tag(ProcessDefinition version) {
    return version.getVersionTag() != null ? version.getVersionTag() : "";
  }

  private <T> T asNobody(Supplier<T> work) {
    return Instances.asNobody(embedding.identities(), work);
  }
}
