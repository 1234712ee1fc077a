package io.acpbenefits.workflows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.Mockito.doReturn;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.reset;

import io.acpbenefits.application.BenefitApplicationId;
import io.acpbenefits.application.BenefitApplicationState;
import io.acpbenefits.audit.AuditEntry;
import io.acpbenefits.benefitcenter.BenefitCenter;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.Operation;
import io.acpbenefits.common.Page;
import io.acpbenefits.common.PageRequest;
import io.acpbenefits.common.Reason;
import io.acpbenefits.common.Refusal;
import io.acpbenefits.examcode.CodeText;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What stands still, on a Benefit Center that fails. */
class IncidentsTest {

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

  private BenefitApplicationId stuck() {
    BenefitApplicationId id =
        on.benefits.applications().apply(on.olga, on.acme, on.cloud, 1).applicationId();
    on.time.advanceBy(Duration.ofDays(1));
    return id;
  }

  private ProcessIncident only() {
    List<ProcessIncident> open = incidents.open(RITA, ALL).items();
    assertThat(open).hasSize(1);
    return open.get(0);
  }

  @Test
  void whatStandsStillIsListedWithWhereSinceWhenAndWhatToDo() {
    Instant began = on.now();
    BenefitApplicationId id = stuck();

    ProcessIncident incident = only();

    assertThat(incident.process()).isEqualTo(BenefitApplicationProcess.KEY);
    assertThat(incident.businessKey()).isEqualTo(id.value());
    assertThat(incident.activity()).isEqualTo("ServiceTask_GetCodes");
    assertThat(incident.since()).isEqualTo(began.plus(Duration.ofMinutes(36 + 120 + 480)));
    assertThat(incident.cause()).isEqualTo(IllegalStateException.class.getName());
    assertThat(incident.reason()).isEmpty();
    assertThat(incident.nextStep()).contains(IllegalStateException.class.getName(), "retry");
    assertThat(incidents.count(RITA)).isEqualTo(1);
  }

  @Test
  void noTextOfTheExceptionLeaves() {
    stuck();

    assertThat(only().toString()).doesNotContain("ann@example.org", "ACPX7K2M9Q");
  }

  @Test
  void aRefusalIsListedWithItsReason() {
    fails(new Refusal(Reason.PARTNER_SUSPENDED, "The partner is suspended."));
    stuck();

    assertThat(only().reason()).contains(Reason.PARTNER_SUSPENDED);
    assertThat(only().nextStep()).contains("Reinstate");
  }

  @Test
  void theCauseAtTheBottomIsTheOneThatIsNamed() {
    fails(new IllegalStateException("outer", new java.net.SocketTimeoutException("inner")));
    stuck();

    assertThat(only().cause()).isEqualTo("java.net.SocketTimeoutException");
  }

  @Test
  void retryingGoesOnAtOnceWhenTheCauseIsGone() {
    stuck();
    reset(CENTER);
    doReturn(List.of(CodeText.parse("[ACPI000001]"))).when(CENTER).handOut(any(), any(), anyInt());

    incidents.retry(RITA, only().id(), "the Benefit Center is back");
    on.time.runDueJobs();

    on.endedAt("EndEvent_ApplicationFulfilled");
    assertThat(incidents.count(RITA)).isZero();
  }

  /** As an operator of the engine does who has it stop while it waits for its next try. */
  @Test
  void retryingGoesOnAtOnceThoughItsNextTryWasStillToCome() {
    on.benefits.applications().apply(on.olga, on.acme, on.cloud, 1);
    on.time.runDueJobs();
    on.processes().getExternalTaskService().setRetries(on.externalTask().getId(), 0);
    reset(CENTER);
    doReturn(List.of(CodeText.parse("[ACPI000002]"))).when(CENTER).handOut(any(), any(), anyInt());

    incidents.retry(RITA, only().id(), "the Benefit Center is back");
    on.time.runDueJobs();

    on.endedAt("EndEvent_ApplicationFulfilled");
  }

  @Test
  void retryingBeginsTheGrowingIntervalsAnew() {
    stuck();
    IncidentId first = only().id();
    Instant retried = on.now();

    incidents.retry(RITA, first, "perhaps now");

    assertThat(incidents.count(RITA)).isZero();
    on.time.runDueJobs();
    assertThat(on.externalTask().getRetries()).isEqualTo(5);
    assertThat(on.externalTask().getLockExpirationTime())
        .isEqualTo(retried.plus(Duration.ofMinutes(1)));
    on.time.advanceBy(Duration.ofDays(1));
    assertThat(only().id()).isNotEqualTo(first);
  }

  @Test
  void retryingIsInTheAuditWithItsReason() {
    stuck();
    IncidentId id = only().id();

    incidents.retry(RITA, id, "perhaps now");

    List<AuditEntry> entries = on.benefits.audit().of(RITA, id.value(), ALL).items();
    assertThat(entries).hasSize(1);
    assertThat(entries.get(0).operation()).isEqualTo(Operation.RETRY_INCIDENT);
    assertThat(entries.get(0).why()).isEqualTo("perhaps now");
  }

  @Test
  void givingUpCancelsTheApplicationInCoreAndEndsTheProcess() {
    BenefitApplicationId id = stuck();

    incidents.cancel(RITA, only().id(), "the partner has asked for it");
    on.time.runDueJobs();

    assertThat(on.benefits.applications().get(RITA, id).state())
        .isEqualTo(BenefitApplicationState.CANCELED);
    assertThat(on.quota().held()).isZero();
    assertThat(on.openInstances()).isZero();
    assertThat(incidents.count(RITA)).isZero();
    assertThat(on.benefits.audit().of(RITA, id.value(), ALL).items())
        .anyMatch(entry -> "the partner has asked for it".equals(entry.why()));
  }

  @Test
  void whatIsNotThereAnyMoreIsNotFound() {
    stuck();
    IncidentId id = only().id();
    incidents.retry(RITA, id, "perhaps now");

    assertThat(ProcessFixture.refusal(() -> incidents.retry(RITA, id, "once more")))
        .isEqualTo(Reason.NOT_FOUND);
    assertThat(ProcessFixture.refusal(() -> incidents.cancel(RITA, id, "enough")))
        .isEqualTo(Reason.NOT_FOUND);
  }

  @Test
  void onlyThePlatformSeesOrDoesAnyOfIt() {
    stuck();
    IncidentId id = only().id();
    for (Runnable attempt :
        List.<Runnable>of(
            () -> incidents.open(on.olga, ALL),
            () -> incidents.count(on.olga),
            () -> incidents.retry(on.olga, id, "please"),
            () -> incidents.cancel(on.olga, id, "please"))) {
      assertThat(ProcessFixture.refusal(attempt::run)).isEqualTo(Reason.NOT_PERMITTED);
    }
    assertThat(incidents.count(Actor.system())).isEqualTo(1);
  }

  @Test
  void nothingIsDoneWithoutAReason() {
    stuck();
    IncidentId id = only().id();

    assertThat(ProcessFixture.refusal(() -> incidents.retry(RITA, id, " ")))
        .isEqualTo(Reason.INVALID_INPUT);
    assertThat(ProcessFixture.refusal(() -> incidents.cancel(RITA, id, " ")))
        .isEqualTo(Reason.INVALID_INPUT);
    assertThat(incidents.count(RITA)).isEqualTo(1);
  }

  @Test
  void pagesBringEachOnceAlsoThoseOfOneInstant() {
    int all = 7;
    for (int i = 0; i < all; i++) {
      on.benefits.applications().apply(on.olga, on.acme, on.cloud, 1);
    }
    on.time.advanceBy(Duration.ofDays(1));

    List<IncidentId> seen = new ArrayList<>();
    PageRequest request = PageRequest.first(2);
    Optional<String> next;
    do {
      Page<ProcessIncident> page = incidents.open(RITA, request);
      page.items().forEach(incident -> seen.add(incident.id()));
      next = page.next();
      request = next.map(request::then).orElse(request);
    } while (next.isPresent());

    assertThat(seen).hasSize(all).doesNotHaveDuplicates();
    assertThat(ProcessFixture.refusal(() -> incidents.open(RITA, new PageRequest("made up", 2))))
        .isEqualTo(Reason.INVALID_INPUT);
  }

  @Test
  void processesOfTheHostAreNotListedAndNotTouched() {
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
    on.time.advanceBy(Duration.ofDays(1));
    IncidentId id =
        IncidentId.of(
            on.processes().getRuntimeService().createIncidentQuery().singleResult().getId());

    assertThat(incidents.open(RITA, ALL).items()).isEmpty();
    assertThatThrownBy(() -> incidents.retry(RITA, id, "perhaps now"))
        .isInstanceOfSatisfying(
            Refusal.class, refusal -> assertThat(refusal.reason()).isEqualTo(Reason.NOT_FOUND));
  }

  @Test
  void whoeverIsSignedInToTheEngineStaysSo() {
    stuck();
    on.as(
        "kim",
        () -> {
          assertThat(incidents.open(RITA, ALL).items()).hasSize(1);
          assertThat(on.processes().getIdentityService().getCurrentAuthentication().getUserId())
              .isEqualTo("kim");
        });
  }
}
