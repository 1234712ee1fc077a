package io.acpbenefits.workflows;

import static org.assertj.core.api.Assertions.assertThat;

import io.acpbenefits.TestDatabase;
import io.acpbenefits.common.AccountId;
import io.acpbenefits.common.Actor;
import io.acpbenefits.invitation.JoinRequestId;
import io.acpbenefits.organization.OrganizationId;
import io.acpbenefits.partner.PartnerId;
import io.acpbenefits.secret.KeyRing;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.sql.DataSource;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A node with the first diagrams and one with the next, on one database. Both have this version's
 * classes; what differs is what they deploy. Their executors are asked by hand which jobs they
 * would take up.
 */
class SideBySideTest {

  private static final String KEY = InvitationToApprovalProcess.KEY;
  private static final Actor.Account OLGA = Actor.account("olga");

  private final DataSource database = TestDatabase.fresh();
  private final KeyRing keys = KeyRing.ephemeral();
  private final BenefitsEngine previous = start(KeptDiagrams.first());
  private BenefitsEngine newer = previous;
  private OrganizationId acme = OrganizationId.of("none");

  private BenefitsEngine start(Contribution diagrams) {
    FixtureProcesses.engine();
    return BenefitsEngine.on(database, diagrams)
        .keys(keys)
        .jobExecutor(false)
        .enginePlugin(new ParsedOnce())
        .build();
  }

  @BeforeEach
  void establish() {
    PartnerId partner = PartnerId.of("acme");
    previous.benefits().partners().register(Actor.system(), partner, "Acme", "gold");
    acme =
        previous
            .benefits()
            .organizations()
            .establish(Actor.system(), partner, AccountId.of("olga"))
            .organizationId();
  }

  @AfterEach
  void close() {
    newer.close();
    previous.close();
  }

  private JoinRequestId ask(BenefitsEngine node, String who) {
    var link = node.benefits().invitations().copyLink(Actor.system(), acme);
    return node.benefits().joinRequests().submit(Actor.account(who), link, Map.of()).requestId();
  }

  private static List<String> takenUpBy(BenefitsEngine node) {
    ProcessEngineConfigurationImpl engine =
        (ProcessEngineConfigurationImpl) node.processEngine().getProcessEngineConfiguration();
    return engine
        .getCommandExecutorTxRequired()
        .execute(engine.getJobExecutor().getAcquireJobsCmd(10))
        .getJobIdBatches()
        .stream()
        .flatMap(List::stream)
        .toList();
  }

  private static void run(BenefitsEngine node, String job) {
    node.processEngine().getManagementService().executeJob(job);
  }

  private static String messageJob(BenefitsEngine node, JoinRequestId request) {
    ProcessInstance instance = instance(node, request);
    Job job =
        node.processEngine()
            .getManagementService()
            .createJobQuery()
            .processInstanceId(instance.getId())
            .messages()
            .singleResult();
    return Objects.requireNonNull(job, "no job").getId();
  }

  private static ProcessInstance instance(BenefitsEngine node, JoinRequestId request) {
    return Objects.requireNonNull(
        node.processEngine()
            .getRuntimeService()
            .createProcessInstanceQuery()
            .processInstanceBusinessKey(request.value())
            .singleResult(),
        "no instance");
  }

  private static String tag(BenefitsEngine node, JoinRequestId request) {
    return repository(node)
        .getProcessDefinition(instance(node, request).getProcessDefinitionId())
        .getVersionTag();
  }

  private static RepositoryService repository(BenefitsEngine node) {
    return node.processEngine().getRepositoryService();
  }

  private static long open(BenefitsEngine node) {
    return node.processEngine().getRuntimeService().createProcessInstanceQuery().count();
  }

  @Test
  void instancesOfBothVersionsAreMovedByEitherNode() {
    JoinRequestId first = ask(previous, "ann");
    JoinRequestId second = ask(previous, "bob");
    newer = start(KeptDiagrams.next());
    JoinRequestId third = ask(previous, "cora");
    JoinRequestId fourth = ask(newer, "dan");
    assertThat(tag(newer, first)).isEqualTo(KeptDiagrams.FIRST);
    assertThat(tag(previous, third)).as("begun by the old node").isEqualTo("99.0.0");

    newer.benefits().joinRequests().approve(OLGA, first);
    previous.benefits().joinRequests().approve(OLGA, second);
    previous.benefits().joinRequests().approve(OLGA, third);
    newer.benefits().joinRequests().reject(OLGA, fourth);
    run(previous, messageJob(previous, first));
    run(newer, messageJob(newer, second));
    run(newer, messageJob(newer, third));
    run(newer, messageJob(newer, fourth));

    assertThat(open(newer)).isZero();
    for (String who : List.of("ann", "bob", "cora")) {
      assertThat(
              newer.benefits().organizations().activeMembership(Actor.system(), AccountId.of(who)))
          .as(who)
          .isPresent();
    }
  }

  @Test
  void theOldNodeLeavesJobsOfDiagramsAloneThatItDoesNotKnow() {
    JoinRequestId first = ask(previous, "ann");
    newer = start(KeptDiagrams.next());
    JoinRequestId second = ask(previous, "bob");
    previous.benefits().joinRequests().approve(OLGA, first);
    previous.benefits().joinRequests().approve(OLGA, second);

    assertThat(takenUpBy(previous)).containsExactly(messageJob(previous, first));
    assertThat(takenUpBy(newer)).containsExactly(messageJob(newer, second));
  }

  @Test
  void theNewNodeRunsTheJobsOfTheOldDiagramsWhenTheOldNodeIsGone() {
    JoinRequestId first = ask(previous, "ann");
    previous.benefits().joinRequests().approve(OLGA, first);
    newer = start(KeptDiagrams.next());
    previous.close();

    assertThat(takenUpBy(newer)).containsExactly(messageJob(newer, first));
    run(newer, messageJob(newer, first));

    assertThat(open(newer)).isZero();
  }

  @Test
  void anOldNodeThatStartsAgainDoesNotMakeItsDiagramsTheNewest() {
    newer = start(KeptDiagrams.next());

    try (BenefitsEngine again = start(KeptDiagrams.first())) {
      assertThat(
              repository(again)
                  .createProcessDefinitionQuery()
                  .processDefinitionKey(KEY)
                  .orderByProcessDefinitionVersion()
                  .asc()
                  .list())
          .extracting(ProcessDefinition::getVersionTag)
          .containsExactly(KeptDiagrams.FIRST, "99.0.0");
      assertThat(tag(again, ask(again, "ann"))).isEqualTo("99.0.0");
    }
  }

  @Test
  void whatWaitsGoesOnAtTheNewestDiagramOnceItIsMoved() {
    JoinRequestId first = ask(previous, "ann");
    newer = start(KeptDiagrams.next());

    assertThat(newer.upgrades().perform(Actor.operator("rita"), KEY, 10, "release").upgraded())
        .isOne();
    previous.benefits().joinRequests().approve(OLGA, first);

    assertThat(takenUpBy(previous)).isEmpty();
    assertThat(takenUpBy(newer)).containsExactly(messageJob(newer, first));
    run(newer, messageJob(newer, first));
    assertThat(open(newer)).isZero();
  }
}
