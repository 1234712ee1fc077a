package io.acpbenefits.workflows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.acpbenefits.AcpBenefits;
import io.acpbenefits.Policies;
import io.acpbenefits.application.BenefitApplicationChanged;
import io.acpbenefits.application.BenefitApplicationId;
import io.acpbenefits.application.BenefitApplicationState;
import io.acpbenefits.audit.AuditEntry;
import io.acpbenefits.common.AccountId;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.BenefitsException;
import io.acpbenefits.common.DomainEvent;
import io.acpbenefits.common.DomainEventListener;
import io.acpbenefits.common.PageRequest;
import io.acpbenefits.common.Tries;
import io.acpbenefits.exam.Exam;
import io.acpbenefits.exam.ExamId;
import io.acpbenefits.exam.ExamLevel;
import io.acpbenefits.examcode.CodePolicy;
import io.acpbenefits.examcode.CodeText;
import io.acpbenefits.examcode.ExamCodeChanged;
import io.acpbenefits.examcode.ExamCodeState;
import io.acpbenefits.examrecord.ExamRecordSource;
import io.acpbenefits.examrecord.FeedName;
import io.acpbenefits.examrecord.PullPolicy;
import io.acpbenefits.examrecord.PullState;
import io.acpbenefits.notification.Notice;
import io.acpbenefits.notification.NoticePolicy;
import io.acpbenefits.partner.PartnerId;
import io.acpbenefits.partner.PartnerState;
import io.acpbenefits.partner.PartnerStateChanged;
import io.acpbenefits.persistence.SchemaMode;
import io.acpbenefits.secret.KeyRing;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.ProcessEngines;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.junit.jupiter.api.Test;

class BenefitsEngineTest {

  private static final PartnerId ACME = PartnerId.of("acme");

  @Test
  void worksInMemoryWithoutAnySetting() {
    try (BenefitsEngine engine = BenefitsEngine.inMemory().build()) {
      engine.benefits().partners().register(Actor.system(), ACME, "Acme", "gold");

      assertThat(engine.benefits().partners().find(Actor.system(), ACME)).isPresent();
    }
  }

  @Test
  void runsAsynchronousStepsByItselfUnlessTold() throws InterruptedException {
    try (BenefitsEngine engine = FixtureProcesses.engine().build()) {
      deployAsync(engine.processEngine());
      engine.processEngine().getRuntimeService().startProcessInstanceByKey("async");

      assertThat(Arrival.HERE.await(30, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void settlesWhatIsDueByItself() throws InterruptedException {
    CountDownLatch expired = new CountDownLatch(1);
    CodePolicy worthNothing = new CodePolicy(Period.ZERO, Duration.ofHours(24));
    try (BenefitsEngine engine =
        FixtureProcesses.engine()
            .settleEvery(Duration.ofMillis(20))
            .policies(Policies.DEFAULT.with(worthNothing))
            .listener(
                event -> {
                  if (event instanceof ExamCodeChanged code && code.to() == ExamCodeState.EXPIRED) {
                    expired.countDown();
                  }
                })
            .build()) {
      issueOneCode(engine.benefits());

      assertThat(expired.await(30, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void pullsExamRecordsByItselfAndGoesOnAfterAFailure() throws InterruptedException {
    CountDownLatch asked = new CountDownLatch(3);
    Duration soon = Duration.ofMillis(1);
    PullPolicy often = new PullPolicy(10, soon, soon, soon, Duration.ofMinutes(1));
    try (BenefitsEngine engine =
        FixtureProcesses.engine()
            .portCallsEvery(Duration.ofMillis(20))
            .examRecords(
                FeedName.of("pearson"),
                (cursor, atMost) -> {
                  asked.countDown();
                  if (asked.getCount() == 2) {
                    throw new IllegalStateException("not reachable for a moment");
                  }
                  return new ExamRecordSource.Batch(List.of(), null);
                },
                often)
            .build()) {
      assertThat(asked.await(30, TimeUnit.SECONDS)).isTrue();
      assertThat(engine.benefits().examRecordPulls().orElseThrow().state(Actor.system()))
          .extracting(PullState::lastFailure)
          .isEqualTo("java.lang.IllegalStateException");
    }
  }

  @Test
  void tellsByItselfOutsideOfAnyCommandAndAgainAfterAFailure() throws InterruptedException {
    CountDownLatch told = new CountDownLatch(2);
    List<Notice> heard = new CopyOnWriteArrayList<>();
    NoticePolicy soon =
        new NoticePolicy(
            new Tries(List.of(Duration.ofMillis(1)), Duration.ofMinutes(1)), Duration.ZERO);
    try (BenefitsEngine engine =
        FixtureProcesses.engine()
            .portCallsEvery(Duration.ofMillis(20))
            .policies(Policies.DEFAULT.with(soon))
            .notifier(
                notice -> {
                  if (Context.getCommandContext() == null) {
                    heard.add(notice);
                  }
                  told.countDown();
                  if (told.getCount() == 1) {
                    throw new IllegalStateException("not reachable for a moment");
                  }
                })
            .build()) {
      Notice notice = new Notice(Notice.Kind.CHECK_IDS, "b1", "key");
      engine.benefits().notices().queue(Actor.system(), notice);

      assertThat(told.await(30, TimeUnit.SECONDS)).isTrue();
      assertThat(heard).containsExactly(notice, notice);
    }
  }

  private static void issueOneCode(AcpBenefits benefits) {
    ExamId cloud = ExamId.of("cloud");
    benefits.partners().register(Actor.system(), ACME, "Acme", "gold");
    benefits.organizations().establish(Actor.system(), ACME, AccountId.of("olga"));
    benefits
        .exams()
        .add(Actor.system(), new Exam(cloud, "Cloud", ExamLevel.ACP, null, null, null, null));
    benefits
        .examCodes()
        .issue(
            Actor.system(), ACME, cloud, List.of(CodeText.parse("ACPX7K2M9Q")), "an application");
  }

  private static BenefitApplicationId apply(AcpBenefits benefits) {
    return benefits
        .applications()
        .apply(Actor.account("olga"), ACME, ExamId.of("cloud"), 1)
        .applicationId();
  }

  private static void stockAndQuota(AcpBenefits benefits) {
    issueOneCode(benefits);
    Instant now = benefits.now();
    benefits
        .quotas()
        .grant(Actor.system(), ACME, ExamLevel.ACP, 10, now, now.plus(Duration.ofDays(100)));
    benefits
        .embeddedBenefitCenter()
        .orElseThrow()
        .importStock(
            Actor.system(),
            ExamId.of("cloud"),
            List.of(CodeText.parse("CODE1"), CodeText.parse("CODE2"), CodeText.parse("CODE3")));
  }

  private static DomainEventListener countingFulfilled(CountDownLatch fulfilled) {
    return event -> {
      if (event instanceof BenefitApplicationChanged changed
          && changed.to() == BenefitApplicationState.FULFILLED) {
        fulfilled.countDown();
      }
    };
  }

  @Test
  void getsCodesByItself() throws InterruptedException {
    CountDownLatch fulfilled = new CountDownLatch(3);
    try (BenefitsEngine engine =
        BenefitsEngine.inMemory().listener(countingFulfilled(fulfilled)).build()) {
      stockAndQuota(engine.benefits());
      for (int i = 0; i < 3; i++) {
        apply(engine.benefits());
      }
      assertThat(fulfilled.await(30, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void getsCodesWhileAWorkerWasStartedOrWhenTheHostSaysSo() throws Exception {
    CountDownLatch fulfilled = new CountDownLatch(1);
    try (BenefitsEngine engine =
        BenefitsEngine.inMemory()
            .jobExecutor(false)
            .listener(countingFulfilled(fulfilled))
            .build()) {
      AcpBenefits benefits = engine.benefits();
      stockAndQuota(benefits);
      try (AutoCloseable worker = engine.plugin().startWorker();
          AutoCloseable theSame = engine.plugin().startWorker()) {
        apply(benefits);
        assertThat(fulfilled.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(worker).isNotSameAs(theSame);
      }

      BenefitApplicationId id = apply(benefits);
      assertThat(benefits.applications().get(Actor.system(), id).state())
          .isEqualTo(BenefitApplicationState.APPROVED);
      assertThatThrownBy(() -> benefits.inTransaction(engine.plugin()::workOffExternalTasks))
          .isInstanceOf(IllegalStateException.class);
      assertThat(benefits.applications().get(Actor.system(), id).state())
          .isEqualTo(BenefitApplicationState.APPROVED);
      assertThat(engine.plugin().workOffExternalTasks()).isOne();
      assertThat(benefits.applications().get(Actor.system(), id).state())
          .isEqualTo(BenefitApplicationState.FULFILLED);
      assertThat(engine.plugin().workOffExternalTasks()).isZero();
    }
  }

  @Test
  void keepsItsRowsOnADatabaseOfTheHost() {
    DataSource database = FixtureProcesses.database();
    KeyRing keys = KeyRing.ephemeral();
    try (BenefitsEngine first = BenefitsEngine.on(database).keys(keys).build()) {
      first.benefits().partners().register(Actor.system(), ACME, "Acme", "gold");
    }
    try (BenefitsEngine second =
        BenefitsEngine.on(database).keys(keys).schema(SchemaMode.VALIDATE).build()) {
      assertThat(second.benefits().partners().find(Actor.system(), ACME)).isPresent();
    }
  }

  @Test
  void refusesToStartWithoutKeysAndLeavesNoEngineBehind() {
    int before = ProcessEngines.getProcessEngines().size();

    assertThatThrownBy(() -> BenefitsEngine.on(FixtureProcesses.database()).build())
        .isInstanceOf(BenefitsException.class)
        .hasMessageContaining("keys");
    assertThat(ProcessEngines.getProcessEngines()).hasSize(before);
  }

  @Test
  void usesTheHostsClockAndTellsItsListeners() {
    Instant now = Instant.parse("2026-03-01T09:00:00Z");
    List<DomainEvent> heard = new ArrayList<>();
    try (BenefitsEngine engine =
        FixtureProcesses.engine()
            .clock(Clock.fixed(now, ZoneOffset.UTC))
            .listener(heard::add)
            .jobExecutor(false)
            .build()) {
      engine.benefits().partners().register(Actor.system(), ACME, "Acme", "gold");
      engine.benefits().partners().suspend(Actor.system(), ACME, "asked for");

      assertThat(engine.benefits().partners().get(Actor.system(), ACME).createdAt()).isEqualTo(now);
      assertThat(heard)
          .filteredOn(event -> !(event instanceof AuditEntry))
          .containsExactly(new PartnerStateChanged(ACME, PartnerState.SUSPENDED));
    }
  }

  @Test
  void closedItRefusesWorkAndClosingAgainDoesNoHarm() {
    BenefitsEngine engine = FixtureProcesses.engine().jobExecutor(false).build();
    engine.close();
    engine.close();

    assertThatThrownBy(() -> engine.benefits().partners().all(Actor.system(), PageRequest.first(1)))
        .isInstanceOf(IllegalStateException.class);
    assertThat(ProcessEngines.getProcessEngines())
        .doesNotContainKey(engine.processEngine().getName());
  }

  private static void deployAsync(ProcessEngine engine) {
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
                .camundaClass(Arrival.class)
                .endEvent()
                .done())
        .deploy();
  }

  /** Says that it was reached. */
  public static final class Arrival implements JavaDelegate {

    static final CountDownLatch HERE = new CountDownLatch(1);

    @Override
    public void execute(DelegateExecution execution) {
      HERE.countDown();
    }
  }
}
