package io.acpbenefits.workflows;

import org.camunda.bpm.engine.impl.bpmn.behavior.ExternalTaskActivityBehavior;
import org.camunda.bpm.engine.impl.core.variable.mapping.value.ConstantValueProvider;

/**
 * Makes a service task that calls a delegate by name into an external one: for diagrams of the time
 * when the delegate did itself, inside of a transaction, what a worker does today. The worker
 * completes the task, or throws the BPMN error that its boundary event catches, as in a diagram
 * that has an external task there.
 */
final class ExternalTaskByName extends ExternalTaskActivityBehavior {

  private static final long PRIORITY = 0;

  ExternalTaskByName(String topic) {
    super(new ConstantValueProvider(topic), new ConstantValueProvider(PRIORITY));
  }
}
