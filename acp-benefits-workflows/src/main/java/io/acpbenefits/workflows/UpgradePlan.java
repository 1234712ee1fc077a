package io.acpbenefits.workflows;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.impl.RepositoryServiceImpl;
import org.camunda.bpm.engine.impl.bpmn.behavior.ExternalTaskActivityBehavior;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.migration.validation.instruction.UpdateEventTriggersValidator;
import org.camunda.bpm.engine.impl.pvm.process.ActivityImpl;
import org.camunda.bpm.engine.impl.pvm.process.ProcessDefinitionImpl;
import org.camunda.bpm.engine.migration.MigrationInstruction;
import org.camunda.bpm.engine.migration.MigrationInstructionsBuilder;
import org.camunda.bpm.engine.migration.MigrationPlan;
import org.camunda.bpm.engine.migration.MigrationPlanValidationException;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.jspecify.annotations.Nullable;

/** How the instances of one earlier version get into the newest diagram. */
final class UpgradePlan {

  private static final String LET_THEM_END =
      " Until then these instances end on their own diagram, which goes on running.";

  private final ProcessDefinitionImpl from;
  private final ProcessDefinitionImpl to;
  private final MigrationPlan migration;
  private final Map<String, String> goesOn = new HashMap<>();
  private final Map<String, ElementChange> anew = new HashMap<>();

  UpgradePlan(
      ProcessEngineConfigurationImpl engine,
      ProcessDefinition earlier,
      ProcessDefinition newest,
      Collection<ElementChange> changes) {
    this.from = parsed(engine, earlier);
    this.to = parsed(engine, newest);
    List<ElementChange> here =
        changes.stream().filter(change -> change.process().equals(earlier.getKey())).toList();
    this.migration = migration(engine.getRuntimeService(), here);
    for (MigrationInstruction instruction : migration.getInstructions()) {
      goesOn.put(instruction.getSourceActivityId(), instruction.getTargetActivityId());
    }
    for (ElementChange change : here) {
      if (change.by() != null
          && !goesOn.containsKey(change.earlier())
          && goesOn.containsKey(change.by())
          && to.findActivity(change.now()) != null) {
        anew.put(change.earlier(), change);
      }
    }
  }

  private static ProcessDefinitionImpl parsed(
      ProcessEngineConfigurationImpl engine, ProcessDefinition definition) {
    return (ProcessDefinitionImpl)
        ((RepositoryServiceImpl) engine.getRepositoryService())
            .getDeployedProcessDefinition(definition.getId());
  }

  private MigrationPlan migration(RuntimeService runtime, List<ElementChange> changes) {
    List<ElementChange> renamed =
        changes.stream().filter(change -> change.by() == null && isRename(change)).toList();
    try {
      return plan(runtime, renamed);
    } catch (MigrationPlanValidationException noneOfTheSameKind) {
      // Without them, what waits there is shown as staying, with the kinds of both.
      return plan(runtime, List.of());
    }
  }

  private boolean isRename(ElementChange change) {
    return from.findActivity(change.earlier()) != null
        && to.findActivity(change.earlier()) == null
        && to.findActivity(change.now()) != null;
  }

  private MigrationPlan plan(RuntimeService runtime, List<ElementChange> renamed) {
    MigrationInstructionsBuilder plan =
        runtime
            .createMigrationPlan(from.getId(), to.getId())
            .mapEqualActivities()
            .updateEventTriggers();
    for (ElementChange change : renamed) {
      var mapped = plan.mapActivities(change.earlier(), change.now());
      if (UpdateEventTriggersValidator.definesPersistentEventTrigger(
          from.findActivity(change.earlier()))) {
        mapped.updateEventTrigger();
      }
    }
    return plan.build();
  }

  MigrationPlan migration() {
    return migration;
  }

  UpgradeWay way(String activity) {
    if (goesOn.containsKey(activity)) {
      return UpgradeWay.GOES_ON;
    }
    return anew.containsKey(activity) ? UpgradeWay.BEGINS_ANEW : UpgradeWay.STAYS;
  }

  /** Where it leads to in the newest diagram; empty if it leads nowhere. */
  String leadsTo(String activity) {
    ElementChange change = anew.get(activity);
    return change != null ? change.now() : goesOn.getOrDefault(activity, "");
  }

  List<ElementChange> anew(Collection<String> activities) {
    return activities.stream().map(anew::get).filter(Objects::nonNull).toList();
  }

  List<UpgradeObstacle> obstacles(Collection<String> activities) {
    List<UpgradeObstacle> found = new ArrayList<>();
    for (String activity : activities) {
      obstacle(activity).ifPresent(found::add);
    }
    return found;
  }

  private Optional<UpgradeObstacle> obstacle(String activity) {
    if (way(activity) != UpgradeWay.STAYS) {
      return Optional.empty();
    }
    ActivityImpl successor = to.findActivity(activity);
    String nextStep =
        successor == null
            ? "Draw an element with this id again, or name its successor in the table of changed"
                + " elements."
            : "Give the element its kind back, or have instances begin it anew by the table of"
                + " changed elements.";
    return Optional.of(
        new UpgradeObstacle(
            activity,
            kind(from.findActivity(activity)),
            successor == null ? "no element" : kind(successor),
            nextStep + LET_THEM_END));
  }

  private static String kind(@Nullable ActivityImpl activity) {
    if (activity == null) {
      return "an element";
    }
    StringBuilder kind = new StringBuilder();
    if (activity.isAsyncBefore()) {
      kind.append("asynchronous ");
    }
    if (activity.getActivityBehavior() instanceof ExternalTaskActivityBehavior) {
      kind.append("external ");
    }
    kind.append(activity.getProperty("type"));
    if (!activity.getFlowScope().equals(activity.getProcessDefinition())) {
      kind.append(" in ").append(activity.getFlowScope().getId());
    }
    return kind.toString();
  }
}
