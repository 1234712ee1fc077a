package io.acpbenefits.workflows;

import static io.acpbenefits.workflows.BenefitApplicationProcess.KEY;
import static io.acpbenefits.workflows.BenefitApplicationProcess.TASK_DECIDE_ON_FAILURE;
import static io.acpbenefits.workflows.BenefitApplicationProcess.TASK_REVIEW;
import static io.acpbenefits.workflows.ProcessFixture.OPERATOR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.acpbenefits.Policies;
import io.acpbenefits.application.ApplicationPolicy;
import io.acpbenefits.application.BenefitApplicationId;
import io.acpbenefits.common.Actor;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.camunda.bpm.engine.runtime.Job;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The next diagram comes while instances of benefit-application wait. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class BenefitApplicationUpgradeTest {

  private static final String GET_CODES = "ServiceTask_GetCodes";
  private static final String FULFILLED = "EndEvent_ApplicationFulfilled";
  private static final String CANCELED = "EndEvent_ApplicationCanceledAfterFailure";
  private static final Actor RITA = Actor.operator("rita");

  @RegisterExtension
  static final ProcessFixture on =
      ProcessFixture.with(
          Policies.DEFAULT.with(
              new ApplicationPolicy(
                  true,
                  Duration.ofDays(7),
                  Duration.ofDays(3),
                  List.of(Duration.ofHours(1)),
                  Duration.ofMinutes(5))));

  private static BenefitApplicationId id = BenefitApplicationId.of("none");

  private static void apply() {
    id = on.benefits.applications().apply(on.olga, on.acme, on.cloud, 1).applicationId();
  }

  private static void approve() {
    on.benefits.applications().approve(RITA, id);
  }

  private static void applyAndApprove() {
    apply();
    approve();
  }

  private static void stockAndRun() {
    on.stock(1);
    on.time.runDueJobs();
  }

  private static void approveAndRun() {
    approve();
    stockAndRun();
  }

  private static void withoutCodes() {
    applyAndApprove();
    on.time.runDueJobs();
  }

  private static void fail() {
    withoutCodes();
    on.time.advanceBy(Duration.ofHours(1));
  }

  private static void cancel() {
    on.benefits.applications().cancel(on.olga, id);
  }

  /** The first diagram has a job here, which hands over to the worker. */
  private static void runJobOfGetCodes() {
    Job job =
        on.processes().getManagementService().createJobQuery().activityId(GET_CODES).singleResult();
    if (job != null) {
      on.processes().getManagementService().executeJob(job.getId());
    }
  }

  static List<UpgradeCase> cases() {
    return List.of(
        UpgradeCase.at(
            TASK_REVIEW,
            BenefitApplicationUpgradeTest::apply,
            BenefitApplicationUpgradeTest::approveAndRun,
            FULFILLED),
        UpgradeCase.at(
                TASK_REVIEW,
                BenefitApplicationUpgradeTest::apply,
                () -> {
                  on.time.advanceBy(Duration.ofDays(7));
                  on.complete(OPERATOR, "approve");
                  stockAndRun();
                },
                "EndEvent_ReviewersReminded",
                FULFILLED)
            .named(TASK_REVIEW + " over its reminder"),
        UpgradeCase.at(
            List.of(TASK_REVIEW, "ServiceTask_RemindReviewers"),
            () -> {
              apply();
              on.endTimer("Boundary_ReviewReminder");
            },
            BenefitApplicationUpgradeTest::approveAndRun,
            "EndEvent_ReviewersReminded",
            FULFILLED),
        UpgradeCase.at(
                List.of(GET_CODES, "ServiceTask_RemindReviewers"),
                () -> {
                  apply();
                  on.endTimer("Boundary_ReviewReminder");
                  approve();
                },
                BenefitApplicationUpgradeTest::stockAndRun,
                "EndEvent_ReviewersReminded",
                FULFILLED)
            .named(GET_CODES + " beside a reminder"),
        UpgradeCase.at(
            "Catch_ApplicationResubmitted",
            () -> {
              apply();
              on.benefits.applications().requireAction(RITA, id);
            },
            () -> {
              on.benefits.applications().submit(on.olga, id);
              approveAndRun();
            },
            FULFILLED),
        UpgradeCase.at(
            GET_CODES,
            BenefitApplicationUpgradeTest::applyAndApprove,
            BenefitApplicationUpgradeTest::stockAndRun,
            FULFILLED),
        UpgradeCase.at(
                GET_CODES,
                () -> {
                  applyAndApprove();
                  runJobOfGetCodes();
                },
                BenefitApplicationUpgradeTest::stockAndRun,
                FULFILLED)
            .named(GET_CODES + " after its job"),
        UpgradeCase.at(
                GET_CODES,
                BenefitApplicationUpgradeTest::applyAndApprove,
                () -> {
                  on.time.runDueJobs();
                  on.waitsAt("Catch_NextTry");
                  on.time.advanceBy(Duration.ofHours(1));
                  on.waitsAt(TASK_DECIDE_ON_FAILURE);
                  on.stock(1);
                  on.complete(OPERATOR, "retry");
                  on.time.runDueJobs();
                },
                FULFILLED)
            .named(GET_CODES + " out of stock"),
        UpgradeCase.at(
                GET_CODES,
                () -> {
                  applyAndApprove();
                  runJobOfGetCodes();
                },
                () -> {
                  cancel();
                  on.time.runDueJobs();
                },
                "EndEvent_ApplicationWithdrawn")
            .named(GET_CODES + " until it is withdrawn"),
        UpgradeCase.at(
            "Catch_NextTry",
            BenefitApplicationUpgradeTest::withoutCodes,
            () -> {
              on.stock(1);
              on.time.advanceBy(Duration.ofHours(1));
            },
            FULFILLED),
        UpgradeCase.at(
            TASK_DECIDE_ON_FAILURE,
            BenefitApplicationUpgradeTest::fail,
            () -> {
              on.complete(OPERATOR, "retry");
              stockAndRun();
            },
            FULFILLED),
        UpgradeCase.at(
            "ServiceTask_TellPartner",
            () -> {
              on.stock(1);
              applyAndApprove();
              runJobOfGetCodes();
              on.workOffExternalTasks();
            },
            on.time::runDueJobs,
            FULFILLED),
        UpgradeCase.at(
            "ServiceTask_TellCanceled",
            () -> {
              fail();
              on.complete(OPERATOR, "cancel");
            },
            on.time::runDueJobs,
            CANCELED),
        UpgradeCase.at(
            "ServiceTask_TellRejected",
            () -> {
              apply();
              on.benefits.applications().reject(RITA, id);
            },
            on.time::runDueJobs,
            "EndEvent_ApplicationRejected"),
        UpgradeCase.at(
            "ServiceTask_TellWithdrawn",
            () -> {
              apply();
              cancel();
            },
            on.time::runDueJobs,
            "EndEvent_ApplicationWithdrawn"));
  }

  static Stream<Arguments> upgrades() {
    return KeptDiagrams.tags(KEY).stream().flatMap(tag -> UpgradeCase.played(cases(), tag));
  }

  @ParameterizedTest(name = "{0} of {1} {2}")
  @MethodSource("upgrades")
  void goesOnToItsEnd(UpgradeCase one, String tag, UpgradeCase.Way way) {
    one.play(on, KEY, tag, way);
  }

  @Test
  @Order(Integer.MAX_VALUE)
  void everyWaitOfEachKeptDiagramWasMet() {
    UpgradeCase.requireAllMet(KEY, cases());
  }

  private static void deploy(String diagram) {
    KeptDiagrams.deploy(on.processes().getRepositoryService(), KEY, diagram);
  }

  private static UpgradeResult move() {
    return on.engine.upgrades().perform(RITA, KEY, 10, "release");
  }

  @Test
  void thePreviewNamesWhatBeginsAnewSinceItIsOfAnotherKindToday() {
    deploy(KeptDiagrams.kept(KEY, KeptDiagrams.FIRST));
    applyAndApprove();
    deploy(KeptDiagrams.shipped(KEY).text());

    UpgradePreview preview = on.engine.upgrades().preview(RITA, KEY);

    assertThat(preview.earlier().get(0).places())
        .containsExactly(new UpgradePreview.Place(GET_CODES, 1, UpgradeWay.BEGINS_ANEW, GET_CODES));
    assertThat(preview.obstacles()).isEmpty();
    assertThat(on.processes().getExternalTaskService().createExternalTaskQuery().count()).isZero();
  }

  @Test
  void withoutATableOfChangesTheOtherKindStandsInTheWay() {
    deploy(KeptDiagrams.kept(KEY, KeptDiagrams.FIRST));
    applyAndApprove();
    deploy(KeptDiagrams.shipped(KEY).text());

    assertThat(on.engine.upgrades().knowing(List.of()).preview(RITA, KEY).obstacles())
        .extracting(UpgradeObstacle::element, UpgradeObstacle::expected, UpgradeObstacle::found)
        .containsExactly(tuple(GET_CODES, "asynchronous serviceTask", "external serviceTask"));
  }

  @Test
  void whatAWorkerHasInHandIsMovedOnlyWhenItIsBack() {
    deploy(KeptDiagrams.shipped(KEY).text());
    applyAndApprove();
    deploy(KeptDiagrams.next(KEY));
    String task = on.externalTask().getId();
    on.processes().getExternalTaskService().lock(task, "somebody", 60_000);

    UpgradeResult result = move();
    assertThat(result.upgraded()).isZero();
    assertThat(result.left().get(0).obstacles())
        .extracting(UpgradeObstacle::found)
        .containsExactly("one that is being worked on");

    on.processes().getExternalTaskService().unlock(task);
    assertThat(move().upgraded()).isOne();
    stockAndRun();
    on.endedAt(FULFILLED);
  }

  @Test
  void whatStandsStillUnderTheOldNameBeginsAnewWithAllItsTries() {
    deploy(KeptDiagrams.kept(KEY, KeptDiagrams.FIRST));
    applyAndApprove();
    on.benefits.partners().suspend(Actor.system(), on.acme, "asked for");
    on.time.advanceBy(Duration.ofDays(1));
    assertThat(on.incidents()).isOne();
    on.waitsAt(GET_CODES);
    on.benefits.partners().reinstate(Actor.system(), on.acme, "asked for");
    deploy(KeptDiagrams.shipped(KEY).text());

    assertThat(move().upgraded()).isOne();

    assertThat(on.incidents()).isZero();
    stockAndRun();
    on.endedAt(FULFILLED);
  }
}
