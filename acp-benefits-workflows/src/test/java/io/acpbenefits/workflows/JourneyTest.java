package io.acpbenefits.workflows;

import static org.assertj.core.api.Assertions.assertThat;

import io.acpbenefits.AcpBenefits;
import io.acpbenefits.application.BenefitApplicationState;
import io.acpbenefits.certificate.BindingState;
import io.acpbenefits.common.Actor;
import io.acpbenefits.exam.Exam;
import io.acpbenefits.exam.ExamId;
import io.acpbenefits.exam.ExamLevel;
import io.acpbenefits.examcode.CodeText;
import io.acpbenefits.examrecord.ExamOutcome;
import io.acpbenefits.examrecord.ExamRecordLine;
import io.acpbenefits.partner.PartnerId;
import io.acpbenefits.registration.Delivery;
import io.acpbenefits.registration.IdPair;
import io.acpbenefits.workflows.testkit.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The source guide from its first page to its last, on the engine. */
class JourneyTest {

  private static final Instant START = Instant.parse("2026-03-01T09:00:00Z");
  private static final PartnerId ACME = PartnerId.of("acme");
  private static final ExamId CLOUD = ExamId.of("cloud");
  private static final Actor.Account OLGA = Actor.account("olga");
  private static final Actor.Account ANN = Actor.account("ann");

  @Test
  void runsFromQuotaToTally() {
    try (VirtualTime time = VirtualTime.startingAt(START);
        BenefitsEngine engine =
            FixtureProcesses.engine().clock(time.clock()).jobExecutor(false).build()) {
      time.attach(engine.processEngine());
      AcpBenefits benefits = engine.benefits();
      benefits.partners().register(Actor.system(), ACME, "Acme", "gold");
      var organization =
          benefits.organizations().establish(Actor.system(), ACME, OLGA.id()).organizationId();
      benefits
          .exams()
          .add(Actor.system(), new Exam(CLOUD, "Cloud", ExamLevel.ACP, null, null, null, null));
      benefits
          .quotas()
          .grant(Actor.system(), ACME, ExamLevel.ACP, 5, START, START.plus(Duration.ofDays(365)));
      benefits
          .embeddedBenefitCenter()
          .orElseThrow()
          .importStock(Actor.system(), CLOUD, List.of(CodeText.parse("[ACPX7K2M9Q]")));

      var application = benefits.applications().apply(OLGA, ACME, CLOUD, 1);
      time.runDueJobs();
      assertThat(benefits.applications().get(Actor.system(), application.applicationId()).state())
          .isEqualTo(BenefitApplicationState.FULFILLED);

      var request =
          benefits
              .joinRequests()
              .submit(ANN, benefits.invitations().copyLink(OLGA, organization), Map.of());
      benefits.joinRequests().approve(OLGA, request.requestId());
      time.runDueJobs();
      assertThat(open(engine)).isZero();

      benefits.examCodes().assign(OLGA, ACME, CLOUD, ANN.id());
      assertThat(open(engine)).isEqualTo(1);
      Instant appointment = time.now().plus(Duration.ofDays(7));
      benefits
          .registrations()
          .registerWithCode(ANN, CLOUD, null, Delivery.ONLINE, appointment, null);
      time.advanceBy(Duration.ofDays(8));
      IdPair ids = new IdPair("C-1", "R-1");
      var binding = benefits.bindings().submit(ANN, CLOUD, ids);
      time.runDueJobs();
      assertThat(binding.state()).isEqualTo(BindingState.AWAITING_DATA);

      time.advanceBy(Duration.ofDays(4));
      assertThat(benefits.bindings().get(Actor.system(), binding.bindingId()).state())
          .isEqualTo(BindingState.CHECK_IDS);
      assertThat(engine.processEngine().getTaskService().createTaskQuery().list())
          .extracting("taskDefinitionKey")
          .containsExactly("UserTask_CheckIds");

      benefits
          .examRecords()
          .receive(
              Actor.system(),
              new ExamRecordLine(ids, CLOUD, appointment, ExamOutcome.PASS, null, null));
      time.runDueJobs();
      assertThat(benefits.bindings().get(Actor.system(), binding.bindingId()).state())
          .isEqualTo(BindingState.BOUND);
      assertThat(open(engine)).isZero();
      assertThat(benefits.certificates().tally(OLGA, ACME)).hasSize(1);
    }
  }

  @Test
  void meetsInstancesStartedEarlierInTheSameTransaction() {
    try (VirtualTime time = VirtualTime.startingAt(START);
        BenefitsEngine engine =
            FixtureProcesses.engine().clock(time.clock()).jobExecutor(false).build()) {
      time.attach(engine.processEngine());
      AcpBenefits benefits = engine.benefits();
      benefits
          .exams()
          .add(Actor.system(), new Exam(CLOUD, "Cloud", ExamLevel.ACP, null, null, null, null));
      IdPair ids = new IdPair("C-1", "R-1");

      benefits.inTransaction(
          () -> {
            benefits.registrations().registerSelfPaid(ANN, CLOUD, Delivery.ONLINE, START, null);
            benefits.bindings().submit(ANN, CLOUD, ids);
            return benefits
                .examRecords()
                .receive(
                    Actor.system(),
                    new ExamRecordLine(ids, CLOUD, START, ExamOutcome.PASS, null, null));
          });
      time.runDueJobs();

      assertThat(open(engine)).isZero();
      assertThat(
              engine
                  .processEngine()
                  .getHistoryService()
                  .createHistoricActivityInstanceQuery()
                  .activityType("messageEndEvent")
                  .count())
          .isZero();
      assertThat(
              engine
                  .processEngine()
                  .getHistoryService()
                  .createHistoricActivityInstanceQuery()
                  .activityId("EndEvent_CertificateBound")
                  .count())
          .isEqualTo(1);
    }
  }

  private static long open(BenefitsEngine engine) {
    return engine.processEngine().getRuntimeService().createProcessInstanceQuery().count();
  }
}
