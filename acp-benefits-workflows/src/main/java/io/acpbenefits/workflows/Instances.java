package io.acpbenefits.workflows;

import io.acpbenefits.common.BenefitsException;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.externaltask.ExternalTask;
import org.camunda.bpm.engine.impl.identity.Authentication;
import org.camunda.bpm.engine.runtime.EventSubscription;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.Task;

/**
 * The instances of one process, found by their business keys: started and moved when core's state
 * has moved. An instance that does not wait for what happened is left alone: it is on its way, and
 * looks at core's state before it waits again. There may be two of one key for a moment, of which
 * one has been interrupted and has only to tell somebody.
 *
 * <p>All of it is done as nobody: who may do what, core has checked already, and the engine would
 * keep who is signed in.
 */
final class Instances {

  /** Who completes an external task that no worker has in hand. */
  private static final String LIBRARY = "acp-benefits";

  private final Embedding embedding;
  private final String processKey;

  Instances(Embedding embedding, String processKey) {
    this.embedding = embedding;
    this.processKey = processKey;
  }

  void start(String message, String businessKey, Map<String, Object> variables) {
    asNobody(
        () ->
            embedding
                .runtime()
                .createMessageCorrelation(message)
                .processInstanceBusinessKey(businessKey)
                .setVariables(variables)
                .correlateStartMessage());
    embedding.startedHere().add(businessKey);
  }

  /** Starts where no message leads. */
  void startBefore(String activity, String businessKey, Map<String, Object> variables) {
    asNobody(
        () ->
            embedding
                .runtime()
                .createProcessInstanceByKey(processKey)
                .businessKey(businessKey)
                .setVariables(variables)
                .startBeforeActivity(activity)
                .execute());
    embedding.startedHere().add(businessKey);
  }

  /** The open instances, also while they execute on this thread. */
  List<String> find(String businessKey) {
    boolean complete = embedding.flush();
    List<ProcessInstance> found =
        asNobody(
            () ->
                embedding
                    .runtime()
                    .createProcessInstanceQuery()
                    .processDefinitionKey(processKey)
                    .processInstanceBusinessKey(businessKey)
                    .list());
    if (found.isEmpty() && !complete && embedding.startedHere().contains(businessKey)) {
      throw new BenefitsException(
          "One step of a process did two things about one instance of '%s', which begins only when the"
                  .formatted(processKey)
              + " step has ended: make it two steps, the second asynchronous.");
    }
    return found.stream().map(ProcessInstance::getId).toList();
  }

  /** The open instances that do not execute on this thread. */
  List<String> waiting(String businessKey) {
    return find(businessKey).stream().filter(id -> !embedding.running().contains(id)).toList();
  }

  /**
   * Delivers a message to the instance that waits for it.
   *
   * @return whether one did
   */
  boolean deliver(List<String> instances, String message, Map<String, Object> variables) {
    boolean delivered = false;
    for (String instance : instances) {
      delivered |= asNobody(() -> deliver(instance, message, variables));
    }
    return delivered;
  }

  private boolean deliver(String instance, String message, Map<String, Object> variables) {
    EventSubscription subscription =
        embedding
            .runtime()
            .createEventSubscriptionQuery()
            .processInstanceId(instance)
            .eventType("message")
            .eventName(message)
            .singleResult();
    if (subscription == null) {
      return false;
    }
    embedding.runtime().messageEventReceived(message, subscription.getExecutionId(), variables);
    return true;
  }

  /** Begins anew to wait where an instance waits already, with new variables for its timers. */
  void restart(List<String> instances, String activity, Map<String, Object> variables) {
    move(instances, activity, activity, variables);
  }

  /** Waits from now on somewhere else, where no step of the diagram has led. */
  void move(List<String> instances, String from, String to, Map<String, Object> variables) {
    for (String instance : instances) {
      asNobody(
          () -> {
            if (waitsAt(instance, from)) {
              embedding.runtime().setVariables(instance, variables);
              embedding
                  .runtime()
                  .createProcessInstanceModification(instance)
                  .cancelAllForActivity(from)
                  .startBeforeActivity(to)
                  .execute();
            }
            return Boolean.TRUE;
          });
    }
  }

  private boolean waitsAt(String instance, String activity) {
    return embedding
            .runtime()
            .createExecutionQuery()
            .processInstanceId(instance)
            .activityId(activity)
            .count()
        > 0;
  }

  /**
   * Completes a user task for what was decided through the API, without its listener deciding
   * again.
   *
   * @return whether the task was open
   */
  boolean complete(List<String> instances, String taskKey, Map<String, Object> variables) {
    boolean completed = false;
    for (String instance : instances) {
      completed |= asNobody(() -> complete(instance, taskKey, variables));
    }
    return completed;
  }

  private boolean complete(String instance, String taskKey, Map<String, Object> variables) {
    Task task =
        embedding
            .tasks()
            .createTaskQuery()
            .processInstanceId(instance)
            .taskDefinitionKey(taskKey)
            .singleResult();
    if (task == null) {
      return false;
    }
    embedding.running().during(instance, () -> embedding.tasks().complete(task.getId(), variables));
    return true;
  }

  /**
   * Completes an external task for what has happened, whoever works on it. One that is suspended
   * stays: its worker finds out when it goes on.
   */
  void completeExternal(List<String> instances, String topic) {
    for (String instance : instances) {
      asNobody(
          () -> {
            ExternalTask task =
                embedding
                    .externalTasks()
                    .createExternalTaskQuery()
                    .processInstanceId(instance)
                    .topicName(topic)
                    .active()
                    .singleResult();
            if (task != null) {
              embedding.running().during(instance, () -> complete(task));
            }
            return Boolean.TRUE;
          });
    }
  }

  private void complete(ExternalTask task) {
    String worker = task.getWorkerId();
    if (worker == null) {
      worker = LIBRARY;
      embedding.externalTasks().lock(task.getId(), worker, 1);
    }
    embedding.externalTasks().complete(task.getId(), worker);
  }

  private <T> T asNobody(Supplier<T> step) {
    return asNobody(embedding.identities(), step);
  }

  static <T> T asNobody(IdentityService identities, Supplier<T> step) {
    Authentication signedIn = identities.getCurrentAuthentication();
    if (signedIn == null) {
      return step.get();
    }
    identities.clearAuthentication();
    try {
      return step.get();
    } finally {
      identities.setAuthentication(
          signedIn.getUserId(), signedIn.getGroupIds(), signedIn.getTenantIds());
    }
  }
}
