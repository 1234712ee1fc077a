package io.acpbenefits.workflows.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.acpbenefits.AcpBenefits;
import io.acpbenefits.common.Actor;
import io.acpbenefits.exam.Exam;
import io.acpbenefits.exam.ExamId;
import io.acpbenefits.exam.ExamLevel;
import io.acpbenefits.examcode.CodeText;
import io.acpbenefits.examrecord.ExamRecordSource;
import io.acpbenefits.examrecord.FeedName;
import io.acpbenefits.examrecord.PullPolicy;
import io.acpbenefits.notification.Notice;
import io.acpbenefits.partner.PartnerId;
import io.acpbenefits.workflows.BenefitsEngine;
import io.acpbenefits.workflows.FixtureProcesses;
import io.acpbenefits.workflows.testkit.VirtualTime;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BenefitsMetricsTest {

  private static final PartnerId ACME = PartnerId.of("acme");

  private final VirtualTime time = VirtualTime.startingAt(Instant.parse("2026-03-01T09:00:00Z"));
  private final BenefitsEngine engine =
      FixtureProcesses.engine()
          .clock(time.clock())
          .jobExecutor(false)
          .examRecords(
              FeedName.of("pearson"),
              (cursor, atMost) -> new ExamRecordSource.Batch(List.of(), null),
              PullPolicy.DEFAULT)
          .build();
  private final AcpBenefits benefits = engine.benefits();
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

  @BeforeEach
  void bind() {
    exam("before");
    BenefitsMetrics.of(engine).bindTo(registry);
  }

  @AfterEach
  void close() {
    time.close();
    engine.close();
  }

  private void exam(String id) {
    benefits
        .exams()
        .add(Actor.system(), new Exam(ExamId.of(id), id, ExamLevel.ACP, null, null, null, null));
  }

  private double free(String exam) {
    return registry.get("acp.benefits.codes.free").tag("exam", exam).gauge().value();
  }

  @Test
  void theStockOfEachExamIsMeasuredAlsoOfOneThatComesLater() {
    exam("later");
    benefits
        .embeddedBenefitCenter()
        .orElseThrow()
        .importStock(
            Actor.system(),
            ExamId.of("later"),
            List.of(CodeText.parse("[ACPM000001]"), CodeText.parse("[ACPM000002]")));

    assertThat(free("before")).isZero();
    assertThat(free("later")).isEqualTo(2);
  }

  @Test
  void operationsAndEventsAreCountedByTheirKind() {
    benefits.partners().register(Actor.system(), ACME, "Acme", "gold");
    benefits.partners().suspend(Actor.system(), ACME, "asked for");

    assertThat(
            registry
                .get("acp.benefits.operations")
                .tag("operation", "SUSPEND_PARTNER")
                .counter()
                .count())
        .isEqualTo(1);
    assertThat(
            registry
                .get("acp.benefits.events")
                .tag("type", "PartnerStateChanged")
                .counter()
                .count())
        .isEqualTo(1);
  }

  @Test
  void dueJobsAndIncidentsAreMeasured() {
    engine
        .processEngine()
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
    assertThat(registry.get("acp.benefits.jobs.due").gauge().value()).isZero();

    engine.processEngine().getRuntimeService().startProcessInstanceByKey("async");

    assertThat(registry.get("acp.benefits.jobs.due").gauge().value()).isEqualTo(1);
    assertThat(registry.get("acp.benefits.incidents").gauge().value()).isZero();
  }

  @Test
  void externalTasksThatNobodyHasInHandAreMeasured() {
    exam("sold");
    benefits.partners().register(Actor.system(), ACME, "Acme", "gold");
    Actor.Account olga = Actor.account("olga");
    benefits.organizations().establish(Actor.system(), ACME, olga.id());
    benefits
        .quotas()
        .grant(
            Actor.system(),
            ACME,
            ExamLevel.ACP,
            1,
            time.now(),
            time.now().plus(Duration.ofDays(100)));
    assertThat(dueTasks()).isZero();

    benefits.applications().apply(olga, ACME, ExamId.of("sold"), 1);

    assertThat(dueTasks()).isEqualTo(1);
    assertThat(registry.get("acp.benefits.give.backs").gauge().value()).isZero();
  }

  private double dueTasks() {
    return registry.get("acp.benefits.tasks.due").gauge().value();
  }

  @Test
  void noticesThatWaitAreMeasured() {
    assertThat(waitingNotices()).isZero();
    benefits
        .notices()
        .queue(Actor.system(), new Notice(Notice.Kind.CODES_ISSUED, "somebody", "once"));

    assertThat(waitingNotices()).isEqualTo(1);
    benefits.notices().deliver(Actor.system());
    assertThat(waitingNotices()).isZero();
  }

  private double waitingNotices() {
    return registry.get("acp.benefits.notices").tag("state", "WAITING").gauge().value();
  }

  @Test
  void transactionsThatMetOthersAreCounted() {
    AtomicInteger attempts = new AtomicInteger();

    benefits.inTransaction(
        () -> {
          if (attempts.incrementAndGet() == 1) {
            throw new OptimisticLockingException("another one came first");
          }
          return true;
        });

    assertThat(retries("REPEATED")).isOne();
    assertThat(retries("IN_VAIN")).isZero();
  }

  private double retries(String outcome) {
    return registry.get("acp.benefits.retries").tag("outcome", outcome).functionCounter().count();
  }

  @Test
  void theAgeOfTheFeedIsUnknownUntilItWasPulled() {
    assertThat(registry.get("acp.benefits.feed.age").timeGauge().value()).isNaN();
    benefits.examRecordPulls().orElseThrow().pull(Actor.system());

    time.advanceBy(Duration.ofMinutes(3));

    assertThat(registry.get("acp.benefits.feed.age").timeGauge().value()).isEqualTo(180);
  }
}
