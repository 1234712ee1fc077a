package io.acpbenefits.workflows;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.ProcessEngineConfiguration;
import org.camunda.bpm.engine.repository.DeploymentBuilder;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.camunda.bpm.model.bpmn.instance.Activity;
import org.camunda.bpm.model.bpmn.instance.BaseElement;
import org.camunda.bpm.model.bpmn.instance.BoundaryEvent;
import org.camunda.bpm.model.bpmn.instance.CatchEvent;
import org.camunda.bpm.model.bpmn.instance.ConditionExpression;
import org.camunda.bpm.model.bpmn.instance.Error;
import org.camunda.bpm.model.bpmn.instance.Event;
import org.camunda.bpm.model.bpmn.instance.EventBasedGateway;
import org.camunda.bpm.model.bpmn.instance.ExclusiveGateway;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.Gateway;
import org.camunda.bpm.model.bpmn.instance.Message;
import org.camunda.bpm.model.bpmn.instance.Process;
import org.camunda.bpm.model.bpmn.instance.SequenceFlow;
import org.camunda.bpm.model.bpmn.instance.ServiceTask;
import org.camunda.bpm.model.bpmn.instance.TimeCycle;
import org.camunda.bpm.model.bpmn.instance.TimeDate;
import org.camunda.bpm.model.bpmn.instance.TimeDuration;
import org.camunda.bpm.model.bpmn.instance.TimerEventDefinition;
import org.camunda.bpm.model.bpmn.instance.UserTask;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaFailedJobRetryTimeCycle;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaProperties;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaTaskListener;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The house rules of the diagrams: what a reader, a designer and the engine may rely on. */
class DiagramsTest {

  private static final Path PICTURES = Path.of("../docs/processes");
  private static final String VARIABLE = "\\$\\{[a-z][A-Za-z]*}";
  private static final String DELEGATE = "\\$\\{acp[A-Z][A-Za-z]*}";

  static Stream<Diagram> diagrams() {
    return Diagram.all();
  }

  @ParameterizedTest
  @MethodSource("diagrams")
  void isNamedLikeItsFileAndCanBeDeployed(Diagram diagram) {
    Process process = diagram.process();

    assertThat(process.getId()).isEqualTo(diagram.id()).matches("[a-z]+(-[a-z]+)*");
    assertThat(process.isExecutable()).isTrue();
    assertThat(process.getCamundaHistoryTimeToLiveString()).matches("P\\d+D");
    assertThat(process.getCamundaVersionTag()).matches("\\d+\\.\\d+\\.\\d+");
  }

  @ParameterizedTest
  @MethodSource("diagrams")
  void namesWhatAReaderSees(Diagram diagram) {
    assertThat(diagram.all(FlowNode.class))
        .filteredOn(node -> !(node instanceof Gateway) || splits(node))
        .allSatisfy(node -> assertThat(node.getName()).as(node.getId()).isNotBlank());
    assertThat(diagram.all(ExclusiveGateway.class))
        .filteredOn(DiagramsTest::splits)
        .flatExtracting(FlowNode::getOutgoing)
        .allSatisfy(flow -> assertThat(flow.getName()).as(flow.getId()).isNotBlank());
    assertThat(diagram.all(Gateway.class))
        .filteredOn(DiagramsTest::splits)
        .allSatisfy(gateway -> assertThat(gateway.getName()).as(gateway.getId()).endsWith("?"));
  }

  @ParameterizedTest
  @MethodSource("diagrams")
  void documentsEveryElement(Diagram diagram) {
    List<BaseElement> documented =
        Stream.of(Process.class, FlowNode.class, Message.class, Error.class)
            .<BaseElement>flatMap(type -> diagram.all(type).stream())
            .toList();
    List<SequenceFlow> answers =
        diagram.all(SequenceFlow.class).stream().filter(flow -> flow.getName() != null).toList();

    assertThat(Stream.concat(documented.stream(), answers.stream()))
        .allSatisfy(
            element ->
                assertThat(element.getDocumentations())
                    .as(element.getId())
                    .singleElement()
                    .satisfies(text -> assertThat(text.getTextContent()).endsWith(".")));
  }

  @ParameterizedTest
  @MethodSource("diagrams")
  void givesIdsThatSpeak(Diagram diagram) {
    assertThat(diagram.all(FlowNode.class))
        .allSatisfy(node -> assertThat(node.getId()).matches(prefix(node) + "_[A-Z][A-Za-z]+"));
    assertThat(diagram.all(SequenceFlow.class))
        .allSatisfy(
            flow ->
                assertThat(flow.getId())
                    .isEqualTo("Flow_" + words(flow.getSource()) + "_" + words(flow.getTarget())));
    assertThat(diagram.all(Message.class))
        .allSatisfy(message -> assertThat(message.getId()).matches("Message_[A-Z][A-Za-z]+"))
        .allSatisfy(message -> assertThat(message.getName()).matches("acp(\\.[a-z]+(-[a-z]+)*)"));
    assertThat(diagram.all(Error.class))
        .allSatisfy(error -> assertThat(error.getId()).matches("Error_[A-Z][A-Za-z]+"))
        .allSatisfy(error -> assertThat(error.getErrorCode()).isEqualTo(error.getName()));
  }

  @ParameterizedTest
  @MethodSource("diagrams")
  void keepsConstantsOutOfTimers(Diagram diagram) {
    assertThat(diagram.all(TimerEventDefinition.class)).isNotEmpty();
    assertThat(diagram.all(TimeDate.class))
        .hasSameSizeAs(diagram.all(TimerEventDefinition.class))
        .allSatisfy(date -> assertThat(date.getTextContent()).matches(VARIABLE));
    assertThat(diagram.all(TimeDuration.class)).isEmpty();
    assertThat(diagram.all(TimeCycle.class)).isEmpty();
    assertThat(diagram.all(UserTask.class))
        .filteredOn(task -> task.getCamundaDueDate() != null)
        .allSatisfy(task -> assertThat(task.getCamundaDueDate()).matches(VARIABLE));
  }

  @ParameterizedTest
  @MethodSource("diagrams")
  void callsOnlyDelegatesOfThisLibrary(Diagram diagram) {
    assertThat(diagram.all(ServiceTask.class))
        .filteredOn(task -> !isExternal(task))
        .isNotEmpty()
        .allSatisfy(
            task ->
                assertThat(task.getCamundaDelegateExpression()).as(task.getId()).matches(DELEGATE));
    assertThat(diagram.all(CamundaTaskListener.class))
        .hasSameSizeAs(diagram.all(UserTask.class))
        .allSatisfy(
            listener ->
                assertThat(listener.getCamundaDelegateExpression()).isNotNull().matches(DELEGATE));
  }

  /** A port is called in an external task, which runs outside of the engine's transactions. */
  @ParameterizedTest
  @MethodSource("diagrams")
  void leavesExternalTasksToTheWorkersOfThisLibrary(Diagram diagram) {
    assertThat(diagram.all(ServiceTask.class))
        .filteredOn(DiagramsTest::isExternal)
        .allSatisfy(
            task -> {
              assertThat(task.getCamundaTopic())
                  .as(task.getId())
                  .isEqualTo(BenefitApplicationProcess.TOPIC_GET_CODES);
              assertThat(task.getCamundaDelegateExpression()).as(task.getId()).isNull();
              // It waits anyway; a job before it would only delay it.
              assertThat(task.isCamundaAsyncBefore()).as(task.getId()).isFalse();
              assertThat(
                      task.getExtensionElements()
                          .getElementsQuery()
                          .filterByType(CamundaProperties.class)
                          .singleResult()
                          .getCamundaProperties())
                  .filteredOn(property -> property.getCamundaName().equals("retryTimeCycle"))
                  .singleElement()
                  .satisfies(
                      property ->
                          assertThat(property.getCamundaValue().split(",")).hasSizeGreaterThan(3));
            });
  }

  @ParameterizedTest
  @MethodSource("diagrams")
  void decidesOnVariablesOnly(Diagram diagram) {
    assertThat(diagram.all(ConditionExpression.class))
        .isNotEmpty()
        .allSatisfy(
            condition ->
                assertThat(condition.getTextContent())
                    .as("a comparison of variables, without calls or properties")
                    .matches("\\$\\{[A-Za-z_'= -]+}"));
    assertThat(diagram.all(ExclusiveGateway.class))
        .filteredOn(DiagramsTest::splits)
        .flatExtracting(FlowNode::getOutgoing)
        .map(SequenceFlow.class::cast)
        .allSatisfy(
            flow ->
                assertThat(flow.getConditionExpression() != null)
                    .as("%s has a condition or is the default", flow.getId())
                    .isNotEqualTo(flow.equals(((ExclusiveGateway) flow.getSource()).getDefault())));
  }

  /** Without the list a failed job burns its three tries within seconds. */
  @ParameterizedTest
  @MethodSource("diagrams")
  void spreadsTheRetriesOfEveryJob(Diagram diagram) {
    assertThat(diagram.all(FlowNode.class))
        .filteredOn(node -> node.isCamundaAsyncBefore() || hasTimer(node))
        .isNotEmpty()
        .allSatisfy(
            node ->
                assertThat(retries(node))
                    .as(node.getId())
                    .singleElement()
                    .satisfies(cycle -> assertThat(cycle.split(",")).hasSizeGreaterThan(3)));
  }

  /** A timer on a synchronous task never fires, because the task never waits. */
  @ParameterizedTest
  @MethodSource("diagrams")
  void attachesNoTimerToATaskThatDoesNotWait(Diagram diagram) {
    assertThat(diagram.all(BoundaryEvent.class))
        .filteredOn(DiagramsTest::hasTimer)
        .allSatisfy(
            event -> {
              Activity task = event.getAttachedTo();
              assertThat(
                      !(task instanceof ServiceTask service)
                          || isExternal(service)
                          || task.isCamundaAsyncBefore())
                  .as(event.getId())
                  .isTrue();
            });
  }

  /** Two flows into one task look like a wait for both; a gateway says that either will do. */
  @ParameterizedTest
  @MethodSource("diagrams")
  void mergesInGatewaysOnly(Diagram diagram) {
    assertThat(diagram.all(FlowNode.class))
        .allSatisfy(
            node ->
                assertThat(node.getIncoming().size() > 1)
                    .as("%s merges", node.getId())
                    .isEqualTo(node instanceof ExclusiveGateway && !splits(node)));
  }

  @ParameterizedTest
  @MethodSource("diagrams")
  void hasAPictureOfThisVeryVersion(Diagram diagram) throws IOException {
    String picture = Files.readString(PICTURES.resolve(diagram.id() + ".svg"));

    assertThat(picture)
        .as("docs/processes/README.md says how to render the picture anew")
        .contains("data-source-sha256=\"" + diagram.sha256() + "\"");
    assertThat(picture).doesNotContain("<script", "href", "<image", "@import");
    assertThat(Files.readString(PICTURES.resolve("README.md")))
        .contains("](" + diagram.id() + ".svg)");
  }

  @Test
  void deploysOnABareEngine() {
    ProcessEngine engine =
        ProcessEngineConfiguration.createStandaloneInMemProcessEngineConfiguration()
            .setJdbcUrl("jdbc:h2:mem:diagrams")
            .setProcessEngineName("diagrams")
            .setJobExecutorActivate(false)
            .buildProcessEngine();
    try {
      DeploymentBuilder deployment = engine.getRepositoryService().createDeployment();
      diagrams().forEach(diagram -> deployment.addString(diagram.id() + ".bpmn", diagram.text()));
      deployment.deploy();

      assertThat(engine.getRepositoryService().createProcessDefinitionQuery().list())
          .extracting(ProcessDefinition::getKey)
          .containsExactlyInAnyOrderElementsOf(diagrams().map(Diagram::id).toList());
    } finally {
      engine.close();
    }
  }

  private static boolean isExternal(ServiceTask task) {
    return "external".equals(task.getCamundaType());
  }

  private static boolean splits(FlowNode node) {
    return node.getOutgoing().size() > 1;
  }

  private static boolean hasTimer(FlowNode node) {
    return node instanceof CatchEvent event
        && event.getEventDefinitions().stream().anyMatch(TimerEventDefinition.class::isInstance);
  }

  private static Collection<String> retries(FlowNode node) {
    if (node.getExtensionElements() == null) {
      return List.of();
    }
    return node
        .getExtensionElements()
        .getElementsQuery()
        .filterByType(CamundaFailedJobRetryTimeCycle.class)
        .list()
        .stream()
        .map(CamundaFailedJobRetryTimeCycle::getTextContent)
        .toList();
  }

  private static String prefix(FlowNode node) {
    if (node instanceof EventBasedGateway) {
      return "EventGateway";
    }
    if (node instanceof Gateway) {
      return "Gateway";
    }
    if (node instanceof BoundaryEvent) {
      return "Boundary";
    }
    String type = node.getElementType().getTypeName();
    if (node instanceof Event && type.startsWith("intermediateCatch")) {
      return "Catch";
    }
    return Character.toUpperCase(type.charAt(0)) + type.substring(1);
  }

  private static String words(FlowNode node) {
    return node.getId().substring(node.getId().indexOf('_') + 1);
  }
}
