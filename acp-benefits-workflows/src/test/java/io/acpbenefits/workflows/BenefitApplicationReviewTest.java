package io.acpbenefits.workflows;

import static io.acpbenefits.application.BenefitApplicationState.ACTION_REQUIRED;
import static io.acpbenefits.application.BenefitApplicationState.CANCELED;
import static io.acpbenefits.application.BenefitApplicationState.DRAFT;
import static io.acpbenefits.application.BenefitApplicationState.FULFILLED;
import static io.acpbenefits.application.BenefitApplicationState.IN_REVIEW;
import static io.acpbenefits.application.BenefitApplicationState.REJECTED;
import static io.acpbenefits.workflows.BenefitApplicationProcess.TASK_REVIEW;
import static io.acpbenefits.workflows.ProcessFixture.GRANTED;
import static io.acpbenefits.workflows.ProcessFixture.OPERATOR;
import static io.acpbenefits.workflows.ProcessFixture.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.acpbenefits.Policies;
import io.acpbenefits.application.ApplicationPolicy;
import io.acpbenefits.application.BenefitApplicationId;
import io.acpbenefits.application.BenefitApplicationState;
import io.acpbenefits.application.BenefitApplications;
import io.acpbenefits.audit.AuditEntry;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.Operation;
import io.acpbenefits.common.PageRequest;
import io.acpbenefits.common.Reason;
import io.acpbenefits.notification.Notice;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.runtime.VariableInstance;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The process benefit-application where the policy wants each application reviewed. */
class BenefitApplicationReviewTest {

  private static final ApplicationPolicy REVIEWED =
      ApplicationPolicy.DEFAULT.withReview(true).withRetries(Duration.ofHours(1));

  @RegisterExtension
  static final ProcessFixture on = ProcessFixture.with(Policies.DEFAULT.with(REVIEWED));

  private static final Actor RITA = Actor.operator("rita");

  private static BenefitApplications applications() {
    return on.benefits.applications();
  }

  private static BenefitApplicationId submitted() {
    on.stock(1);
    BenefitApplicationId id = applications().apply(on.olga, on.acme, on.cloud, 1).applicationId();
    on.waitsAt(TASK_REVIEW);
    return id;
  }

  private static BenefitApplicationState state(BenefitApplicationId id) {
    return applications().get(Actor.system(), id).state();
  }

  @Test
  void approvingInTheTaskListFulfils() {
    BenefitApplicationId id = submitted();
    on.complete(OPERATOR, "approve");
    fulfilled(id);
  }

  @Test
  void approvingThroughTheApiFulfils() {
    BenefitApplicationId id = submitted();
    applications().approve(RITA, id);
    fulfilled(id);
  }

  private static void fulfilled(BenefitApplicationId id) {
    on.waitsAt("ServiceTask_GetCodes");
    on.time.runDueJobs();
    on.endedAt("EndEvent_ApplicationFulfilled");
    assertThat(state(id)).isEqualTo(FULFILLED);
  }

  @Test
  void rejectingInTheTaskListReleasesTheQuotaAndTells() {
    BenefitApplicationId id = submitted();
    on.complete(OPERATOR, "reject");
    rejected(id);
  }

  @Test
  void rejectingThroughTheApiReleasesTheQuotaAndTells() {
    BenefitApplicationId id = submitted();
    applications().reject(RITA, id);
    rejected(id);
  }

  private static void rejected(BenefitApplicationId id) {
    on.waitsAt("ServiceTask_TellRejected");
    on.time.runDueJobs();
    on.endedAt("EndEvent_ApplicationRejected");
    assertThat(state(id)).isEqualTo(REJECTED);
    assertThat(on.quota().available()).isEqualTo(GRANTED);
    assertThat(on.told).containsExactly(Notice.Kind.APPLICATION_REJECTED);
  }

  @Test
  void askingForMoreInTheTaskListWaitsForTheResubmission() {
    BenefitApplicationId id = submitted();
    on.complete(OPERATOR, "ask");
    resubmitted(id);
  }

  @Test
  void askingForMoreThroughTheApiWaitsForTheResubmission() {
    BenefitApplicationId id = submitted();
    applications().requireAction(RITA, id);
    resubmitted(id);
  }

  private static void resubmitted(BenefitApplicationId id) {
    on.waitsAt("Catch_ApplicationResubmitted");
    assertThat(state(id)).isEqualTo(ACTION_REQUIRED);
    assertThat(on.quota().held()).isEqualTo(1);
    on.time.advanceBy(Duration.ofDays(20));

    applications().submit(on.olga, id);

    on.waitsAt(TASK_REVIEW);
    assertThat(on.task().getDueDate().toInstant()).isEqualTo(on.now().plus(Duration.ofDays(7)));
    assertThat(on.quota().held()).isEqualTo(1);
    on.complete(OPERATOR, "approve");
    fulfilled(id);
  }

  private static void complete(Map<String, Object> variables) {
    String task = on.task().getId();
    on.as(OPERATOR, () -> on.processes().getTaskService().complete(task, variables));
  }

  private static Stream<AuditEntry> audited(BenefitApplicationId id, Operation operation) {
    return on
        .benefits
        .audit()
        .of(Actor.system(), id.value(), PageRequest.first(20))
        .items()
        .stream()
        .filter(entry -> entry.operation() == operation);
  }

  @Test
  void whyAReviewerDecidesSoIsInTheAuditAndNotInTheProcess() {
    BenefitApplicationId id = submitted();
    complete(Map.of("decision", "ask", "why", "fewer, please"));
    assertThat(audited(id, Operation.REQUIRE_ACTION))
        .extracting(AuditEntry::why)
        .containsExactly("fewer, please");
    assertThat(on.processes().getRuntimeService().createVariableInstanceQuery().list())
        .extracting(VariableInstance::getName)
        .doesNotContain("why");

    applications().revise(on.olga, id, on.cloud, 1);
    applications().submit(on.olga, id);
    complete(Map.of("decision", "approve", "why", "well explained"));
    assertThat(audited(id, Operation.APPROVE_APPLICATION))
        .extracting(AuditEntry::why)
        .containsExactly("well explained");
    fulfilled(id);

    BenefitApplicationId rejected = submitted();
    complete(Map.of("decision", "reject", "why", "too many"));
    assertThat(audited(rejected, Operation.REJECT_APPLICATION))
        .extracting(AuditEntry::why)
        .containsExactly("too many");
  }

  @Test
  void aReasonThatIsNoneVetoesTheCompletion() {
    BenefitApplicationId id = submitted();
    for (Object why : List.of(" ", "x".repeat(501), 7)) {
      assertThat(refusal(() -> complete(Map.of("decision", "approve", "why", why))))
          .isEqualTo(Reason.INVALID_INPUT);
    }
    assertThat(state(id)).isEqualTo(IN_REVIEW);
    on.waitsAt(TASK_REVIEW);
  }

  @Test
  void whatWasDecidedThroughTheApiCannotBeDecidedInTheTaskList() {
    BenefitApplicationId id = submitted();
    String task = on.task().getId();
    applications().reject(RITA, id);

    assertThatThrownBy(
            () ->
                on.as(
                    OPERATOR,
                    () ->
                        on.processes()
                            .getTaskService()
                            .complete(task, Map.of("decision", "approve"))))
        .isInstanceOf(ProcessEngineException.class);

    assertThat(state(id)).isEqualTo(REJECTED);
  }

  @Test
  void whatWasDecidedInTheTaskListCannotBeDecidedThroughTheApi() {
    BenefitApplicationId id = submitted();
    on.complete(OPERATOR, "reject");

    assertThat(refusal(() -> applications().approve(RITA, id))).isEqualTo(Reason.ILLEGAL_STATE);

    rejected(id);
  }

  @Test
  void thePartnerDoesNotReviewItsOwnApplication() {
    BenefitApplicationId id = submitted();

    assertThat(refusal(() -> on.complete(on.olga, "approve"))).isEqualTo(Reason.NOT_PERMITTED);

    on.waitsAt(TASK_REVIEW);
    assertThat(state(id)).isEqualTo(IN_REVIEW);
  }

  @Test
  void whoIsNotSignedInReviewsNothing() {
    BenefitApplicationId id = submitted();
    String task = on.task().getId();

    assertThat(
            refusal(
                () ->
                    on.processes().getTaskService().complete(task, Map.of("decision", "approve"))))
        .isEqualTo(Reason.NOT_PERMITTED);

    on.waitsAt(TASK_REVIEW);
    assertThat(state(id)).isEqualTo(IN_REVIEW);
  }

  @Test
  void aWordThatIsNoDecisionVetoes() {
    BenefitApplicationId id = submitted();

    assertThat(refusal(() -> on.complete(OPERATOR, "Approve"))).isEqualTo(Reason.INVALID_INPUT);

    on.waitsAt(TASK_REVIEW);
    assertThat(state(id)).isEqualTo(IN_REVIEW);
  }

  @Test
  void remindsTheReviewersOnceAndLeavesTheTaskOpen() {
    BenefitApplicationId id = submitted();
    assertThat(on.task().getDueDate().toInstant()).isEqualTo(on.now().plus(Duration.ofDays(7)));

    on.justBeforeAndAt(on.now().plus(Duration.ofDays(3)), () -> assertThat(on.told).isEmpty());

    assertThat(on.told).containsExactly(Notice.Kind.REVIEW_REMINDER);
    assertThat(on.ends()).containsExactly("EndEvent_ReviewersReminded");
    on.waitsAt(TASK_REVIEW);
    on.time.advanceBy(Duration.ofDays(100));
    assertThat(on.told).hasSize(1);
    applications().approve(RITA, id);
    on.time.runDueJobs();
    on.endedAt("EndEvent_ReviewersReminded", "EndEvent_ApplicationFulfilled");
  }

  @Test
  void aWithdrawalInterruptsTheReview() {
    BenefitApplicationId id = submitted();
    applications().cancel(on.olga, id);
    withdrawn(id, CANCELED);
  }

  @Test
  void aRecallInterruptsTheReview() {
    BenefitApplicationId id = submitted();
    applications().recall(on.olga, id);
    withdrawn(id, DRAFT);
  }

  @Test
  void aWithdrawalInterruptsTheWaitForTheResubmission() {
    BenefitApplicationId id = submitted();
    applications().requireAction(RITA, id);
    applications().cancel(on.olga, id);
    withdrawn(id, CANCELED);
  }

  private static void withdrawn(BenefitApplicationId id, BenefitApplicationState state) {
    on.waitsAt("SubProcess_Withdrawn", "ServiceTask_TellWithdrawn");
    on.time.advanceBy(Duration.ofDays(30));
    on.endedAt("EndEvent_ApplicationWithdrawn");
    assertThat(state(id)).isEqualTo(state);
    assertThat(on.quota().available()).isEqualTo(GRANTED);
    assertThat(on.told).containsExactly(Notice.Kind.APPLICATION_WITHDRAWN);
  }

  @Test
  void whatWasRecalledAndSubmittedAgainAtOnceIsReviewed() {
    BenefitApplicationId id = submitted();
    applications().recall(on.olga, id);
    applications().submit(on.olga, id);
    applications().approve(RITA, id);
    on.time.runDueJobs();

    assertThat(state(id)).isEqualTo(FULFILLED);
    assertThat(on.ends())
        .containsExactlyInAnyOrder(
            "EndEvent_ApplicationWithdrawn", "EndEvent_ApplicationFulfilled");
  }

  @Test
  void whatHappensInOneTransactionIsFollowed() {
    on.stock(1);
    BenefitApplicationId id =
        on.benefits.inTransaction(
            () -> {
              var application = applications().apply(on.olga, on.acme, on.cloud, 1);
              applications().requireAction(RITA, application.applicationId());
              applications().submit(on.olga, application.applicationId());
              applications().approve(RITA, application.applicationId());
              return application.applicationId();
            });
    fulfilled(id);
  }
}
