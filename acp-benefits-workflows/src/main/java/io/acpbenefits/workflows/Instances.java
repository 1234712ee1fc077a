package io.acpbenefits.workflows;

import io.acpbenefits.common.BenefitsException;
import java.util.Map;
import java.util.Optional;
import org.camunda.bpm.engine.runtime.EventSubscription;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.Task;

/**
 * The instances of one process, found by their business keys: started and moved when core's state
 * has moved. An instance that does not wait for what happened is left alone: it is on its way, and
 * looks at core's state before it waits again.
 */
final class Instances {

  private final Embedding embedding;
  private final String processKey;

  Instances(Embedding embedding, String processKey) {
    this.embedding = embedding;
    this.processKey = processKey;
  }

  void start(String message, String businessKey, Map<String, Object> variables) {
    embedding
        .runtime()
        .createMessageCorrelation(message)
        .processInstanceBusinessKey(businessKey)
        .setVariables(variables)
        .correlateStartMessage();
    embedding.startedHere().add(businessKey);
  }

  /** The open instance, also while it executes on this thread. */
  Optional<ProcessInstance> find(String businessKey) {
    boolean complete = embedding.flush();
    ProcessInstance found =
        embedding
            .runtime()
            .createProcessInstanceQuery()
            .processDefinitionKey(processKey)
            .processInstanceBusinessKey(businessKey)
            .singleResult();
    if (found == null && !complete && embedding.startedHere().contains(businessKey)) {
      throw new BenefitsException(
          "One step of a process did two things about one instance of '%s', which begins only when the"
                  .formatted(processKey)
              + " step has ended: make it two steps, the second asynchronous.");
    }
    return Optional.ofNullable(found);
  }

  /** The open instance, unless it executes on this thread. */
  Optional<String> waiting(String businessKey) {
    return find(businessKey)
        .map(ProcessInstance::getId)
        .filter(id -> !embedding.running().contains(id));
  }

  /**
   * Delivers a message if the instance waits for it.
   *
   * @return whether it did
   */
  boolean deliver(String instanceId, String message, Map<String, Object> variables) {
    EventSubscription subscription =
        embedding
            .runtime()
            .createEventSubscriptionQuery()
            .processInstanceId(instanceId)
            .eventType("message")
            .eventName(message)
            .singleResult();
    if (subscription == null) {
      return false;
    }
    embedding.runtime().messageEventReceived(message, subscription.getExecutionId(), variables);
    return true;
  }

  /**
   * Completes a user task for what was decided through the API, without its listener deciding
   * again.
   *
   * @return whether the task was open
   */
  boolean complete(String instanceId, String taskKey, Map<String, Object> variables) {
    Task task =
        embedding
            .tasks()
            .createTaskQuery()
            .processInstanceId(instanceId)
            .taskDefinitionKey(taskKey)
            .singleResult();
    if (task == null) {
      return false;
    }
    embedding
        .running()
        .during(instanceId, () -> embedding.tasks().complete(task.getId(), variables));
    return true;
  }
}
