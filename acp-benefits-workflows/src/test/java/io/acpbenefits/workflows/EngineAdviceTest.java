package io.acpbenefits.workflows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.acpbenefits.secret.KeyRing;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.cfg.StandaloneInMemProcessEngineConfiguration;
import org.camunda.bpm.engine.impl.jobexecutor.DefaultJobExecutor;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.junit.jupiter.api.Test;

class EngineAdviceTest {

  private static Map<String, String> differing(Iterable<EngineAdvice> advice) {
    return java.util.stream.StreamSupport.stream(advice.spliterator(), false)
        .filter(one -> !one.followed())
        .collect(Collectors.toMap(EngineAdvice::setting, EngineAdvice::is));
  }

  @Test
  void theEngineOfTheLibraryFollowsAllOfIt() {
    try (BenefitsEngine engine = FixtureProcesses.engine().build()) {
      assertThat(engine.engineAdvice()).hasSameSizeAs(EngineSetting.ALL);
      assertThat(differing(engine.engineAdvice())).isEmpty();
      assertThat(engine.engineAdvice()).noneMatch(EngineAdvice::mustAct);
    }
  }

  @Test
  void whatTheHostOfItAsksForIsReported() {
    try (BenefitsEngine engine =
        FixtureProcesses.engine()
            .jobExecutor(false)
            .lockTime(Duration.ofSeconds(30))
            .enginePlugin(
                new AbstractProcessEnginePlugin() {
                  @Override
                  public void preInit(ProcessEngineConfigurationImpl configuration) {
                    configuration.setQueryMaxResultsLimit(50);
                  }
                })
            .build()) {
      assertThat(differing(engine.engineAdvice()))
          .containsExactlyInAnyOrderEntriesOf(
              Map.of(
                  "jobExecutorActivate", "false",
                  "lockTimeInMillis", "30000",
                  "queryMaxResultsLimit", "50"));
    }
  }

  @Test
  void aSharedEngineKeepsItsSettingsAndTheyAreReported() {
    StandaloneInMemProcessEngineConfiguration plain = plain();
    plain.buildProcessEngine().close();
    StandaloneInMemProcessEngineConfiguration shared = plain();
    shared.setHistory("none");
    AcpBenefitsPlugin plugin = FixtureProcesses.plugin().keys(KeyRing.ephemeral());
    shared.getProcessEnginePlugins().add(plugin);
    try (AcpBenefitsPlugin closing = plugin) {
      var engine = shared.buildProcessEngine();
      Map<String, String> found = differing(closing.engineAdvice());
      Map<String, String> without = differing(EngineSetting.adviceOn(plain));

      without.put("history", "none");
      assertThat(found).isEqualTo(without);
      assertThat(closing.engineAdvice().stream().filter(EngineAdvice::mustAct))
          .extracting(EngineAdvice::setting)
          .containsExactly("jobExecutorActivate", "history");
      engine.close();
    }
  }

  @Test
  void aSharedEngineCountsDeathsIfItIsAskedTo() {
    StandaloneInMemProcessEngineConfiguration shared = plain();
    try (AcpBenefitsPlugin plugin =
        FixtureProcesses.plugin().keys(KeyRing.ephemeral()).countDeaths()) {
      shared.getProcessEnginePlugins().add(plugin);
      var engine = shared.buildProcessEngine();

      assertThat(shared.getJobExecutor()).isInstanceOf(BenefitsJobExecutor.class);
      assertThat(differing(plugin.engineAdvice())).doesNotContainKey("jobExecutor counts deaths");
      assertThat(differing(plugin.engineAdvice())).containsEntry("maxWait", "60000");
      engine.close();
    }
  }

  @Test
  void deathsCannotBeCountedByTheHostsOwnJobExecutor() {
    StandaloneInMemProcessEngineConfiguration shared = plain();
    shared.setJobExecutor(new DefaultJobExecutor());
    shared
        .getProcessEnginePlugins()
        .add(FixtureProcesses.plugin().keys(KeyRing.ephemeral()).countDeaths());

    assertThatThrownBy(shared::buildProcessEngine).hasMessageContaining("DefaultJobExecutor");
  }

  @Test
  void thereIsNoAdviceBeforeTheEngine() {
    assertThatThrownBy(FixtureProcesses.plugin()::engineAdvice)
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aLockTimeThatNoNodeCouldLiveWithIsRefused() {
    assertThatThrownBy(() -> FixtureProcesses.engine().lockTime(Duration.ofMillis(999)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> FixtureProcesses.engine().lockTime(Duration.ofDays(2)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void jobsOfEarlierVersionsOfADiagramRunAfterARestart() {
    DataSource database = FixtureProcesses.database();
    try (BenefitsEngine first = engineOn(database)) {
      deploy(first, "first");
      first.processEngine().getRuntimeService().startProcessInstanceByKey("hosts");
      deploy(first, "second");
    }
    try (BenefitsEngine second = engineOn(database)) {
      assertThat(takenUp(second)).isEqualTo(1);
    }
  }

  @Test
  void jobsOfADiagramThatAnotherNodeHasBroughtMeanwhileAreLeftToIt() {
    DataSource database = FixtureProcesses.database();
    KeyRing keys = KeyRing.ephemeral();
    try (BenefitsEngine older = BenefitsEngine.on(database).keys(keys).jobExecutor(false).build();
        BenefitsEngine newer = BenefitsEngine.on(database).keys(keys).jobExecutor(false).build()) {
      deploy(newer, "first");
      newer.processEngine().getRuntimeService().startProcessInstanceByKey("hosts");

      assertThat(takenUp(older)).isZero();
      assertThat(takenUp(newer)).isEqualTo(1);
    }
  }

  private static BenefitsEngine engineOn(DataSource database) {
    return FixtureProcesses.engineOn(database).keys(KeyRing.ephemeral()).jobExecutor(false).build();
  }

  private static void deploy(BenefitsEngine engine, String task) {
    engine
        .processEngine()
        .getRepositoryService()
        .createDeployment()
        .addModelInstance(
            "hosts.bpmn",
            Bpmn.createExecutableProcess("hosts")
                .camundaHistoryTimeToLive(1)
                .startEvent()
                .serviceTask(task)
                .camundaAsyncBefore()
                .camundaExpression("${true}")
                .endEvent()
                .done())
        .deploy();
  }

  private static int takenUp(BenefitsEngine engine) {
    ProcessEngineConfigurationImpl configuration =
        (ProcessEngineConfigurationImpl) engine.processEngine().getProcessEngineConfiguration();
    return configuration
        .getCommandExecutorTxRequired()
        .execute(configuration.getJobExecutor().getAcquireJobsCmd(3))
        .size();
  }

  private static StandaloneInMemProcessEngineConfiguration plain() {
    StandaloneInMemProcessEngineConfiguration configuration =
        new StandaloneInMemProcessEngineConfiguration();
    configuration.setDataSource(FixtureProcesses.database());
    configuration.setDatabaseSchemaUpdate("true");
    FixtureProcesses.nameDatabase(configuration);
    configuration.setProcessEngineName("plain-" + System.identityHashCode(configuration));
    configuration.setEnforceHistoryTimeToLive(false);
    return configuration;
  }
}
