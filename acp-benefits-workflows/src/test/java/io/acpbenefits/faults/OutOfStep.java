package io.acpbenefits.faults;

import static io.acpbenefits.faults.World.RITA;

import io.acpbenefits.application.BenefitApplicationState;
import io.acpbenefits.common.PageRequest;
import io.acpbenefits.workflows.BenefitApplicationProcess;
import io.acpbenefits.workflows.CertificateBindingProcess;
import io.acpbenefits.workflows.Disagreement;
import io.acpbenefits.workflows.InvitationToApprovalProcess;
import java.util.Optional;
import java.util.function.Function;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.runtime.ProcessInstance;

/**
 * Processes and core that disagree: lost processes, wrong names, and what ended without its
 * process.
 */
final class OutOfStep {

  private static final String WHY = "looked into it";
  private static final PageRequest PAGE = PageRequest.first(500);

  /** A process and the end of its business key, which tell it from all others of its world. */
  private record Thing(String process, Function<World, String> ending) {

    static Thing application(int which) {
      return new Thing(
          BenefitApplicationProcess.KEY, w -> w.application(which).applicationId().value());
    }

    static Thing request(String who) {
      return new Thing(InvitationToApprovalProcess.KEY, w -> w.request(who).value());
    }

    static Thing attempt() {
      return new Thing(CertificateBindingProcess.KEY, w -> ":" + w.exam().value());
    }
  }

  private OutOfStep() {}

  static Story story() {
    return new Story("out of step")
        .after(Unanswered.withStock())
        .with(lost())
        .with(misnamed())
        .with(over());
  }

  private static Story lost() {
    return new Story("lost processes")
        .then("apply", w -> Stories.apply(w, 1, "0"))
        .then("lose the process", w -> lose(w, Thing.application(0)))
        .then("resolve disagreement", w -> resolve(w, Thing.application(0)))
        .then("approve", w -> Stories.approve(w, 0))
        .then("fulfilled", w -> untilFulfilled(w, 0))
        .then("request ivo", w -> Stories.join(w, "p", "ivo"))
        .then("lose the process of a request", w -> lose(w, Thing.request("ivo")))
        .then("resolve it for the request", w -> resolve(w, Thing.request("ivo")))
        .then(
            "approve ivo",
            w -> w.benefits().joinRequests().approve(w.person("olga"), w.request("ivo")))
        .then("bind in vain", w -> bindInVain(w, "lea"))
        .then("ids are to be checked", w -> untilToBeChecked(w))
        .then("lose the process of an attempt", w -> lose(w, Thing.attempt()))
        .then("resolve it for the attempt", w -> resolve(w, Thing.attempt()))
        .then(
            "give up",
            w ->
                w.benefits()
                    .bindings()
                    .giveUp(w.person("lea"), Stories.binding(w, "lea").bindingId()));
  }

  private static Story misnamed() {
    return new Story("wrong names")
        .then("apply", w -> Stories.apply(w, 1, "1"))
        .then("damage its name", w -> Unanswered.damage(w, 1))
        .then("resolve a wrong name", w -> resolve(w, Thing.application(1)))
        .then("approve", w -> Stories.approve(w, 1))
        .then("fulfilled", w -> untilFulfilled(w, 1));
  }

  /** Somebody has used the core alone, whose engine has not heard of it. */
  private static Story over() {
    return new Story("over")
        .then("apply", w -> Stories.apply(w, 1, "2"))
        .then("cancel without the process", OutOfStep::cancelWithoutProcess)
        .then("end the process", w -> resolve(w, Thing.application(2)))
        .then("request jan", w -> Stories.join(w, "p", "jan"))
        .then("reject without the process", OutOfStep::rejectWithoutProcess)
        .then("end the process of the request", w -> resolve(w, Thing.request("jan")))
        .then("bind in vain", w -> bindInVain(w, "mia"))
        .then("ids are to be checked", w -> untilToBeChecked(w))
        .then("give up without the process", OutOfStep::giveUpWithoutProcess)
        .then("end the process of the attempt", w -> resolve(w, Thing.attempt()));
  }

  private static void untilFulfilled(World w, int application) {
    Stories.until(w, () -> Stories.isIn(w, application, BenefitApplicationState.FULFILLED));
  }

  private static void bindInVain(World w, String who) {
    w.benefits().bindings().submit(w.person(who), w.exam(), w.ids(who));
  }

  /** Until the process has come to rest. */
  private static void untilToBeChecked(World w) {
    Stories.until(
        w,
        () ->
            w.engine()
                    .processEngine()
                    .getTaskService()
                    .createTaskQuery()
                    .processInstanceBusinessKeyLike("%:" + w.exam().value())
                    .taskDefinitionKey(CertificateBindingProcess.TASK_CHECK_IDS)
                    .count()
                > 0);
  }

  private static void cancelWithoutProcess(World w) {
    damage(w, Thing.application(2));
    w.counters().applications().cancel(w.person("olga"), w.application(2).applicationId());
  }

  private static void rejectWithoutProcess(World w) {
    damage(w, Thing.request("jan"));
    w.counters().joinRequests().reject(w.person("olga"), w.request("jan"));
  }

  private static void giveUpWithoutProcess(World w) {
    damage(w, Thing.attempt());
    w.counters().bindings().giveUp(w.person("mia"), Stories.binding(w, "mia").bindingId());
  }

  private static Optional<ProcessInstance> damage(World w, Thing thing) {
    Optional<ProcessInstance> instance = instance(w, thing.process, thing.ending.apply(w));
    instance.ifPresent(found -> w.outside().damage(found.getBusinessKey()));
    return instance;
  }

  private static void lose(World w, Thing thing) {
    damage(w, thing).ifPresent(found -> delete(w, found));
  }

  /** Loses the process that a variable tells from all others. */
  static void lose(World w, String variable, String value) {
    ProcessInstance found =
        runtime(w).createProcessInstanceQuery().variableValueEquals(variable, value).singleResult();
    w.outside().damage(found.getBusinessKey());
    delete(w, found);
  }

  private static void delete(World w, ProcessInstance instance) {
    w.changeEngine(
        engine -> engine.getRuntimeService().deleteProcessInstance(instance.getId(), "by mistake"));
  }

  private static RuntimeService runtime(World w) {
    return w.engine().processEngine().getRuntimeService();
  }

  private static Optional<ProcessInstance> instance(World w, String process, String ending) {
    return Optional.ofNullable(
        runtime(w)
            .createProcessInstanceQuery()
            .processDefinitionKey(process)
            .processInstanceBusinessKeyLike("%" + ending)
            .singleResult());
  }

  /** Whether anybody is on the way to the world's certificate. */
  static boolean hasAttempt(World w) {
    return instance(w, CertificateBindingProcess.KEY, ":" + w.exam().value()).isPresent();
  }

  private static void resolve(World w, Thing thing) {
    resolve(w, thing.process, thing.ending.apply(w));
  }

  static void resolve(World w, String process, String ending) {
    disagreement(w, process, ending)
        .ifPresent(found -> w.engine().disagreements().resolve(RITA, found, WHY));
  }

  private static Optional<Disagreement> disagreement(World w, String process, String ending) {
    Optional<PageRequest> next = Optional.of(PAGE);
    while (next.isPresent()) {
      var page = w.engine().disagreements().list(RITA, next.get());
      Optional<Disagreement> found =
          page.items().stream()
              .filter(one -> one.process().equals(process) && one.businessKey().endsWith(ending))
              .findFirst();
      if (found.isPresent()) {
        return found;
      }
      next = page.next().map(after -> new PageRequest(after, PAGE.size()));
    }
    return Optional.empty();
  }
}
