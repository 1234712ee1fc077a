package io.acpbenefits.workflows;

import static io.acpbenefits.application.BenefitApplicationState.APPROVED;
import static io.acpbenefits.application.BenefitApplicationState.CANCELED;
import static io.acpbenefits.application.BenefitApplicationState.FULFILLED;
import static io.acpbenefits.workflows.ProcessFixture.GRANTED;
import static org.assertj.core.api.Assertions.assertThat;

import io.acpbenefits.AcpBenefits;
import io.acpbenefits.application.BenefitApplicationId;
import io.acpbenefits.application.BenefitApplicationState;
import io.acpbenefits.benefitcenter.BenefitCenter;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.Reason;
import io.acpbenefits.common.Refusal;
import io.acpbenefits.exam.ExamId;
import io.acpbenefits.examcode.CodeText;
import io.acpbenefits.notification.Notice;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.camunda.bpm.engine.runtime.Incident;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How the process gets codes from a Benefit Center outside, which may do anything. */
class GetCodesTest {

  private interface Step {
    void run();
  }

  private static final class Outside implements BenefitCenter {

    final Map<String, List<CodeText>> handedOut = new HashMap<>();
    final List<String> givenBack = new ArrayList<>();
    private int printed;
    private int asked;
    Step before = () -> {};
    Step after = () -> {};

    @Override
    public List<CodeText> handOut(String applicationId, ExamId exam, int quantity) {
      asked++;
      before.run();
      List<CodeText> codes =
          handedOut.computeIfAbsent(
              applicationId,
              id ->
                  IntStream.range(0, quantity)
                      .mapToObj(i -> CodeText.parse("SECRET%05d".formatted(printed++)))
                      .toList());
      after.run();
      return codes;
    }

    @Override
    public void giveBack(String applicationId) {
      handedOut.remove(applicationId);
      givenBack.add(applicationId);
    }

    void reset() {
      asked = 0;
      before = () -> {};
      after = () -> {};
    }
  }

  private static final Outside CENTER = new Outside();

  @RegisterExtension static final ProcessFixture on = ProcessFixture.with(CENTER);

  @BeforeEach
  void fresh() {
    CENTER.reset();
    CENTER.givenBack.clear();
  }

  private static BenefitApplicationId applied() {
    return on.benefits.applications().apply(on.olga, on.acme, on.cloud, 2).applicationId();
  }

  private static BenefitApplicationState state(BenefitApplicationId id) {
    return on.benefits.applications().get(Actor.system(), id).state();
  }

  private static void allOnce(BenefitApplicationId id) {
    on.endedAt("EndEvent_ApplicationFulfilled");
    assertThat(state(id)).isEqualTo(FULFILLED);
    assertThat(on.benefits.examCodes().ofApplication(Actor.system(), id.value())).hasSize(2);
    assertThat(on.quota().consumed()).isEqualTo(2);
    assertThat(on.quota().held()).isZero();
    assertThat(on.told).containsExactly(Notice.Kind.CODES_ISSUED);
    assertThat(CENTER.givenBack).isEmpty();
  }

  @Test
  void asksWhileNoTransactionRunsAndNoIncidentIsOpenEvenInTheLastTry() {
    List<Long> incidents = new ArrayList<>();
    CENTER.before =
        () -> {
          // Refused inside a transaction.
          on.benefits.runPortCalls();
          incidents.add(on.incidents());
          if (CENTER.asked < 6) {
            throw new IllegalStateException("timed out");
          }
        };
    BenefitApplicationId id = applied();
    on.time.advanceBy(Duration.ofDays(1));

    assertThat(incidents).containsExactly(0L, 0L, 0L, 0L, 0L, 0L);
    allOnce(id);
  }

  @Test
  void anAnswerThatIsLostIsAskedForAgain() {
    CENTER.after =
        () -> {
          if (CENTER.asked < 3) {
            throw new IllegalStateException("connection reset");
          }
        };
    BenefitApplicationId id = applied();
    on.time.advanceBy(Duration.ofMinutes(6));

    assertThat(CENTER.asked).isEqualTo(3);
    allOnce(id);
    assertThat(CENTER.handedOut.get(id.value())).hasSize(2);
  }

  @Test
  void whatFailsForGoodSaysWhatItWasWithoutTheWordsAndKeepsTheHold() {
    CENTER.after =
        () -> {
          throw new IllegalStateException("SECRET of olga@example.org");
        };
    BenefitApplicationId id = applied();
    on.time.advanceBy(Duration.ofDays(1));

    assertThat(on.processes().getRuntimeService().createIncidentQuery().singleResult())
        .extracting(Incident::getIncidentType, Incident::getIncidentMessage)
        .containsExactly(
            Incident.EXTERNAL_TASK_HANDLER_TYPE, IllegalStateException.class.getName());
    assertThat(EngineTables.of(on.processes()).text())
        .contains(id.value())
        .doesNotContain("SECRET", "example.org");
    assertThat(state(id)).isEqualTo(APPROVED);
    assertThat(on.quota().held()).isEqualTo(2);
    assertThat(on.quota().consumed()).isZero();

    CENTER.reset();
    on.tryOnceMore();
    allOnce(id);
  }

  @Test
  void anErrorOfAnAdapterCountsAsAFailureToo() {
    CENTER.before =
        () -> {
          if (CENTER.asked == 1) {
            throw new NoClassDefFoundError("adapter");
          }
        };
    BenefitApplicationId id = applied();
    assertThat(catching(on.time::runDueJobs)).isInstanceOf(NoClassDefFoundError.class);
    on.waitsAt("ServiceTask_GetCodes");
    assertThat(on.externalTask().getRetries()).isEqualTo(5);

    on.time.advanceBy(Duration.ofMinutes(1));
    allOnce(id);
  }

  private static Throwable catching(Step step) {
    try {
      step.run();
    } catch (Throwable thrown) {
      return thrown;
    }
    throw new AssertionError("nothing was thrown");
  }

  @Test
  void whatIsCanceledWhileItIsAskedForGetsNoCodesAndTheyAreGivenBack() {
    BenefitApplicationId id = applied();
    CENTER.after = () -> on.benefits.applications().cancel(on.olga, id);
    on.time.runDueJobs();

    on.endedAt("EndEvent_ApplicationWithdrawn");
    assertThat(state(id)).isEqualTo(CANCELED);
    assertThat(on.benefits.examCodes().ofApplication(Actor.system(), id.value())).isEmpty();
    assertThat(on.quota().available()).isEqualTo(GRANTED);
    assertThat(on.incidents()).isZero();
    assertThat(CENTER.handedOut).containsKey(id.value());

    on.time.advanceBy(Duration.ofMinutes(5));
    assertThat(CENTER.givenBack).containsExactly(id.value());
    assertThat(CENTER.handedOut).doesNotContainKey(id.value());
  }

  @Test
  void aPartnerSuspendedMeanwhileIsTriedAgainAndGetsTheSameCodes() {
    BenefitApplicationId id = applied();
    CENTER.after =
        () -> {
          if (CENTER.asked == 1) {
            on.benefits.partners().suspend(Actor.system(), on.acme, "asked for");
          }
        };
    on.time.runDueJobs();
    on.waitsAt("ServiceTask_GetCodes");
    assertThat(on.externalTask().getErrorMessage()).isEqualTo("PARTNER_SUSPENDED");
    List<CodeText> codes = CENTER.handedOut.get(id.value());

    on.benefits.partners().reinstate(Actor.system(), on.acme, "asked for");
    on.time.advanceBy(Duration.ofMinutes(1));
    allOnce(id);
    assertThat(CENTER.handedOut).containsEntry(id.value(), codes);
  }

  @Test
  void whoeverFulfilsThroughTheApiMovesTheProcess() {
    BenefitApplicationId id = applied();
    on.benefits.applications().fulfil(Actor.operator("rita"), id);
    on.waitsAt("ServiceTask_TellPartner");

    on.time.runDueJobs();
    allOnce(id);
    assertThat(CENTER.asked).isEqualTo(1);
  }

  @Test
  void whoeverFulfilsWhileTheWorkerHasItInHandIsNotDisturbed() {
    BenefitApplicationId id = applied();
    CENTER.before =
        () -> {
          if (CENTER.asked == 1) {
            on.benefits.applications().fulfil(Actor.operator("rita"), id);
          }
        };
    on.time.runDueJobs();

    assertThat(CENTER.asked).isEqualTo(2);
    allOnce(id);
  }

  @Test
  void theWorkerFindsOutWhatWasFulfilledBehindTheProcesssBack() {
    BenefitApplicationId id = applied();
    try (AcpBenefits apart = on.apart(CENTER)) {
      apart.applications().fulfil(Actor.system(), id);
    }
    on.waitsAt("ServiceTask_GetCodes");
    on.time.runDueJobs();

    assertThat(CENTER.asked).isEqualTo(1);
    allOnce(id);
  }

  @Test
  void aSuspendedInstanceWaitsAndGoesOnWithWhatWasFulfilledMeanwhile() {
    BenefitApplicationId id = applied();
    String instance = on.instance().getId();
    on.processes().getRuntimeService().suspendProcessInstanceById(instance);
    on.time.advanceBy(Duration.ofDays(1));
    assertThat(CENTER.asked).isZero();
    on.benefits.applications().fulfil(Actor.operator("rita"), id);

    on.processes().getRuntimeService().activateProcessInstanceById(instance);
    on.time.runDueJobs();
    allOnce(id);
    assertThat(CENTER.asked).isEqualTo(1);
  }

  @Test
  void aRefusalThatADiagramDoesNotCatchIsAnIncident() {
    String caught = "errorCode=\"OUT_OF_STOCK\"";
    Diagram shipped =
        Diagram.all().filter(d -> d.id().equals(BenefitApplicationProcess.KEY)).findFirst().get();
    assertThat(shipped.text()).contains(caught);
    String deployment =
        on.processes()
            .getRepositoryService()
            .createDeployment()
            .addString(
                "catches-nothing.bpmn", shipped.text().replace(caught, "errorCode=\"OTHER\""))
            .deploy()
            .getId();
    try {
      CENTER.before =
          () -> {
            throw Refusal.of(Reason.OUT_OF_STOCK, "SECRET is all that is left");
          };
      applied();
      on.time.advanceBy(Duration.ofDays(1));

      on.waitsAt("ServiceTask_GetCodes");
      assertThat(CENTER.asked).isEqualTo(6);
      assertThat(on.incidents()).isEqualTo(1);
      assertThat(on.externalTask().getErrorMessage()).isEqualTo("OUT_OF_STOCK");
    } finally {
      on.processes().getRepositoryService().deleteDeployment(deployment, true);
    }
  }

  @Test
  void aDesignersOwnIntervalsAreKept() {
    Diagram shipped =
        Diagram.all().filter(d -> d.id().equals(BenefitApplicationProcess.KEY)).findFirst().get();
    String intervals = "name=\"retryTimeCycle\" value=\"PT1M,PT5M,PT30M,PT2H,PT8H\"";
    assertThat(shipped.text()).contains(intervals);
    String deployment =
        on.processes()
            .getRepositoryService()
            .createDeployment()
            .addString(
                "own-intervals.bpmn",
                shipped.text().replace(intervals, "name=\"retryTimeCycle\" value=\"PT2M, PT3M\""))
            .deploy()
            .getId();
    try {
      List<Duration> asked = new ArrayList<>();
      var start = on.now();
      CENTER.before =
          () -> {
            asked.add(Duration.between(start, on.now()));
            throw new IllegalStateException("timed out");
          };
      applied();
      on.time.advanceBy(Duration.ofDays(1));

      assertThat(asked)
          .containsExactly(Duration.ZERO, Duration.ofMinutes(2), Duration.ofMinutes(5));
      assertThat(on.incidents()).isEqualTo(1);
    } finally {
      on.processes().getRepositoryService().deleteDeployment(deployment, true);
    }
  }
}
