package io.acpbenefits.workflows;

import static org.assertj.core.api.Assertions.assertThat;

import io.acpbenefits.secret.KeyRing;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.cfg.ProcessEnginePlugin;
import org.camunda.bpm.engine.impl.incident.DefaultIncidentHandler;
import org.camunda.bpm.engine.impl.incident.IncidentContext;
import org.camunda.bpm.engine.runtime.Incident;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nodes that really die: JVMs of their own, one after the other, on a database in a file. */
class DeadlyJobTest {

  private static final int DIED = 9;
  private static final int LIVED = 0;

  @Test
  void theJobThatKillsItsNodeIsAnIncidentForTheThird(@TempDir Path directory) throws Exception {
    String url = "jdbc:h2:file:" + directory.resolve("benefits") + ";WRITE_DELAY=0";
    assertThat(List.of(node(url), node(url), node(url))).containsExactly(DIED, DIED, LIVED);

    try (Connection connection = DriverManager.getConnection(url, "sa", "");
        Statement statement = connection.createStatement();
        ResultSet incident =
            statement.executeQuery("SELECT ACTIVITY_ID_, INCIDENT_MSG_ FROM ACT_RU_INCIDENT")) {
      assertThat(incident.next()).isTrue();
      assertThat(incident.getString(1)).isEqualTo("kill");
      assertThat(incident.getString(2)).contains("died");
      assertThat(incident.next()).isFalse();
    }
  }

  private static int node(String url) throws IOException, InterruptedException {
    Process node =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Node.class.getName(),
                url)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.to(new File("target", "deadly-node.txt")))
            .start();
    try {
      assertThat(node.waitFor(3, TimeUnit.MINUTES)).as("the node has ended").isTrue();
      return node.exitValue();
    } finally {
      node.destroyForcibly();
    }
  }

  private static BenefitsEngine.Builder engine(String url) {
    return BenefitsEngine.on(JdbcConnectionPool.create(url, "sa", ""))
        .keys(KeyRing.ephemeral())
        .lockTime(Duration.ofSeconds(1));
  }

  /** A node that ends by itself when it makes an incident. */
  static final class Node {

    private Node() {}

    /** Runs it. */
    public static void main(String[] arguments) throws InterruptedException {
      CountDownLatch incident = new CountDownLatch(1);
      try (BenefitsEngine engine = engine(arguments[0]).enginePlugin(telling(incident)).build()) {
        begin(engine.processEngine());
        incident.await();
      }
    }

    /** The first node does. */
    private static void begin(ProcessEngine engine) {
      boolean begun =
          engine
                  .getRepositoryService()
                  .createProcessDefinitionQuery()
                  .processDefinitionKey("deadly")
                  .count()
              > 0;
      if (begun) {
        return;
      }
      engine
          .getRepositoryService()
          .createDeployment()
          .addModelInstance(
              "deadly.bpmn",
              Bpmn.createExecutableProcess("deadly")
                  .camundaHistoryTimeToLive(1)
                  .startEvent()
                  .serviceTask("kill")
                  .camundaAsyncBefore()
                  .camundaFailedJobRetryTimeCycle("R2/PT1S")
                  .camundaClass(Deadly.class)
                  .endEvent()
                  .done())
          .deploy();
      engine.getRuntimeService().startProcessInstanceByKey("deadly");
    }

    private static ProcessEnginePlugin telling(CountDownLatch incident) {
      return new AbstractProcessEnginePlugin() {
        @Override
        public void preInit(ProcessEngineConfigurationImpl configuration) {
          configuration.getJobExecutor().setWaitTimeInMillis(100);
          configuration.setCustomIncidentHandlers(
              List.of(
                  new DefaultIncidentHandler(Incident.FAILED_JOB_HANDLER_TYPE) {
                    @Override
                    public Incident handleIncident(IncidentContext context, String message) {
                      incident.countDown();
                      return super.handleIncident(context, message);
                    }
                  }));
        }
      };
    }
  }

  /** Ends the JVM at once, as a kill would. */
  public static final class Deadly implements JavaDelegate {

    @Override
    public void execute(DelegateExecution execution) {
      Runtime.getRuntime().halt(DIED);
    }
  }
}
