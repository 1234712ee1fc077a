package io.acpbenefits.workflows;

import static io.acpbenefits.workflows.Disagreeing.RITA;
import static io.acpbenefits.workflows.Disagreeing.WHY;
import static org.assertj.core.api.Assertions.assertThat;

import io.acpbenefits.AcpBenefits;
import io.acpbenefits.Policies;
import io.acpbenefits.application.ApplicationPolicy;
import io.acpbenefits.application.BenefitApplicationId;
import io.acpbenefits.application.BenefitApplications;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.Page;
import io.acpbenefits.common.PageRequest;
import io.acpbenefits.common.Reason;
import io.acpbenefits.invitation.Invitation;
import io.acpbenefits.invitation.InvitationId;
import io.acpbenefits.invitation.InvitationState;
import io.acpbenefits.invitation.JoinRequestId;
import io.acpbenefits.notification.Notice;
import io.acpbenefits.organization.Role;
import io.acpbenefits.workflows.Disagreement.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Applications, invitations and join requests, or their instances, changed behind the library. */
class DisagreementsTest {

  private static final ApplicationPolicy REVIEWED =
      ApplicationPolicy.DEFAULT.withReview(true).withRetries(Duration.ofHours(1));

  @RegisterExtension
  static final ProcessFixture on = ProcessFixture.with(Policies.DEFAULT.with(REVIEWED));

  private final Disagreeing it = new Disagreeing(on);

  private static BenefitApplications applications() {
    return on.benefits.applications();
  }

  private static BenefitApplicationId submitted() {
    return applications().apply(on.olga, on.acme, on.cloud, 1).applicationId();
  }

  private static JoinRequestId requested() {
    return on.benefits
        .joinRequests()
        .submit(
            on.account("ann"),
            on.benefits.invitations().copyLink(on.olga, on.organization),
            Map.of())
        .requestId();
  }

  /** As a host that runs core without the processes. */
  private static void apart(Consumer<AcpBenefits> work) {
    try (AcpBenefits core = on.apart()) {
      work.accept(core);
    }
  }

  private static void set(String variable, Object value) {
    on.processes().getRuntimeService().setVariable(on.instance().getId(), variable, value);
  }

  @Test
  void anApplicationInReviewIsReviewedAnew() {
    on.stock(1);
    BenefitApplicationId id = submitted();
    on.waitsAt("UserTask_ReviewApplication");

    Disagreement found = it.begunAnew();

    assertThat(found.state()).isEqualTo("IN_REVIEW");
    assertThat(found.process()).isEqualTo(BenefitApplicationProcess.KEY);
    assertThat(found.businessKey()).isEqualTo(id.value());
    on.waitsAt("UserTask_ReviewApplication");
    on.complete(ProcessFixture.OPERATOR, "approve");
    on.time.runDueJobs();
    on.endedAt("EndEvent_ApplicationFulfilled");
  }

  @Test
  void anApplicationThatWasSentBackWaitsForItsResubmission() {
    BenefitApplicationId id = submitted();
    applications().requireAction(RITA, id);

    it.begunAnew();

    on.waitsAt("Catch_ApplicationResubmitted");
    applications().submit(on.olga, id);
    applications().reject(RITA, id);
    on.time.runDueJobs();
    on.endedAt("EndEvent_ApplicationRejected");
  }

  @Test
  void anApprovedApplicationGetsItsCodes() {
    on.stock(1);
    applications().approve(RITA, submitted());

    it.begunAnew();

    on.waitsAt("ServiceTask_GetCodes");
    on.time.runDueJobs();
    on.endedAt("EndEvent_ApplicationFulfilled");
  }

  @Test
  void anApplicationThatWaitedForStockIsTriedAtOnce() {
    applications().approve(RITA, submitted());
    on.time.runDueJobs();
    on.waitsAt("Catch_NextTry");
    on.stock(1);

    it.begunAnew();

    on.time.runDueJobs();
    on.endedAt("EndEvent_ApplicationFulfilled");
  }

  @Test
  void anApplicationThatFoundNoStockIsDecidedOnByAPerson() {
    applications().approve(RITA, submitted());
    on.time.advanceBy(Duration.ofHours(1));
    on.waitsAt("UserTask_DecideOnFailure");

    assertThat(it.begunAnew().state()).isEqualTo("FULFILMENT_FAILED");

    on.waitsAt("UserTask_DecideOnFailure");
    on.stock(1);
    on.complete(ProcessFixture.OPERATOR, "retry");
    on.time.runDueJobs();
    on.endedAt("EndEvent_ApplicationFulfilled");
  }

  @Test
  void anInvitationCanBeAnsweredAndItsRequestApproved() {
    Invitation invitation =
        on.benefits.invitations().invite(on.olga, on.organization, on.account("cleo").id());

    it.begunAnew();

    on.waitsAt("ReceiveTask_AwaitAnswer");
    JoinRequestId request =
        on.benefits
            .joinRequests()
            .submit(
                on.account("cleo"),
                on.benefits.invitations().token(on.olga, invitation.invitationId()),
                Map.of())
            .requestId();
    on.benefits.joinRequests().approve(on.olga, request);
    on.time.runDueJobs();
    on.endedAt("EndEvent_Admitted");
  }

  @Test
  void anInvitationExpiresAtItsOwnTimeAndItsReminderIsNotSentTwice() {
    Invitation invitation =
        on.benefits.invitations().invite(on.olga, on.organization, on.account("cleo").id());
    on.time.advanceBy(on.benefits.joinRequests().policy().invitationReminder());
    assertThat(on.told).containsExactly(Notice.Kind.INVITATION_REMINDER);

    it.begunAnew();
    on.time.runDueJobs();

    assertThat(on.told).containsExactly(Notice.Kind.INVITATION_REMINDER);
    on.time.advanceTo(Objects.requireNonNull(invitation.expiresAt()));
    assertThat(on.openInstances()).isZero();
    assertThat(on.benefits.invitations().get(RITA, invitation.invitationId()).state())
        .isEqualTo(InvitationState.EXPIRED);
  }

  @Test
  void aJoinRequestCanBeDecided() {
    JoinRequestId id = requested();

    it.begunAnew();

    on.waitsAt("UserTask_DecideJoinRequest");
    assertThat(on.instance().getBusinessKey()).isEqualTo(id.value());
    on.complete(on.olga, "approve");
    on.time.runDueJobs();
    on.endedAt("EndEvent_Admitted");
  }

  @Test
  void aJoinRequestOfSomebodyWhoIsElsewhereWaitsForThem() {
    on.benefits
        .organizations()
        .admit(Actor.system(), on.otherOrganization(), on.account("ann").id(), Role.MEMBER);
    requested();

    it.begunAnew();

    on.waitsAt("EventGateway_AwaitAccountFree");
    on.benefits.organizations().quit(on.account("ann"));
    on.waitsAt("UserTask_DecideJoinRequest");
  }

  @Test
  void anApplicationThatWasCanceledWithoutTheProcessEndsItsProcess() {
    BenefitApplicationId id = submitted();
    apart(core -> core.applications().cancel(on.olga, id));

    assertThat(it.cured(id.value(), Kind.NOTHING_OPEN).state()).isEqualTo("CANCELED");

    assertThat(on.openInstances()).isZero();
    on.time.runDueJobs();
    assertThat(on.told).isEmpty();
  }

  @Test
  void anApplicationThatWasCanceledWhileItsTaskFailsEndsItsProcessAndItsIncident() {
    BenefitApplicationId id = submitted();
    applications().approve(RITA, id);
    apart(core -> core.applications().cancel(on.olga, id));
    on.time.advanceBy(Duration.ofDays(1));
    assertThat(on.engine.incidents().count(RITA)).isOne();

    it.cured(id.value(), Kind.NOTHING_OPEN);

    assertThat(on.engine.incidents().count(RITA)).isZero();
    assertThat(on.openInstances()).isZero();
  }

  @Test
  void anApplicationThatWasFulfilledWithoutTheProcessIsLeftToTheWorker() {
    on.stock(1);
    BenefitApplicationId id = submitted();
    applications().approve(RITA, id);
    apart(core -> core.applications().fulfil(Actor.system(), id));

    it.agreed(id.value());

    on.time.runDueJobs();
    on.endedAt("EndEvent_ApplicationFulfilled");
  }

  @Test
  void whatHasOnlyToTellSomebodyIsNoDisagreement() {
    BenefitApplicationId id = submitted();
    applications().reject(RITA, id);
    on.waitsAt("ServiceTask_TellRejected");

    it.agreed(id.value());
  }

  @Test
  void anInvitationThatWasTakenBackWithoutTheProcessEndsItsProcess() {
    InvitationId id =
        on.benefits
            .invitations()
            .invite(on.olga, on.organization, on.account("cleo").id())
            .invitationId();
    apart(core -> core.invitations().revoke(on.olga, id));

    assertThat(it.cured(id.value(), Kind.NOTHING_OPEN).state()).isEqualTo("REVOKED");

    assertThat(on.openInstances()).isZero();
  }

  @Test
  void aJoinRequestThatWasDecidedWithoutTheProcessEndsItsProcess() {
    JoinRequestId id = requested();
    apart(core -> core.joinRequests().reject(on.olga, id));

    assertThat(it.cured(id.value(), Kind.NOTHING_OPEN).state()).isEqualTo("REJECTED");

    assertThat(on.openInstances()).isZero();
  }

  @Test
  void whatIsOverByTimeAloneIsNoDisagreement() {
    Invitation invitation =
        on.benefits.invitations().invite(on.olga, on.organization, on.account("cleo").id());
    String key = it.deleted();
    on.time.advanceTo(Objects.requireNonNull(invitation.expiresAt()));

    it.agreed(key);
  }

  @Test
  void anInstanceThatStandsForNothingEnds() {
    var runtime = on.processes().getRuntimeService();
    runtime
        .createProcessInstanceByKey(BenefitApplicationProcess.KEY)
        .businessKey("none-such")
        .startBeforeActivity("UserTask_DecideOnFailure")
        .execute();
    runtime
        .createProcessInstanceByKey(CertificateBindingProcess.KEY)
        .startBeforeActivity("EventGateway_AwaitBinding")
        .execute();

    assertThat(it.cured("none-such", Kind.NOTHING_OPEN).state()).isEmpty();
    it.cured("", Kind.NOTHING_OPEN);

    assertThat(on.openInstances()).isZero();
  }

  @Test
  void anInstanceThatLostItsNameIsTaughtItAnewAndGoesOn() {
    on.stock(1);
    BenefitApplicationId id = submitted();
    set(BenefitApplicationProcess.APPLICATION_ID, 7);
    ProcessFixture.fails(() -> applications().approve(RITA, id));

    it.cured(id.value(), Kind.WRONG_NAMES);

    applications().approve(RITA, id);
    on.time.runDueJobs();
    on.endedAt("EndEvent_ApplicationFulfilled");
  }

  @Test
  void anObjectInPlaceOfANameIsNotRead() {
    on.stock(1);
    BenefitApplicationId id = submitted();
    set(BenefitApplicationProcess.APPLICATION_ID, new ArrayList<>(List.of(id.value())));

    it.cured(id.value(), Kind.WRONG_NAMES);

    applications().approve(RITA, id);
    on.time.runDueJobs();
    on.endedAt("EndEvent_ApplicationFulfilled");
  }

  @Test
  void aRequestsInstanceThatLostItsNameIsTaughtItAnewAndGoesOn() {
    JoinRequestId id = requested();
    set(InvitationToApprovalProcess.REQUEST_ID, "another");
    ProcessFixture.fails(() -> on.benefits.joinRequests().approve(on.olga, id));

    it.cured(id.value(), Kind.WRONG_NAMES);

    on.benefits.joinRequests().approve(on.olga, id);
    on.time.runDueJobs();
    on.endedAt("EndEvent_Admitted");
  }

  @Test
  void pagesBringEachOnceHoweverSmallTheyAre() {
    int all = it.all(1000).size();
    for (int i = 0; i < 3; i++) {
      submitted();
    }
    on.forgetInstances();

    List<Disagreement> one = it.all(1);

    assertThat(one).doesNotHaveDuplicates().hasSize(all + 3).isEqualTo(it.all(1000));
    assertThat(
            ProcessFixture.refusal(
                () -> it.disagreements().list(RITA, new PageRequest("made up", 2))))
        .isEqualTo(Reason.INVALID_INPUT);
    assertThat(
            ProcessFixture.refusal(() -> it.disagreements().list(RITA, new PageRequest("99:x", 2))))
        .isEqualTo(Reason.INVALID_INPUT);
  }

  @Test
  void aPageEndsWhenEnoughWasLookedAt() {
    BenefitApplicationId first = submitted();
    submitted();
    BenefitApplicationId missing = submitted();
    var runtime = on.processes().getRuntimeService();
    runtime.deleteProcessInstance(
        runtime
            .createProcessInstanceQuery()
            .processInstanceBusinessKey(missing.value())
            .singleResult()
            .getId(),
        "by hand");
    Disagreements one = it.disagreements().lookingAt(1);
    PageRequest behindTheFirst = new PageRequest("0:" + first, 100);

    Page<Disagreement> page = one.list(RITA, behindTheFirst);
    Page<Disagreement> next = one.list(RITA, behindTheFirst.then(page.next().orElseThrow()));

    assertThat(page.items()).isEmpty();
    assertThat(next.items()).extracting(Disagreement::businessKey).containsExactly(missing.value());
  }

  @Test
  void processesMayEndWhileTheyAreLookedAt() {
    AtomicBoolean over = new AtomicBoolean();
    CompletableFuture<Set<String>> looking =
        CompletableFuture.supplyAsync(
            () -> {
              Set<String> found = new HashSet<>();
              while (!over.get()) {
                it.all(1000).forEach(each -> found.add(each.businessKey()));
              }
              return found;
            });

    List<String> ended = new ArrayList<>();
    try {
      for (int i = 0; i < 100; i++) {
        BenefitApplicationId id = submitted();
        applications().cancel(on.olga, id);
        on.time.runDueJobs();
        ended.add(id.value());
      }
    } finally {
      over.set(true);
    }

    assertThat(looking.join()).doesNotContainAnyElementsOf(ended);
  }

  @Test
  void whatAgreesMeanwhileIsNotFoundAndNothingIsBegunTwice() {
    submitted();
    Disagreement found = it.about(it.deleted()).get(0);
    it.disagreements().resolve(RITA, found, WHY);

    assertThat(ProcessFixture.refusal(() -> it.disagreements().resolve(RITA, found, WHY)))
        .isEqualTo(Reason.NOT_FOUND);
    assertThat(on.openInstances()).isOne();

    Disagreement madeUp =
        new Disagreement(
            Kind.NOTHING_OPEN,
            found.process(),
            found.businessKey(),
            Optional.of(ProcessInstanceId.of(on.instance().getId())),
            "",
            "");
    assertThat(ProcessFixture.refusal(() -> it.disagreements().resolve(RITA, madeUp, WHY)))
        .isEqualTo(Reason.NOT_FOUND);
    assertThat(on.openInstances()).isOne();
  }

  @Test
  void onlyThePlatformSeesOrResolvesThemAndWithAReason() {
    submitted();
    Disagreement found = it.about(it.deleted()).get(0);

    assertThat(
            ProcessFixture.refusal(() -> it.disagreements().list(on.olga, PageRequest.first(10))))
        .isEqualTo(Reason.NOT_PERMITTED);
    assertThat(ProcessFixture.refusal(() -> it.disagreements().resolve(on.olga, found, WHY)))
        .isEqualTo(Reason.NOT_PERMITTED);
    assertThat(ProcessFixture.refusal(() -> it.disagreements().resolve(RITA, found, " ")))
        .isEqualTo(Reason.INVALID_INPUT);
    assertThat(on.openInstances()).isZero();
  }

  @Test
  void whoeverIsSignedInToTheEngineStaysSo() {
    submitted();
    Disagreement found = it.about(it.deleted()).get(0);
    on.as(
        "kim",
        () -> {
          it.disagreements().resolve(RITA, found, WHY);
          assertThat(on.processes().getIdentityService().getCurrentAuthentication().getUserId())
              .isEqualTo("kim");
        });
    on.waitsAt("UserTask_ReviewApplication");
  }
}
