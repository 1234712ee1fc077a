package io.acpbenefits.workflows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.acpbenefits.common.Reason;
import io.acpbenefits.common.Refusal;
import org.camunda.bpm.engine.runtime.Incident;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.builder.ProcessBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RefusalMappingTest {

  private final PlainHost host = new PlainHost();

  @AfterEach
  void close() {
    host.close();
  }

  @Test
  void aBoundaryEventWithTheReasonsNameCatchesTheRefusal() {
    start(process().withBoundaryEvent("QUOTA_EXCEEDED"));

    assertThat(waitsInCaught()).isTrue();
  }

  @Test
  void aBoundaryEventWithoutACodeCatchesTheRefusal() {
    host.deploy(
        Bpmn.createExecutableProcess("refusing")
            .startEvent()
            .serviceTask("refuse")
            .camundaDelegateExpression("${refuse}")
            .boundaryEvent()
            .error()
            .userTask("caught")
            .endEvent()
            .done());
    host.runtime().startProcessInstanceByKey("refusing");

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
    host.deploy(caller, process().withoutBoundaryEvent());
    host.runtime().startProcessInstanceByKey("calling");

    assertThat(waitsInCaught()).isTrue();
  }

  @Test
  void aRefusalThatIsCaughtTakesBackWhatTheTaskHadWritten() {
    start(process().withBoundaryEvent("QUOTA_EXCEEDED"));

    assertThat(waitsInCaught()).isTrue();
    assertThat(host.benefits().partners().find(FixtureProcesses.REFUSED)).isEmpty();
  }

  @Test
  void aRefusalThatNothingCatchesGoesThroughToTheCaller() {
    host.deploy(process().withoutBoundaryEvent());

    assertThatThrownBy(() -> host.runtime().startProcessInstanceByKey("refusing"))
        .isInstanceOfSatisfying(
            Refusal.class, r -> assertThat(r.reason()).isEqualTo(Reason.QUOTA_EXCEEDED));
    assertThat(host.benefits().partners().find(FixtureProcesses.REFUSED)).isEmpty();
  }

  @Test
  void aRefusalThatOnlyAnotherCodesEventStandsByForBecomesAnIncident() {
    host.deploy(
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
    host.runtime().startProcessInstanceByKey("refusing");
    var management = host.engine.getManagementService();
    Job job = management.createJobQuery().singleResult();
    management.setJobRetries(job.getId(), 1);

    assertThatThrownBy(() -> management.executeJob(job.getId())).isInstanceOf(Refusal.class);

    Incident incident = host.runtime().createIncidentQuery().singleResult();
    assertThat(incident.getIncidentMessage()).isEqualTo("Refused in refuse on purpose.");
    assertThat(incident.getActivityId()).isEqualTo("refuse");
    assertThat(waitsInCaught()).isFalse();
    assertThat(host.runtime().createProcessInstanceQuery().count()).isEqualTo(1);
  }

  private static Refusing process() {
    return new Refusing();
  }

  private void start(BpmnModelInstance model) {
    host.deploy(model);
    host.runtime().startProcessInstanceByKey("refusing");
  }

  private boolean waitsInCaught() {
    return host.tasks().createTaskQuery().taskDefinitionKey("caught").count() == 1;
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
