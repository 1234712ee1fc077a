package io.acpbenefits.workflows;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.pvm.PvmTransition;
import org.camunda.bpm.engine.impl.pvm.process.ActivityImpl;
import org.camunda.bpm.engine.impl.pvm.process.ScopeImpl;
import org.camunda.bpm.engine.impl.pvm.process.TransitionImpl;
import org.camunda.bpm.model.bpmn.instance.BaseElement;
import org.camunda.bpm.model.bpmn.instance.EventBasedGateway;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.SequenceFlow;

/** Which nodes and flows of the shipped diagrams the tests of this JVM have gone through. */
final class ProcessCoverage {

  private static final Map<String, Set<String>> VISITED = new ConcurrentHashMap<>();
  private static final Set<Class<?>> RAN = ConcurrentHashMap.newKeySet();

  private ProcessCoverage() {}

  /** What was gone through of one diagram, and what was not. */
  record Figures(
      String process, int nodes, int allNodes, int flows, int allFlows, Set<String> missed) {

    boolean enough() {
      return nodes == allNodes && flows * 100 >= allFlows * 95;
    }

    @Override
    public String toString() {
      return "%s: nodes %d/%d, flows %d/%d%s"
          .formatted(
              process, nodes, allNodes, flows, allFlows, missed.isEmpty() ? "" : ", not " + missed);
    }
  }

  /** Listens in the shipped diagrams as they are deployed on an engine. */
  static void watch(ProcessEngine engine) {
    ProcessEngineConfigurationImpl configuration =
        (ProcessEngineConfigurationImpl) engine.getProcessEngineConfiguration();
    configuration
        .getCommandExecutorTxRequired()
        .execute(
            context -> {
              Diagram.all()
                  .map(Diagram::id)
                  .forEach(
                      key ->
                          watch(
                              VISITED.computeIfAbsent(key, id -> ConcurrentHashMap.newKeySet()),
                              configuration
                                  .getDeploymentCache()
                                  .findDeployedLatestProcessDefinitionByKey(key)));
              return true;
            });
  }

  private static void watch(Set<String> visited, ScopeImpl scope) {
    for (ActivityImpl activity : scope.getActivities()) {
      activity.addListener(
          ExecutionListener.EVENTNAME_START,
          (ExecutionListener) execution -> visited.add(activity.getId()));
      for (PvmTransition transition : activity.getOutgoingTransitions()) {
        ((TransitionImpl) transition)
            .addListener(
                ExecutionListener.EVENTNAME_TAKE,
                (ExecutionListener) execution -> visited.add(transition.getId()));
      }
      watch(visited, activity);
    }
  }

  /** Notes that a class of tests has run to its end. */
  static void ran(Class<?> tests) {
    RAN.add(tests);
  }

  static boolean allRan(Collection<Class<?>> tests) {
    return RAN.containsAll(tests);
  }

  static Figures of(Diagram diagram) {
    Set<String> visited = VISITED.getOrDefault(diagram.id(), Set.of());
    Set<String> nodes = ids(diagram.all(FlowNode.class));
    Set<String> flows = ids(diagram.all(SequenceFlow.class));
    Set<String> gone = new TreeSet<>(visited);
    // The engine takes no flow after such a gateway: it goes to the event that has come.
    diagram.all(SequenceFlow.class).stream()
        .filter(flow -> flow.getSource() instanceof EventBasedGateway)
        .filter(flow -> visited.contains(flow.getTarget().getId()))
        .forEach(flow -> gone.add(flow.getId()));
    Set<String> missed = new TreeSet<>(nodes);
    missed.addAll(flows);
    missed.removeAll(gone);
    int missedNodes = (int) missed.stream().filter(nodes::contains).count();
    return new Figures(
        diagram.id(),
        nodes.size() - missedNodes,
        nodes.size(),
        flows.size() - (missed.size() - missedNodes),
        flows.size(),
        missed);
  }

  private static Set<String> ids(Collection<? extends BaseElement> elements) {
    return elements.stream().map(BaseElement::getId).collect(Collectors.toSet());
  }
}
