package io.acpbenefits.faults;

import static io.acpbenefits.faults.World.RITA;

import io.acpbenefits.application.BenefitApplicationState;
import io.acpbenefits.certificate.BindingState;
import io.acpbenefits.examrecord.ExamOutcome;
import io.acpbenefits.invitation.JoinRequestState;
import io.acpbenefits.organization.Role;
import io.acpbenefits.workflows.BenefitApplicationProcess;
import io.acpbenefits.workflows.CertificateBindingProcess;
import io.acpbenefits.workflows.InvitationToApprovalProcess;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.task.Task;

/** What people decide in a task list, and what overtakes a process where it waits. */
final class TaskLists {

  private static final String WHY = "found out later";

  private TaskLists() {}

  static Story story() {
    return new Story("task lists")
        .after(Stories.withQuota())
        .with(applications())
        .with(requests())
        .with(attempts());
  }

  /** Unless somebody has decided before. */
  private static void decide(
      World w, String task, String key, String user, String decision, BooleanSupplier decided) {
    Stories.until(w, () -> decided.getAsBoolean() || complete(w, task, key, user, decision));
  }

  private static boolean complete(
      World w, String definition, String key, String user, String decision) {
    TaskService tasks = w.engine().processEngine().getTaskService();
    IdentityService identities = w.engine().processEngine().getIdentityService();
    List<Task> found =
        tasks
            .createTaskQuery()
            .taskDefinitionKey(definition)
            .processInstanceBusinessKeyLike(key)
            .list();
    identities.setAuthenticatedUserId(user);
    try {
      found.forEach(task -> tasks.complete(task.getId(), Map.of("decision", decision)));
    } finally {
      identities.clearAuthentication();
    }
    return !found.isEmpty();
  }

  private static String application(World w) {
    return w.application(0).applicationId().value();
  }

  private static boolean isIn(World w, BenefitApplicationState state) {
    return Stories.isIn(w, 0, state);
  }

  private static Story applications() {
    return new Story("applications")
        .then("apply", w -> Stories.apply(w, 1, "1"))
        .then(
            "approve in the task list",
            w ->
                decide(
                    w,
                    BenefitApplicationProcess.TASK_REVIEW,
                    application(w),
                    Host.OPERATOR + "rita",
                    "approve",
                    () -> !isIn(w, BenefitApplicationState.IN_REVIEW)))
        .then(
            "retry in the task list",
            w ->
                decide(
                    w,
                    BenefitApplicationProcess.TASK_DECIDE_ON_FAILURE,
                    application(w),
                    Host.OPERATOR + "rita",
                    "retry",
                    () -> false))
        .then(
            "cancel in the task list",
            w ->
                decide(
                    w,
                    BenefitApplicationProcess.TASK_DECIDE_ON_FAILURE,
                    application(w),
                    Host.OPERATOR + "rita",
                    "cancel",
                    () -> isIn(w, BenefitApplicationState.CANCELED)));
  }

  private static Story requests() {
    return new Story("requests")
        .then("request ivy", w -> Stories.join(w, "p", "ivy"))
        .then(
            "approve ivy in the task list",
            w ->
                decide(
                    w,
                    InvitationToApprovalProcess.TASK_DECIDE,
                    w.request("ivy").value(),
                    w.id("olga").value(),
                    "approve",
                    () ->
                        w.benefits().joinRequests().get(RITA, w.request("ivy")).state()
                            == JoinRequestState.APPROVED))
        .then("request jon", w -> Stories.join(w, "p", "jon"))
        .with(Stories.otherPartner())
        .then(
            "admit jon elsewhere",
            w ->
                w.benefits()
                    .organizations()
                    .admit(RITA, w.organization("q"), w.id("jon"), Role.MEMBER))
        .then(
            "reject jon, who is elsewhere",
            w -> w.benefits().joinRequests().reject(w.person("olga"), w.request("jon")));
  }

  private static Story attempts() {
    return new Story("attempts")
        .then(
            "bind dan in vain",
            w -> w.benefits().bindings().submit(w.person("dan"), w.exam(), w.ids("dan")))
        .then(
            "give up in the task list",
            w ->
                decide(
                    w,
                    CertificateBindingProcess.TASK_CHECK_IDS,
                    "%:" + w.exam().value(),
                    w.id("dan").value(),
                    "give-up",
                    () -> Stories.binding(w, "dan").state() == BindingState.FAILED))
        .then("register kim", w -> Stories.selfPaid(w, "kim"))
        .then("pass of kim", w -> Stories.receive(w, "kim", ExamOutcome.PASS))
        .then(
            "invalidate what kim has not bound",
            w ->
                w.benefits().examRecords().of(RITA, w.id("kim"), w.exam()).stream()
                    .findFirst()
                    .ifPresent(
                        record ->
                            w.benefits().examRecords().invalidate(RITA, record.recordId(), WHY)));
  }
}
