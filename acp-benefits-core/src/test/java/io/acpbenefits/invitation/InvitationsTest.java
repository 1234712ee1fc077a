package io.acpbenefits.invitation;

import static io.acpbenefits.CoreFixture.assertRefused;
import static io.acpbenefits.CoreFixture.assertViolates;
import static io.acpbenefits.CoreFixture.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.acpbenefits.AcpBenefits;
import io.acpbenefits.CoreFixture;
import io.acpbenefits.Policies;
import io.acpbenefits.Together;
import io.acpbenefits.Together.Outcome;
import io.acpbenefits.common.AccountId;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.DomainEvent;
import io.acpbenefits.common.Page;
import io.acpbenefits.common.PageRequest;
import io.acpbenefits.common.Reason;
import io.acpbenefits.organization.Role;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InvitationsTest {

  private static final Duration LIFE = Duration.ofDays(14);

  private final CoreFixture it = new CoreFixture();
  private final Invitations invitations = it.benefits.invitations();
  private final Actor.Account ann = new Actor.Account(it.ann);
  private final Actor.Account ben = new Actor.Account(it.ben);

  private void use(Actor.Account actor, InvitationToken token) {
    it.benefits.joinRequests().submit(actor, token, Map.of());
  }

  private Invitation invite(AccountId account) {
    return invitations.invite(it.owner, it.organization, account);
  }

  @Test
  void copiesTheSameLinkAgain() {
    InvitationToken token = invitations.copyLink(it.owner, it.organization);

    assertThat(invitations.copyLink(it.owner, it.organization)).isEqualTo(token);
    assertThat(token.value()).hasSize(43).matches("[A-Za-z0-9_-]+");
    assertThat(token.toString()).doesNotContain(token.value());
  }

  @Test
  void managersCopyAndRotateTheLinkAndMembersDoNot() {
    it.member(it.ann);
    assertRefused(Reason.NOT_PERMITTED, () -> invitations.copyLink(ann, it.organization));
    assertRefused(Reason.NOT_PERMITTED, () -> invitations.rotateLink(ann, it.organization));
    assertRefused(Reason.NOT_PERMITTED, () -> invitations.invite(ann, it.organization, it.ben));

    it.benefits.organizations().setRole(it.owner, it.organization, it.ann, Role.MANAGER);
    invitations.rotateLink(ann, it.organization);
    invitations.copyLink(ann, it.organization);
    invitations.invite(ann, it.organization, it.ben);
  }

  @Test
  void theNewLinkIsTheCurrentOneAlsoIfItsNodesClockIsBehind() {
    it.clock.set(it.clock.instant().minus(Duration.ofMinutes(5)));
    try (AcpBenefits behind = AcpBenefits.on(it.database).keys(it.keys).clock(it.clock).build()) {

      Invitation rotated = behind.invitations().rotateLink(it.owner, it.organization);

      assertThat(invitations.currentLink(it.owner, it.organization)).isEqualTo(rotated);
      assertThat(invitations.copyLink(it.owner, it.organization))
          .isEqualTo(invitations.token(it.owner, rotated.invitationId()));
    }
  }

  @Test
  void rotatingRevokesTheOldLinkAndKeepsItsUses() {
    Invitation first = invitations.currentLink(Actor.system(), it.organization);
    InvitationToken old = invitations.copyLink(it.owner, it.organization);
    use(ann, old);

    Invitation second = invitations.rotateLink(it.owner, it.organization);

    InvitationToken current = invitations.copyLink(it.owner, it.organization);
    assertThat(current).isNotEqualTo(old);
    assertThat(invitations.currentLink(Actor.system(), it.organization)).isEqualTo(second);
    assertThat(invitations.get(Actor.system(), first.invitationId()))
        .extracting(Invitation::state, Invitation::uses)
        .containsExactly(InvitationState.REVOKED, 1);
    assertRefused(Reason.LINK_REVOKED, () -> use(ben, old));
    use(ben, current);
  }

  @Test
  void twoRotationsAtOnceLeaveOneLink() throws Exception {
    Runnable rotate = () -> invitations.rotateLink(it.owner, it.organization);
    for (int round = 0; round < 20; round++) {
      assertThat(Together.run(rotate, rotate, rotate)).containsOnly(new Outcome("DONE"));
      assertThat(
              it.number(
                  "SELECT COUNT(*) FROM acp_invitation WHERE kind = 'LINK' AND state = 'ACTIVE'"))
          .isOne();
    }
  }

  @Test
  void aLinkNeitherExpiresNorRunsOutByItself() {
    InvitationToken token = invitations.copyLink(it.owner, it.organization);
    it.clock.advance(Duration.ofDays(3650));
    for (int i = 0; i < 5; i++) {
      use(new Actor.Account(AccountId.of("applicant-" + i)), token);
    }
    assertThat(invitations.currentLink(Actor.system(), it.organization).uses()).isEqualTo(5);
  }

  @Test
  void refusesRevokedExpiredAndExhaustedLinksEachInItsOwnWay() {
    InvitationToken token = invitations.copyLink(it.owner, it.organization);
    invitations.changeLimits(
        it.owner,
        invitations.currentLink(it.owner, it.organization).invitationId(),
        LinkLimits.NONE.withMaximumUses(1));
    use(ann, token);
    assertRefused(Reason.LINK_EXHAUSTED, () -> use(ben, token));

    invitations.rotateLink(it.owner, it.organization);
    InvitationToken expiring = invitations.copyLink(it.owner, it.organization);
    invitations.changeLimits(
        it.owner,
        invitations.currentLink(it.owner, it.organization).invitationId(),
        LinkLimits.NONE.withExpiresAt(it.in(Duration.ofDays(1))));
    it.clock.advance(Duration.ofDays(1).minusNanos(1000));
    use(ben, expiring);
    it.clock.advance(Duration.ofNanos(1000));
    assertRefused(Reason.LINK_EXPIRED, () -> use(Actor.account("cat"), expiring));
    assertRefused(Reason.NOT_FOUND, () -> invitations.copyLink(it.owner, it.organization));

    InvitationId rotated = invitations.rotateLink(it.owner, it.organization).invitationId();
    InvitationToken revoked = invitations.copyLink(it.owner, it.organization);
    invitations.revoke(it.owner, rotated);
    assertRefused(Reason.LINK_REVOKED, () -> use(ben, revoked));
    assertRefused(Reason.ILLEGAL_STATE, () -> invitations.revoke(it.owner, rotated));
  }

  @Test
  void knowsNoTokenThatItNeverMade() {
    assertRefused(Reason.NOT_FOUND, () -> use(ann, new InvitationToken("x")));
    assertRefused(Reason.NOT_FOUND, () -> new InvitationToken(" "));
    assertRefused(Reason.NOT_FOUND, () -> new InvitationToken("x".repeat(101)));
    assertRefused(Reason.NOT_FOUND, () -> invitations.get(Actor.system(), InvitationId.of("x")));
  }

  @Test
  void aPersonalInvitationIsAcceptedByAskingToJoin() {
    Invitation invitation = invite(it.ann);
    assertThat(invitation.expiresAt()).isEqualTo(it.in(LIFE));

    use(ann, invitations.token(Actor.system(), invitation.invitationId()));

    assertThat(invitations.get(Actor.system(), invitation.invitationId()).state())
        .isEqualTo(InvitationState.ACCEPTED);
    assertThat(it.benefits.joinRequests().latest(Actor.system(), it.organization, it.ann))
        .map(JoinRequest::state)
        .contains(JoinRequestState.SUBMITTED);
    assertRefused(
        Reason.ILLEGAL_STATE,
        () -> use(ann, invitations.token(Actor.system(), invitation.invitationId())));
  }

  @Test
  void aPersonalInvitationIsNobodyElses() {
    Invitation invitation = invite(it.ann);
    InvitationToken token = invitations.token(Actor.system(), invitation.invitationId());

    assertRefused(Reason.NOT_FOUND, () -> use(ben, token));
    assertRefused(Reason.NOT_FOUND, () -> invitations.decline(ben, invitation.invitationId()));
    invitations.decline(ann, invitation.invitationId());
    assertRefused(Reason.NOT_FOUND, () -> invitations.decline(ben, invitation.invitationId()));
    assertRefused(Reason.ILLEGAL_STATE, () -> invitations.decline(ann, invitation.invitationId()));
    assertRefused(Reason.ILLEGAL_STATE, () -> use(ann, token));
    assertThat(invitations.get(Actor.system(), invitation.invitationId()).state())
        .isEqualTo(InvitationState.DECLINED);
  }

  @Test
  void aLinkCannotBeDeclined() {
    InvitationId link = invitations.currentLink(Actor.system(), it.organization).invitationId();
    assertRefused(Reason.NOT_FOUND, () -> invitations.decline(ann, link));
  }

  @Test
  void aPersonalInvitationCanBeRevoked() {
    Invitation invitation = invite(it.ann);
    InvitationToken token = invitations.token(Actor.system(), invitation.invitationId());
    assertRefused(Reason.NOT_PERMITTED, () -> invitations.revoke(ann, invitation.invitationId()));
    assertRefused(Reason.NOT_FOUND, () -> invitations.revoke(ben, invitation.invitationId()));

    invitations.revoke(it.owner, invitation.invitationId());

    assertRefused(Reason.LINK_REVOKED, () -> use(ann, token));
    assertRefused(Reason.ILLEGAL_STATE, () -> invitations.decline(ann, invitation.invitationId()));
  }

  @Test
  void aPersonalInvitationExpiresAfterExactly14Days() {
    Invitation invitation = invite(it.ann);
    InvitationId id = invitation.invitationId();
    it.clock.advance(LIFE.minusNanos(1000));
    assertThat(it.benefits.settleDue()).isZero();
    assertThat(invitations.get(Actor.system(), id).state()).isEqualTo(InvitationState.PENDING);

    it.clock.advance(Duration.ofNanos(1000));
    assertThat(invitations.get(Actor.system(), id).state()).isEqualTo(InvitationState.EXPIRED);
    assertRefused(Reason.LINK_EXPIRED, () -> use(ann, invitations.token(Actor.system(), id)));
    assertRefused(Reason.ILLEGAL_STATE, () -> invitations.decline(ann, id));
    assertRefused(Reason.ILLEGAL_STATE, () -> invitations.revoke(it.owner, id));

    assertThat(it.benefits.settleDue()).isOne();
    assertThat(it.benefits.settleDue()).isZero();
    invitations.expireIfDue(Actor.system(), id);
    assertThat(it.number("SELECT COUNT(*) FROM acp_invitation WHERE state = 'EXPIRED'")).isOne();
  }

  @Test
  void refusesToInviteAMemberOrTheSameAccountTwice() {
    it.member(it.ben);
    assertRefused(Reason.ALREADY_A_MEMBER, () -> invite(it.ben));
    invite(it.ann);
    assertRefused(Reason.DUPLICATE_REQUEST, () -> invite(it.ann));

    it.clock.advance(LIFE);
    invite(it.ann);
  }

  private List<String> audited(InvitationId id) {
    return it.benefits.audit().of(it.operator, id.value(), PageRequest.first(20)).items().stream()
        .map(e -> e.operation() + " " + e.fromState() + " " + e.toState() + " " + e.madeBy())
        .toList();
  }

  @Test
  void everyChangeIsRecordedWithWhoMadeItAndCopyingToo() {
    InvitationId link = invitations.currentLink(it.owner, it.organization).invitationId();
    invitations.copyLink(it.owner, it.organization);
    InvitationId next = invitations.rotateLink(it.operator, it.organization).invitationId();
    assertThat(audited(link))
        .containsExactly(
            "ESTABLISH_ORGANIZATION null ACTIVE system",
            "COPY_LINK null null account:olga",
            "ROTATE_LINK ACTIVE REVOKED operator:otto");
    assertThat(audited(next)).containsExactly("ROTATE_LINK null ACTIVE operator:otto");

    InvitationId accepted = invite(it.ann).invitationId();
    use(ann, invitations.token(it.owner, accepted));
    assertThat(audited(accepted))
        .containsExactly(
            "INVITE null PENDING account:olga",
            "COPY_LINK null null account:olga",
            "ACCEPT_INVITATION PENDING ACCEPTED account:ann");
    InvitationId declined = invite(it.ben).invitationId();
    invitations.resend(it.owner, declined);
    invitations.decline(ben, declined);
    assertThat(audited(declined))
        .containsExactly(
            "INVITE null PENDING account:olga",
            "RESEND_INVITATION PENDING PENDING account:olga",
            "DECLINE_INVITATION PENDING DECLINED account:ben");
    InvitationId expired = invite(it.ben).invitationId();
    it.clock.advance(LIFE);
    invitations.settleDue();
    assertThat(audited(expired))
        .containsExactly(
            "INVITE null PENDING account:olga", "EXPIRE_INVITATION PENDING EXPIRED system");
    InvitationId revoked = invite(it.ben).invitationId();
    invitations.revoke(it.owner, revoked);
    assertThat(audited(revoked)).endsWith("REVOKE_INVITATION PENDING REVOKED account:olga");
  }

  @Test
  void sentAgainItHasANewTokenAndItsTimeBeginsAnew() {
    List<DomainEvent> events = new ArrayList<>();
    it.benefits.addListener(events::add);
    Invitation first = invite(it.ann);
    InvitationToken old = invitations.token(it.owner, first.invitationId());
    it.clock.advance(LIFE.minusDays(1));

    Invitation again = invitations.resend(it.owner, first.invitationId());

    assertThat(again.invitationId()).isEqualTo(first.invitationId());
    assertThat(again)
        .isEqualTo(invitations.get(ann, first.invitationId()))
        .extracting(
            Invitation::state,
            Invitation::createdAt,
            Invitation::sentAt,
            Invitation::resends,
            Invitation::expiresAt)
        .containsExactly(InvitationState.PENDING, it.start, it.clock.instant(), 1, it.in(LIFE));
    assertThat(events)
        .contains(
            new InvitationSent(first.invitationId(), false),
            new InvitationSent(first.invitationId(), true));
    assertRefused(Reason.NOT_FOUND, () -> use(ann, old));
    it.clock.advance(LIFE.minusNanos(1000));
    use(ann, invitations.token(it.owner, first.invitationId()));
  }

  @Test
  void isSentAgainAsOftenAsThePolicyAllows() {
    InvitationId id = invite(it.ann).invitationId();
    for (int i = 1; i <= 5; i++) {
      assertThat(invitations.resend(it.owner, id).resends()).isEqualTo(i);
    }
    InvitationToken last = invitations.token(it.owner, id);
    assertThat(refusal(() -> invitations.resend(it.owner, id)))
        .hasMessageContaining("sent again 5 times");
    assertRefused(Reason.ILLEGAL_STATE, () -> invitations.resend(it.owner, id));
    use(ann, last);

    CoreFixture never =
        new CoreFixture(Policies.DEFAULT.with(InvitationPolicy.DEFAULT.withMostResends(0)));
    Invitations its = never.benefits.invitations();
    InvitationId once = its.invite(never.owner, never.organization, never.ann).invitationId();
    assertRefused(Reason.ILLEGAL_STATE, () -> its.resend(never.owner, once));
  }

  @Test
  void twoInvitationsAtOnceAreOne() throws Exception {
    for (int round = 0; round < 10; round++) {
      AccountId account = AccountId.of("invited-" + round);
      assertThat(Together.run(() -> invite(account), () -> invite(account)))
          .extracting(Outcome::name)
          .containsExactlyInAnyOrder("DONE", "DUPLICATE_REQUEST");
    }
  }

  @Test
  void whoBecomesAMemberOtherwiseIsInvitedNoMore() {
    List<DomainEvent> events = new ArrayList<>();
    it.benefits.addListener(events::add);
    InvitationId id = invite(it.ann).invitationId();
    InvitationId other = invite(it.ben).invitationId();
    it.member(it.ann);

    assertThat(invitations.get(it.owner, id).state()).isEqualTo(InvitationState.REVOKED);
    assertThat(events).contains(new InvitationAnswered(id, InvitationState.REVOKED, null));
    assertThat(it.benefits.audit().of(it.operator, id.value(), PageRequest.first(9)).items().get(1))
        .satisfies(e -> assertThat(e.why()).isEqualTo("The account has become a member."));
    assertThat(invitations.get(it.owner, other).state()).isEqualTo(InvitationState.PENDING);
  }

  @Test
  void theInvitedOwnersAndManagersSeeAnInvitationAndToOthersThereIsNone() {
    Actor.Account manager = it.member(AccountId.of("mia"));
    it.benefits.organizations().setRole(it.owner, it.organization, manager.id(), Role.MANAGER);
    Actor.Account member = it.member(AccountId.of("max"));
    Invitation invitation = invite(it.ann);
    InvitationId id = invitation.invitationId();
    PageRequest page = PageRequest.first(9);

    for (Actor actor : List.of(ann, manager, it.owner, it.operator)) {
      assertThat(invitations.get(actor, id)).isEqualTo(invitation);
    }
    for (Actor actor : List.of(manager, it.owner, it.operator)) {
      invitations.token(actor, id);
      assertThat(invitations.list(actor, it.organization, InvitationFilter.PENDING, page).items())
          .containsExactly(invitation);
    }
    assertRefused(Reason.NOT_PERMITTED, () -> invitations.get(member, id));
    for (Actor.Account actor : List.of(member, ben)) {
      Reason reason = actor.equals(member) ? Reason.NOT_PERMITTED : Reason.NOT_FOUND;
      assertRefused(reason, () -> invitations.token(actor, id));
      assertRefused(reason, () -> invitations.get(actor, id));
      assertRefused(reason, () -> invitations.revoke(actor, id));
      assertRefused(reason, () -> invitations.resend(actor, id));
      assertRefused(reason, () -> invitations.decline(actor, id));
      assertRefused(
          Reason.NOT_PERMITTED,
          () -> invitations.list(actor, it.organization, InvitationFilter.ALL, page));
      assertRefused(Reason.NOT_PERMITTED, () -> invitations.currentLink(actor, it.organization));
    }
    assertRefused(Reason.NOT_PERMITTED, () -> invitations.token(ann, id));
  }

  @Test
  void listsInvitationsPageByPageByKindAndByWhereTheyStandNow() {
    Invitation main = invitations.currentLink(it.owner, it.organization);
    Invitation personal = invite(it.ann);
    Invitation further =
        invitations.createLink(
            it.owner, it.organization, LinkLimits.NONE.withExpiresAt(it.in(LIFE)));
    PageRequest two = PageRequest.first(2);
    Page<Invitation> first = invitations.list(it.owner, it.organization, InvitationFilter.ALL, two);
    assertThat(first.items()).containsExactly(main, personal);
    assertThat(
            invitations
                .list(
                    it.owner,
                    it.organization,
                    InvitationFilter.ALL,
                    two.then(first.next().orElseThrow()))
                .items())
        .containsExactly(further);
    assertThat(listed(InvitationFilter.LINKS)).containsExactly(main, further);
    assertThat(listed(InvitationFilter.PENDING)).containsExactly(personal);
    it.clock.advance(LIFE.minusNanos(1000));
    assertThat(listed(new InvitationFilter(null, InvitationState.EXPIRED))).isEmpty();

    it.clock.advance(Duration.ofNanos(1000));
    assertThat(listed(new InvitationFilter(null, InvitationState.EXPIRED)))
        .containsExactly(
            personal.with(InvitationState.EXPIRED), further.with(InvitationState.EXPIRED));
    assertThat(listed(InvitationFilter.PENDING)).isEmpty();
    assertThat(listed(InvitationFilter.LINKS)).containsExactly(main);
  }

  private List<Invitation> listed(InvitationFilter filter) {
    return invitations.list(it.owner, it.organization, filter, PageRequest.first(9)).items();
  }

  @Test
  void tellsWhenTheNextOneEnds() {
    assertThat(invitations.nextDue()).isEmpty();
    invite(it.ann);
    assertThat(invitations.nextDue()).contains(it.in(LIFE));
    invitations.createLink(
        it.owner, it.organization, LinkLimits.NONE.withExpiresAt(it.in(Duration.ofDays(1))));
    assertThat(it.benefits.nextDue()).contains(it.in(Duration.ofDays(1)));
    it.clock.advance(LIFE);
    assertThat(invitations.settleDue()).isEqualTo(2);
    assertThat(invitations.nextDue()).isEmpty();
  }

  @Test
  void theDatabaseItselfKeepsAnOrganizationFromTwoMainLinksAndAnAccountFromTwoInvitations() {
    invite(it.ann);
    String copy =
        "INSERT INTO acp_invitation (invitation_id, organization_id, kind, main, state, token_hash,"
            + " token_cipher, token_key_id, invited_account, created_at, created_by, sent_at,"
            + " resends, expires_at, uses) SELECT CONCAT('x', kind), organization_id, kind, main, state,"
            + " CONCAT('x', kind), token_cipher, token_key_id, invited_account, created_at, created_by,"
            + " sent_at, resends, expires_at, uses FROM acp_invitation WHERE kind = '%s'";
    assertViolates("acp_invitation_one_main_link", () -> it.sql(copy.formatted("LINK")));
    assertViolates("acp_invitation_one_pending", () -> it.sql(copy.formatted("PERSONAL")));
  }
}
