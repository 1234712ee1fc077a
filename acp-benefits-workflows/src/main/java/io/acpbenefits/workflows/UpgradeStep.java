package io.acpbenefits.workflows;

import io.acpbenefits.common.Actor;
import io.acpbenefits.common.Operation;
import java.io.Serial;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.camunda.bpm.engine.BadUserRequestException;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.camunda.bpm.engine.migration.MigratingProcessInstanceValidationException;
import org.camunda.bpm.engine.migration.MigratingProcessInstanceValidationReport;
import org.camunda.bpm.engine.runtime.Execution;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Moves one instance to the newest diagram, or tries to. */
final class UpgradeStep {

  private static final Logger LOG = LoggerFactory.getLogger(UpgradeStep.class);

  private final Embedding embedding;

  UpgradeStep(Embedding embedding) {
    this.embedding = embedding;
  }

  /** The elements in which an instance waits. */
  SortedSet<String> places(String instance) {
    List<Execution> executions =
        runtime().createExecutionQuery().processInstanceId(instance).unlimitedList();
    Set<String> parents = new HashSet<>();
    for (Execution execution : executions) {
      parents.add(((ExecutionEntity) execution).getParentId());
    }
    SortedSet<String> places = new TreeSet<>();
    for (Execution execution : executions) {
      String activity = ((ExecutionEntity) execution).getActivityId();
      if (activity != null && !parents.contains(execution.getId())) {
        places.add(activity);
      }
    }
    return places;
  }

  /** Moves it, and takes that back; returns what stands in the way. */
  List<UpgradeObstacle> tried(String instance, Set<String> places, UpgradePlan plan) {
    List<UpgradeObstacle> obstacles = plan.obstacles(places);
    if (!obstacles.isEmpty()) {
      return obstacles;
    }
    return attempt(
        () -> {
          move(instance, plan);
          throw new TakenBack(null);
        });
  }

  /** Returns what stood in the way, in which case the instance is as it was. */
  List<UpgradeObstacle> moved(String instance, UpgradePlan plan, Actor actor, String why) {
    List<UpgradeObstacle> obstacles = plan.obstacles(places(instance));
    if (!obstacles.isEmpty()) {
      return obstacles;
    }
    return attempt(
        () -> {
          embedding
              .benefits()
              .audit()
              .intervened(actor, Operation.UPGRADE_PROCESSES, ProcessInstanceId.of(instance), why);
          move(instance, plan);
        });
  }

  private void move(String instance, UpgradePlan plan) {
    // Read once more: it may have gone on since.
    List<ElementChange> anew = plan.anew(places(instance));
    if (isAsking(instance)) {
      throw new BeingWorkedOn();
    }
    Set<String> between = new TreeSet<>();
    anew.forEach(change -> between.add(Objects.requireNonNull(change.by())));
    if (!anew.isEmpty()) {
      var leaving = runtime().createProcessInstanceModification(instance);
      between.forEach(leaving::startBeforeActivity);
      anew.forEach(change -> leaving.cancelAllForActivity(change.earlier()));
      leaving.execute();
    }
    embedding.flushAndForget();
    runtime().newMigration(plan.migration()).processInstanceIds(instance).execute();
    if (!anew.isEmpty()) {
      embedding.flushAndForget();
      var entering = runtime().createProcessInstanceModification(instance);
      anew.forEach(change -> entering.startBeforeActivity(change.now()));
      between.forEach(entering::cancelAllForActivity);
      entering.execute();
    }
  }

  /** A worker that asks somebody outside of the database is to find its task when it comes back. */
  private boolean isAsking(String instance) {
    return embedding
            .externalTasks()
            .createExternalTaskQuery()
            .processInstanceId(instance)
            .locked()
            .count()
        > 0;
  }

  private List<UpgradeObstacle> attempt(Runnable step) {
    try {
      embedding
          .benefits()
          .inTransaction(
              () -> {
                try {
                  step.run();
                } catch (OptimisticLockingException | TakenBack passing) {
                  throw passing;
                } catch (RuntimeException failure) {
                  throw new TakenBack(failure);
                }
                return true;
              });
      return List.of();
    } catch (TakenBack end) {
      Throwable cause = end.getCause();
      return cause == null ? List.of() : obstacles(cause);
    } catch (RuntimeException failure) {
      return obstacles(failure);
    }
  }

  private static List<UpgradeObstacle> obstacles(Throwable failure) {
    if (failure instanceof MigratingProcessInstanceValidationException refused) {
      return obstacles(refused.getValidationReport());
    }
    if (failure instanceof OptimisticLockingException || failure instanceof BeingWorkedOn) {
      return List.of(
          new UpgradeObstacle(
              "",
              "an instance that waits",
              "one that is being worked on",
              "Upgrade again in a moment."));
    }
    // The message may hold anything, so it is for the log.
    LOG.warn("An instance could not be moved to the newest diagram", failure);
    return List.of(
        new UpgradeObstacle(
            "",
            "an instance that can be moved",
            failure.getClass().getName(),
            "Find this in the log of that time; the instance goes on with its own diagram."));
  }

  private static List<UpgradeObstacle> obstacles(MigratingProcessInstanceValidationReport report) {
    return Stream.of(
            report.getFailures().stream().map(failure -> refused("", failure)),
            report.getActivityInstanceReports().stream()
                .flatMap(place -> refused(place.getSourceScopeId(), place.getFailures())),
            report.getTransitionInstanceReports().stream()
                .flatMap(place -> refused(place.getSourceScopeId(), place.getFailures())))
        .flatMap(obstacles -> obstacles)
        .toList();
  }

  private static Stream<UpgradeObstacle> refused(String element, Collection<String> failures) {
    return failures.stream().map(failure -> refused(element, failure));
  }

  private static UpgradeObstacle refused(String element, String failure) {
    return new UpgradeObstacle(
        element,
        "what the engine can move",
        failure,
        "Change the newest diagram, or let these instances end on their own diagram.");
  }

  private RuntimeService runtime() {
    return embedding.runtime();
  }

  /**
   * Rolls the transaction back. The engine logs what leaves a command as an error, but for this.
   */
  private static final class TakenBack extends BadUserRequestException {

    @Serial private static final long serialVersionUID = 1L;

    TakenBack(@Nullable Throwable cause) {
      super("Taken back", cause);
    }
  }

  private static final class BeingWorkedOn extends RuntimeException {

    @Serial private static final long serialVersionUID = 1L;
  }
}
