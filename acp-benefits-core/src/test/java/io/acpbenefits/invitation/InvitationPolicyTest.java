package io.acpbenefits.invitation;

import static io.acpbenefits.CoreFixture.assertRefused;
import static io.acpbenefits.CoreFixture.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.acpbenefits.CoreFixture;
import io.acpbenefits.Policies;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.Reason;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class InvitationPolicyTest {

  private static final InvitationPolicy DEFAULT = InvitationPolicy.DEFAULT;
  private static final Duration HOUR = Duration.ofHours(1);

  @Test
  void eachRuleCanBeChangedByItself() {
    ApplicationForm form = ApplicationForm.of(FormField.optional("name", "Name"));
    InvitationPolicy all =
        DEFAULT
            .withPersonalLife(HOUR)
            .withInvitationReminder(HOUR.multipliedBy(2))
            .withMostResends(3)
            .withRequestLife(HOUR.multipliedBy(4))
            .withWaitForAccount(HOUR.multipliedBy(5))
            .withApproval(HOUR.multipliedBy(6), HOUR.multipliedBy(7))
            .withListedDomainsApproved(true)
            .withForm(form);
    assertThat(all)
        .isEqualTo(
            new InvitationPolicy(
                HOUR,
                HOUR.multipliedBy(2),
                3,
                HOUR.multipliedBy(4),
                HOUR.multipliedBy(5),
                HOUR.multipliedBy(6),
                HOUR.multipliedBy(7),
                true,
                form));
  }

  @Test
  void refusesWhatIsNoDurationAndSaysWhichRule() {
    for (Duration none : List.of(Duration.ZERO, Duration.ofNanos(-1))) {
      assertThat(refusal(() -> DEFAULT.withPersonalLife(none)))
          .hasMessageContaining("personalLife");
      assertThat(refusal(() -> DEFAULT.withInvitationReminder(none)))
          .hasMessageContaining("invitationReminder");
      assertThat(refusal(() -> DEFAULT.withRequestLife(none))).hasMessageContaining("requestLife");
      assertThat(refusal(() -> DEFAULT.withWaitForAccount(none)))
          .hasMessageContaining("waitForAccount");
      assertThat(refusal(() -> DEFAULT.withApproval(none, HOUR)))
          .hasMessageContaining("approvalDue");
      assertThat(refusal(() -> DEFAULT.withApproval(HOUR, none)))
          .hasMessageContaining("approvalReminder");
    }
    assertRefused(Reason.INVALID_INPUT, () -> DEFAULT.withMostResends(-1));
    assertThat(DEFAULT.withMostResends(0).mostResends()).isZero();
  }

  @Test
  void theRulesAreFollowed() {
    CoreFixture it =
        new CoreFixture(
            Policies.DEFAULT.with(
                DEFAULT.withPersonalLife(HOUR).withRequestLife(HOUR.multipliedBy(2))));
    assertThat(it.benefits.invitations().invite(it.owner, it.organization, it.ann).expiresAt())
        .isEqualTo(it.in(HOUR));
    assertThat(it.request(it.ben).expiresAt()).isEqualTo(it.in(HOUR.multipliedBy(2)));
    assertThat(it.benefits.joinRequests().policy().personalLife()).isEqualTo(HOUR);
    assertThat(it.benefits.invitations().settleDue()).isZero();
    assertThat(it.benefits.organizations().activeMembership(Actor.system(), it.ann)).isEmpty();
  }
}
