package io.acpbenefits.workflows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.acpbenefits.common.Actor;
import io.acpbenefits.common.Reason;
import io.acpbenefits.common.Refusal;
import org.camunda.bpm.engine.runtime.Incident;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.builder.ProcessBuilder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RefusalMappingTest {

  /** One for all tests, since starting it takes longer than any of them. */
  private static final PlainHost HOST = new PlainHost();

  @AfterEach
  void endInstances() {
    HOST.endInstances();
  }

  @AfterAll
  static void close() {
    HOST.close();
  }

  @Test
  void aBoundaryEventWithTheReasonsNameCatchesTheRefusal() {
    start(process().withBoundaryEvent("QUOTA_EXCEEDED"));

    assertThat(waitsInCaught()).isTrue();
  }

  @Test
  void aBoundaryEventWithoutACodeCatchesTheRefusal() {
    HOST.deploy(
        Bpmn.createExecutableProcess("refusing")
            .startEvent()
            .serviceTask("refuse")
            .camundaDelegateExpression("${refuse}")
            .boundaryEvent()
            .error()
            .userTask("caught")
            .endEvent()
            .done());
    HOST.runtime().startProcessInstanceByKey("refusing");

    assertThat(waitsInCaught()).isTrue();
  }

  @Test
  void anEventSubprocessAroundTheTaskCatchesTheRefusal() {
    ProcessBuilder process = Bpmn.createExecutableProcess("refusing");
    BpmnModelInstance model =
        process
            .startEvent()
            .subProcess()
            .embeddedSubProcess()
            .startEvent()
            .serviceTask("refuse")
            .camundaDelegateExpression("${refuse}")
            .endEvent()
            .subProcessDone()
            .endEvent()
            .done();
    process.eventSubProcess().startEvent().error("QUOTA_EXCEEDED").userTask("caught").endEvent();
    start(model);

    assertThat(waitsInCaught()).isTrue();
  }

  @Test
  void aBoundaryEventOfTheCallingProcessCatchesTheRefusal() {
    BpmnModelInstance caller =
        Bpmn.createExecutableProcess("calling")
            .startEvent()
            .callActivity("call")
            .calledElement("refusing")
            .boundaryEvent()
            .error("QUOTA_EXCEEDED")
            .userTask("caught")
            .endEvent()
            .done();
    HOST.deploy(caller, process().withoutBoundaryEvent());
    HOST.runtime().startProcessInstanceByKey("calling");

    assertThat(waitsInCaught()).isTrue();
  }

  @Test
  void aRefusalThatIsCaughtTakesBackWhatTheTaskHadWritten() {
    start(process().withBoundaryEvent("QUOTA_EXCEEDED"));

    assertThat(waitsInCaught()).isTrue();
    assertThat(HOST.benefits().partners().find(Actor.system(), FixtureProcesses.REFUSED)).isEmpty();
  }

  @Test
  void aRefusalThatNothingCatchesGoesThroughToTheCaller() {
    HOST.deploy(process().withoutBoundaryEvent());

    assertThatThrownBy(() -> HOST.runtime().startProcessInstanceByKey("refusing"))
        .isInstanceOfSatisfying(
            Refusal.class, r -> assertThat(r.reason()).isEqualTo(Reason.QUOTA_EXCEEDED));
    assertThat(HOST.benefits().partners().find(Actor.system(), FixtureProcesses.REFUSED)).isEmpty();
  }

  @Test
  void aRefusalThatOnlyAnotherCodesEventStandsByForBecomesAnIncident() {
    HOST.deploy(
        Bpmn.createExecutableProcess("refusing")
            .startEvent()
            .serviceTask("refuse")
            .camundaAsyncBefore()
            .camundaDelegateExpression("${refuse}")
            .boundaryEvent()
            .error("EXAM_RETIRED")
            .userTask("caught")
            .endEvent()
            .done());
    HOST.runtime().startProcessInstanceByKey("refusing");
    var management = HOST.engine.getManagementService();
    Job job = management.createJobQuery().singleResult();
    management.setJobRetries(job.getId(), 1);

    assertThatThrownBy(() -> management.executeJob(job.getId())).isInstanceOf(Refusal.class);

    Incident incident = HOST.runtime().createIncidentQuery().singleResult();
    assertThat(incident.getIncidentMessage()).isEqualTo("Refused in refuse on purpose.");
    assertThat(incident.getActivityId()).isEqualTo("refuse");
    assertThat(waitsInCaught()).isFalse();
    assertThat(HOST.runtime().createProcessInstanceQuery().count()).isEqualTo(1);
  }

  private static Refusing process() {
    return new Refusing();
  }

  private void start(BpmnModelInstance model) {
    HOST.deploy(model);
    HOST.runtime().startProcessInstanceByKey("refusing");
  }

  private boolean waitsInCaught() {
    return HOST.tasks().createTaskQuery().taskDefinitionKey("caught").count() == 1;
  }

  /** A process whose only task is refused. */
  private static final class Refusing {

    BpmnModelInstance withBoundaryEvent(String code) {
      return Bpmn.createExecutableProcess("refusing")
          .startEvent()
          .serviceTask("refuse")
          .camundaDelegateExpression("${refuse}")
          .boundaryEvent()
          .error(code)
          .userTask("caught")
          .endEvent()
          .done();
    }

    BpmnModelInstance withoutBoundaryEvent() {
      return Bpmn.createExecutableProcess("refusing")
          .startEvent()
          .serviceTask("refuse")
          .camundaDelegateExpression("${refuse}")
          .endEvent()
          .done();
    }
  }
}
