package io.acpbenefits.organization;

import static io.acpbenefits.CoreFixture.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.acpbenefits.CoreFixture;
import io.acpbenefits.Together;
import io.acpbenefits.common.AccountId;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.DomainEvent;
import io.acpbenefits.common.PageRequest;
import io.acpbenefits.common.Reason;
import io.acpbenefits.exam.ExamLevel;
import io.acpbenefits.examcode.ExamCode;
import io.acpbenefits.examcode.ExamCodeState;
import io.acpbenefits.invitation.Invitation;
import io.acpbenefits.invitation.InvitationAnswered;
import io.acpbenefits.invitation.InvitationFilter;
import io.acpbenefits.invitation.InvitationState;
import io.acpbenefits.invitation.JoinRequest;
import io.acpbenefits.invitation.JoinRequestDecided;
import io.acpbenefits.invitation.JoinRequestState;
import io.acpbenefits.invitation.LinkLimits;
import io.acpbenefits.partner.PartnerId;
import io.acpbenefits.registration.Delivery;
import io.acpbenefits.registration.ExamRegistration;
import io.acpbenefits.registration.ExamRegistrationState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What closing and suspending an organization brings with it, and what leaving does. */
class ClosingTest {

  private static final AccountId BOSS = AccountId.of("boss");

  private final CoreFixture it = new CoreFixture();
  private final Organizations organizations = it.benefits.organizations();
  private final Actor.Account ann = it.member(it.ann);

  private OrganizationState state() {
    return organizations.get(it.operator, it.organization).state();
  }

  private JoinRequestState state(JoinRequest request) {
    return it.benefits.joinRequests().get(it.operator, request.requestId()).state();
  }

  private void close() {
    organizations.close(it.operator, it.organization, "asked for");
  }

  private List<String> audited(String subject) {
    return it.benefits.audit().of(it.operator, subject, PageRequest.first(20)).items().stream()
        .map(e -> e.operation() + " " + e.toState() + " " + e.madeBy() + " " + e.why())
        .toList();
  }

  @Test
  void removesEverybodyTheLastOwnerToo() {
    List<DomainEvent> events = new ArrayList<>();
    it.benefits.addListener(events::add);
    close();

    assertThat(state()).isEqualTo(OrganizationState.CLOSED);
    assertThat(
            organizations
                .members(it.operator, it.organization, MemberFilter.ALL, PageRequest.first(9))
                .items())
        .hasSize(2)
        .allSatisfy(
            m -> {
              assertThat(m.state()).isEqualTo(MembershipState.REMOVED);
              assertThat(m.endedAt()).isEqualTo(it.start);
              assertThat(audited(m.membershipId().value()))
                  .endsWith("CLOSE_ORGANIZATION REMOVED operator:otto asked for");
            });
    assertThat(events)
        .containsSubsequence(
            new OrganizationStateChanged(it.organization, OrganizationState.CLOSED),
            new MembershipEnded(it.organization, it.owner.id(), MembershipState.REMOVED),
            new MembershipEnded(it.organization, it.ann, MembershipState.REMOVED));
    assertThat(audited(it.organization.value()))
        .endsWith("CLOSE_ORGANIZATION CLOSED operator:otto asked for");
    assertRefused(Reason.NOT_FOUND, () -> organizations.get(it.owner, it.organization));
  }

  @Test
  void revokesLinksAndInvitations() {
    Invitation main = it.benefits.invitations().currentLink(it.owner, it.organization);
    Invitation further =
        it.benefits.invitations().createLink(it.owner, it.organization, LinkLimits.NONE);
    Invitation over =
        it.benefits
            .invitations()
            .createLink(
                it.owner,
                it.organization,
                LinkLimits.NONE.withExpiresAt(it.in(Duration.ofDays(1))));
    it.clock.advance(Duration.ofDays(1));
    Invitation personal = it.benefits.invitations().invite(it.owner, it.organization, it.ben);
    var token = it.benefits.invitations().token(it.owner, further.invitationId());
    List<DomainEvent> events = new ArrayList<>();
    it.benefits.addListener(events::add);
    close();

    for (Invitation each : List.of(main, further, personal)) {
      assertThat(it.benefits.invitations().get(it.operator, each.invitationId()).state())
          .isEqualTo(InvitationState.REVOKED);
      assertThat(audited(each.invitationId().value()))
          .endsWith("REVOKE_INVITATION REVOKED system The organization was closed.");
    }
    assertThat(audited(over.invitationId().value()))
        .endsWith("EXPIRE_INVITATION EXPIRED system null");
    assertThat(events)
        .contains(new InvitationAnswered(personal.invitationId(), InvitationState.REVOKED, null));
    assertRefused(
        Reason.LINK_REVOKED,
        () -> it.benefits.joinRequests().submit(Actor.account("eve"), token, Map.of()));
    assertThat(
            it.benefits
                .invitations()
                .list(it.operator, it.organization, InvitationFilter.LINKS, PageRequest.first(9))
                .items())
        .isEmpty();
  }

  @Test
  void rejectsOpenRequestsAndAdmitsNobodyAnyMore() {
    OrganizationId beta = it.partner(PartnerId.of("beta"), BOSS);
    JoinRequest over = it.request(AccountId.of("late"));
    it.clock.advance(Duration.ofDays(20));
    JoinRequest waiting = it.request(BOSS);
    JoinRequest decidable = it.request(it.ben);
    it.clock.advance(Duration.ofDays(10));
    List<DomainEvent> events = new ArrayList<>();
    it.benefits.addListener(events::add);
    close();

    assertThat(state(decidable)).isEqualTo(JoinRequestState.REJECTED);
    assertThat(state(waiting)).isEqualTo(JoinRequestState.REJECTED);
    assertThat(state(over)).isEqualTo(JoinRequestState.EXPIRED);
    assertThat(audited(decidable.requestId().value()))
        .endsWith("REJECT_JOIN_REQUEST REJECTED system The organization was closed.");
    assertThat(events)
        .contains(
            new JoinRequestDecided(decidable.requestId()),
            new JoinRequestDecided(waiting.requestId()));
    assertRefused(
        Reason.ILLEGAL_STATE,
        () -> it.benefits.joinRequests().approve(it.operator, decidable.requestId()));
    assertRefused(
        Reason.ILLEGAL_STATE,
        () -> organizations.admit(it.operator, it.organization, it.ben, Role.MEMBER));
    assertThat(it.benefits.joinRequests().latest(it.operator, beta, it.ann)).isEmpty();
  }

  @Test
  void terminatingThePartnerClosesItsOrganizationInTheSameTransaction() {
    JoinRequest request = it.request(it.ben);
    it.benefits.partners().terminate(it.operator, it.acme, "left");

    assertThat(state()).isEqualTo(OrganizationState.CLOSED);
    assertThat(state(request)).isEqualTo(JoinRequestState.REJECTED);
    assertThat(audited(it.organization.value()))
        .endsWith("CLOSE_ORGANIZATION CLOSED system The partner was terminated.");
    assertThat(organizations.activeMembership(it.operator, it.ann)).isEmpty();
  }

  @Test
  void suspendingThePartnerClosesNothingAndTerminatingOneWithoutOrOfAClosedOneIsNoProblem() {
    it.benefits.partners().suspend(it.operator, it.acme, "unpaid");
    assertThat(state()).isEqualTo(OrganizationState.ACTIVE);
    close();
    it.benefits.partners().terminate(it.operator, it.acme, "left");
    PartnerId none = PartnerId.of("none");
    it.benefits.partners().register(it.operator, none, "None", "gold");
    it.benefits.partners().terminate(it.operator, none, "left");
  }

  @Test
  void onlyThePlatformSuspendsResumesAndClosesAndSaysWhy() {
    assertRefused(
        Reason.NOT_PERMITTED, () -> organizations.suspend(it.owner, it.organization, "x"));
    assertRefused(Reason.NOT_PERMITTED, () -> organizations.resume(it.owner, it.organization, "x"));
    assertRefused(Reason.NOT_PERMITTED, () -> organizations.close(it.owner, it.organization, "x"));
    assertRefused(
        Reason.INVALID_INPUT, () -> organizations.suspend(it.operator, it.organization, " "));
    assertRefused(
        Reason.INVALID_INPUT, () -> organizations.close(it.operator, it.organization, ""));
    assertRefused(
        Reason.NOT_FOUND, () -> organizations.close(it.operator, OrganizationId.of("x"), "y"));
    assertThat(state()).isEqualTo(OrganizationState.ACTIVE);
  }

  @Test
  void aSuspendedOneNeitherInvitesNorAdmitsButPeopleLeaveAndAreRejected() {
    JoinRequest request = it.request(it.ben);
    JoinRequest other = it.request(AccountId.of("cat"));
    Invitation invitation = it.benefits.invitations().invite(it.owner, it.organization, BOSS);
    var token = it.benefits.invitations().copyLink(it.owner, it.organization);
    it.member(AccountId.of("dan"));
    organizations.suspend(it.operator, it.organization, "asked for");

    assertRefused(
        Reason.ILLEGAL_STATE,
        () -> it.benefits.joinRequests().submit(Actor.account("eve"), token, Map.of()));
    assertRefused(
        Reason.ILLEGAL_STATE,
        () -> it.benefits.joinRequests().approve(it.owner, request.requestId()));
    assertRefused(
        Reason.ILLEGAL_STATE,
        () -> it.benefits.invitations().resend(it.owner, invitation.invitationId()));
    organizations.quit(ann);
    organizations.remove(it.owner, it.organization, AccountId.of("dan"));
    it.benefits.joinRequests().reject(it.owner, other.requestId());
    it.benefits.invitations().revoke(it.owner, invitation.invitationId());
    assertThat(audited(it.organization.value()))
        .endsWith("SUSPEND_ORGANIZATION SUSPENDED operator:otto asked for");

    organizations.resume(it.operator, it.organization, "asked for");
    it.benefits.joinRequests().approve(it.owner, request.requestId());
  }

  @Test
  void whoLeavesGivesAssignedCodesBackKeepsRegistrationsAndIsFreeForOthers() {
    OrganizationId beta = it.partner(PartnerId.of("beta"), BOSS);
    it.quota(ExamLevel.ACP, 10);
    ExamCode code = it.assignedToAnn("CODE1");
    JoinRequest elsewhere = it.request(it.ann, beta);
    assertThat(elsewhere.waiting()).isTrue();
    ExamRegistration booked =
        it.benefits
            .registrations()
            .registerSelfPaid(ann, it.cloud, Delivery.ONLINE, it.in(Duration.ofDays(7)), null);
    close();

    assertThat(it.benefits.registrations().get(ann, booked.examRegistrationId()).state())
        .isEqualTo(ExamRegistrationState.SCHEDULED);
    assertThat(it.benefits.examCodes().get(Actor.system(), code.codeId()).state())
        .isEqualTo(ExamCodeState.ISSUED);
    assertThat(it.benefits.joinRequests().get(ann, elsewhere.requestId()).waiting()).isFalse();
    it.benefits.joinRequests().approve(new Actor.Account(BOSS), elsewhere.requestId());
  }

  @Test
  void whoHasLeftCanBeInvitedAndCanAskAgain() {
    organizations.quit(ann);
    it.benefits.invitations().invite(it.owner, it.organization, it.ann);
    it.member(it.ann);
    organizations.remove(it.owner, it.organization, it.ann);
    it.benefits.invitations().invite(it.owner, it.organization, it.ann);
    it.request(it.ann);
  }

  @Test
  void closingAndApprovingAtOnceLeaveNoMember() throws Exception {
    for (int round = 0; round < 10; round++) {
      CoreFixture each = new CoreFixture();
      JoinRequest request = each.request(each.ann);
      var token = each.benefits.invitations().copyLink(each.owner, each.organization);
      Together.run(
          () -> each.benefits.joinRequests().approve(each.operator, request.requestId()),
          () -> each.benefits.organizations().close(each.operator, each.organization, "left"),
          () -> each.benefits.joinRequests().submit(Actor.account("eve"), token, Map.of()),
          () -> each.benefits.invitations().invite(each.operator, each.organization, each.ben),
          () -> each.benefits.organizations().quit(each.owner));
      assertThat(each.number("SELECT COUNT(*) FROM acp_membership WHERE state = 'ACTIVE'"))
          .isZero();
      assertThat(each.number("SELECT COUNT(*) FROM acp_join_request WHERE state = 'SUBMITTED'"))
          .isZero();
      assertThat(
              each.number(
                  "SELECT COUNT(*) FROM acp_invitation WHERE state IN ('ACTIVE', 'PENDING')"))
          .isZero();
    }
  }
}
