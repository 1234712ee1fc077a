package io.acpbenefits.workflows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.reset;

import io.acpbenefits.benefitcenter.BenefitCenter;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.Page;
import io.acpbenefits.common.PageRequest;
import io.acpbenefits.common.Reason;
import io.acpbenefits.common.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What fails and is tried again: external tasks on a Benefit Center that fails, and jobs. */
class FailingStepsTest {

  private static final Actor RITA = Actor.operator("rita");
  private static final PageRequest ALL = PageRequest.first(100);
  private static final BenefitCenter CENTER = mock(BenefitCenter.class);

  @RegisterExtension static final ProcessFixture on = ProcessFixture.with(CENTER);

  private final Incidents incidents = on.engine.incidents();

  @BeforeEach
  void fresh() {
    reset(CENTER);
    fails(new IllegalStateException("ann@example.org has [ACPX7K2M9Q]"));
  }

  private static void fails(Throwable failure) {
    doThrow(failure).when(CENTER).handOut(any(), any(), anyInt());
  }

  private static String applied() {
    return on.benefits.applications().apply(on.olga, on.acme, on.cloud, 1).applicationId().value();
  }

  /** An invitation whose process has lost its name, on the day on which it is to remind. */
  private static String reminding() {
    String id =
        on.benefits
            .invitations()
            .invite(on.olga, on.organization, on.account("ann").id())
            .invitationId()
            .value();
    on.processes()
        .getRuntimeService()
        .setVariable(
            on.processes()
                .getRuntimeService()
                .createProcessInstanceQuery()
                .processInstanceBusinessKey(id)
                .singleResult()
                .getId(),
            InvitationToApprovalProcess.INVITATION_ID,
            null);
    on.time.advanceBy(on.benefits.joinRequests().policy().invitationReminder());
    return id;
  }

  private List<FailingStep> failing() {
    return incidents.failing(RITA, ALL).items();
  }

  @Test
  void anExternalTaskThatFailsIsListedWithItsNextTry() {
    Instant began = on.now();
    String id = applied();
    on.time.advanceBy(Duration.ofMinutes(2));

    assertThat(failing())
        .containsExactly(
            new FailingStep(
                BenefitApplicationProcess.KEY,
                id,
                "ServiceTask_GetCodes",
                IllegalStateException.class.getName(),
                Optional.empty(),
                4,
                began.plus(Duration.ofMinutes(6))));
    assertThat(incidents.open(RITA, ALL).items()).isEmpty();
  }

  @Test
  void aJobThatFailsIsListedWithItsNextTry() {
    String id = reminding();

    assertThat(failing())
        .containsExactly(
            new FailingStep(
                InvitationToApprovalProcess.KEY,
                id,
                "ServiceTask_RemindInvitee",
                IllegalStateException.class.getName(),
                Optional.empty(),
                5,
                on.now().plus(Duration.ofMinutes(1))));
  }

  @Test
  void aRefusalIsListedWithItsReason() {
    fails(new Refusal(Reason.PARTNER_SUSPENDED, "The partner is suspended."));
    applied();
    on.time.runDueJobs();

    assertThat(failing())
        .extracting(FailingStep::reason)
        .containsOnly(Optional.of(Reason.PARTNER_SUSPENDED));
  }

  @Test
  void whatHasNotFailedYetIsNotListed() {
    applied();

    assertThat(failing()).isEmpty();
  }

  @Test
  void whatHasNoTriesLeftIsAnIncidentAndNoLongerListed() {
    applied();
    on.time.advanceBy(Duration.ofDays(1));

    assertThat(failing()).isEmpty();
    assertThat(incidents.count(RITA)).isEqualTo(1);
  }

  @Test
  void pagesBringEachOnceJobsAndTasksAlike() {
    String invitation = reminding();
    List<String> all = new ArrayList<>(List.of(invitation));
    for (int i = 0; i < 4; i++) {
      all.add(applied());
    }
    on.time.runDueJobs();

    List<String> seen = new ArrayList<>();
    PageRequest request = PageRequest.first(2);
    Optional<String> next;
    do {
      Page<FailingStep> page = incidents.failing(RITA, request);
      page.items().forEach(step -> seen.add(step.businessKey()));
      next = page.next();
      request = next.map(request::then).orElse(request);
    } while (next.isPresent());

    assertThat(seen).containsExactlyInAnyOrderElementsOf(all);
  }

  @Test
  void stepsOfTheHostsProcessesAreNotListed() {
    on.processes()
        .getRepositoryService()
        .createDeployment()
        .addModelInstance(
            "hosts.bpmn",
            Bpmn.createExecutableProcess("hosts")
                .camundaHistoryTimeToLive(1)
                .startEvent()
                .serviceTask()
                .camundaAsyncBefore()
                .camundaExpression("${nothing.there}")
                .endEvent()
                .done())
        .deploy();
    on.processes().getRuntimeService().startProcessInstanceByKey("hosts");
    on.time.runDueJobs();

    assertThat(on.job().getExceptionMessage()).isNotNull();
    assertThat(failing()).isEmpty();
  }

  @Test
  void onlyThePlatformSeesThem() {
    assertThat(ProcessFixture.refusal(() -> incidents.failing(on.olga, ALL)))
        .isEqualTo(Reason.NOT_PERMITTED);
  }
}
