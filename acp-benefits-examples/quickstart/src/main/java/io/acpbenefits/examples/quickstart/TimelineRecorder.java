package io.acpbenefits.examples.quickstart;

import io.acpbenefits.AcpBenefits;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.impl.bpmn.parser.AbstractBpmnParseListener;
import org.camunda.bpm.engine.impl.bpmn.parser.BpmnParseListener;
import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.incident.DefaultIncidentHandler;
import org.camunda.bpm.engine.impl.incident.IncidentContext;
import org.camunda.bpm.engine.impl.incident.IncidentHandler;
import org.camunda.bpm.engine.impl.persistence.entity.ProcessDefinitionEntity;
import org.camunda.bpm.engine.impl.pvm.process.ActivityImpl;
import org.camunda.bpm.engine.impl.pvm.process.ScopeImpl;
import org.camunda.bpm.engine.impl.util.xml.Element;
import org.camunda.bpm.engine.runtime.Incident;
import org.jspecify.annotations.Nullable;

/**
 * Writes down what the processes do, in the transaction in which they do it, so that a step that is
 * rolled back was never written.
 */
final class TimelineRecorder extends AbstractProcessEnginePlugin {

  private final Played played;
  private final Map<String, String> reachedEnds = new HashMap<>();
  private @Nullable AcpBenefits benefits;
  private @Nullable String currentRow;

  TimelineRecorder(Played played) {
    this.played = played;
  }

  void recordInto(AcpBenefits library) {
    this.benefits = library;
  }

  /** Instances that begin from now on were begun by this row. */
  void playing(String row) {
    this.currentRow = row;
  }

  @Override
  public void preInit(ProcessEngineConfigurationImpl configuration) {
    configuration.setCustomPostBPMNParseListeners(
        new ArrayList<>(List.<BpmnParseListener>of(new Listeners())));
    configuration.setCustomIncidentHandlers(
        new ArrayList<>(List.<IncidentHandler>of(new Incidents())));
  }

  private void write(DelegateExecution execution, String element, String event) {
    String definition = execution.getProcessDefinitionId();
    write(
        definition.substring(0, definition.indexOf(':')),
        execution.getProcessInstanceId(),
        element,
        event);
  }

  private void write(String process, String instance, String element, String event) {
    AcpBenefits library = Objects.requireNonNull(benefits);
    library.withConnection(
        connection -> {
          if (event.equals("started")) {
            played.began(connection, instance, currentRow);
          }
          played.happened(connection, library.now(), process, instance, element, event);
          return true;
        });
  }

  private final class Listeners extends AbstractBpmnParseListener {

    @Override
    public void parseProcess(Element element, ProcessDefinitionEntity definition) {
      definition.addListener(
          ExecutionListener.EVENTNAME_START,
          (ExecutionListener) execution -> write(execution, currentActivity(execution), "started"));
      definition.addListener(
          ExecutionListener.EVENTNAME_END,
          (ExecutionListener) execution -> write(execution, lastEndEvent(execution), "ended"));
    }

    /** Within an event subprocess the instance ends at that, and the reader wants its end event. */
    private String lastEndEvent(DelegateExecution execution) {
      String reached = reachedEnds.remove(execution.getProcessInstanceId());
      return reached == null ? currentActivity(execution) : reached;
    }

    private String currentActivity(DelegateExecution execution) {
      String activity = execution.getCurrentActivityId();
      return activity == null ? "" : activity;
    }

    private void listen(ActivityImpl activity, @Nullable String arrival) {
      String id = activity.getId();
      activity.addListener(
          ExecutionListener.EVENTNAME_START,
          (ExecutionListener) execution -> write(execution, id, "entered"));
      activity.addListener(
          ExecutionListener.EVENTNAME_END,
          (ExecutionListener)
              execution -> {
                if (arrival != null && !execution.isCanceled()) {
                  write(execution, id, arrival);
                }
                write(execution, id, "left");
              });
    }

    private @Nullable String arrivalOf(Element event) {
      if (event.element("timerEventDefinition") != null) {
        return "timer-fired";
      }
      return event.element("messageEventDefinition") != null ? "message-received" : null;
    }

    @Override
    public void parseStartEvent(Element element, ScopeImpl scope, ActivityImpl activity) {
      if (!(scope instanceof ProcessDefinitionEntity)) {
        listen(activity, arrivalOf(element));
      }
    }

    @Override
    public void parseIntermediateCatchEvent(
        Element element, ScopeImpl scope, ActivityImpl activity) {
      listen(activity, arrivalOf(element));
    }

    @Override
    public void parseBoundaryEvent(Element element, ScopeImpl scope, ActivityImpl activity) {
      listen(activity, arrivalOf(element));
    }

    @Override
    public void parseReceiveTask(Element element, ScopeImpl scope, ActivityImpl activity) {
      listen(activity, "message-received");
    }

    @Override
    public void parseEndEvent(Element element, ScopeImpl scope, ActivityImpl activity) {
      listen(activity, null);
      activity.addListener(
          ExecutionListener.EVENTNAME_START,
          (ExecutionListener)
              execution -> reachedEnds.put(execution.getProcessInstanceId(), activity.getId()));
    }

    @Override
    public void parseServiceTask(Element element, ScopeImpl scope, ActivityImpl activity) {
      listen(activity, null);
    }

    @Override
    public void parseUserTask(Element element, ScopeImpl scope, ActivityImpl activity) {
      listen(activity, null);
    }

    @Override
    public void parseExclusiveGateway(Element element, ScopeImpl scope, ActivityImpl activity) {
      listen(activity, null);
    }

    @Override
    public void parseEventBasedGateway(Element element, ScopeImpl scope, ActivityImpl activity) {
      listen(activity, null);
    }

    @Override
    public void parseSubProcess(Element element, ScopeImpl scope, ActivityImpl activity) {
      listen(activity, null);
    }
  }

  private final class Incidents extends DefaultIncidentHandler {

    Incidents() {
      super(Incident.FAILED_JOB_HANDLER_TYPE);
    }

    @Override
    public Incident handleIncident(IncidentContext context, String message) {
      Incident incident = super.handleIncident(context, message);
      String definition = context.getProcessDefinitionId();
      write(
          definition.substring(0, definition.indexOf(':')),
          incident.getProcessInstanceId(),
          context.getActivityId(),
          "incident");
      return incident;
    }
  }
}
