package io.acpbenefits.workflows;

import io.acpbenefits.common.Refusal;
import java.util.function.Supplier;
import org.camunda.bpm.engine.delegate.BpmnError;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;

/**
 * Turns a refusal into a BPMN error with the reason's name as its code, but only where the diagram
 * catches that code. An uncaught BPMN error would end the execution without a word; a refusal that
 * goes through fails the job and becomes an incident.
 */
final class RefusingDelegate implements JavaDelegate {

  private final JavaDelegate delegate;
  private final Supplier<EngineTransactions> transactions;

  RefusingDelegate(JavaDelegate delegate, Supplier<EngineTransactions> transactions) {
    this.delegate = delegate;
    this.transactions = transactions;
  }

  @Override
  public void execute(DelegateExecution execution) throws Exception {
    ErrorCatchers catchers = new ErrorCatchers(execution);
    if (!catchers.any()) {
      delegate.execute(execution);
      return;
    }
    // A caught error commits, and with it everything written before the refusal.
    Runnable undo = transactions.get().savepoint();
    try {
      delegate.execute(execution);
    } catch (RuntimeException failure) {
      Refusal refusal = Refusals.in(failure);
      if (refusal == null || !catchers.of(refusal.reason().name())) {
        throw failure;
      }
      undo.run();
      throw new BpmnError(refusal.reason().name(), refusal.getMessage(), refusal);
    }
  }
}
