package io.acpbenefits.workflows;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.delegate.TaskListener;

/** The one list of what diagrams may call by name, in plain Java and in Spring alike. */
final class Delegates {

  private final Map<String, Object> byName = new LinkedHashMap<>();
  private final Supplier<EngineTransactions> transactions;

  Delegates(Supplier<EngineTransactions> transactions) {
    this.transactions = transactions;
  }

  /** For service tasks: a refusal becomes a BPMN error where the diagram catches it. */
  Delegates task(String name, JavaDelegate delegate) {
    return add(name, new RefusingDelegate(delegate, transactions));
  }

  /** For user tasks: a refusal vetoes what is listened to; the engine wraps it on its way. */
  Delegates taskListener(String name, TaskListener listener) {
    return add(name, listener);
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
