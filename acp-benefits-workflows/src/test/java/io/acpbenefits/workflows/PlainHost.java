package io.acpbenefits.workflows;

import io.acpbenefits.AcpBenefits;
import io.acpbenefits.secret.KeyRing;
import java.util.Map;
import javax.sql.DataSource;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.impl.cfg.StandaloneProcessEngineConfiguration;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;

/** A plain host with an engine of its own, and the library's plugin with the fixture on it. */
final class PlainHost implements AutoCloseable {

  final FixtureProcesses fixture = new FixtureProcesses();
  final AcpBenefitsPlugin plugin = new AcpBenefitsPlugin(fixture).keys(KeyRing.ephemeral());
  final StandaloneProcessEngineConfiguration configuration =
      new StandaloneProcessEngineConfiguration();
  final ProcessEngine engine;

  PlainHost(DataSource database, Map<Object, Object> hostBeans) {
    configuration.setProcessEngineName("test-" + System.identityHashCode(this));
    configuration.setDataSource(database);
    configuration.setDatabaseSchemaUpdate("true");
    configuration.setJobExecutorActivate(false);
    configuration.setMetricsEnabled(false);
    configuration.setEnforceHistoryTimeToLive(false);
    configuration.setBeans(hostBeans);
    configuration.getProcessEnginePlugins().add(plugin);
    configuration.getProcessEnginePlugins().add(new ParsedOnce());
    engine = configuration.buildProcessEngine();
  }

  PlainHost() {
    this(FixtureProcesses.database(), Map.of());
  }

  AcpBenefits benefits() {
    return plugin.benefits();
  }

  RuntimeService runtime() {
    return engine.getRuntimeService();
  }

  TaskService tasks() {
    return engine.getTaskService();
  }

  void deploy(BpmnModelInstance... models) {
    var deployment = engine.getRepositoryService().createDeployment();
    for (int i = 0; i < models.length; i++) {
      deployment.addModelInstance("model" + i + ".bpmn", models[i]);
    }
    deployment.deploy();
  }

  /** Ends what a test has left running, for the next test on the same engine. */
  void endInstances() {
    runtime()
        .createProcessInstanceQuery()
        .list()
        .forEach(instance -> runtime().deleteProcessInstance(instance.getId(), "the test is over"));
    engine.getIdentityService().clearAuthentication();
  }

  @Override
  public void close() {
    engine.close();
    plugin.close();
  }
}
