package io.acpbenefits.workflows;

import static io.acpbenefits.workflows.InvitationToApprovalProcess.KEY;
import static io.acpbenefits.workflows.InvitationToApprovalProcess.TASK_DECIDE;
import static org.assertj.core.api.Assertions.assertThat;

import io.acpbenefits.common.Actor;
import io.acpbenefits.invitation.InvitationId;
import io.acpbenefits.invitation.JoinRequestId;
import io.acpbenefits.notification.Notice;
import io.acpbenefits.organization.Role;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The next diagram comes while instances of invitation-to-approval wait. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class InvitationUpgradeTest {

  private static final String AWAIT_ANSWER = "ReceiveTask_AwaitAnswer";

  @RegisterExtension static final ProcessFixture on = ProcessFixture.open();

  private static InvitationId invitation = InvitationId.of("none");
  private static JoinRequestId request = JoinRequestId.of("none");

  private static Actor.Account ann() {
    return on.account("ann");
  }

  private static void invite() {
    invitation =
        on.benefits.invitations().invite(on.olga, on.organization, ann().id()).invitationId();
  }

  private static void accept() {
    var link = on.benefits.invitations().token(Actor.system(), invitation);
    request = on.benefits.joinRequests().submit(ann(), link, Map.of()).requestId();
  }

  private static void ask() {
    var link = on.benefits.invitations().copyLink(on.olga, on.organization);
    request = on.benefits.joinRequests().submit(ann(), link, Map.of()).requestId();
  }

  private static void approve() {
    on.benefits.joinRequests().approve(on.olga, request);
    on.time.runDueJobs();
  }

  private static void reject() {
    on.benefits.joinRequests().reject(on.olga, request);
  }

  private static void joinElsewhere() {
    on.benefits
        .organizations()
        .admit(Actor.system(), on.otherOrganization(), ann().id(), Role.MEMBER);
  }

  private static void lapse() {
    on.stopTimers();
    on.time.advanceBy(Duration.ofDays(30));
    on.benefits.settleDue();
  }

  static List<UpgradeCase> cases() {
    return List.of(
        UpgradeCase.at(
            AWAIT_ANSWER,
            InvitationUpgradeTest::invite,
            () -> {
              accept();
              approve();
            },
            "EndEvent_Admitted"),
        UpgradeCase.at(
                AWAIT_ANSWER,
                InvitationUpgradeTest::invite,
                () -> on.time.advanceBy(Duration.ofDays(14)),
                "EndEvent_InviteeReminded",
                "EndEvent_InvitationExpired")
            .named(AWAIT_ANSWER + " until its timers end"),
        UpgradeCase.at(
            List.of(AWAIT_ANSWER, "ServiceTask_RemindInvitee"),
            () -> {
              invite();
              on.endTimer("Boundary_InvitationReminder");
            },
            () -> {
              on.time.runDueJobs();
              on.benefits.invitations().decline(ann(), invitation);
            },
            "EndEvent_InviteeReminded",
            "EndEvent_InvitationDeclined"),
        UpgradeCase.at(
            TASK_DECIDE,
            InvitationUpgradeTest::ask,
            () -> {
              on.complete(on.olga, "approve");
              on.time.runDueJobs();
            },
            "EndEvent_Admitted"),
        UpgradeCase.at(
                TASK_DECIDE,
                InvitationUpgradeTest::ask,
                () -> on.benefits.joinRequests().withdraw(ann(), request),
                "EndEvent_RequestWithdrawn")
            .named(TASK_DECIDE + " until it is withdrawn"),
        UpgradeCase.at(
                TASK_DECIDE,
                InvitationUpgradeTest::ask,
                () -> on.time.advanceBy(Duration.ofDays(30)),
                "EndEvent_OwnersReminded",
                "EndEvent_RequestExpired")
            .named(TASK_DECIDE + " until its timers end"),
        UpgradeCase.at(
                TASK_DECIDE,
                InvitationUpgradeTest::ask,
                () -> {
                  joinElsewhere();
                  on.benefits.organizations().quit(ann());
                  approve();
                },
                "EndEvent_Admitted")
            .named(TASK_DECIDE + " while joining elsewhere"),
        UpgradeCase.at(
            List.of(TASK_DECIDE, "ServiceTask_RemindOwners"),
            () -> {
              ask();
              on.endTimer("Boundary_ApprovalReminder");
            },
            () -> {
              on.time.runDueJobs();
              approve();
            },
            "EndEvent_OwnersReminded",
            "EndEvent_Admitted"),
        UpgradeCase.at(
            "EventGateway_AwaitAccountFree",
            () -> {
              joinElsewhere();
              ask();
            },
            () -> {
              on.benefits.organizations().quit(ann());
              approve();
            },
            "EndEvent_Admitted"),
        UpgradeCase.at(
                "EventGateway_AwaitAccountFree",
                () -> {
                  joinElsewhere();
                  ask();
                },
                () -> on.time.advanceBy(Duration.ofDays(30)),
                "EndEvent_RequestExpired")
            .named("EventGateway_AwaitAccountFree until it lapses"),
        UpgradeCase.at(
                "EventGateway_AwaitAccountFree",
                () -> {
                  joinElsewhere();
                  ask();
                },
                () -> {
                  reject();
                  on.time.runDueJobs();
                },
                "EndEvent_Rejected")
            .named("EventGateway_AwaitAccountFree until it is rejected"),
        UpgradeCase.at(
            "ServiceTask_TellAdmitted",
            () -> {
              ask();
              on.complete(on.olga, "approve");
            },
            on.time::runDueJobs,
            "EndEvent_Admitted"),
        UpgradeCase.at(
            "ServiceTask_TellRejected",
            () -> {
              ask();
              reject();
            },
            on.time::runDueJobs,
            "EndEvent_Rejected"),
        UpgradeCase.at(
            "ServiceTask_TellExpired",
            () -> {
              ask();
              lapse();
            },
            () -> {
              on.startTimers();
              on.time.runDueJobs();
            },
            "EndEvent_RequestExpired"));
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

  @Test
  void whoWasRemindedIsNotRemindedAgainAfterTheMove() {
    invite();
    on.time.advanceBy(Duration.ofDays(8));
    KeptDiagrams.deploy(on.processes().getRepositoryService(), KEY, KeptDiagrams.next(KEY));
    assertThat(on.engine.upgrades().perform(Actor.system(), KEY, 1, "new").upgraded()).isOne();

    on.justBeforeAndAt(
        on.now().plus(Duration.ofDays(6)),
        () -> {
          on.waitsAt(AWAIT_ANSWER);
          assertThat(on.told).containsExactly(Notice.Kind.INVITATION_REMINDER);
        });

    on.endedAt("EndEvent_InviteeReminded", "EndEvent_InvitationExpired");
  }
}
