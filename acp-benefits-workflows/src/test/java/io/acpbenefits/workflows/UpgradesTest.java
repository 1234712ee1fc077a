package io.acpbenefits.workflows;

import static io.acpbenefits.workflows.InvitationToApprovalProcess.KEY;
import static io.acpbenefits.workflows.InvitationToApprovalProcess.TASK_DECIDE;
import static io.acpbenefits.workflows.ProcessFixture.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.acpbenefits.audit.AuditEntry;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.Operation;
import io.acpbenefits.common.PageRequest;
import io.acpbenefits.common.Reason;
import io.acpbenefits.invitation.JoinRequestId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * What is told about an upgrade, who may do it, and what becomes of instances that cannot be moved.
 */
class UpgradesTest {

  private static final Actor RITA = Actor.operator("rita");
  private static final String RENAMED = "UserTask_DecideOnJoining";

  @RegisterExtension static final ProcessFixture on = ProcessFixture.open();

  private final Upgrades upgrades = on.engine.upgrades();

  @BeforeEach
  void beginWithTheFirstDiagram() {
    deploy(KeptDiagrams.kept(KEY, KeptDiagrams.FIRST));
  }

  private static void deploy(String diagram) {
    KeptDiagrams.deploy(on.processes().getRepositoryService(), KEY, diagram);
  }

  private static JoinRequestId ask(String who) {
    var link = on.benefits.invitations().copyLink(on.olga, on.organization);
    return on.benefits.joinRequests().submit(on.account(who), link, Map.of()).requestId();
  }

  private static String renamed() {
    return KeptDiagrams.next(KEY).replace(TASK_DECIDE, RENAMED);
  }

  private static RuntimeService runtime() {
    return on.processes().getRuntimeService();
  }

  private static long onNewest() {
    String newest =
        on.processes()
            .getRepositoryService()
            .createProcessDefinitionQuery()
            .processDefinitionKey(KEY)
            .latestVersion()
            .singleResult()
            .getId();
    return runtime().createProcessInstanceQuery().processDefinitionId(newest).count();
  }

  @Test
  void thePreviewCountsWhatWaitsWhereAndChangesNothing() {
    ask("ann");
    ask("bob");
    on.benefits.invitations().invite(on.olga, on.organization, on.account("cora").id());
    deploy(KeptDiagrams.next(KEY));

    UpgradePreview preview = upgrades.preview(RITA, KEY);

    assertThat(preview.process()).isEqualTo(KEY);
    assertThat(preview.versionTag()).isEqualTo("99.0.0");
    assertThat(preview.instances()).isEqualTo(3);
    assertThat(preview.obstacles()).isEmpty();
    UpgradePreview.Earlier earlier = preview.earlier().get(0);
    assertThat(earlier.versionTag()).isEqualTo(KeptDiagrams.FIRST);
    assertThat(earlier.version()).isLessThan(preview.version());
    assertThat(earlier.places())
        .containsExactlyInAnyOrder(
            new UpgradePreview.Place(TASK_DECIDE, 2, UpgradeWay.GOES_ON, TASK_DECIDE),
            new UpgradePreview.Place(
                "ReceiveTask_AwaitAnswer", 1, UpgradeWay.GOES_ON, "ReceiveTask_AwaitAnswer"));
    assertThat(onNewest()).isZero();
  }

  @Test
  void itIsDoneInPartsAndNothingTwice() {
    for (String who : List.of("ann", "bob", "cora")) {
      ask(who);
    }
    deploy(KeptDiagrams.next(KEY));

    UpgradeResult part = upgrades.perform(RITA, KEY, 2, "release");
    assertThat(part.upgraded()).isEqualTo(2);
    assertThat(part.more()).isTrue();
    assertThat(onNewest()).isEqualTo(2);
    UpgradeResult rest = upgrades.perform(RITA, KEY, 2, "release");
    assertThat(rest).isEqualTo(new UpgradeResult(KEY, 1, false, List.of()));
    assertThat(upgrades.perform(RITA, KEY, 2, "release").upgraded()).isZero();
    assertThat(upgrades.preview(RITA, KEY).earlier()).isEmpty();
  }

  @Test
  void eachInstanceThatIsMovedIsInTheAudit() {
    ask("ann");
    deploy(KeptDiagrams.next(KEY));

    upgrades.perform(RITA, KEY, 1, "release of spring");

    List<AuditEntry> entries =
        on.benefits.audit().of(Actor.system(), on.instance().getId(), PageRequest.first(9)).items();
    assertThat(entries).hasSize(1);
    assertThat(entries.get(0).operation()).isEqualTo(Operation.UPGRADE_PROCESSES);
    assertThat(entries.get(0).why()).isEqualTo("release of spring");
  }

  @Test
  void onlyThePlatformsOperatorsMay() {
    assertThat(refusal(() -> upgrades.preview(on.olga, KEY))).isEqualTo(Reason.NOT_PERMITTED);
    assertThat(refusal(() -> upgrades.perform(on.olga, KEY, 1, "why")))
        .isEqualTo(Reason.NOT_PERMITTED);
  }

  @Test
  void wrongCallsAreRefused() {
    assertThat(refusal(() -> upgrades.preview(RITA, "lunch"))).isEqualTo(Reason.NOT_FOUND);
    assertThat(refusal(() -> upgrades.perform(RITA, KEY, 0, "why")))
        .isEqualTo(Reason.INVALID_INPUT);
    assertThat(refusal(() -> upgrades.perform(RITA, KEY, Upgrades.MOST_AT_ONCE + 1, "why")))
        .isEqualTo(Reason.INVALID_INPUT);
    assertThat(refusal(() -> upgrades.perform(RITA, KEY, 1, " "))).isEqualTo(Reason.INVALID_INPUT);
    assertThatThrownBy(() -> on.benefits.inTransaction(() -> upgrades.preview(RITA, KEY)))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> on.benefits.inTransaction(() -> upgrades.perform(RITA, KEY, 1, "why")))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void anElementThatIsGoneIsNamedAndItsInstancesStayAndEnd() {
    JoinRequestId request = ask("ann");
    on.benefits.invitations().invite(on.olga, on.organization, on.account("bob").id());
    deploy(renamed());

    UpgradePreview preview = upgrades.preview(RITA, KEY);
    assertThat(preview.obstacles())
        .singleElement()
        .satisfies(
            obstacle -> {
              assertThat(obstacle.element()).isEqualTo(TASK_DECIDE);
              assertThat(obstacle.expected()).isEqualTo("userTask");
              assertThat(obstacle.found()).isEqualTo("no element");
              assertThat(obstacle.nextStep()).contains("end on their own diagram");
            });
    assertThat(preview.earlier().get(0).places())
        .contains(new UpgradePreview.Place(TASK_DECIDE, 1, UpgradeWay.STAYS, ""));
    UpgradeResult result = upgrades.perform(RITA, KEY, 10, "release");

    assertThat(result.upgraded()).isOne();
    assertThat(result.left())
        .singleElement()
        .satisfies(
            left -> {
              assertThat(left.businessKey()).isEqualTo(request.value());
              assertThat(left.instance().value())
                  .isEqualTo(
                      runtime()
                          .createProcessInstanceQuery()
                          .processInstanceBusinessKey(request.value())
                          .singleResult()
                          .getId());
              assertThat(left.obstacles()).isEqualTo(preview.obstacles());
            });
    on.benefits.joinRequests().approve(on.olga, request);
    on.time.runDueJobs();
    assertThat(on.ends()).containsExactly("EndEvent_Admitted");
  }

  @Test
  void anElementThatWasRenamedIsFoundByTheTableOfChanges() {
    JoinRequestId request = ask("ann");
    deploy(renamed());
    Upgrades table = upgrades.knowing(List.of(ElementChange.renamed(KEY, TASK_DECIDE, RENAMED)));

    assertThat(table.preview(RITA, KEY).obstacles()).isEmpty();
    assertThat(table.preview(RITA, KEY).earlier().get(0).places())
        .containsExactly(new UpgradePreview.Place(TASK_DECIDE, 1, UpgradeWay.GOES_ON, RENAMED));
    assertThat(table.perform(RITA, KEY, 1, "release").upgraded()).isOne();

    on.waitsAt(RENAMED);
    on.benefits.joinRequests().withdraw(on.account("ann"), request);
    on.endedAt("EndEvent_RequestWithdrawn");
  }

  @Test
  void anElementOfAnotherKindIsNamed() {
    ask("ann");
    deploy(
        KeptDiagrams.next(KEY)
            .replace("<bpmn:userTask id=\"" + TASK_DECIDE, "<bpmn:manualTask id=\"" + TASK_DECIDE)
            .replace("</bpmn:userTask>", "</bpmn:manualTask>"));

    assertThat(upgrades.preview(RITA, KEY).obstacles())
        .extracting(UpgradeObstacle::element, UpgradeObstacle::expected, UpgradeObstacle::found)
        .containsExactly(tuple(TASK_DECIDE, "userTask", "manualTask"));
  }

  @Test
  void whatFailsOnlyWhenItIsTriedIsInThePreviewAndLeavesTheInstanceAsItWas() {
    JoinRequestId request = ask("ann");
    // A timer whose variable nobody has set yet.
    deploy(
        KeptDiagrams.next(KEY)
            .replace("Boundary_RequestExpires\"", "Boundary_RequestLapses\"")
            .replaceAll(
                "(?s)(id=\"TimerEventDefinition_BoundaryRequestExpires\".*?)requestExpiresAt",
                "$1notSetYet"));
    int jobs = jobs().size();

    assertThat(upgrades.preview(RITA, KEY).obstacles()).hasSize(1);
    UpgradeResult result = upgrades.perform(RITA, KEY, 1, "release");

    assertThat(result.upgraded()).isZero();
    assertThat(result.left()).hasSize(1);
    assertThat(jobs()).hasSize(jobs);
    assertThat(on.benefits.audit().all(Actor.system(), null, PageRequest.first(200)).items())
        .filteredOn(entry -> entry.subjectId().equals(on.instance().getId()))
        .isEmpty();
    on.benefits.joinRequests().approve(on.olga, request);
    on.time.runDueJobs();
    on.endedAt("EndEvent_Admitted");
  }

  private static List<Job> jobs() {
    return on.processes().getManagementService().createJobQuery().list();
  }

  @Test
  void aStepThatStandsStillIsMovedWithItsIncidentAndRetriedThere() {
    JoinRequestId request = ask("ann");
    on.benefits.joinRequests().approve(on.olga, request);
    on.stopTimers();
    assertThat(on.incidents()).isOne();
    deploy(KeptDiagrams.next(KEY));

    assertThat(upgrades.perform(RITA, KEY, 1, "release").upgraded()).isOne();

    assertThat(on.incidents()).isOne();
    IncidentId incident =
        on.engine.incidents().open(RITA, PageRequest.first(1)).items().get(0).id();
    on.engine.incidents().retry(RITA, incident, "mended");
    on.time.runDueJobs();
    on.endedAt("EndEvent_Admitted");
  }

  @Test
  void aTimerFollowsTheNewestDiagram() {
    ask("ann");
    deploy(
        KeptDiagrams.next(KEY)
            .replaceAll(
                "(?s)(id=\"TimerEventDefinition_BoundaryRequestExpires\".*?)requestExpiresAt",
                "$1approvalDueAt"));

    assertThat(upgrades.perform(RITA, KEY, 1, "release").upgraded()).isOne();

    assertThat(jobs())
        .filteredOn(job -> job.getDuedate().toInstant().equals(on.now().plus(Duration.ofDays(7))))
        .hasSize(1);
  }

  @Test
  void whoIsSignedInIsNoMatter() {
    ask("ann");
    deploy(KeptDiagrams.next(KEY));

    on.as("somebody", () -> upgrades.perform(RITA, KEY, 1, "release"));

    assertThat(onNewest()).isOne();
    ProcessInstance moved = on.instance();
    assertThat(moved.getBusinessKey()).isNotNull();
  }
}
