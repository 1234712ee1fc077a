package io.acpbenefits.workflows;

import static io.acpbenefits.workflows.InvitationToApprovalProcess.TASK_DECIDE;
import static io.acpbenefits.workflows.ProcessFixture.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.acpbenefits.AcpBenefits;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.Reason;
import io.acpbenefits.invitation.JoinRequest;
import io.acpbenefits.invitation.JoinRequestId;
import io.acpbenefits.invitation.JoinRequestState;
import io.acpbenefits.invitation.JoinRequests;
import io.acpbenefits.notification.Notice;
import io.acpbenefits.organization.OrganizationId;
import io.acpbenefits.organization.Role;
import java.time.Duration;
import java.util.Map;
import org.camunda.bpm.engine.ProcessEngineException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The process invitation-to-approval from a join request on. */
class JoinRequestFlowTest {

  @RegisterExtension static final ProcessFixture on = ProcessFixture.open();

  private static final String WAITING = "EventGateway_AwaitAccountFree";

  private static JoinRequests requests() {
    return on.benefits.joinRequests();
  }

  private static Actor.Account ann() {
    return on.account("ann");
  }

  private static JoinRequestId requested() {
    JoinRequest request =
        requests()
            .submit(ann(), on.benefits.invitations().copyLink(on.olga, on.organization), Map.of());
    assertThat(on.instance().getBusinessKey()).isEqualTo(request.requestId().value());
    return request.requestId();
  }

  private static JoinRequestId decidable() {
    JoinRequestId id = requested();
    on.waitsAt(TASK_DECIDE);
    return id;
  }

  private static OrganizationId joinedElsewhere() {
    OrganizationId other = on.otherOrganization();
    on.benefits.organizations().admit(Actor.system(), other, ann().id(), Role.MEMBER);
    return other;
  }

  private static JoinRequestId waiting() {
    joinedElsewhere();
    JoinRequestId id = requested();
    on.waitsAt(WAITING);
    return id;
  }

  private static JoinRequestState state(JoinRequestId id) {
    return requests().get(Actor.system(), id).state();
  }

  private static boolean isMember() {
    return on.benefits
        .organizations()
        .activeMembership(Actor.system(), ann().id())
        .filter(membership -> membership.organizationId().equals(on.organization))
        .isPresent();
  }

  private static void ends(JoinRequestId id, JoinRequestState state, String end, Notice.Kind told) {
    on.time.runDueJobs();
    on.endedAt(end);
    assertThat(state(id)).isEqualTo(state);
    assertThat(on.told).containsExactly(told);
    assertThat(isMember()).isEqualTo(state == JoinRequestState.APPROVED);
  }

  private static void admitted(JoinRequestId id) {
    ends(id, JoinRequestState.APPROVED, "EndEvent_Admitted", Notice.Kind.REQUEST_APPROVED);
  }

  private static void rejected(JoinRequestId id) {
    ends(id, JoinRequestState.REJECTED, "EndEvent_Rejected", Notice.Kind.REQUEST_REJECTED);
  }

  private static void expired(JoinRequestId id) {
    ends(id, JoinRequestState.EXPIRED, "EndEvent_RequestExpired", Notice.Kind.REQUEST_EXPIRED);
  }

  @Test
  void anOwnerApprovesInTheTaskList() {
    JoinRequestId id = decidable();
    on.complete(on.olga, "approve");
    admitted(id);
  }

  @Test
  void anOwnerApprovesThroughTheApi() {
    JoinRequestId id = decidable();
    requests().approve(on.olga, id);
    admitted(id);
  }

  @Test
  void anOwnerRejectsInTheTaskList() {
    JoinRequestId id = decidable();
    on.complete(on.olga, "reject");
    rejected(id);
  }

  @Test
  void anOwnerRejectsThroughTheApi() {
    JoinRequestId id = decidable();
    requests().reject(on.olga, id);
    rejected(id);
  }

  @Test
  void whatWasDecidedThroughTheApiCannotBeDecidedInTheTaskList() {
    JoinRequestId id = decidable();
    String task = on.task().getId();
    requests().reject(on.olga, id);

    assertThatThrownBy(
            () ->
                on.as(
                    on.olga.id().value(),
                    () ->
                        on.processes()
                            .getTaskService()
                            .complete(task, Map.of("decision", "approve"))))
        .isInstanceOf(ProcessEngineException.class);

    rejected(id);
  }

  @Test
  void whatWasDecidedInTheTaskListCannotBeDecidedThroughTheApi() {
    JoinRequestId id = decidable();
    on.complete(on.olga, "reject");

    assertThat(refusal(() -> requests().approve(on.olga, id))).isEqualTo(Reason.ILLEGAL_STATE);

    rejected(id);
  }

  @Test
  void whoIsNoOwnerIsVetoed() {
    JoinRequestId id = decidable();
    Actor.Account member = on.member("max");
    Actor.Account manager = on.member("mia");
    on.benefits.organizations().setRole(on.olga, on.organization, manager.id(), Role.MANAGER);

    assertThat(refusal(() -> on.complete(member, "approve"))).isEqualTo(Reason.NOT_PERMITTED);
    assertThat(refusal(() -> on.complete(manager, "approve"))).isEqualTo(Reason.NOT_PERMITTED);
    assertThat(refusal(() -> on.complete(ann(), "approve"))).isEqualTo(Reason.NOT_PERMITTED);
    assertThat(
            refusal(
                () ->
                    on.processes()
                        .getTaskService()
                        .complete(on.task().getId(), Map.of("decision", "approve"))))
        .isEqualTo(Reason.NOT_PERMITTED);

    stillOpen(id);
  }

  @Test
  void aWordThatIsNoDecisionVetoes() {
    JoinRequestId id = decidable();

    assertThat(refusal(() -> on.complete(on.olga, "yes"))).isEqualTo(Reason.INVALID_INPUT);

    stillOpen(id);
  }

  private static void stillOpen(JoinRequestId id) {
    on.waitsAt(TASK_DECIDE);
    assertThat(state(id)).isEqualTo(JoinRequestState.SUBMITTED);
    assertThat(isMember()).isFalse();
  }

  @Test
  void theApplicantWithdrawsWhileItCanBeDecided() {
    JoinRequestId id = decidable();
    requests().withdraw(ann(), id);
    withdrawn(id);
  }

  @Test
  void theApplicantWithdrawsWhileWaiting() {
    JoinRequestId id = waiting();
    requests().withdraw(ann(), id);
    withdrawn(id);
  }

  private static void withdrawn(JoinRequestId id) {
    on.endedAt("EndEvent_RequestWithdrawn");
    assertThat(state(id)).isEqualTo(JoinRequestState.WITHDRAWN);
    assertThat(refusal(() -> requests().approve(on.olga, id))).isEqualTo(Reason.ILLEGAL_STATE);
    assertThat(isMember()).isFalse();
  }

  @Test
  void remindsTheOwnersOnceAndLeavesTheTaskOpen() {
    JoinRequestId id = decidable();
    assertThat(on.task().getDueDate().toInstant()).isEqualTo(on.now().plus(Duration.ofDays(7)));

    on.justBeforeAndAt(on.now().plus(Duration.ofDays(3)), () -> assertThat(on.told).isEmpty());

    assertThat(on.told).containsExactly(Notice.Kind.APPROVAL_REMINDER);
    assertThat(on.ends()).containsExactly("EndEvent_OwnersReminded");
    on.time.advanceBy(Duration.ofDays(20));
    assertThat(on.told).hasSize(1);
    stillOpen(id);
  }

  @Test
  void expiresToTheSecondIfNobodyDecides() {
    JoinRequestId id = decidable();

    on.justBeforeAndAt(on.now().plus(Duration.ofDays(30)), () -> stillOpen(id));

    on.endedAt("EndEvent_OwnersReminded", "EndEvent_RequestExpired");
    assertThat(state(id)).isEqualTo(JoinRequestState.EXPIRED);
    assertThat(on.told).containsExactly(Notice.Kind.APPROVAL_REMINDER, Notice.Kind.REQUEST_EXPIRED);
  }

  @Test
  void expiresWhenTheHostWritesWhatIsDue() {
    JoinRequestId id = decidable();
    on.stopTimers();
    on.time.advanceBy(Duration.ofDays(30));
    on.waitsAt(TASK_DECIDE);

    on.benefits.settleDue();

    expired(id);
  }

  @Test
  void waitsForTheEndOfAnotherMembershipAndIsThenDecided() {
    JoinRequestId id = waiting();
    on.time.advanceBy(Duration.ofDays(29));
    on.benefits.organizations().quit(ann());
    on.waitsAt(TASK_DECIDE);
    assertThat(on.task().getDueDate().toInstant()).isEqualTo(on.now().plus(Duration.ofDays(7)));

    on.complete(on.olga, "approve");

    admitted(id);
  }

  @Test
  void waitsUntilTheOtherOrganizationRemovesTheApplicant() {
    OrganizationId other = joinedElsewhere();
    JoinRequestId id = requested();
    on.waitsAt(WAITING);

    on.benefits.organizations().remove(on.account("olav"), other, ann().id());

    on.waitsAt(TASK_DECIDE);
    requests().approve(on.olga, id);
    admitted(id);
  }

  @Test
  void theWaitLapsesToTheSecond() {
    JoinRequestId id = waiting();

    on.justBeforeAndAt(on.now().plus(Duration.ofDays(30)), () -> on.waitsAt(WAITING));

    expired(id);
  }

  @Test
  void approvingWhileWaitingIsRefusedAndRejectingIsNot() {
    JoinRequestId id = waiting();
    assertThat(refusal(() -> requests().approve(on.olga, id))).isEqualTo(Reason.MEMBER_ELSEWHERE);
    on.waitsAt(WAITING);

    requests().reject(on.olga, id);

    rejected(id);
  }

  @Test
  void whoJoinsElsewhereWhileItCanBeDecidedWaitsAgain() {
    JoinRequestId id = decidable();
    joinedElsewhere();
    on.waitsAt(WAITING);
    assertThat(on.hasTask()).isFalse();

    on.benefits.organizations().quit(ann());
    on.waitsAt(TASK_DECIDE);
    on.complete(on.olga, "approve");

    admitted(id);
  }

  @Test
  void membershipIsCheckedAgainWhenTheTaskIsCompleted() {
    JoinRequestId id = decidable();
    // On a host without the processes, so that nobody moves the task that stands open.
    try (AcpBenefits apart = on.apart()) {
      apart.organizations().admit(Actor.system(), on.otherOrganization(), ann().id(), Role.MEMBER);
    }

    assertThat(refusal(() -> on.complete(on.olga, "approve"))).isEqualTo(Reason.MEMBER_ELSEWHERE);

    stillOpen(id);
  }

  @Test
  void requestsToTwoOrganizationsAreOneMembership() {
    JoinRequestId id = decidable();
    OrganizationId other = on.otherOrganization();
    JoinRequestId second =
        requests()
            .submit(ann(), on.benefits.invitations().copyLink(on.account("olav"), other), Map.of())
            .requestId();
    requests().approve(on.account("olav"), second);
    on.time.runDueJobs();

    on.waitsAt(WAITING);
    assertThat(on.ends()).containsExactly("EndEvent_Admitted");
    assertThat(refusal(() -> requests().approve(on.olga, id))).isEqualTo(Reason.MEMBER_ELSEWHERE);
  }

  @Test
  void aRefusedRequestStartsNothing() {
    decidable();

    assertThat(refusal(JoinRequestFlowTest::requested)).isEqualTo(Reason.DUPLICATE_REQUEST);

    on.waitsAt(TASK_DECIDE);
  }

  @Test
  void aClosedOrganizationRejectsWhatCouldBeDecided() {
    JoinRequestId id = decidable();
    on.benefits.organizations().close(Actor.operator("otto"), on.organization, "left");
    rejected(id);
  }

  @Test
  void aTerminatedPartnersOrganizationRejectsWhatWaits() {
    JoinRequestId id = waiting();
    on.benefits.partners().terminate(Actor.operator("otto"), on.acme, "left");
    rejected(id);
  }

  @Test
  void whoIsMadeAMemberByThePlatformNeedsNoDecision() {
    JoinRequestId id = decidable();
    on.benefits
        .organizations()
        .admit(Actor.operator("otto"), on.organization, ann().id(), Role.MEMBER);
    admitted(id);
  }
}
