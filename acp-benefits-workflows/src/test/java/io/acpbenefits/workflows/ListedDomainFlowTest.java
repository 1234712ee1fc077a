package io.acpbenefits.workflows;

import static org.assertj.core.api.Assertions.assertThat;

import io.acpbenefits.Policies;
import io.acpbenefits.common.Actor;
import io.acpbenefits.invitation.EmailDomain;
import io.acpbenefits.invitation.InvitationId;
import io.acpbenefits.invitation.InvitationPolicy;
import io.acpbenefits.invitation.Invitations;
import io.acpbenefits.invitation.JoinRequest;
import io.acpbenefits.invitation.JoinRequestState;
import io.acpbenefits.invitation.LinkLimits;
import io.acpbenefits.notification.Notice;
import io.acpbenefits.organization.Role;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The process invitation-to-approval where people of listed e-mail domains are approved at once.
 */
class ListedDomainFlowTest {

  @RegisterExtension
  static final ProcessFixture on =
      ProcessFixture.with(
          Policies.DEFAULT.with(InvitationPolicy.DEFAULT.withListedDomainsApproved(true)));

  private static final EmailDomain ACME = EmailDomain.of("acme.example");

  private static JoinRequest request() {
    Invitations invitations = on.benefits.invitations();
    InvitationId link =
        invitations
            .createLink(on.olga, on.organization, LinkLimits.NONE.withDomains(ACME))
            .invitationId();
    return on.benefits
        .joinRequests()
        .submit(on.account("cora"), invitations.token(on.olga, link), Map.of(), ACME);
  }

  @Test
  void needsNoDecision() {
    assertThat(request().state()).isEqualTo(JoinRequestState.APPROVED);
    on.time.runDueJobs();
    on.endedAt("EndEvent_Admitted");
    assertThat(on.told).containsExactly(Notice.Kind.REQUEST_APPROVED);
  }

  @Test
  void whoIsElsewhereWaitsAndIsDecided() {
    Actor.Account cora = on.account("cora");
    on.benefits
        .organizations()
        .admit(Actor.system(), on.otherOrganization(), cora.id(), Role.MEMBER);
    request();
    on.waitsAt("EventGateway_AwaitAccountFree");
    on.benefits.organizations().quit(cora);
    on.waitsAt(InvitationToApprovalProcess.TASK_DECIDE);
  }
}
