package io.acpbenefits.workflows;

import io.acpbenefits.AcpBenefits;
import io.acpbenefits.audit.Audit;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.Operation;
import io.acpbenefits.common.Page;
import io.acpbenefits.common.PageRequest;
import io.acpbenefits.common.Reason;
import io.acpbenefits.common.Refusal;
import io.acpbenefits.permission.Subject;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.ExternalTaskService;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.impl.bpmn.helper.BpmnProperties;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.persistence.entity.ExternalTaskEntity;
import org.camunda.bpm.engine.runtime.Incident;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.jspecify.annotations.Nullable;

/**
 * Which of the library's processes stand still, why, and what can be done; for operators of the
 * platform. Thread-safe.
 *
 * <p>A step that fails is tried again at growing intervals; when its tries are used up, it becomes
 * an incident and waits here. What waits for a decision of the domain (codes of members who have
 * left, held exam records) is with the entries of core.
 */
public final class Incidents {

  private final Supplier<AcpBenefits> benefits;
  private final Supplier<ProcessEngineConfigurationImpl> engine;
  private final Runnable flush;
  private final Consumer<ProcessInstanceId> nameAnew;
  private final String[] processes;

  Incidents(
      Supplier<AcpBenefits> benefits,
      Supplier<ProcessEngineConfigurationImpl> engine,
      Runnable flush,
      Consumer<ProcessInstanceId> nameAnew,
      List<String> processes) {
    this.benefits = benefits;
    this.engine = engine;
    this.flush = flush;
    this.nameAnew = nameAnew;
    this.processes = processes.toArray(String[]::new);
  }

  /**
   * What stands still.
   *
   * @param actor by default an operator or the system
   * @param page which part
   * @return those that have waited longest first
   * @throws Refusal NOT_PERMITTED; INVALID_INPUT if the page's key is not what the page before
   *     returned
   */
  public Page<ProcessIncident> open(Actor actor, PageRequest page) {
    benefits.get().access().require(actor, Operation.SEE_INCIDENTS, Subject.PROGRAMME);
    return asNobody(
        () -> {
          Page<Incident> found = new IncidentPages(engine.get(), processes).read(page);
          return new Page<>(described(found.items()), found.next());
        });
  }

  /**
   * What fails and will be tried again by itself: not an incident yet, and nothing that has to be
   * done. Reads the engine's jobs and external tasks from end to end, so it is for people who look.
   *
   * @param actor by default an operator or the system
   * @param page which part
   * @return in a fixed order, jobs and external tasks mixed; fewer than asked for if some were done
   *     at that moment
   * @throws Refusal NOT_PERMITTED
   */
  public Page<FailingStep> failing(Actor actor, PageRequest page) {
    benefits.get().access().require(actor, Operation.SEE_INCIDENTS, Subject.PROGRAMME);
    return asNobody(
        () -> new FailingSteps(engine.get(), processes).read(page, benefits.get().now()));
  }

  /**
   * How many there are.
   *
   * @param actor by default an operator or the system
   * @return the number
   * @throws Refusal NOT_PERMITTED
   */
  public long count(Actor actor) {
    benefits.get().access().require(actor, Operation.SEE_INCIDENTS, Subject.PROGRAMME);
    return asNobody(
        () ->
            engine
                .get()
                .getRuntimeService()
                .createIncidentQuery()
                .processDefinitionKeyIn(processes)
                .count());
  }

  /**
   * Has the step tried again at once, and if it still fails at all its intervals anew.
   *
   * @param actor by default an operator or the system
   * @param id which incident
   * @param why the reason, 1 to 500 characters; it goes to the audit, where the incident's id is
   *     the subject
   * @throws Refusal NOT_PERMITTED; NOT_FOUND if there is no such incident, or no longer;
   *     INVALID_INPUT without a reason; ILLEGAL_STATE if it is neither a failed job nor a failed
   *     external task, as only diagrams of the host's own have them
   */
  public void retry(Actor actor, IncidentId id, String why) {
    inTransaction(
        () -> {
          benefits.get().audit().intervened(actor, Operation.RETRY_INCIDENT, id, why);
          retry(incident(id));
        });
  }

  private void retry(Incident incident) {
    if (incident.getIncidentType().equals(Incident.EXTERNAL_TASK_HANDLER_TYPE)) {
      retryTask(incident.getConfiguration());
    } else {
      retryJob(job(incident));
    }
  }

  private void retryJob(Job job) {
    engine
        .get()
        .getManagementService()
        .setJobRetries(RetryIntervals.triesOf(job, engine.get()))
        .jobId(job.getId())
        .dueDate(Scope.date(benefits.get().now()))
        .execute();
  }

  private void retryTask(String id) {
    ExternalTaskService tasks = engine.get().getExternalTaskService();
    var task =
        (ExternalTaskEntity) tasks.createExternalTaskQuery().externalTaskId(id).singleResult();
    Map<String, String> properties =
        task.getExecution().getActivity().getProperties().get(BpmnProperties.EXTENSION_PROPERTIES);
    tasks.setRetries(id, GetCodesWorker.triesAtFirst(properties == null ? Map.of() : properties));
    // Somebody may have taken its tries away while the next one was still to come.
    tasks.unlock(id);
  }

  /**
   * Gives up what the process is about, in core, which ends the process. An application is canceled
   * (until codes have come), a join request rejected, an invitation taken back, a binding given up
   * (once its ids are to be checked). If the step that failed is still to be done, to tell somebody
   * for instance, it is tried again; with variables that name what it is about put right, as {@link
   * Disagreements#resolve} does.
   *
   * @param actor by default an operator or the system
   * @param id which incident
   * @param why the reason, 1 to 500 characters; it goes to the audit, where what is given up is the
   *     subject
   * @throws Refusal NOT_PERMITTED; NOT_FOUND if there is no such incident, or no longer;
   *     INVALID_INPUT without a reason; ILLEGAL_STATE if it cannot be given up, or not any more,
   *     with what to do instead
   */
  public void cancel(Actor actor, IncidentId id, String why) {
    benefits.get().access().require(actor, Operation.SEE_INCIDENTS, Subject.PROGRAMME);
    Audit.requireWhy(why);
    inTransaction(
        () -> {
          Incident found = incident(id);
          ProcessIncident incident = described(List.of(found)).get(0);
          // Its own steps on the way to its end would fail of them.
          nameAnew.accept(ProcessInstanceId.of(found.getProcessInstanceId()));
          new GivingUp(benefits.get(), actor, why)
              .of(
                  incident.process(),
                  incident.businessKey(),
                  engine.get().getRuntimeService().getVariables(found.getProcessInstanceId()));
          flush.run();
          Incident left = find(id);
          if (left != null) {
            retry(left);
          }
        });
  }

  /**
   * Puts variables of the process right that name what it is about, and has the step tried again at
   * once. These are {@code applicationId}; {@code invitationId} and {@code joinRequestId}; {@code
   * accountKey}, {@code examId} and {@code bindingId}. The values have to fit the business key. A
   * process that waits for core or a person has no incident: {@link Disagreements} finds it.
   *
   * <p>No other variable needs to be put right. What conditions read is set by the step before them
   * in the same transaction; so are the instants of timers, of which the engine keeps a copy with
   * the timer itself. All of it the steps take from core, so what is wrong there is put right
   * there.
   *
   * @param actor by default an operator or the system
   * @param id which incident
   * @param variables the right values by their names, all texts
   * @param why the reason, 1 to 500 characters; it goes to the audit, where the incident's id is
   *     the subject
   * @throws Refusal NOT_PERMITTED; NOT_FOUND if there is no such incident, or no longer;
   *     INVALID_INPUT without a reason or a variable, with another one, or with a value that does
   *     not fit; ILLEGAL_STATE as {@link #retry} says
   */
  public void correct(Actor actor, IncidentId id, Map<String, Object> variables, String why) {
    inTransaction(
        () -> {
          benefits.get().audit().intervened(actor, Operation.CORRECT_INCIDENT, id, why);
          Incident found = incident(id);
          ProcessIncident incident = described(List.of(found)).get(0);
          Corrections.require(
              benefits.get(), incident.process(), incident.businessKey(), variables);
          engine.get().getRuntimeService().setVariables(found.getProcessInstanceId(), variables);
          retry(found);
        });
  }

  private @Nullable Incident find(IncidentId id) {
    return engine
        .get()
        .getRuntimeService()
        .createIncidentQuery()
        .incidentId(id.value())
        .singleResult();
  }

  private Incident incident(IncidentId id) {
    Incident found = find(id);
    if (found == null || !keysOf(List.of(found)).containsKey(found.getProcessDefinitionId())) {
      throw Refusal.of(Reason.NOT_FOUND, "There is no open incident %s.", id);
    }
    return found;
  }

  private Job job(Incident incident) {
    Job job =
        incident.getIncidentType().equals(Incident.FAILED_JOB_HANDLER_TYPE)
            ? engine
                .get()
                .getManagementService()
                .createJobQuery()
                .jobId(incident.getConfiguration())
                .singleResult()
            : null;
    if (job == null) {
      throw Refusal.of(
          Reason.ILLEGAL_STATE,
          "The incident %s is of the kind %s; only failed jobs and tasks can be retried here.",
          incident.getId(),
          incident.getIncidentType());
    }
    return job;
  }

  private List<ProcessIncident> described(List<Incident> incidents) {
    Map<String, String> keys = keysOf(incidents);
    Map<String, String> businessKeys =
        businessKeysOf(
            engine.get(),
            incidents.stream().map(Incident::getProcessInstanceId).collect(Collectors.toSet()));
    return incidents.stream()
        .map(
            incident -> {
              Failure failure = failure(incident);
              return new ProcessIncident(
                  IncidentId.of(incident.getId()),
                  keys.getOrDefault(incident.getProcessDefinitionId(), ""),
                  businessKeys.getOrDefault(incident.getProcessInstanceId(), ""),
                  incident.getActivityId(),
                  incident.getIncidentTimestamp().toInstant(),
                  failure.type(),
                  failure.reason(),
                  failure.nextStep());
            })
        .toList();
  }

  private Failure failure(Incident incident) {
    ManagementService management = engine.get().getManagementService();
    if (incident.getIncidentType().equals(Incident.EXTERNAL_TASK_HANDLER_TYPE)) {
      return Failure.named(incident.getIncidentMessage());
    }
    boolean isJob = incident.getIncidentType().equals(Incident.FAILED_JOB_HANDLER_TYPE);
    return Failure.of(
        isJob ? management.getJobExceptionStacktrace(incident.getConfiguration()) : null);
  }

  private Map<String, String> keysOf(List<Incident> incidents) {
    Set<String> library = Set.of(processes);
    return incidents.stream()
        .map(Incident::getProcessDefinitionId)
        .distinct()
        .map(id -> engine.get().getRepositoryService().getProcessDefinition(id))
        .filter(definition -> library.contains(definition.getKey()))
        .collect(Collectors.toMap(d -> d.getId(), d -> d.getKey()));
  }

  static Map<String, String> businessKeysOf(
      ProcessEngineConfigurationImpl engine, Set<String> instances) {
    if (instances.isEmpty()) {
      return Map.of();
    }
    return engine
        .getRuntimeService()
        .createProcessInstanceQuery()
        .processInstanceIds(instances)
        .unlimitedList()
        .stream()
        .filter(instance -> instance.getBusinessKey() != null)
        .collect(Collectors.toMap(ProcessInstance::getId, ProcessInstance::getBusinessKey));
  }

  private void inTransaction(Runnable work) {
    asNobody(
        () ->
            benefits
                .get()
                .inTransaction(
                    () -> {
                      work.run();
                      return Boolean.TRUE;
                    }));
  }

  private <T> T asNobody(Supplier<T> work) {
    return Instances.asNobody(engine.get().getIdentityService(), work);
  }
}
