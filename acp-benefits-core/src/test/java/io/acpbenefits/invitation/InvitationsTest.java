package io.acpbenefits.invitation;

import static io.acpbenefits.CoreFixture.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.acpbenefits.CoreFixture;
import io.acpbenefits.Together;
import io.acpbenefits.Together.Outcome;
import io.acpbenefits.common.AccountId;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.Reason;
import io.acpbenefits.organization.Role;
import java.time.Duration;
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
    it.sql("UPDATE acp_invitation SET maximum_uses = 1");
    use(ann, token);
    assertRefused(Reason.LINK_EXHAUSTED, () -> use(ben, token));

    invitations.rotateLink(it.owner, it.organization);
    InvitationToken expiring = invitations.copyLink(it.owner, it.organization);
    it.sql(
        "UPDATE acp_invitation SET expires_at = TIMESTAMP '2026-03-02 09:00:00'"
            + " WHERE state = 'ACTIVE'");
    it.clock.advance(Duration.ofDays(1).minusNanos(1000));
    use(ben, expiring);
    it.clock.advance(Duration.ofNanos(1000));
    assertRefused(Reason.LINK_EXPIRED, () -> use(ben, expiring));
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
}
