package io.acpbenefits.workflows;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
import org.jspecify.annotations.Nullable;

/**
 * Which nodes and flows of the shipped diagrams the tests have gone through: those of this JVM, and
 * those of others in the same build.
 */
final class ProcessCoverage {

  private static final Map<String, Set<String>> VISITED = new ConcurrentHashMap<>();
  private static final Set<String> RAN = ConcurrentHashMap.newKeySet();

  /** Of this build, with a file for each class of tests; none outside of builds. */
  private static final @Nullable String FOLDER = System.getProperty("process.coverage");

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
    RAN.add(tests.getName());
    if (FOLDER != null) {
      List<String> lines =
          VISITED.entrySet().stream()
              .flatMap(
                  process -> process.getValue().stream().map(id -> process.getKey() + " " + id))
              .toList();
      try {
        Files.createDirectories(Path.of(FOLDER));
        Files.write(Path.of(FOLDER, tests.getName()), lines);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  static boolean allRan(Collection<Class<?>> tests) {
    return tests.stream().map(Class::getName).allMatch(RAN::contains);
  }

  /** Takes in what other JVMs have gone through until now. */
  static void gather() {
    if (FOLDER == null || !Files.isDirectory(Path.of(FOLDER))) {
      return;
    }
    try (Stream<Path> files = Files.list(Path.of(FOLDER))) {
      for (Path file : files.toList()) {
        RAN.add(file.getFileName().toString());
        for (String line : Files.readAllLines(file)) {
          int end = line.indexOf(' ');
          VISITED
              .computeIfAbsent(line.substring(0, end), id -> ConcurrentHashMap.newKeySet())
              .add(line.substring(end + 1));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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
