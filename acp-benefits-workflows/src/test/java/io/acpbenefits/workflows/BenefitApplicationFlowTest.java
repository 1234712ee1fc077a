package io.acpbenefits.workflows;

import static io.acpbenefits.application.BenefitApplicationState.CANCELED;
import static io.acpbenefits.application.BenefitApplicationState.FULFILLED;
import static io.acpbenefits.application.BenefitApplicationState.FULFILMENT_FAILED;
import static io.acpbenefits.workflows.BenefitApplicationProcess.TASK_DECIDE_ON_FAILURE;
import static io.acpbenefits.workflows.ProcessFixture.GRANTED;
import static io.acpbenefits.workflows.ProcessFixture.OPERATOR;
import static io.acpbenefits.workflows.ProcessFixture.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.acpbenefits.application.BenefitApplicationId;
import io.acpbenefits.application.BenefitApplicationState;
import io.acpbenefits.audit.AuditEntry;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.Operation;
import io.acpbenefits.common.PageRequest;
import io.acpbenefits.common.Reason;
import io.acpbenefits.notification.Notice;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The process benefit-application where the policy approves at once. */
class BenefitApplicationFlowTest {

  @RegisterExtension static final ProcessFixture on = ProcessFixture.open();

  private static BenefitApplicationId applied(int quantity) {
    return on.benefits.applications().apply(on.olga, on.acme, on.cloud, quantity).applicationId();
  }

  private static BenefitApplicationState state(BenefitApplicationId id) {
    return on.benefits.applications().get(Actor.system(), id).state();
  }

  private static BenefitApplicationId failed() {
    BenefitApplicationId id = applied(2);
    on.time.advanceBy(Duration.ofDays(8));
    on.waitsAt(TASK_DECIDE_ON_FAILURE);
    return id;
  }

  @Test
  void getsTheCodesAndTellsThePartner() {
    on.stock(2);
    BenefitApplicationId id = applied(2);
    on.waitsAt("ServiceTask_GetCodes");
    assertThat(on.instance().getBusinessKey()).isEqualTo(id.value());

    on.time.runDueJobs();

    on.endedAt("EndEvent_ApplicationFulfilled");
    assertThat(state(id)).isEqualTo(FULFILLED);
    assertThat(on.benefits.examCodes().ofApplication(Actor.system(), id.value())).hasSize(2);
    assertThat(on.quota().consumed()).isEqualTo(2);
    assertThat(on.told).containsExactly(Notice.Kind.CODES_ISSUED);
  }

  @Test
  void triesAgainAtThePolicysIntervalsThenAsksAPersonAndKeepsTheHold() {
    Instant t = on.now();
    BenefitApplicationId id = applied(2);
    on.time.advanceBy(Duration.ofDays(30));

    Instant second = t.plus(Duration.ofHours(1));
    Instant third = second.plus(Duration.ofHours(6));
    Instant fourth = third.plus(Duration.ofDays(1));
    Instant fifth = fourth.plus(Duration.ofDays(2));
    Instant sixth = fifth.plus(Duration.ofDays(4));
    assertThat(on.entered("ServiceTask_GetCodes"))
        .containsExactly(t, second, third, fourth, fifth, sixth);
    on.waitsAt(TASK_DECIDE_ON_FAILURE);
    assertThat(state(id)).isEqualTo(FULFILMENT_FAILED);
    assertThat(on.quota().held()).isEqualTo(2);
    assertThat(on.incidents()).isZero();
  }

  @Test
  void waitsForTheNextTryToTheSecond() {
    applied(1);
    on.time.runDueJobs();
    on.waitsAt("Catch_NextTry");
    on.stock(1);

    on.justBeforeAndAt(on.now().plus(Duration.ofHours(1)), () -> on.waitsAt("Catch_NextTry"));

    on.endedAt("EndEvent_ApplicationFulfilled");
  }

  @Test
  void takesNothingWhileThereIsTooLittle() {
    on.stock(1);
    BenefitApplicationId id = applied(2);
    on.time.runDueJobs();

    on.waitsAt("Catch_NextTry");
    assertThat(on.benefits.embeddedBenefitCenter().orElseThrow().free(Actor.system(), on.cloud))
        .isEqualTo(1);
    assertThat(on.benefits.examCodes().ofApplication(Actor.system(), id.value())).isEmpty();
  }

  @Test
  void aPersonHasItTriedAgainFromTheTaskList() {
    BenefitApplicationId id = failed();
    on.stock(2);

    on.complete(OPERATOR, "retry");
    on.waitsAt("ServiceTask_GetCodes");
    on.time.runDueJobs();

    on.endedAt("EndEvent_ApplicationFulfilled");
    assertThat(state(id)).isEqualTo(FULFILLED);
  }

  @Test
  void whatIsGivenUpThroughTheApiIsForAPersonToDecide() {
    BenefitApplicationId id = applied(2);
    on.time.runDueJobs();
    on.waitsAt("Catch_NextTry");

    on.benefits.applications().giveUp(Actor.operator("rita"), id);
    on.waitsAt(TASK_DECIDE_ON_FAILURE);

    on.complete(OPERATOR, "retry");
    on.waitsAt("ServiceTask_GetCodes");
    on.benefits.applications().giveUp(Actor.operator("rita"), id);
    on.waitsAt(TASK_DECIDE_ON_FAILURE);
    on.time.runDueJobs();
    assertThat(on.incidents()).isZero();

    on.stock(2);
    on.benefits.applications().retry(Actor.operator("rita"), id);
    on.time.runDueJobs();
    on.endedAt("EndEvent_ApplicationFulfilled");
  }

  @Test
  void whatIsFulfilledThroughTheApiDoesNotWaitForTheNextTry() {
    BenefitApplicationId id = applied(2);
    on.time.runDueJobs();
    on.waitsAt("Catch_NextTry");
    on.stock(2);

    on.benefits.applications().fulfil(Actor.operator("rita"), id);
    on.time.runDueJobs();

    on.endedAt("EndEvent_ApplicationFulfilled");
  }

  @Test
  void aPersonCanSayWhyItIsTriedAgainOrCanceled() {
    BenefitApplicationId id = failed();
    for (String decision : List.of("retry", "cancel")) {
      String task = on.task().getId();
      Map<String, Object> said = Map.of("decision", decision, "why", "to " + decision);
      on.as(OPERATOR, () -> on.processes().getTaskService().complete(task, said));
      on.time.runDueJobs();
      if (decision.equals("retry")) {
        on.time.advanceBy(Duration.ofDays(30));
      }
    }
    assertThat(state(id)).isEqualTo(CANCELED);
    assertThat(on.benefits.audit().of(Actor.system(), id.value(), PageRequest.first(50)).items())
        .filteredOn(
            entry ->
                Set.of(Operation.RETRY_FULFILMENT, Operation.CANCEL_APPLICATION)
                    .contains(entry.operation()))
        .extracting(AuditEntry::why)
        .containsExactly("to retry", "to cancel");
  }

  @Test
  void aPersonHasItTriedAgainThroughTheApi() {
    BenefitApplicationId id = failed();
    on.stock(2);

    on.benefits.applications().retry(Actor.operator("rita"), id);
    on.waitsAt("ServiceTask_GetCodes");
    on.time.runDueJobs();

    on.endedAt("EndEvent_ApplicationFulfilled");
    assertThat(state(id)).isEqualTo(FULFILLED);
  }

  @Test
  void aRetryThatFailsBeginsTheIntervalsAnew() {
    failed();
    on.complete(OPERATOR, "retry");
    on.time.runDueJobs();
    on.waitsAt("Catch_NextTry");

    on.time.advanceBy(Duration.ofDays(8));

    on.waitsAt(TASK_DECIDE_ON_FAILURE);
    assertThat(on.entered("ServiceTask_GetCodes")).hasSize(12);
  }

  @Test
  void aPersonCancelsAfterTheFailure() {
    BenefitApplicationId id = failed();

    on.complete(OPERATOR, "cancel");
    on.waitsAt("ServiceTask_TellCanceled");
    on.time.runDueJobs();

    on.endedAt("EndEvent_ApplicationCanceledAfterFailure");
    assertThat(state(id)).isEqualTo(CANCELED);
    assertThat(on.quota().available()).isEqualTo(GRANTED);
    assertThat(on.told).containsExactly(Notice.Kind.APPLICATION_WITHDRAWN);
  }

  @Test
  void aWithdrawalInterruptsTheWaitForCodes() {
    withdraw(applied(1));
  }

  @Test
  void aWithdrawalInterruptsTheWaitForTheNextTry() {
    BenefitApplicationId id = applied(1);
    on.time.runDueJobs();
    on.waitsAt("Catch_NextTry");

    withdraw(id);
  }

  @Test
  void aWithdrawalInterruptsTheDecisionOnAFailure() {
    withdraw(failed());
  }

  private static void withdraw(BenefitApplicationId id) {
    on.benefits.applications().cancel(on.olga, id);
    on.waitsAt("SubProcess_Withdrawn", "ServiceTask_TellWithdrawn");
    on.time.advanceBy(Duration.ofDays(30));

    on.endedAt("EndEvent_ApplicationWithdrawn");
    assertThat(state(id)).isEqualTo(CANCELED);
    assertThat(on.quota().available()).isEqualTo(GRANTED);
    assertThat(on.told).containsExactly(Notice.Kind.APPLICATION_WITHDRAWN);
  }

  @Test
  void aWordThatIsNoDecisionVetoes() {
    BenefitApplicationId id = failed();

    assertThat(refusal(() -> on.complete(OPERATOR, "approve"))).isEqualTo(Reason.INVALID_INPUT);
    assertThat(
            refusal(
                () ->
                    on.as(
                        OPERATOR,
                        () -> on.processes().getTaskService().complete(on.task().getId()))))
        .isEqualTo(Reason.INVALID_INPUT);

    on.waitsAt(TASK_DECIDE_ON_FAILURE);
    assertThat(state(id)).isEqualTo(FULFILMENT_FAILED);
  }

  @Test
  void whoIsNotSignedInDecidesNothing() {
    BenefitApplicationId id = failed();

    assertThat(
            refusal(
                () ->
                    on.processes()
                        .getTaskService()
                        .complete(on.task().getId(), Map.of("decision", "cancel"))))
        .isEqualTo(Reason.NOT_PERMITTED);

    on.waitsAt(TASK_DECIDE_ON_FAILURE);
    assertThat(state(id)).isEqualTo(FULFILMENT_FAILED);
  }

  @Test
  void thePartnerCannotHaveItTriedAgainButCanCancel() {
    BenefitApplicationId id = failed();

    assertThat(refusal(() -> on.complete(on.olga, "retry"))).isEqualTo(Reason.NOT_PERMITTED);
    on.complete(on.olga, "cancel");

    assertThat(state(id)).isEqualTo(CANCELED);
  }

  @Test
  void whatIsRefusedOtherwiseBecomesAnIncidentAndGoesOnOnceItIsMended() {
    on.stock(1);
    BenefitApplicationId id = applied(1);
    on.benefits.partners().suspend(Actor.system(), on.acme, "asked for");
    on.time.advanceBy(Duration.ofDays(1));

    on.waitsAt("ServiceTask_GetCodes");
    assertThat(on.incidents()).isEqualTo(1);
    assertThat(on.quota().held()).isEqualTo(1);

    on.benefits.partners().reinstate(Actor.system(), on.acme, "asked for");
    on.tryOnceMore();

    on.endedAt("EndEvent_ApplicationFulfilled");
    assertThat(state(id)).isEqualTo(FULFILLED);
  }

  @Test
  void aRefusedSubmissionStartsNothing() {
    assertThat(refusal(() -> applied((int) GRANTED + 1))).isEqualTo(Reason.QUOTA_EXCEEDED);

    assertThat(on.history()).isEmpty();
  }

  @Test
  void aDraftBeginsNothingUntilItIsSubmitted() {
    var draft = on.benefits.applications().draft(on.olga, on.acme, on.cloud, 1);
    var given = on.benefits.applications().draft(on.olga, on.acme, on.cloud, 1);
    on.benefits.applications().cancel(on.olga, given.applicationId());
    assertThat(on.history()).isEmpty();

    on.benefits.applications().submit(on.olga, draft.applicationId());

    on.waitsAt("ServiceTask_GetCodes");
  }

  @Test
  void applicationsOfOneTransactionAreTwoInstances() {
    on.stock(2);
    List<BenefitApplicationId> ids =
        on.benefits.inTransaction(() -> List.of(applied(1), applied(1)));
    on.time.runDueJobs();

    on.endedAt("EndEvent_ApplicationFulfilled", "EndEvent_ApplicationFulfilled");
    assertThat(ids).allSatisfy(id -> assertThat(state(id)).isEqualTo(FULFILLED));
  }
}
