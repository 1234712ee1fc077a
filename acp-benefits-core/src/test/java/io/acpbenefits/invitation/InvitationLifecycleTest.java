package io.acpbenefits.invitation;

import io.acpbenefits.CoreFixture;
import io.acpbenefits.Lifecycle;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.Operation;
import io.acpbenefits.common.Reason;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Both kinds in one walk: a personal invitation of ann, or the main link. */
class InvitationLifecycleTest {

  private static final Duration LIFE = Duration.ofDays(14);
  private static final Set<Reason> NO_USE =
      Set.of(Reason.LINK_REVOKED, Reason.LINK_EXPIRED, Reason.LINK_EXHAUSTED);

  private record Invited(CoreFixture it, InvitationId id) {

    static Invited personal(Consumer<Invited> then) {
      CoreFixture it = new CoreFixture();
      return then(
          new Invited(
              it,
              it.benefits.invitations().invite(it.owner, it.organization, it.ann).invitationId()),
          then);
    }

    static Invited link(Consumer<Invited> then) {
      CoreFixture it = new CoreFixture();
      Invited invited =
          new Invited(
              it, it.benefits.invitations().currentLink(it.owner, it.organization).invitationId());
      invited.limit(null);
      return then(invited, then);
    }

    private static Invited then(Invited invited, Consumer<Invited> then) {
      then.accept(invited);
      return invited;
    }

    Invitations invitations() {
      return it.benefits.invitations();
    }

    InvitationState state() {
      return invitations().get(Actor.system(), id).state();
    }

    void use() {
      it.benefits
          .joinRequests()
          .submit(new Actor.Account(it.ann), invitations().token(it.owner, id), Map.of());
    }

    /** What using is, the kind decides: nothing accepts a link, or asks through an invitation. */
    void use(Operation as, InvitationKind kind) {
      if (invitations().get(it.owner, id).kind() == kind) {
        use();
      } else {
        InvitationState.lifecycle().require(as, state());
      }
    }

    void limit(@Nullable Integer maximumUses) {
      invitations().changeLimits(it.owner, id, new LinkLimits(it.in(LIFE), maximumUses, Set.of()));
    }

    void exhaust() {
      limit(1);
      use();
    }

    void resend() {
      invitations().resend(it.owner, id);
    }

    void decline() {
      invitations().decline(new Actor.Account(it.ann), id);
    }

    void rotate() {
      invitations().rotateLink(it.owner, it.organization);
    }

    void revoke() {
      invitations().revoke(it.owner, id);
    }

    void expire() {
      it.clock.advance(LIFE);
      invitations().expireIfDue(Actor.system(), id);
    }
  }

  @TestFactory
  Stream<DynamicTest> everyOperationInEveryState() {
    return new Lifecycle<InvitationState, Invited>(InvitationState.lifecycle(), Invited::state)
        .in(InvitationState.PENDING, () -> Invited.personal(invited -> {}))
        .in(InvitationState.ACCEPTED, () -> Invited.personal(Invited::use))
        .in(InvitationState.DECLINED, () -> Invited.personal(Invited::decline))
        .in(InvitationState.ACTIVE, () -> Invited.link(invited -> {}))
        .in(InvitationState.REVOKED, () -> Invited.link(Invited::revoke))
        .in(InvitationState.EXPIRED, () -> Invited.link(Invited::expire))
        .in(InvitationState.EXHAUSTED, () -> Invited.link(Invited::exhaust))
        .refuses(Operation.RESEND_INVITATION, Invited::resend)
        .refusesWith(
            NO_USE,
            Operation.ACCEPT_INVITATION,
            invited -> invited.use(Operation.ACCEPT_INVITATION, InvitationKind.PERSONAL))
        .refusesWith(
            NO_USE,
            Operation.SUBMIT_JOIN_REQUEST,
            invited -> invited.use(Operation.SUBMIT_JOIN_REQUEST, InvitationKind.LINK))
        .refusesWith(Set.of(Reason.NOT_FOUND), Operation.DECLINE_INVITATION, Invited::decline)
        .refuses(Operation.CHANGE_LINK, invited -> invited.limit(5))
        .refuses(Operation.EXHAUST_LINK, Invited::exhaust)
        .ignores(Operation.ROTATE_LINK, Invited::rotate)
        .refuses(Operation.REVOKE_INVITATION, Invited::revoke)
        .ignores(Operation.EXPIRE_INVITATION, Invited::expire)
        .everyPair();
  }
}
