package io.acpbenefits.workflows;

import static org.assertj.core.api.Assertions.assertThat;

import io.acpbenefits.OnlyOn;
import io.acpbenefits.TestDatabase;
import io.acpbenefits.TestDatabase.Kind;
import io.acpbenefits.secret.KeyRing;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.junit.jupiter.api.Test;

class DueDatesTest {

  private final DataSource database = FixtureProcesses.database();

  private BenefitsEngine engine() {
    return engine(database);
  }

  private static BenefitsEngine engine(DataSource database) {
    return FixtureProcesses.engineOn(database).keys(KeyRing.ephemeral()).jobExecutor(false).build();
  }

  @Test
  @OnlyOn(
      value = {Kind.H2, Kind.POSTGRESQL},
      because = "what fills the table and shows the plan is not in MariaDB's words")
  void theSearchForDueJobsUsesTheIndexOnceItIsThere() throws SQLException {
    String search = searchForDueJobs();
    fillWithWaitingTimers();
    assertThat(DueDates.isIndexed(database)).isFalse();
    assertThat(plan(search)).doesNotContain("ACP_IDX_JOB_DUEDATE");

    DueDates.index(database);

    assertThat(DueDates.isIndexed(database)).isTrue();
    assertThat(plan(search)).contains("ACP_IDX_JOB_DUEDATE");
  }

  @Test
  void creatingItAgainChangesNothing() {
    try (BenefitsEngine engine = engine()) {
      assertThat(engine.benefits()).isNotNull();
      DueDates.index(database);
      DueDates.index(database);

      assertThat(DueDates.isIndexed(database)).isTrue();
    }
  }

  @Test
  void aJobThatWasMadeWithoutADueDateIsFoundAfterTheEnginesStart() {
    try (BenefitsEngine before =
        BenefitsEngine.on(database)
            .keys(KeyRing.ephemeral())
            .jobExecutor(false)
            .enginePlugin(
                new AbstractProcessEnginePlugin() {
                  @Override
                  public void preInit(ProcessEngineConfigurationImpl configuration) {
                    configuration.setEnsureJobDueDateNotNull(false);
                    configuration.setJobExecutorAcquireByDueDate(false);
                  }
                })
            .build()) {
      ProcessEngine engine = before.processEngine();
      engine
          .getRepositoryService()
          .createDeployment()
          .addModelInstance(
              "async.bpmn",
              Bpmn.createExecutableProcess("async")
                  .camundaHistoryTimeToLive(1)
                  .startEvent()
                  .serviceTask()
                  .camundaAsyncBefore()
                  .camundaExpression("${true}")
                  .endEvent()
                  .done())
          .deploy();
      engine.getRuntimeService().startProcessInstanceByKey("async");
      assertThat(engine.getManagementService().createJobQuery().singleResult().getDuedate())
          .isNull();
    }
    try (BenefitsEngine engine = engine()) {
      var taken =
          ((ProcessEngineConfigurationImpl) engine.processEngine().getProcessEngineConfiguration())
              .getCommandExecutorTxRequired()
              .execute(new BenefitsJobExecutor().getAcquireJobsCmd(3));

      assertThat(taken.size()).isEqualTo(1);
    }
  }

  /** The statement as the engine sends it, with values. */
  private String searchForDueJobs() {
    List<String> sent = new CopyOnWriteArrayList<>();
    try (BenefitsEngine engine = engine(noting(sent))) {
      ((ProcessEngineConfigurationImpl) engine.processEngine().getProcessEngineConfiguration())
          .getCommandExecutorTxRequired()
          .execute(new BenefitsJobExecutor().getAcquireJobsCmd(3));
    }
    return sent.stream()
        .filter(sql -> sql.contains("RES.RETRIES_ > 0"))
        .findFirst()
        .orElseThrow()
        .replaceAll("LIMIT\\s+\\?", "LIMIT 3")
        .replaceAll("OFFSET\\s+\\?", "OFFSET 0")
        .replaceAll("\\( *\\? *\\)|\\(\\s*(\\? *,\\s*)+\\?\\s*\\)", "('a deployment')")
        // PostgreSQL takes this for a time as well as for a text, H2 the other for both.
        .replace("?", TestDatabase.kind() == Kind.POSTGRESQL ? "'now'" : "CURRENT_TIMESTAMP");
  }

  private DataSource noting(List<String> sent) {
    return proxy(
        DataSource.class,
        (self, method, arguments) -> {
          Object result = method.invoke(database, arguments);
          return result instanceof Connection connection ? noting(connection, sent) : result;
        });
  }

  private static Connection noting(Connection connection, List<String> sent) {
    return proxy(
        Connection.class,
        (self, method, arguments) -> {
          if (method.getName().equals("prepareStatement")) {
            sent.add((String) arguments[0]);
          }
          return method.invoke(connection, arguments);
        });
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }

  private void fillWithWaitingTimers() throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement();
        PreparedStatement insert =
            connection.prepareStatement(
                """
                INSERT INTO ACT_RU_JOB
                  (ID_, REV_, TYPE_, RETRIES_, DUEDATE_, SUSPENSION_STATE_, EXCLUSIVE_)
                VALUES (?, 1, 'timer', 3, ?, 1, TRUE)""")) {
      LocalDateTime now = LocalDateTime.now(ZoneId.systemDefault());
      for (int i = 1; i <= 10_000; i++) {
        insert.setString(1, "timer-" + i);
        insert.setObject(2, now.plusMinutes(i));
        insert.addBatch();
      }
      insert.executeBatch();
      statement.execute("ANALYZE");
    }
  }

  private String plan(String statement) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement explain = connection.createStatement();
        ResultSet rows = explain.executeQuery("EXPLAIN " + statement)) {
      StringBuilder plan = new StringBuilder();
      while (rows.next()) {
        plan.append(rows.getString(1)).append('\n');
      }
      return plan.toString().toUpperCase(Locale.ROOT);
    }
  }
}
