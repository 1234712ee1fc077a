package io.acpbenefits.workflows;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.impl.bpmn.helper.BpmnProperties;
import org.camunda.bpm.engine.impl.bpmn.helper.ErrorDeclarationForProcessInstanceFinder;
import org.camunda.bpm.engine.impl.pvm.PvmScope;
import org.camunda.bpm.engine.impl.pvm.delegate.ActivityExecution;
import org.camunda.bpm.engine.impl.tree.ActivityExecutionHierarchyWalker;
import org.camunda.bpm.engine.impl.tree.TreeVisitor;

/**
 * The boundary events and event subprocesses that would catch a BPMN error thrown by an activity:
 * its own, those of every scope around it, and those of the processes that called its process. It
 * is the engine's own search, so that the answer is what the engine will do.
 */
final class ErrorCatchers {

  private final ActivityExecution execution;

  ErrorCatchers(DelegateExecution execution) {
    this.execution = (ActivityExecution) execution;
  }

  /** Whether anything is caught at all. */
  boolean any() {
    AnyDefinition visitor = new AnyDefinition();
    visitScopes(visitor);
    return visitor.found;
  }

  /** Whether this code is caught, by its name or by a catch-all. */
  boolean of(String code) {
    ErrorDeclarationForProcessInstanceFinder finder =
        new ErrorDeclarationForProcessInstanceFinder(null, code, execution.getActivity());
    visitScopes(finder);
    return finder.getErrorHandlerActivity() != null;
  }

  private void visitScopes(TreeVisitor<PvmScope> visitor) {
    ActivityExecutionHierarchyWalker walker = new ActivityExecutionHierarchyWalker(execution);
    walker.addScopePreVisitor(visitor);
    walker.walkUntil(element -> element == null);
  }

  private static final class AnyDefinition implements TreeVisitor<PvmScope> {

    private boolean found;

    @Override
    public void visit(PvmScope scope) {
      found |= !scope.getProperties().get(BpmnProperties.ERROR_EVENT_DEFINITIONS).isEmpty();
    }
  }
}
