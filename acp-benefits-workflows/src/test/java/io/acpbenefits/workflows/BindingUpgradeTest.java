package io.acpbenefits.workflows;

import static io.acpbenefits.workflows.CertificateBindingProcess.KEY;
import static io.acpbenefits.workflows.CertificateBindingProcess.TASK_CHECK_IDS;

import io.acpbenefits.common.Actor;
import io.acpbenefits.examrecord.ExamOutcome;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The next diagram comes while instances of exam-to-certificate-binding wait. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class BindingUpgradeTest {

  private static final Actor RITA = Actor.operator("rita");
  private static final String UNDER_WAY = "EventGateway_ExamUnderWay";
  private static final String AWAIT_BINDING = "EventGateway_AwaitBinding";
  private static final String BOUND = "EndEvent_CertificateBound";
  private static final String FAILED = "EndEvent_BindingFailed";
  private static final String ENDED = "EndEvent_AttemptEnded";

  @RegisterExtension static final CandidateFixture on = new CandidateFixture();

  private static void run() {
    on.flow.time.runDueJobs();
  }

  private static void pass() {
    on.record(on.ids, ExamOutcome.PASS);
  }

  private static void register() {
    on.registerSelfPaid(on.flow.now(), on.ids);
  }

  private static void submit() {
    on.submit(on.ids);
  }

  private static void giveBack() {
    var code = on.benefits().examCodes().openCode(on.ann, on.ann.id(), on.flow.cloud).orElseThrow();
    on.benefits().examCodes().giveBack(on.ann, code.codeId());
  }

  private static void annul() {
    var record = on.benefits().examRecords().of(RITA, on.ann.id(), on.flow.cloud).get(0).recordId();
    var earned = on.benefits().certificates().byRecord(RITA, record).orElseThrow();
    on.benefits().certificates().revoke(RITA, earned.certificateId(), "fraud");
  }

  private static void failToMatch() {
    submit();
    on.record(on.ids, ExamOutcome.FAIL);
  }

  private static void toCheck() {
    failToMatch();
    run();
  }

  private static void bindsOnceTheRecordIsThere() {
    pass();
    run();
  }

  static List<UpgradeCase> cases() {
    return List.of(
        UpgradeCase.at(
            UNDER_WAY,
            on::assign,
            () -> {
              giveBack();
              run();
            },
            ENDED),
        UpgradeCase.at(
                UNDER_WAY,
                BindingUpgradeTest::register,
                () -> {
                  pass();
                  run();
                  submit();
                  run();
                },
                BOUND)
            .named(UNDER_WAY + " until it is passed"),
        UpgradeCase.at(
                UNDER_WAY,
                BindingUpgradeTest::register,
                () -> {
                  submit();
                  bindsOnceTheRecordIsThere();
                },
                BOUND)
            .named(UNDER_WAY + " until ids are submitted"),
        UpgradeCase.at(
            "ServiceTask_AskToBind",
            () -> {
              register();
              pass();
            },
            () -> {
              run();
              submit();
              run();
            },
            BOUND),
        UpgradeCase.at(
            AWAIT_BINDING,
            () -> {
              register();
              pass();
              run();
            },
            () -> {
              submit();
              run();
            },
            BOUND),
        UpgradeCase.at(
                AWAIT_BINDING,
                () -> {
                  register();
                  pass();
                  run();
                },
                () -> {
                  annul();
                  run();
                },
                ENDED)
            .named(AWAIT_BINDING + " until its certificate is gone"),
        UpgradeCase.at(
            "ServiceTask_TellAttemptEnded",
            () -> {
              on.assign();
              giveBack();
            },
            BindingUpgradeTest::run,
            ENDED),
        UpgradeCase.at(
            CandidateFixture.AWAIT_RECORD,
            BindingUpgradeTest::submit,
            BindingUpgradeTest::bindsOnceTheRecordIsThere,
            BOUND),
        UpgradeCase.at(
                CandidateFixture.AWAIT_RECORD,
                BindingUpgradeTest::submit,
                () -> on.flow.time.advanceBy(Duration.ofDays(60)),
                FAILED)
            .named(CandidateFixture.AWAIT_RECORD + " until its timers end"),
        UpgradeCase.at(
            "ServiceTask_TellBound",
            () -> {
              pass();
              submit();
            },
            BindingUpgradeTest::run,
            BOUND),
        UpgradeCase.at(
            "ServiceTask_AskToCheckIds",
            BindingUpgradeTest::failToMatch,
            () -> {
              run();
              on.flow.complete(on.ann, "give-up");
              run();
            },
            FAILED),
        UpgradeCase.at(
            TASK_CHECK_IDS,
            BindingUpgradeTest::toCheck,
            () -> {
              on.flow.complete(on.ann, "give-up");
              run();
            },
            FAILED),
        UpgradeCase.at(
                TASK_CHECK_IDS,
                () -> {
                  submit();
                  on.flow.time.advanceTo(on.binding().windowEndsAt());
                },
                BindingUpgradeTest::bindsOnceTheRecordIsThere,
                BOUND)
            .named(TASK_CHECK_IDS + " until the record arrives"),
        UpgradeCase.at(
                TASK_CHECK_IDS,
                BindingUpgradeTest::toCheck,
                () -> on.flow.time.advanceBy(Duration.ofDays(30)),
                FAILED)
            .named(TASK_CHECK_IDS + " until it lapses"),
        UpgradeCase.at(
            "ServiceTask_TellBindingFailed",
            () -> {
              toCheck();
              on.flow.complete(on.ann, "give-up");
            },
            BindingUpgradeTest::run,
            FAILED));
  }

  static Stream<Arguments> upgrades() {
    return KeptDiagrams.tags(KEY).stream().flatMap(tag -> UpgradeCase.played(cases(), tag));
  }

  @ParameterizedTest(name = "{0} of {1} {2}")
  @MethodSource("upgrades")
  void goesOnToItsEnd(UpgradeCase one, String tag, UpgradeCase.Way way) {
    one.play(on.flow, KEY, tag, way);
  }

  @Test
  @Order(Integer.MAX_VALUE)
  void everyWaitOfEachKeptDiagramWasMet() {
    UpgradeCase.requireAllMet(KEY, cases());
  }
}
