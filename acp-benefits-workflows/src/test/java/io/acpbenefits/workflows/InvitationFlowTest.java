package io.acpbenefits.workflows;

import static io.acpbenefits.workflows.InvitationToApprovalProcess.TASK_DECIDE;
import static io.acpbenefits.workflows.ProcessFixture.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.acpbenefits.common.Actor;
import io.acpbenefits.common.Reason;
import io.acpbenefits.invitation.Invitation;
import io.acpbenefits.invitation.InvitationState;
import io.acpbenefits.invitation.Invitations;
import io.acpbenefits.invitation.JoinRequest;
import io.acpbenefits.notification.Notice;
import io.acpbenefits.organization.Role;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The process invitation-to-approval where it begins with a personal invitation. */
class InvitationFlowTest {

  @RegisterExtension static final ProcessFixture on = ProcessFixture.open();

  private static Invitations invitations() {
    return on.benefits.invitations();
  }

  private static Actor.Account ann() {
    return on.account("ann");
  }

  private static Invitation invited() {
    Invitation invitation = invitations().invite(on.olga, on.organization, ann().id());
    on.waitsAt("ReceiveTask_AwaitAnswer");
    assertThat(on.instance().getBusinessKey()).isEqualTo(invitation.invitationId().value());
    return invitation;
  }

  private static JoinRequest accept(Invitation invitation) {
    return on.benefits
        .joinRequests()
        .submit(ann(), invitations().token(Actor.system(), invitation.invitationId()), Map.of());
  }

  private static InvitationState state(Invitation invitation) {
    return invitations().get(Actor.system(), invitation.invitationId()).state();
  }

  @Test
  void acceptingMakesARequestThatAnOwnerApproves() {
    Invitation invitation = invited();

    JoinRequest request = accept(invitation);

    on.waitsAt(TASK_DECIDE);
    assertThat(on.instance().getBusinessKey()).isEqualTo(request.requestId().value());
    assertThat(state(invitation)).isEqualTo(InvitationState.ACCEPTED);
    on.benefits.joinRequests().approve(on.olga, request.requestId());
    on.time.advanceBy(Duration.ofDays(60));
    on.endedAt("EndEvent_Admitted");
    assertThat(on.told).containsExactly(Notice.Kind.REQUEST_APPROVED);
  }

  @Test
  void acceptingWhileInAnotherOrganizationWaitsForItsEnd() {
    var other = on.otherOrganization();
    on.benefits.organizations().admit(Actor.system(), other, ann().id(), Role.MEMBER);
    accept(invited());
    on.waitsAt("EventGateway_AwaitAccountFree");

    on.benefits.organizations().quit(ann());

    on.waitsAt(TASK_DECIDE);
  }

  @Test
  void theInvitedPersonDeclines() {
    Invitation invitation = invited();

    invitations().decline(ann(), invitation.invitationId());

    on.endedAt("EndEvent_InvitationDeclined");
    assertThat(state(invitation)).isEqualTo(InvitationState.DECLINED);
  }

  @Test
  void theOrganizationRevokes() {
    Invitation invitation = invited();

    invitations().revoke(on.olga, invitation.invitationId());

    on.endedAt("EndEvent_InvitationRevoked");
    assertThat(refusal(() -> accept(invitation))).isEqualTo(Reason.LINK_REVOKED);
  }

  @Test
  void remindsOnceAndGoesOnWaiting() {
    Invitation invitation = invited();

    on.justBeforeAndAt(on.now().plus(Duration.ofDays(7)), () -> assertThat(on.told).isEmpty());

    assertThat(on.told).containsExactly(Notice.Kind.INVITATION_REMINDER);
    assertThat(on.ends()).containsExactly("EndEvent_InviteeReminded");
    on.waitsAt("ReceiveTask_AwaitAnswer");
    accept(invitation);
    on.waitsAt(TASK_DECIDE);
    assertThat(on.told).hasSize(1);
  }

  @Test
  void remindsNobodyOfWhatIsAnswered() {
    JoinRequest request = accept(invited());
    on.benefits.joinRequests().approve(on.olga, request.requestId());
    on.time.advanceBy(Duration.ofDays(30));

    assertThat(on.told).containsExactly(Notice.Kind.REQUEST_APPROVED);
  }

  @Test
  void expiresToTheSecond() {
    Invitation invitation = invited();

    on.justBeforeAndAt(
        on.now().plus(Duration.ofDays(14)),
        () -> {
          on.waitsAt("ReceiveTask_AwaitAnswer");
          assertThat(state(invitation)).isEqualTo(InvitationState.PENDING);
        });

    on.endedAt("EndEvent_InviteeReminded", "EndEvent_InvitationExpired");
    assertThat(state(invitation)).isEqualTo(InvitationState.EXPIRED);
    assertThat(refusal(() -> accept(invitation))).isEqualTo(Reason.LINK_EXPIRED);
  }

  @Test
  void sentBetweenTwoSecondsItStaysOpenAsLongAsItCanBeAnswered() {
    on.time.advanceBy(Duration.ofMillis(500));
    Invitation invitation = invited();

    on.time.advanceBy(Duration.ofDays(14).minusMillis(1));

    on.waitsAt("ReceiveTask_AwaitAnswer");
    assertThat(state(invitation)).isEqualTo(InvitationState.PENDING);
    on.time.advanceBy(Duration.ofMillis(501));
    on.endedAt("EndEvent_InviteeReminded", "EndEvent_InvitationExpired");
  }

  @Test
  void expiresWhenTheHostWritesWhatIsDueBeforeTheTimerHasEnded() {
    Invitation invitation = invited();
    on.stopTimers();
    on.time.advanceBy(Duration.ofDays(14));

    on.benefits.settleDue();

    assertThat(state(invitation)).isEqualTo(InvitationState.EXPIRED);
    on.waitsAt("ReceiveTask_AwaitAnswer");
    on.startTimers();
    on.time.runDueJobs();
    assertThat(on.ends())
        .containsExactlyInAnyOrder("EndEvent_InvitationExpired", "EndEvent_InviteeReminded");
    assertThat(on.openInstances()).isZero();
    assertThat(on.told).isEmpty();
  }

  @Test
  void aStrangersAnswerMovesNothing() {
    Invitation invitation = invited();

    assertThat(refusal(() -> invitations().decline(on.account("eve"), invitation.invitationId())))
        .isEqualTo(Reason.NOT_FOUND);

    on.waitsAt("ReceiveTask_AwaitAnswer");
  }

  @Test
  void invitingAcceptingAndApprovingInOneTransactionAdmits() {
    on.benefits.inTransaction(
        () -> {
          Invitation invitation = invitations().invite(on.olga, on.organization, ann().id());
          return on.benefits.joinRequests().approve(on.olga, accept(invitation).requestId());
        });
    on.time.runDueJobs();

    on.endedAt("EndEvent_Admitted");
  }

  @Test
  void sentAgainItIsRemindedOfAndExpiresCountedFromThen() {
    Invitation invitation = invited();
    on.time.advanceBy(Duration.ofDays(8));
    assertThat(on.told).containsExactly(Notice.Kind.INVITATION_REMINDER);

    invitations().resend(on.olga, invitation.invitationId());

    on.waitsAt("ReceiveTask_AwaitAnswer");
    on.justBeforeAndAt(on.now().plus(Duration.ofDays(7)), () -> assertThat(on.told).hasSize(1));
    assertThat(on.told).hasSize(2).containsOnly(Notice.Kind.INVITATION_REMINDER);
    on.justBeforeAndAt(
        on.now().plus(Duration.ofDays(7)), () -> on.waitsAt("ReceiveTask_AwaitAnswer"));
    on.endedAt(
        "EndEvent_InviteeReminded", "EndEvent_InviteeReminded", "EndEvent_InvitationExpired");
    assertThat(state(invitation)).isEqualTo(InvitationState.EXPIRED);
  }

  @Test
  void sentAgainItCanStillBeAccepted() {
    Invitation invitation = invited();
    invitations().resend(on.olga, invitation.invitationId());
    invitations().resend(on.olga, invitation.invitationId());

    JoinRequest request = accept(invitation);

    on.waitsAt(TASK_DECIDE);
    on.benefits.joinRequests().approve(on.olga, request.requestId());
    on.time.runDueJobs();
    on.endedAt("EndEvent_Admitted");
  }

  @Test
  void invitedAndSentAgainInOneTransactionItWaitsOnce() {
    on.benefits.inTransaction(
        () ->
            invitations()
                .resend(
                    on.olga,
                    invitations().invite(on.olga, on.organization, ann().id()).invitationId()));
    on.waitsAt("ReceiveTask_AwaitAnswer");
  }

  @Test
  void aClosedOrganizationAndAMembershipThatBeganOtherwiseRevokeIt() {
    Invitation invitation = invited();
    on.benefits.organizations().close(Actor.operator("otto"), on.organization, "left");
    on.endedAt("EndEvent_InvitationRevoked");
    assertThat(state(invitation)).isEqualTo(InvitationState.REVOKED);

    on.newCase();
    invited();
    on.benefits
        .organizations()
        .admit(Actor.operator("otto"), on.organization, ann().id(), Role.MEMBER);
    on.endedAt("EndEvent_InvitationRevoked");
  }
}
