package io.acpbenefits.workflows;

import io.acpbenefits.TestDatabase;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.DomainEvent;
import io.acpbenefits.common.DomainEventListener;
import io.acpbenefits.common.Reason;
import io.acpbenefits.common.Refusal;
import io.acpbenefits.partner.PartnerId;
import io.acpbenefits.secret.KeyRing;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.camunda.bpm.engine.ProcessEngineConfiguration;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.cfg.StandaloneProcessEngineConfiguration;

/**
 * A diagram and delegates for tests, put onto engines as the library's own are, and what each test
 * needs to start.
 */
public final class FixtureProcesses implements Contribution {

  public static final String ONE_TASK = "one-task";

  /** The partner that the delegate {@code registerAndFail} registers. */
  public static final PartnerId FAILED = PartnerId.of("failed");

  /** The partner that the delegate {@code refuse} has registered before it refuses. */
  public static final PartnerId REFUSED = PartnerId.of("refused");

  final List<DomainEvent> heard = new ArrayList<>();
  final List<Actor> actors = new ArrayList<>();

  static {
    TestDatabase.alsoMake(FixtureProcesses::makeEngineTables);
  }

  public static DataSource database() {
    return TestDatabase.fresh();
  }

  /** An engine on a database of its own, gone with the engine where that is in memory. */
  public static BenefitsEngine.Builder engine() {
    return (TestDatabase.kind() == TestDatabase.Kind.H2
            ? BenefitsEngine.inMemory()
            : BenefitsEngine.on(database()).keys(KeyRing.ephemeral()))
        .enginePlugin(new ParsedOnce());
  }

  /** An engine on a database of {@link TestDatabase}. */
  public static BenefitsEngine.Builder engineOn(DataSource database) {
    return BenefitsEngine.on(database).enginePlugin(new ParsedOnce());
  }

  private static void makeEngineTables(DataSource database) {
    ProcessEngineConfigurationImpl configuration = new StandaloneProcessEngineConfiguration();
    configuration.setProcessEngineName("makes-tables");
    configuration.setDataSource(database);
    configuration.setDatabaseSchemaUpdate(ProcessEngineConfiguration.DB_SCHEMA_UPDATE_TRUE);
    configuration.setMetricsEnabled(false);
    nameDatabase(configuration);
    configuration.buildProcessEngine().close();
    // An engine remembers its level of history there, and the tests' engines differ in it.
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("DELETE FROM ACT_GE_PROPERTY WHERE name_ = 'historyLevel'");
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  /** For an engine without the library's plugin, which knows what the engine does not. */
  static void nameDatabase(ProcessEngineConfigurationImpl configuration) {
    if (TestDatabase.kind() == TestDatabase.Kind.MARIADB) {
      configuration.setDatabaseType("mysql");
    }
  }

  public static AcpBenefitsPlugin plugin() {
    return new AcpBenefitsPlugin(new FixtureProcesses());
  }

  @Override
  public List<String> resources() {
    return List.of("fixtures/one-task.bpmn");
  }

  @Override
  public void register(Delegates delegates, Embedding embedding) {
    delegates
        .task("mark", execution -> execution.setVariable("marked", true))
        .task("callPorts", execution -> embedding.benefits().runPortCalls())
        .task("refuse", execution -> registerAndRefuse(embedding, execution))
        .task("registerAndFail", execution -> registerAndFail(embedding))
        .taskListener("noteActor", task -> actors.add(embedding.actor()));
  }

  @Override
  public List<DomainEventListener> listeners(Embedding embedding) {
    return List.of(heard::add);
  }

  private static void registerAndRefuse(Embedding embedding, DelegateExecution execution) {
    embedding.benefits().partners().register(Actor.system(), REFUSED, "Refused", "gold");
    // As core does it: from within a transaction that joins the process's.
    embedding
        .benefits()
        .inTransaction(
            () -> {
              throw Refusal.of(
                  Reason.QUOTA_EXCEEDED,
                  "Refused in %s on purpose.",
                  execution.getCurrentActivityId());
            });
  }

  private static void registerAndFail(Embedding embedding) {
    embedding.benefits().partners().register(Actor.system(), FAILED, "Failed", "gold");
    throw new IllegalStateException("failed on purpose");
  }
}
