package io.acpbenefits.workflows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.acpbenefits.common.Actor;
import io.acpbenefits.common.BenefitsException;
import io.acpbenefits.common.Reason;
import io.acpbenefits.common.Refusal;
import io.acpbenefits.partner.PartnerId;
import io.acpbenefits.partner.PartnerState;
import io.acpbenefits.partner.PartnerStateChanged;
import io.acpbenefits.secret.KeyRing;
import java.util.HashMap;
import java.util.Map;
import javax.sql.DataSource;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.impl.cfg.StandaloneInMemProcessEngineConfiguration;
import org.camunda.bpm.engine.impl.el.JuelExpressionManager;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.junit.jupiter.api.Test;

class AcpBenefitsPluginTest {

  private static final PartnerId ACME = PartnerId.of("acme");

  @Test
  void diagramsFindTheDelegatesByNameWithoutAnyBeanOfTheHost() {
    try (PlainHost host = new PlainHost()) {
      String id = host.runtime().startProcessInstanceByKey(FixtureProcesses.ONE_TASK).getId();

      assertThat(host.runtime().getVariable(id, "marked")).isEqualTo(true);
    }
  }

  @Test
  void theHostsOwnBeansStayCallableEvenThoseItAddsLater() {
    Map<Object, Object> beans = new HashMap<>();
    beans.put("early", (JavaDelegate) execution -> execution.setVariable("early", "called"));
    try (PlainHost host = new PlainHost(FixtureProcesses.database(), beans)) {
      beans.put("late", (JavaDelegate) execution -> execution.setVariable("late", "called"));
      host.deploy(hostsOwnProcess());
      String id = host.runtime().startProcessInstanceByKey("hosts-own").getId();

      assertThat(host.runtime().getVariables(id))
          .containsEntry("early", "called")
          .containsEntry("late", "called")
          .containsEntry("marked", true);
      assertThat(beans).containsOnlyKeys("early", "late");
      assertThat(host.configuration.getBeans()).containsKeys("early", "late", "mark");
    }
  }

  @Test
  void aNameThatTheHostHasTakenIsRefusedAtTheStart() {
    assertThatThrownBy(
            () -> new PlainHost(FixtureProcesses.database(), Map.of("mark", new Object())))
        .isInstanceOf(BenefitsException.class)
        .hasMessageContaining("'mark'");
  }

  @Test
  void anEngineThatDoesNotResolveTheNamesIsRefusedAtTheStart() {
    StandaloneInMemProcessEngineConfiguration configuration = inMemory();
    configuration.setExpressionManager(new JuelExpressionManager());
    configuration.getProcessEnginePlugins().add(plugin());

    assertThatThrownBy(configuration::buildProcessEngine)
        .isInstanceOf(BenefitsException.class)
        .hasMessageContaining("delegates()");
  }

  @Test
  void missingKeysAreRefusedBeforeTheEngineIsBuilt() {
    StandaloneInMemProcessEngineConfiguration configuration = inMemory();
    configuration.getProcessEnginePlugins().add(FixtureProcesses.plugin());

    assertThatThrownBy(configuration::buildProcessEngine)
        .isInstanceOf(BenefitsException.class)
        .hasMessageContaining("keys");
  }

  @Test
  void aPluginServesOneEngineOnly() {
    try (PlainHost host = new PlainHost()) {
      StandaloneInMemProcessEngineConfiguration configuration = inMemory();
      configuration.getProcessEnginePlugins().add(host.plugin);

      assertThatThrownBy(configuration::buildProcessEngine).isInstanceOf(BenefitsException.class);
    }
  }

  @Test
  void theLibraryIsNotThereBeforeTheEngine() {
    assertThatThrownBy(plugin()::benefits).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void deployingTheSameDiagramAgainMakesNoNewVersion() {
    DataSource database = FixtureProcesses.database();
    try (PlainHost first = new PlainHost(database, Map.of())) {
      assertThat(versions(first)).isEqualTo(1);
    }
    try (PlainHost second = new PlainHost(database, Map.of())) {
      assertThat(versions(second)).isEqualTo(1);
    }
  }

  @Test
  void processesHearDomainEventsInsideTheTransaction() {
    try (PlainHost host = new PlainHost()) {
      host.benefits().partners().register(Actor.system(), ACME, "Acme", "gold");
      host.benefits().partners().suspend(Actor.system(), ACME, "asked for");

      // Beside the audit's entries.
      assertThat(host.fixture.heard)
          .filteredOn(PartnerStateChanged.class::isInstance)
          .containsExactly(new PartnerStateChanged(ACME, PartnerState.SUSPENDED));
    }
  }

  @Test
  void whoeverIsSignedInToTheEngineIsTheActorOfACompletion() {
    try (PlainHost host = new PlainHost()) {
      String task = startAndFindTask(host);
      host.engine.getIdentityService().setAuthenticatedUserId("ann");

      host.tasks().complete(task);

      assertThat(host.fixture.actors).containsExactly(Actor.account("ann"));
    }
  }

  @Test
  void nobodySignedInVetoesTheCompletion() {
    try (PlainHost host = new PlainHost()) {
      String task = startAndFindTask(host);

      assertThatThrownBy(() -> host.tasks().complete(task)).hasRootCauseInstanceOf(Refusal.class);
      assertThatThrownBy(() -> host.benefits().inTransaction(() -> complete(host, task)))
          .isInstanceOfSatisfying(
              Refusal.class, r -> assertThat(r.reason()).isEqualTo(Reason.NOT_PERMITTED));
      assertThat(host.tasks().createTaskQuery().taskId(task).count()).isEqualTo(1);
    }
  }

  private static boolean complete(PlainHost host, String task) {
    host.tasks().complete(task);
    return true;
  }

  private static String startAndFindTask(PlainHost host) {
    host.runtime().startProcessInstanceByKey(FixtureProcesses.ONE_TASK);
    return host.tasks().createTaskQuery().singleResult().getId();
  }

  private static long versions(PlainHost host) {
    return host.engine.getRepositoryService().createProcessDefinitionQuery().count();
  }

  private static AcpBenefitsPlugin plugin() {
    return FixtureProcesses.plugin().keys(KeyRing.ephemeral());
  }

  private static StandaloneInMemProcessEngineConfiguration inMemory() {
    StandaloneInMemProcessEngineConfiguration configuration =
        new StandaloneInMemProcessEngineConfiguration();
    configuration.setDataSource(FixtureProcesses.database());
    configuration.setDatabaseSchemaUpdate("true");
    configuration.setMetricsEnabled(false);
    return configuration;
  }

  private static BpmnModelInstance hostsOwnProcess() {
    return Bpmn.createExecutableProcess("hosts-own")
        .startEvent()
        .serviceTask()
        .camundaDelegateExpression("${early}")
        .serviceTask()
        .camundaDelegateExpression("${late}")
        .serviceTask()
        .camundaDelegateExpression("${mark}")
        .userTask()
        .endEvent()
        .done();
  }
}
