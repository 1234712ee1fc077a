package io.acpbenefits.workflows;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.camunda.bpm.engine.impl.pvm.delegate.SignallableActivityBehavior;

/** The one list of what diagrams may call by name, in plain Java and in Spring alike. */
final class Delegates {

  private final Map<String, Object> byName = new LinkedHashMap<>();
  private final Supplier<EngineTransactions> transactions;

  private final Running running;

  Delegates(Supplier<EngineTransactions> transactions, Running running) {
    this.transactions = transactions;
    this.running = running;
  }

  /** For service tasks: a refusal becomes a BPMN error where the diagram catches it. */
  Delegates task(String name, JavaDelegate delegate) {
    JavaDelegate marked =
        execution ->
            running.during(execution.getProcessInstanceId(), () -> delegate.execute(execution));
    return add(name, new RefusingDelegate(marked, transactions));
  }

  /** For service tasks that wait until they are signalled. */
  Delegates waiting(String name, SignallableActivityBehavior behavior) {
    return add(name, behavior);
  }

  /**
   * For the completion of user tasks: a refusal vetoes it; the engine wraps it on its way. Not
   * called when the library itself completes the task, because it was decided otherwise.
   */
  Delegates taskListener(String name, TaskListener listener) {
    TaskListener marked =
        task -> {
          String instance = task.getProcessInstanceId();
          if (!running.contains(instance)) {
            running.during(instance, () -> listener.notify(task));
          }
        };
    return add(name, marked);
  }

  /** For executions: a refusal stays one. */
  Delegates executionListener(String name, ExecutionListener listener) {
    return add(name, listener);
  }

  Map<String, Object> byName() {
    return Collections.unmodifiableMap(byName);
  }

  private Delegates add(String name, Object delegate) {
    if (byName.putIfAbsent(name, delegate) != null) {
      throw new IllegalStateException("Two delegates are named '" + name + "'.");
    }
    return this;
  }
}
