package io.acpbenefits.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import io.acpbenefits.AcpBenefits;
import io.acpbenefits.Policies;
import io.acpbenefits.TestDatabase;
import io.acpbenefits.application.ApplicationPolicy;
import io.acpbenefits.application.BenefitApplication;
import io.acpbenefits.application.BenefitApplicationId;
import io.acpbenefits.application.BenefitApplicationState;
import io.acpbenefits.certificate.BindingState;
import io.acpbenefits.common.Actor;
import io.acpbenefits.exam.Exam;
import io.acpbenefits.exam.ExamId;
import io.acpbenefits.exam.ExamLevel;
import io.acpbenefits.examcode.CodeText;
import io.acpbenefits.examrecord.ExamOutcome;
import io.acpbenefits.examrecord.ExamRecordLine;
import io.acpbenefits.invitation.JoinRequestId;
import io.acpbenefits.organization.OrganizationId;
import io.acpbenefits.partner.PartnerId;
import io.acpbenefits.registration.Delivery;
import io.acpbenefits.registration.IdPair;
import io.acpbenefits.secret.KeyRing;
import io.acpbenefits.workflows.BenefitsEngine;
import io.acpbenefits.workflows.ExternalTasks;
import io.acpbenefits.workflows.FixtureProcesses;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.runtime.Job;
import org.junit.jupiter.api.Test;

/** A database in which processes wait gets the tables of the next version, and they go on. */
class UpgradeWithProcessesTest {

  private static final Actor.Account OLGA = Actor.account("olga");
  private static final Actor.Account ANN = Actor.account("ann");
  private static final Actor.Account BEN = Actor.account("ben");
  private static final Actor OTTO = Actor.operator("otto");
  private static final PartnerId ACME = PartnerId.of("acme");
  private static final ExamId CLOUD = ExamId.of("cloud");
  private static final IdPair BENS = new IdPair("C1", "R1");

  private final DataSource database = FixtureProcesses.database();
  private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
  private final Instant examDay = now.plus(Duration.ofDays(10));
  private final KeyRing keys = KeyRing.ephemeral();

  private BenefitsEngine.Builder engine() {
    return BenefitsEngine.on(database).keys(keys).jobExecutor(false);
  }

  private static long open(BenefitsEngine engine) {
    return engine.processEngine().getRuntimeService().createProcessInstanceQuery().count();
  }

  private static OrganizationId acme(AcpBenefits benefits) {
    benefits.partners().register(Actor.system(), ACME, "Acme", "gold");
    return benefits.organizations().establish(Actor.system(), ACME, OLGA.id()).organizationId();
  }

  @Test
  void processesThatWaitGoOnAfterTheUpgrade() {
    JoinRequestId request;
    try (BenefitsEngine older = engine().build()) {
      OrganizationId organization = acme(older.benefits());
      var link = older.benefits().invitations().copyLink(OTTO, organization);
      request = older.benefits().joinRequests().submit(ANN, link, Map.of()).requestId();
      assertThat(open(older)).isOne();
    }

    List<String> files = new ArrayList<>(Schema.CORE.fileNames());
    files.add("V900__next.sql");
    new Schema("core", files).apply(database, SchemaMode.MIGRATE, Clock.systemUTC());

    // It does not know the new file, as a node of the version before that starts again.
    try (BenefitsEngine again = engine().build()) {
      assertThat(open(again)).isOne();
      again.benefits().joinRequests().approve(OLGA, request);
      var jobs = again.processEngine().getManagementService();
      jobs.executeJob(jobs.createJobQuery().messages().singleResult().getId());

      assertThat(open(again)).isZero();
      assertThat(again.benefits().organizations().activeMembership(Actor.system(), ANN.id()))
          .isPresent();
    }
  }

  /** One of each process waits, in tables to which what the newest file adds is added then. */
  @Test
  void aDatabaseOfTheSchemaBeforeIsOpenedWithProcessesThatWait() throws SQLException {
    DataSource before = TestDatabase.empty();
    List<String> files = Schema.CORE.fileNames();
    Schema former = new Schema("core", files.subList(0, files.size() - 1));
    for (Schema schema : List.of(former, Schema.BENEFIT_CENTER)) {
      schema.apply(before, SchemaMode.MIGRATE, Clock.systemUTC());
    }
    JoinRequestId request;
    BenefitApplicationId application;
    try (BenefitsEngine older = withReview(before).schema(SchemaMode.NONE).build()) {
      AcpBenefits benefits = older.benefits();
      var link = benefits.invitations().copyLink(OTTO, acme(benefits));
      request = benefits.joinRequests().submit(ANN, link, Map.of()).requestId();
      application = applied(benefits).applicationId();
      benefits.registrations().registerSelfPaid(BEN, CLOUD, Delivery.TEST_CENTER, examDay, BENS);
      assertThat(benefits.bindings().submit(BEN, CLOUD, BENS).state())
          .isEqualTo(BindingState.AWAITING_DATA);
      assertThat(open(older)).isEqualTo(3);
    }
    assertThat(versions(before)).isEqualTo(files.size() - 1);

    try (BenefitsEngine newer = withReview(before).build()) {
      assertThat(versions(before)).isEqualTo(files.size());
      assertThat(open(newer)).isEqualTo(3);
      AcpBenefits benefits = newer.benefits();
      benefits.joinRequests().approve(OLGA, request);
      benefits.applications().approve(OTTO, application);
      benefits
          .examRecords()
          .receive(OTTO, new ExamRecordLine(BENS, CLOUD, examDay, ExamOutcome.PASS, null, null));
      goOn(newer);

      assertThat(open(newer)).isZero();
      assertThat(benefits.applications().get(OTTO, application).state())
          .isEqualTo(BenefitApplicationState.FULFILLED);
      assertThat(benefits.organizations().activeMembership(Actor.system(), ANN.id())).isPresent();
    }
  }

  private BenefitsEngine.Builder withReview(DataSource database) {
    return BenefitsEngine.on(database)
        .keys(keys)
        .jobExecutor(false)
        .policies(Policies.DEFAULT.with(ApplicationPolicy.DEFAULT.withReview(true)));
  }

  private BenefitApplication applied(AcpBenefits benefits) {
    benefits.exams().add(OTTO, new Exam(CLOUD, "Cloud", ExamLevel.ACP, null, null, null, null));
    benefits.quotas().grant(OTTO, ACME, ExamLevel.ACP, 5, now, now.plus(Duration.ofDays(300)));
    benefits
        .embeddedBenefitCenter()
        .orElseThrow()
        .importStock(OTTO, CLOUD, List.of(CodeText.parse("ABCD-EFGH-JKLM")));
    return benefits.applications().apply(OLGA, ACME, CLOUD, 1);
  }

  private static void goOn(BenefitsEngine engine) {
    Runnable externalTasks = ExternalTasks.byHand(engine);
    ManagementService jobs = engine.processEngine().getManagementService();
    List<Job> next = jobs.createJobQuery().messages().list();
    while (!next.isEmpty()) {
      next.forEach(job -> jobs.executeJob(job.getId()));
      externalTasks.run();
      next = jobs.createJobQuery().messages().list();
    }
  }

  private static int versions(DataSource database) throws SQLException {
    try (Connection connection = database.getConnection()) {
      return Migrator.applied(connection, "core").size();
    }
  }
}
