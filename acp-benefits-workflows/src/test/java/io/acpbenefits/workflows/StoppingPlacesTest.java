package io.acpbenefits.workflows;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.CatchEvent;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.ServiceTask;
import org.camunda.bpm.model.bpmn.instance.TimerEventDefinition;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The page for operators names every element whose job or external task can fail for good. */
class StoppingPlacesTest {

  static Iterable<String> resources() {
    return Processes.RESOURCES;
  }

  @ParameterizedTest
  @MethodSource("resources")
  void everyPlaceWhereAProcessCanStopIsOnThePage(String resource) throws IOException {
    String page = Files.readString(Path.of("..", "docs", "operations.md"));
    try (InputStream in = Objects.requireNonNull(getClass().getResourceAsStream("/" + resource))) {
      BpmnModelInstance diagram = Bpmn.readModelFromStream(in);
      assertThat(diagram.getModelElementsByType(FlowNode.class))
          .filteredOn(StoppingPlacesTest::canStop)
          .isNotEmpty()
          .allSatisfy(node -> assertThat(page).contains("`" + node.getId() + "`"));
    }
  }

  private static boolean canStop(FlowNode node) {
    return node.isCamundaAsyncBefore()
        || (node instanceof ServiceTask task && task.getCamundaTopic() != null)
        || (node instanceof CatchEvent event
            && event.getEventDefinitions().stream()
                .anyMatch(TimerEventDefinition.class::isInstance));
  }
}
