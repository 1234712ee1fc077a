package io.acpbenefits.workflows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.acpbenefits.common.Actor;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.history.HistoricActivityInstance;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.model.bpmn.instance.Activity;
import org.camunda.bpm.model.bpmn.instance.BoundaryEvent;
import org.camunda.bpm.model.bpmn.instance.Event;
import org.camunda.bpm.model.bpmn.instance.EventBasedGateway;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.IntermediateCatchEvent;
import org.camunda.bpm.model.bpmn.instance.ReceiveTask;
import org.camunda.bpm.model.bpmn.instance.ServiceTask;
import org.camunda.bpm.model.bpmn.instance.StartEvent;
import org.camunda.bpm.model.bpmn.instance.SubProcess;
import org.camunda.bpm.model.bpmn.instance.UserTask;
import org.junit.jupiter.params.provider.Arguments;

/**
 * An instance that waits, and how it goes on to its end.
 *
 * @param places where it waits
 * @param begin brings it there
 * @param goOn brings it to its end
 * @param ends the end events that are reached, in any order
 */
record UpgradeCase(
    String name, List<String> places, Runnable begin, Runnable goOn, List<String> ends) {

  /** What becomes of the instance when the next diagram has come. */
  enum Way {
    STAYS,
    IS_MOVED
  }

  /** What was met with one version of a process, gone on with in one way. */
  private static final class Met {
    private final Set<String> cases = new TreeSet<>();
    private final Set<String> waits = new TreeSet<>();
    private final Set<String> eventsSince = new TreeSet<>();
  }

  private static final Map<String, Met> ALL_MET = new ConcurrentHashMap<>();

  private static final Actor RITA = Actor.operator("rita");

  static UpgradeCase at(String place, Runnable begin, Runnable goOn, String... ends) {
    return at(List.of(place), begin, goOn, ends);
  }

  static UpgradeCase at(List<String> places, Runnable begin, Runnable goOn, String... ends) {
    return new UpgradeCase(String.join("+", places), places, begin, goOn, List.of(ends));
  }

  UpgradeCase named(String other) {
    return new UpgradeCase(other, places, begin, goOn, ends);
  }

  private static Met met(String process, String tag, Way way) {
    return ALL_MET.computeIfAbsent(process + " " + tag + " " + way, any -> new Met());
  }

  /** Plays it on a kept diagram until it waits, and on after the next one has come. */
  void play(ProcessFixture on, String process, String tag, Way way) {
    RepositoryService repository = on.processes().getRepositoryService();
    KeptDiagrams.deploy(repository, process, KeptDiagrams.kept(process, tag));
    begin.run();
    waits(on);
    String before = version(repository, on).getId();
    KeptDiagrams.deploy(repository, process, KeptDiagrams.next(process));
    if (way == Way.IS_MOVED) {
      move(on, process);
      waits(on);
      assertThat(version(repository, on).getVersionTag()).isEqualTo("99.0.0");
    } else {
      assertThat(version(repository, on).getId()).isEqualTo(before);
    }
    Set<String> passed = passed(on);

    goOn.run();

    assertThat(on.openInstances()).isZero();
    assertThat(on.ends()).containsExactlyInAnyOrderElementsOf(ends);
    assertThat(on.incidents()).isZero();
    Met met = met(process, tag, way);
    met.cases.add(name);
    met.waits.addAll(places);
    on.history().stream()
        .filter(activity -> activity.getEndTime() != null && !activity.isCanceled())
        .filter(activity -> !passed.contains(activity.getId()))
        .forEach(activity -> met.eventsSince.add(activity.getActivityId()));
  }

  private static Set<String> passed(ProcessFixture on) {
    return on.history().stream()
        .filter(activity -> activity.getEndTime() != null)
        .map(HistoricActivityInstance::getId)
        .collect(Collectors.toSet());
  }

  /**
   * That with each kept diagram of a process each of its waits was met, and that each event that
   * ends a wait, or comes beside it, did so after the next diagram had come: once moved, once not.
   */
  static void requireAllMet(String process, List<UpgradeCase> cases) {
    Set<String> names = cases.stream().map(UpgradeCase::name).collect(Collectors.toSet());
    for (String tag : KeptDiagrams.tags(process)) {
      Diagram diagram = Diagram.of(KeptDiagrams.kept(process, tag));
      for (Way way : Way.values()) {
        Met met = met(process, tag, way);
        assumeThat(met.cases).as("the cases that were played").isEqualTo(names);
        assertThat(met.waits).as("%s %s %s", process, tag, way).containsAll(waitsOf(diagram));
        assertThat(met.eventsSince)
            .as("%s %s %s", process, tag, way)
            .containsAll(eventsThatMoveOn(diagram));
      }
    }
  }

  /** Of a gateway, a boundary, a wait of their own, or of a whole process. */
  private static Set<String> eventsThatMoveOn(Diagram diagram) {
    return diagram.all(Event.class).stream()
        .filter(
            event ->
                event instanceof BoundaryEvent
                    || event instanceof IntermediateCatchEvent
                    || (event instanceof StartEvent
                        && event.getParentElement() instanceof SubProcess))
        .map(Event::getId)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private void move(ProcessFixture on, String process) {
    Upgrades upgrades = on.engine.upgrades();
    UpgradePreview preview = upgrades.preview(RITA, process);
    assertThat(preview.obstacles()).isEmpty();
    assertThat(preview.earlier()).hasSize(1);
    assertThat(preview.earlier().get(0).places())
        .extracting(UpgradePreview.Place::activity)
        .containsExactlyInAnyOrderElementsOf(places);
    waits(on);

    UpgradeResult result = upgrades.perform(RITA, process, 10, "a new diagram");

    assertThat(result.left()).isEmpty();
    assertThat(result.upgraded()).isEqualTo(1);
  }

  private void waits(ProcessFixture on) {
    ProcessInstance instance = on.instance();
    assertThat(on.processes().getRuntimeService().getActiveActivityIds(instance.getId()))
        .as(name)
        .containsExactlyInAnyOrderElementsOf(places);
  }

  private static ProcessDefinition version(RepositoryService repository, ProcessFixture on) {
    return repository.getProcessDefinition(on.instance().getProcessDefinitionId());
  }

  /** Every element of a diagram in which an instance can wait. */
  static Set<String> waitsOf(Diagram diagram) {
    return diagram.all(FlowNode.class).stream()
        .filter(UpgradeCase::waits)
        .map(FlowNode::getId)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static boolean waits(FlowNode node) {
    if (node instanceof IntermediateCatchEvent) {
      return node.getPreviousNodes().list().stream().noneMatch(EventBasedGateway.class::isInstance);
    }
    return node instanceof UserTask
        || node instanceof ReceiveTask
        || node instanceof EventBasedGateway
        || (node instanceof ServiceTask task && "external".equals(task.getCamundaType()))
        || isAsynchronous(node);
  }

  static boolean isAsynchronous(FlowNode node) {
    return node instanceof Activity
        && !(node instanceof SubProcess)
        && (node.isCamundaAsyncBefore() || node.isCamundaAsyncAfter());
  }

  /**
   * What moves instances on that wait: time, messages and errors, and their beginnings and ends.
   */
  static Set<String> eventsOf(Diagram diagram) {
    return diagram.all(Event.class).stream()
        .map(Event::getId)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Each case with a kept diagram, in each way. */
  static Stream<Arguments> played(List<UpgradeCase> cases, String tag) {
    return cases.stream()
        .flatMap(one -> Stream.of(Way.values()).map(way -> Arguments.of(one, tag, way)));
  }

  @Override
  public String toString() {
    return name;
  }
}
