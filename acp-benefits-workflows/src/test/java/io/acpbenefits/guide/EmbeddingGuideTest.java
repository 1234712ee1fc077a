package io.acpbenefits.guide;

import static org.assertj.core.api.Assertions.assertThat;

import io.acpbenefits.AcpBenefits;
import io.acpbenefits.Policies;
import io.acpbenefits.application.ApplicationPolicy;
import io.acpbenefits.application.BenefitApplicationState;
import io.acpbenefits.benefitcenter.BenefitCenter;
import io.acpbenefits.certificate.BindingChanged;
import io.acpbenefits.certificate.BindingPolicy;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.BenefitsException;
import io.acpbenefits.common.PageRequest;
import io.acpbenefits.common.Reason;
import io.acpbenefits.common.Refusal;
import io.acpbenefits.exam.Exam;
import io.acpbenefits.exam.ExamId;
import io.acpbenefits.exam.ExamLevel;
import io.acpbenefits.examcode.CodePolicy;
import io.acpbenefits.examcode.CodeText;
import io.acpbenefits.examrecord.CsvExamRecordFeed;
import io.acpbenefits.examrecord.FeedName;
import io.acpbenefits.examrecord.FeedReport;
import io.acpbenefits.organization.Organization;
import io.acpbenefits.partner.PartnerId;
import io.acpbenefits.registration.IdPair;
import io.acpbenefits.secret.KeyRing;
import io.acpbenefits.workflows.AcpBenefitsPlugin;
import io.acpbenefits.workflows.BenefitsEngine;
import io.acpbenefits.workflows.testkit.VirtualTime;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.cfg.StandaloneInMemProcessEngineConfiguration;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The code of docs/embedding.md is this class's code, and it does what the guide says. */
class EmbeddingGuideTest {

  private static final Instant START = Instant.parse("2026-03-01T09:00:00Z");
  private static final PartnerId ACME = PartnerId.of("acme");
  private static final ExamId CLOUD = ExamId.of("cloud");
  private static final Actor.Account OLGA = Actor.account("olga");
  private static final Actor.Account ANN = Actor.account("ann");

  @TempDir Path folder;
  private final List<AutoCloseable> opened = new ArrayList<>();
  private final List<String> told = new ArrayList<>();

  @AfterEach
  void close() throws Exception {
    for (int i = opened.size() - 1; i >= 0; i--) {
      opened.get(i).close();
    }
  }

  @Test
  void theGuideShowsTheCodeThatIsRunHere() throws IOException {
    assertThat(Guide.blocks("docs/embedding.md", "java"))
        .hasSizeGreaterThan(8)
        .containsExactlyInAnyOrderElementsOf(Guide.regions(EmbeddingGuideTest.class));
  }

  @Test
  void onADatabaseEverythingIsThereAfterARestart() {
    DataSource database = database("jdbc:h2:file:" + folder.resolve("benefits"));
    try (BenefitsEngine engine = start(database, folder.resolve("acp-benefits.keys"))) {
      acme(engine.benefits());
    }
    try (BenefitsEngine engine = start(database, folder.resolve("acp-benefits.keys"))) {
      assertThat(engine.benefits().partners().find(Actor.system(), ACME)).isPresent();
    }
  }

  private static BenefitsEngine start(DataSource dataSource, Path keyFile) {
    // In the guide: on a database
    KeyRing keys = Files.exists(keyFile) ? KeyRing.ofFile(keyFile) : KeyRing.createFile(keyFile);
    BenefitsEngine engine = BenefitsEngine.on(dataSource).keys(keys).build();
    // End
    return engine;
  }

  @Test
  void anEngineOfTheHostsOwnGetsThePlugin() {
    StandaloneInMemProcessEngineConfiguration configuration =
        new StandaloneInMemProcessEngineConfiguration();
    configuration.setProcessEngineName("hosts-own");
    configuration.setDataSource(database("jdbc:h2:mem:hosts-own;DB_CLOSE_DELAY=-1"));
    configuration.setDatabaseSchemaUpdate("true");
    configuration.setMetricsEnabled(false);

    assertThat(
            start(configuration, KeyRing.ephemeral())
                .partners()
                .all(Actor.system(), PageRequest.first(1))
                .items())
        .isEmpty();
  }

  private AcpBenefits start(ProcessEngineConfigurationImpl configuration, KeyRing keys) {
    // In the guide: on an engine that exists
    AcpBenefitsPlugin plugin = new AcpBenefitsPlugin().keys(keys);
    configuration.getProcessEnginePlugins().add(plugin);
    ProcessEngine engine = configuration.buildProcessEngine();
    AcpBenefits benefits = plugin.benefits();
    // End
    opened.add(plugin);
    opened.add(engine::close);
    return benefits;
  }

  @Test
  void coreRunsWithoutAnEngine() {
    DataSource dataSource = database("jdbc:h2:mem:core-only;DB_CLOSE_DELAY=-1");
    KeyRing keys = KeyRing.ephemeral();
    // In the guide: without an engine
    AcpBenefits benefits = AcpBenefits.on(dataSource).keys(keys).build();
    // End
    opened.add(benefits);
    assertThat(benefits.partners().all(Actor.system(), PageRequest.first(1)).items()).isEmpty();
  }

  @Test
  void severalOperationsAndTheHostsOwnRowsAreOneTransaction() {
    AcpBenefits benefits = core();
    benefits.withConnection(connection -> executed(connection, "CREATE TABLE crm (id CHAR(4))"));

    try {
      register(benefits);
    } catch (IllegalStateException expected) {
      told.add(String.valueOf(expected.getMessage()));
    }

    assertThat(told).containsExactly("the host's own failure");
    assertThat(benefits.partners().find(Actor.system(), ACME)).isEmpty();
  }

  private static void register(AcpBenefits benefits) {
    // In the guide: one transaction
    benefits.inTransaction(
        () -> {
          benefits.partners().register(Actor.system(), ACME, "Acme Cloud", "Gold");
          benefits.organizations().establish(Actor.system(), ACME, OLGA.id());
          return benefits.withConnection(
              connection -> executed(connection, "INSERT INTO crm VALUES ('acme')"));
        });
    // End
  }

  private static int executed(java.sql.Connection connection, String sql) {
    try (Statement statement = connection.createStatement()) {
      int rows = statement.executeUpdate(sql);
      if (sql.startsWith("INSERT")) {
        throw new IllegalStateException("the host's own failure");
      }
      return rows;
    } catch (SQLException e) {
      throw new BenefitsException("SQL failed", e);
    }
  }

  @Test
  void aRefusalSaysWhichRuleWasNotMet() {
    AcpBenefits benefits = core();
    acme(benefits);
    // In the guide: refusals
    try {
      benefits.applications().apply(OLGA, ACME, CLOUD, 2);
    } catch (Refusal refusal) {
      if (refusal.reason() == Reason.QUOTA_NOT_ACTIVE) {
        told.add(String.valueOf(refusal.getMessage()));
      }
    }
    // End
    assertThat(told).hasSize(1);
  }

  @Test
  void portsPoliciesAndListenersAreSetBeforeTheStart() {
    AcpBenefits benefits = withPorts((application, exam, quantity) -> List.of());

    assertThat(benefits.applications().policy().reviewed()).isTrue();
    assertThat(benefits.bindings().policy().syncWindow()).isEqualTo(Duration.ofDays(5));
    assertThat(benefits.embeddedBenefitCenter()).isEmpty();
    benefits
        .exams()
        .add(Actor.system(), new Exam(CLOUD, "Cloud", ExamLevel.ACP, null, null, null, null));
    benefits.bindings().submit(ANN, CLOUD, new IdPair("C-1", "R-1"));
    assertThat(told).containsExactly("AWAITING_DATA");
  }

  private AcpBenefits withPorts(BenefitCenter ourBenefitCenter) {
    // In the guide: ports and policies
    Policies policies =
        Policies.DEFAULT
            .with(ApplicationPolicy.DEFAULT.withReview(Duration.ofDays(2), Duration.ofDays(1)))
            .with(new CodePolicy(Period.ofMonths(6), Duration.ofDays(2)))
            .with(
                new BindingPolicy(Duration.ofDays(5), 2, Duration.ofDays(1), Duration.ofDays(30)));
    BenefitsEngine engine =
        BenefitsEngine.inMemory()
            .policies(policies)
            .benefitCenter(ourBenefitCenter)
            .notifier(notice -> told.add(notice.kind() + " " + notice.subjectId()))
            .listener(
                event -> {
                  if (event instanceof BindingChanged binding) {
                    told.add(binding.to().name());
                  }
                })
            .build();
    // End
    opened.add(engine);
    return engine.benefits();
  }

  @Test
  void portsAreCalledWhenThatIsDue() {
    assertThat(callPorts(core())).isEmpty();
  }

  private static Optional<Instant> callPorts(AcpBenefits benefits) {
    // In the guide: when ports are called
    benefits.runPortCalls();
    Optional<Instant> next = benefits.nextPortCall();
    // End
    return next;
  }

  @Test
  void theFeedIsReadLineByLine() throws IOException {
    AcpBenefits benefits = core();
    acme(benefits);
    Path file = folder.resolve("results.csv");
    Files.writeString(
        file,
        """
        candidate_id,registration_id,exam_id,taken_at,outcome
        C-1,R-1,cloud,2026-03-01T09:00:00Z,PASS
        C-2,R-2,cloud,yesterday,PASS
        """);

    assertThat(read(benefits, file).counts().stored()).isEqualTo(1);
    assertThat(told).singleElement().asString().startsWith("3: taken_at");
  }

  private FeedReport read(AcpBenefits benefits, Path file) throws IOException {
    // In the guide: the feed
    try (InputStream csv = Files.newInputStream(file)) {
      FeedName name = FeedName.of(file.getFileName().toString());
      FeedReport report =
          benefits.examRecords().importFrom(Actor.system(), name, new CsvExamRecordFeed(csv));
      report.problems().forEach(problem -> told.add(problem.line() + ": " + problem.text()));
      return report;
    }
    // End
  }

  @Test
  void aTaskIsCompletedByWhoeverIsSignedIn() {
    BenefitsEngine engine = started();
    AcpBenefits benefits = engine.benefits();
    Organization team = acme(benefits);
    var link = benefits.invitations().copyLink(OLGA, team.organizationId());
    var request = benefits.joinRequests().submit(ANN, link, Map.of());

    approveInTheTaskList(engine.processEngine(), request.requestId().value());

    assertThat(benefits.organizations().activeMembership(Actor.system(), ANN.id())).isPresent();
  }

  private static void approveInTheTaskList(ProcessEngine engine, String requestId) {
    // In the guide: a task list
    engine.getIdentityService().setAuthenticatedUserId("olga");
    try {
      String task =
          engine
              .getTaskService()
              .createTaskQuery()
              .processInstanceBusinessKey(requestId)
              .singleResult()
              .getId();
      engine.getTaskService().complete(task, Map.of("decision", "approve"));
    } finally {
      engine.getIdentityService().clearAuthentication();
    }
    // End
  }

  @Test
  void whatIsDueIsSettledWhenItIsDue() {
    AcpBenefits benefits = core();
    acme(benefits);
    benefits
        .quotas()
        .grant(Actor.system(), ACME, ExamLevel.ACP, 5, START, START.plus(Duration.ofDays(1)));

    assertThat(settle(benefits)).isEmpty();
  }

  private static Optional<Instant> settle(AcpBenefits benefits) {
    // In the guide: what is due
    benefits.settleDue();
    Optional<Instant> next = benefits.nextDue();
    // End
    return next;
  }

  @Test
  void timeIsInTheHandOfTheTest() {
    // In the guide: virtual time
    try (VirtualTime time = VirtualTime.startingAt(Instant.parse("2026-03-01T09:00:00Z"));
        BenefitsEngine engine =
            BenefitsEngine.inMemory().clock(time.clock()).jobExecutor(false).build()) {
      time.attach(engine.processEngine());
      AcpBenefits benefits = engine.benefits();
      acme(benefits);
      stock(benefits, "ACPX7K2M9Q", "ACPX8L3N0R");
      var application = benefits.applications().apply(OLGA, ACME, CLOUD, 2);
      time.runDueJobs();
      var fulfilled = benefits.applications().get(Actor.system(), application.applicationId());
      assertThat(fulfilled.state()).isEqualTo(BenefitApplicationState.FULFILLED);
    }
    // End
  }

  private static void stock(AcpBenefits benefits, String... codes) {
    Instant from = benefits.now();
    benefits
        .quotas()
        .grant(Actor.system(), ACME, ExamLevel.ACP, 5, from, from.plus(Duration.ofDays(365)));
    benefits
        .embeddedBenefitCenter()
        .orElseThrow()
        .importStock(Actor.system(), CLOUD, List.of(codes).stream().map(CodeText::parse).toList());
  }

  private AcpBenefits core() {
    AcpBenefits benefits = AcpBenefits.inMemory().build();
    opened.add(benefits);
    return benefits;
  }

  private BenefitsEngine started() {
    BenefitsEngine engine = BenefitsEngine.inMemory().jobExecutor(false).build();
    opened.add(engine);
    return engine;
  }

  private static Organization acme(AcpBenefits benefits) {
    benefits.partners().register(Actor.system(), ACME, "Acme Cloud", "Gold");
    benefits
        .exams()
        .add(Actor.system(), new Exam(CLOUD, "Cloud", ExamLevel.ACP, null, null, null, null));
    return benefits.organizations().establish(Actor.system(), ACME, OLGA.id());
  }

  private DataSource database(String url) {
    JdbcConnectionPool pool = JdbcConnectionPool.create(url, "sa", "");
    opened.add(pool::dispose);
    return pool;
  }
}
