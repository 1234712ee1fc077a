package io.acpbenefits.workflows;

import io.acpbenefits.workflows.Counterpart.Names;
import io.acpbenefits.workflows.Counterpart.Standing;
import io.acpbenefits.workflows.Disagreements.Suspect;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.variable.type.ValueType;
import org.camunda.bpm.engine.variable.value.StringValue;
import org.camunda.bpm.engine.variable.value.TypedValue;
import org.jspecify.annotations.Nullable;

/** Compares one process instance, or one thing of the domain, with its counterpart. */
final class InstanceCheck {

  private static final String[] NAMES = {
    BenefitApplicationProcess.APPLICATION_ID,
    InvitationToApprovalProcess.INVITATION_ID,
    InvitationToApprovalProcess.REQUEST_ID,
    CertificateBindingProcess.ACCOUNT_KEY,
    CertificateBindingProcess.EXAM_ID,
    CertificateBindingProcess.BINDING_ID
  };
  private static final String NOTHING_OPEN = "What it is about is over in the domain.";

  private final Embedding embedding;
  private final Supplier<ProcessEngineConfigurationImpl> engine;
  private final List<Counterpart> counterparts;

  InstanceCheck(
      Embedding embedding,
      Supplier<ProcessEngineConfigurationImpl> engine,
      List<Counterpart> counterparts) {
    this.embedding = embedding;
    this.engine = engine;
    this.counterparts = counterparts;
  }

  private RuntimeService runtime() {
    return engine.get().getRuntimeService();
  }

  /** The instances by their ids. The engine's own query cannot begin behind one. */
  List<Suspect> instances(String after, int size) {
    ManagementService management = engine.get().getManagementService();
    String sql =
        """
        SELECT E.* FROM %s E JOIN %s D ON D.ID_ = E.PROC_DEF_ID_
        WHERE E.PARENT_ID_ IS NULL AND D.KEY_ IN (#{first}, #{second}, #{third}) AND E.ID_ > #{after}
        ORDER BY E.ID_"""
            .formatted(
                management.getTableName(ProcessInstance.class),
                management.getTableName(ProcessDefinition.class));
    return runtime()
        .createNativeProcessInstanceQuery()
        .sql(sql)
        .parameter("first", Processes.KEYS.get(0))
        .parameter("second", Processes.KEYS.get(1))
        .parameter("third", Processes.KEYS.get(2))
        .parameter("after", after)
        .listPage(0, size)
        .stream()
        .map(instance -> new Suspect(instance.getId(), () -> twice(instance.getId())))
        .toList();
  }

  Optional<Disagreement> anew(Counterpart counterpart, Disagreement found) {
    return found.instance().isPresent()
        ? found.instance().flatMap(instance -> look(instance.value()))
        : missing(counterpart, found.businessKey());
  }

  /** First the instances: what is open before and after has been open meanwhile. */
  Optional<Disagreement> missing(Counterpart counterpart, String businessKey) {
    if (!new Instances(embedding, counterpart.process()).find(businessKey).isEmpty()) {
      return Optional.empty();
    }
    Standing standing = counterpart.standing(businessKey);
    return standing.open()
        ? Optional.of(Disagreement.noProcess(counterpart.process(), businessKey, standing.state()))
        : Optional.empty();
  }

  /** It may have moved while it was looked at, from one kind of step to another for instance. */
  private Optional<Disagreement> twice(String instance) {
    return look(instance).flatMap(first -> look(instance));
  }

  private Optional<Disagreement> look(String id) {
    ProcessInstance instance =
        runtime().createProcessInstanceQuery().processInstanceId(id).singleResult();
    if (instance == null) {
      return Optional.empty();
    }
    Counterpart counterpart = of(instance);
    String businessKey = instance.getBusinessKey() == null ? "" : instance.getBusinessKey();
    Standing standing =
        businessKey.isEmpty() ? Standing.UNKNOWN : counterpart.standing(businessKey);
    ProcessInstanceId named = ProcessInstanceId.of(id);
    if (!standing.open() && !endsByItself(counterpart, standing, id)) {
      return stillThere(id)
          ? Optional.of(
              Disagreement.nothingOpen(counterpart.process(), businessKey, named, standing.state()))
          : Optional.empty();
    }
    return names(counterpart, businessKey, id).fine() || !stillThere(id)
        ? Optional.empty()
        : Optional.of(
            Disagreement.wrongNames(counterpart.process(), businessKey, named, standing.state()));
  }

  private Counterpart of(ProcessInstance instance) {
    String key =
        engine
            .get()
            .getRepositoryService()
            .getProcessDefinition(instance.getProcessDefinitionId())
            .getKey();
    return counterparts.stream()
        .filter(each -> each.process().equals(key))
        .findFirst()
        .orElseThrow();
  }

  private boolean stillThere(String id) {
    return runtime().createProcessInstanceQuery().processInstanceId(id).count() > 0;
  }

  /** What is to be done still, or stands still as an incident, leads it to its end. */
  private boolean endsByItself(Counterpart counterpart, Standing standing, String id) {
    return standing.known()
        && (isMoving(id)
            || (counterpart.workerEnds(standing)
                && embedding.externalTasks().createExternalTaskQuery().processInstanceId(id).count()
                    > 0));
  }

  private boolean isMoving(String id) {
    ManagementService management = engine.get().getManagementService();
    // Where the domain's time has come, its timer may be due at the end of that second only.
    Instant due = Scope.timer(embedding.benefits().now()).toInstant();
    return management.createJobQuery().processInstanceId(id).messages().count() > 0
        || management
                .createJobQuery()
                .processInstanceId(id)
                .timers()
                .duedateLowerThan(Scope.date(due.plusMillis(1)))
                .count()
            > 0;
  }

  private Names names(Counterpart counterpart, String businessKey, String id) {
    // Unlike getVariables, this does not mind that an instance ends at this moment.
    Map<String, Object> variables = new HashMap<>();
    runtime()
        .createVariableInstanceQuery()
        .variableScopeIdIn(id)
        .variableNameIn(NAMES)
        .disableCustomObjectDeserialization()
        .unlimitedList()
        .forEach(variable -> variables.put(variable.getName(), text(variable.getTypedValue())));
    return counterpart.names(businessKey, variables, isMoving(id));
  }

  /** Whatever else somebody has put there is not read: it may be of a class that nobody has. */
  private static @Nullable Object text(TypedValue value) {
    boolean readable = value instanceof StringValue || value.getType() == ValueType.NULL;
    return readable ? value.getValue() : value;
  }

  void end(ProcessInstanceId instance) {
    runtime().deleteProcessInstance(instance.value(), NOTHING_OPEN, true, true, true);
  }

  void name(ProcessInstanceId id) {
    ProcessInstance instance =
        runtime().createProcessInstanceQuery().processInstanceId(id.value()).singleResult();
    if (instance != null && instance.getBusinessKey() != null) {
      Names names = names(of(instance), instance.getBusinessKey(), id.value());
      runtime().setVariables(id.value(), names.right());
      runtime().removeVariables(id.value(), names.none());
    }
  }
}
