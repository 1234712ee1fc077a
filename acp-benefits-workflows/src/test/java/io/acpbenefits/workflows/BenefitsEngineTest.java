package io.acpbenefits.workflows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.acpbenefits.AcpBenefits;
import io.acpbenefits.Policies;
import io.acpbenefits.audit.AuditEntry;
import io.acpbenefits.common.AccountId;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.BenefitsException;
import io.acpbenefits.common.DomainEvent;
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
    try (BenefitsEngine engine = BenefitsEngine.inMemory().build()) {
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
        BenefitsEngine.inMemory()
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
        BenefitsEngine.inMemory()
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
        BenefitsEngine.inMemory()
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
        BenefitsEngine.inMemory()
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
    BenefitsEngine engine = BenefitsEngine.inMemory().jobExecutor(false).build();
    engine.close();
    engine.close();

    assertThatThrownBy(() -> engine.benefits().partners().all(Actor.system()))
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
