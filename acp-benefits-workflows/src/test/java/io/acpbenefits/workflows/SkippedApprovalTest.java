package io.acpbenefits.workflows;

import static org.assertj.core.api.Assertions.assertThat;

import io.acpbenefits.common.Actor;
import io.acpbenefits.invitation.JoinRequest;
import io.acpbenefits.invitation.JoinRequestState;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a designer can do to a diagram, and cannot do to a rule. */
class SkippedApprovalTest {

  @Test
  void aDiagramThatSkipsTheApprovalAdmitsNobody() {
    try (ProcessFixture on = ProcessFixture.open()) {
      on.processes()
          .getRepositoryService()
          .createDeployment()
          .addClasspathResource("fixtures/skipped-approval.bpmn")
          .deploy();
      Actor.Account ann = on.account("ann");

      JoinRequest request =
          on.benefits
              .joinRequests()
              .submit(ann, on.benefits.invitations().copyLink(on.olga, on.organization), Map.of());
      on.time.advanceBy(Duration.ofDays(1));

      assertThat(on.benefits.organizations().activeMembership(Actor.system(), ann.id())).isEmpty();
      assertThat(on.benefits.joinRequests().get(Actor.system(), request.requestId()).state())
          .isEqualTo(JoinRequestState.SUBMITTED);
      assertThat(on.told).isEmpty();
      assertThat(on.incidents()).isEqualTo(1);
      on.waitsAt("ServiceTask_TellAdmitted");

      on.benefits.joinRequests().approve(on.olga, request.requestId());
      on.processes().getManagementService().setJobRetries(on.job().getId(), 1);
      on.time.runDueJobs();

      assertThat(on.benefits.organizations().activeMembership(Actor.system(), ann.id()))
          .isPresent();
      on.endedAt("EndEvent_Admitted");
    }
  }
}
