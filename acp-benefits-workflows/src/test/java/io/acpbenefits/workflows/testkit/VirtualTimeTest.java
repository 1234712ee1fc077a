package io.acpbenefits.workflows.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.acpbenefits.OnlyOn;
import io.acpbenefits.TestDatabase;
import io.acpbenefits.workflows.BenefitsEngine;
import io.acpbenefits.workflows.FixtureProcesses;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class VirtualTimeTest {

  private static final Instant START = Instant.parse("2026-03-01T09:00:00Z");
  private static final String WHOLE_SECONDS =
      "on MySQL and MariaDB the engine keeps due dates to the second";

  /** One for all tests, since starting it takes longer than any of them. */
  private static final BenefitsEngine BENEFITS =
      FixtureProcesses.engine().jobExecutor(false).build();

  /** Opened before each test, and not with its object: a test that is skipped has one, too. */
  private VirtualTime time;

  private final ProcessEngine engine = BENEFITS.processEngine();

  @BeforeEach
  void open() {
    time = VirtualTime.startingAt(START);
    time.attach(engine);
    Log.LINES.clear();
    Log.CLOCK.set(time.clock());
  }

  @AfterEach
  void close() {
    RepositoryService repository = engine.getRepositoryService();
    repository
        .createDeploymentQuery()
        .list()
        .forEach(deployment -> repository.deleteDeployment(deployment.getId(), true));
    time.close();
  }

  @AfterAll
  static void stop() {
    BENEFITS.close();
  }

  @Test
  void timersRunInTheOrderOfTheirDueDatesEachAtItsOwnInstant() {
    deployTimer();
    startTimer("late", START.plusSeconds(7200));
    startTimer("early", START.plusSeconds(3600));

    int ran = time.advanceBy(Duration.ofHours(3));

    assertThat(ran).isEqualTo(2);
    assertThat(Log.LINES)
        .containsExactly("early 2026-03-01T10:00:00Z", "late 2026-03-01T11:00:00Z");
    assertThat(time.now()).isEqualTo(START.plusSeconds(3 * 3600));
  }

  @Test
  void jobsOfOneInstantRunInTheOrderOfTheirCreation() {
    deployTimer();
    List<String> expected = new ArrayList<>();
    // More than a hundred, so that ids of different lengths meet.
    for (int i = 0; i < 120; i++) {
      startTimer("t" + i, START.plusSeconds(60));
      expected.add("t" + i + " 2026-03-01T09:01:00Z");
    }

    time.advanceTo(START.plusSeconds(60));

    assertThat(Log.LINES).containsExactlyElementsOf(expected);
  }

  @Test
  @OnlyOn(
      value = {TestDatabase.Kind.H2, TestDatabase.Kind.POSTGRESQL},
      because = WHOLE_SECONDS)
  void aTimerOfTheTargetsInstantRunsAndOneAfterItDoesNot() {
    deployTimer();
    startTimer("at", START.plusSeconds(60));
    startTimer("after", START.plusSeconds(60).plusMillis(1));

    time.advanceTo(START.plusSeconds(60));
    assertThat(Log.LINES).containsExactly("at 2026-03-01T09:01:00Z");

    time.advanceBy(Duration.ofMillis(1));
    assertThat(Log.LINES).hasSize(2);
  }

  @Test
  @OnlyOn(
      value = {TestDatabase.Kind.H2, TestDatabase.Kind.POSTGRESQL},
      because = WHOLE_SECONDS)
  void aPeriodThatBeginsBetweenTwoMillisecondsEndsNeitherEarlyNorNever() {
    Instant begun = START.plusNanos(500_000);
    time.advanceTo(begun);
    engine
        .getRepositoryService()
        .createDeployment()
        .addModelInstance(
            "period.bpmn",
            Bpmn.createExecutableProcess("period")
                .camundaHistoryTimeToLive(1)
                .startEvent()
                .intermediateCatchEvent()
                .timerWithDuration("PT1H")
                .serviceTask()
                .camundaClass(Log.class)
                .endEvent()
                .done())
        .deploy();
    engine.getRuntimeService().startProcessInstanceByKey("period", Map.of("name", "period"));

    time.advanceTo(begun.plus(Duration.ofHours(1)));
    assertThat(Log.LINES).isEmpty();

    time.advanceBy(Duration.ofMillis(1));
    assertThat(Log.LINES).containsExactly("period 2026-03-01T10:00:00.001Z");
  }

  @Test
  @OnlyOn(
      value = {TestDatabase.Kind.H2, TestDatabase.Kind.POSTGRESQL},
      because = WHOLE_SECONDS)
  void aDueDateThatTheEnginesRoundedClockHasReachedWaitsForTheDomainsClock() {
    deployTimer();
    startTimer("soon", START.plusMillis(1));
    time.advanceTo(START.plusNanos(400_000));

    assertThat(ClockUtil.getCurrentTime()).isEqualTo(Date.from(START.plusMillis(1)));
    assertThat(Log.LINES).isEmpty();

    time.advanceTo(START.plusMillis(2));
    assertThat(Log.LINES).containsExactly("soon 2026-03-01T09:00:00.001Z");
  }

  @Test
  void asynchronousStepsRunWhileTheClockStandsStill() {
    deployAsync("async", Log.class);
    engine.getRuntimeService().startProcessInstanceByKey("async", Map.of("name", "first"));
    engine.getRuntimeService().startProcessInstanceByKey("async", Map.of("name", "second"));

    assertThat(time.runDueJobs()).isEqualTo(2);
    assertThat(Log.LINES)
        .containsExactly("first 2026-03-01T09:00:00Z", "second 2026-03-01T09:00:00Z");
    assertThat(time.runDueJobs()).isZero();
  }

  @Test
  void aJobThatKeepsFailingEndsAsAnIncidentAndNotInACircle() {
    deployAsync("failing", Failing.class);
    engine.getRuntimeService().startProcessInstanceByKey("failing");

    assertThat(time.runDueJobs()).isEqualTo(1);
    assertThat(time.advanceBy(Duration.ofDays(30))).isEqualTo(5);
    assertThat(engine.getRuntimeService().createIncidentQuery().count()).isEqualTo(1);
  }

  @Test
  void aRetryWithAPauseWaitsForIt() {
    BpmnModelInstance model =
        Bpmn.createExecutableProcess("pausing")
            .camundaHistoryTimeToLive(1)
            .startEvent()
            .serviceTask()
            .camundaAsyncBefore()
            .camundaFailedJobRetryTimeCycle("PT1H,PT1H")
            .camundaClass(Failing.class)
            .endEvent()
            .done();
    engine.getRepositoryService().createDeployment().addModelInstance("p.bpmn", model).deploy();
    engine.getRuntimeService().startProcessInstanceByKey("pausing");

    assertThat(time.runDueJobs()).isEqualTo(1);
    assertThat(time.advanceBy(Duration.ofMinutes(59))).isZero();
    assertThat(time.advanceBy(Duration.ofMinutes(1))).isEqualTo(1);
    assertThat(time.advanceBy(Duration.ofDays(1))).isEqualTo(1);
    assertThat(engine.getRuntimeService().createIncidentQuery().count()).isEqualTo(1);
  }

  @Test
  void aSuspendedJobIsPassedBy() {
    deployTimer();
    startTimer("asleep", START.plusSeconds(60));
    engine
        .getRuntimeService()
        .updateProcessInstanceSuspensionState()
        .byProcessDefinitionKey("timer")
        .suspend();

    assertThat(time.advanceBy(Duration.ofDays(1))).isZero();
  }

  @Test
  void theDomainAndTheEngineShowTheSameTime() {
    time.advanceBy(Duration.ofDays(400));

    assertThat(ClockUtil.getCurrentTime().toInstant()).isEqualTo(time.now());
    assertThat(time.clock().withZone(ZoneId.of("Asia/Shanghai")).instant()).isEqualTo(time.now());
  }

  @Test
  void timeDoesNotRunBackwards() {
    assertThatThrownBy(() -> time.advanceTo(START.minusSeconds(1)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void onlyOneCanBeOpenAndClosingGivesTheSystemsTimeBack() {
    assertThatThrownBy(() -> VirtualTime.startingAt(START))
        .isInstanceOf(IllegalStateException.class);

    time.close();

    assertThat(ClockUtil.getCurrentTime().toInstant())
        .isBetween(Instant.now().minusSeconds(60), Instant.now().plusSeconds(60));
    assertThatThrownBy(() -> time.advanceBy(Duration.ofDays(1)))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void anEngineThatRunsItsJobsItselfIsRefused() {
    try (BenefitsEngine active = FixtureProcesses.engine().build()) {
      assertThatThrownBy(() -> time.attach(active.processEngine()))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  private void deployTimer() {
    BpmnModelInstance model =
        Bpmn.createExecutableProcess("timer")
            .camundaHistoryTimeToLive(1)
            .startEvent()
            .intermediateCatchEvent()
            .timerWithDate("${due}")
            .serviceTask()
            .camundaClass(Log.class)
            .endEvent()
            .done();
    engine.getRepositoryService().createDeployment().addModelInstance("t.bpmn", model).deploy();
  }

  private void startTimer(String name, Instant due) {
    engine
        .getRuntimeService()
        .startProcessInstanceByKey("timer", Map.of("name", name, "due", Date.from(due)));
  }

  private void deployAsync(String key, Class<? extends JavaDelegate> delegate) {
    BpmnModelInstance model =
        Bpmn.createExecutableProcess(key)
            .camundaHistoryTimeToLive(1)
            .startEvent()
            .serviceTask()
            .camundaAsyncBefore()
            .camundaClass(delegate)
            .endEvent()
            .done();
    engine.getRepositoryService().createDeployment().addModelInstance("a.bpmn", model).deploy();
  }

  /** Notes the variable "name" and the domain's time. */
  public static final class Log implements JavaDelegate {

    static final List<String> LINES = new ArrayList<>();
    static final AtomicReference<Clock> CLOCK = new AtomicReference<>(Clock.systemUTC());

    @Override
    public void execute(DelegateExecution execution) {
      LINES.add(
          execution.getVariable("name") + " " + Objects.requireNonNull(CLOCK.get()).instant());
    }
  }

  /** Always fails. */
  public static final class Failing implements JavaDelegate {

    @Override
    public void execute(DelegateExecution execution) {
      throw new IllegalStateException("on purpose");
    }
  }
}
