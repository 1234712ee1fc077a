package io.acpbenefits.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import io.acpbenefits.AcpBenefits;
import io.acpbenefits.OnlyOn;
import io.acpbenefits.TestDatabase;
import io.acpbenefits.application.BenefitApplicationId;
import io.acpbenefits.application.BenefitApplicationState;
import io.acpbenefits.benefitcenter.BenefitCenter;
import io.acpbenefits.common.AccountId;
import io.acpbenefits.common.Actor;
import io.acpbenefits.exam.Exam;
import io.acpbenefits.exam.ExamId;
import io.acpbenefits.exam.ExamLevel;
import io.acpbenefits.examcode.CodeText;
import io.acpbenefits.partner.PartnerId;
import io.acpbenefits.quota.Quota;
import io.acpbenefits.secret.KeyRing;
import io.acpbenefits.workflows.BenefitsEngine;
import io.acpbenefits.workflows.FixtureProcesses;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A backup is taken while a process runs; what came afterwards is lost here, but not outside. */
@OnlyOn(value = TestDatabase.Kind.H2, because = "a dump of H2 is taken by an SQL statement")
class RestoredBackupTest {

  private static final PartnerId ACME = PartnerId.of("acme");
  private static final ExamId CLOUD = ExamId.of("cloud");
  private static final Actor.Account OLGA = Actor.account("olga");

  private final KeyRing keys = KeyRing.ephemeral();
  private final Map<String, List<CodeText>> handedOut = new ConcurrentHashMap<>();

  /** As the port asks for: the same codes for the same application. */
  private final BenefitCenter center =
      (application, exam, quantity) ->
          handedOut.computeIfAbsent(
              application,
              key ->
                  IntStream.range(0, quantity)
                      .mapToObj(i -> CodeText.parse("[ACPI%05d%d]".formatted(handedOut.size(), i)))
                      .toList());

  private BenefitsEngine engine(DataSource database) {
    return BenefitsEngine.on(database).keys(keys).benefitCenter(center).jobExecutor(false).build();
  }

  private static BenefitApplicationId applied(AcpBenefits benefits) {
    Instant now = benefits.now();
    benefits.partners().register(Actor.system(), ACME, "Acme", "gold");
    benefits.organizations().establish(Actor.system(), ACME, AccountId.of("olga"));
    benefits
        .exams()
        .add(Actor.system(), new Exam(CLOUD, "Cloud", ExamLevel.ACP, null, null, null, null));
    benefits
        .quotas()
        .grant(Actor.system(), ACME, ExamLevel.ACP, 10, now, now.plus(Duration.ofDays(300)));
    return benefits.applications().apply(OLGA, ACME, CLOUD, 2).applicationId();
  }

  private static void run(DataSource database, String sql) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Test
  void aRestoredProcessGoesOnAndIsGivenTheSameCodes(@TempDir Path directory) throws Exception {
    DataSource database = FixtureProcesses.database();
    String dump = "'" + directory.resolve("backup.sql") + "'";
    BenefitApplicationId id;
    try (BenefitsEngine engine = engine(database)) {
      id = applied(engine.benefits());
      run(database, "SCRIPT TO " + dump);
      engine.benefits().applications().fulfil(Actor.system(), id);
      assertThat(handedOut).hasSize(1);
    }

    DataSource restored = TestDatabase.empty();
    run(restored, "RUNSCRIPT FROM " + dump);
    try (BenefitsEngine engine = engine(restored)) {
      AcpBenefits benefits = engine.benefits();
      assertThat(benefits.applications().get(OLGA, id).state())
          .isEqualTo(BenefitApplicationState.APPROVED);

      benefits.applications().fulfil(Actor.system(), id);
      engine
          .processEngine()
          .getManagementService()
          .createJobQuery()
          .list()
          .forEach(job -> engine.processEngine().getManagementService().executeJob(job.getId()));

      assertThat(handedOut).hasSize(1);
      Quota quota = benefits.quotas().ofPartner(Actor.system(), ACME).get(0);
      assertThat(quota.consumed()).isEqualTo(2);
      assertThat(quota.held()).isZero();
      assertThat(engine.processEngine().getRuntimeService().createProcessInstanceQuery().count())
          .isZero();
    }
  }
}
