package io.acpbenefits.workflows;

import static org.assertj.core.api.Assertions.assertThat;

import io.acpbenefits.common.Actor;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.model.bpmn.instance.Activity;
import org.camunda.bpm.model.bpmn.instance.Event;
import org.camunda.bpm.model.bpmn.instance.EventBasedGateway;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.IntermediateCatchEvent;
import org.camunda.bpm.model.bpmn.instance.ReceiveTask;
import org.camunda.bpm.model.bpmn.instance.ServiceTask;
import org.camunda.bpm.model.bpmn.instance.SubProcess;
import org.camunda.bpm.model.bpmn.instance.UserTask;

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

  /** Plays it on an earlier diagram until it waits, and on after the next one has come. */
  void play(ProcessFixture on, String process, String earlier, Way way) {
    RepositoryService repository = on.processes().getRepositoryService();
    KeptDiagrams.deploy(repository, process, earlier);
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

    goOn.run();

    assertThat(on.openInstances()).isZero();
    assertThat(on.ends()).containsExactlyInAnyOrderElementsOf(ends);
    assertThat(on.incidents()).isZero();
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

  static Set<String> placesOf(Stream<UpgradeCase> cases) {
    return cases
        .flatMap(one -> one.places().stream())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Override
  public String toString() {
    return name;
  }
}
