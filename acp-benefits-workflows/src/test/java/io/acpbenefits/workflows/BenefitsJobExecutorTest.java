package io.acpbenefits.workflows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.acpbenefits.workflows.testkit.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.jobexecutor.AcquiredJobs;
import org.camunda.bpm.engine.impl.jobexecutor.DefaultJobExecutor;
import org.camunda.bpm.engine.impl.jobexecutor.JobExecutor;
import org.camunda.bpm.engine.runtime.Incident;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The time runs no jobs here: it is not attached to the engine. A node that dies is one that takes
 * up jobs and never does anything more.
 */
class BenefitsJobExecutorTest {

  private static final Duration LOCK = Duration.ofMinutes(5);
  private static final Duration LATE = Duration.ofMinutes(1);
  private static final int TRIES = 6;

  private final VirtualTime time = VirtualTime.startingAt(Instant.parse("2026-03-01T09:00:00Z"));
  private final BenefitsEngine engine =
      FixtureProcesses.engine().clock(time.clock()).jobExecutor(false).build();
  private final RuntimeService runtime = engine.processEngine().getRuntimeService();
  private final ManagementService management = engine.processEngine().getManagementService();
  private final ProcessEngineConfigurationImpl configuration =
      (ProcessEngineConfigurationImpl) engine.processEngine().getProcessEngineConfiguration();

  @BeforeEach
  void deploy() {
    engine
        .processEngine()
        .getRepositoryService()
        .createDeployment()
        .addModelInstance(
            "two.bpmn",
            Bpmn.createExecutableProcess("two")
                .camundaHistoryTimeToLive(1)
                .startEvent()
                .parallelGateway("fork")
                .serviceTask("first")
                .camundaAsyncBefore()
                .camundaExpression("${true}")
                .endEvent()
                .moveToNode("fork")
                .serviceTask("second")
                .camundaAsyncBefore()
                .camundaExpression("${true}")
                .endEvent()
                .done())
        .addModelInstance(
            "one.bpmn",
            Bpmn.createExecutableProcess("one")
                .camundaHistoryTimeToLive(1)
                .startEvent()
                .serviceTask("only")
                .camundaAsyncBefore()
                .camundaClass(Failing.class)
                .endEvent()
                .done())
        .deploy();
  }

  @AfterEach
  void close() {
    time.close();
    engine.close();
  }

  private static JobExecutor node() {
    return new BenefitsJobExecutor();
  }

  private List<String> takenUpBy(JobExecutor node) {
    AcquiredJobs taken =
        configuration.getCommandExecutorTxRequired().execute(node.getAcquireJobsCmd(10));
    return taken.getJobIdBatches().stream().flatMap(List::stream).collect(Collectors.toList());
  }

  private Job job() {
    return Objects.requireNonNull(management.createJobQuery().singleResult());
  }

  private void pass(Duration duration) {
    time.advanceBy(duration);
  }

  @Test
  void aJobOnWhichOneNodeAfterTheOtherDiesBecomesAnIncidentAndIsTakenUpNoMore() {
    runtime.startProcessInstanceByKey("one");
    String job = job().getId();

    int deaths = 0;
    for (int round = 0; round < 300 && job().getRetries() > 0; round++) {
      if (takenUpBy(node()).contains(job)) {
        deaths++;
      }
      pass(LOCK.plus(Duration.ofSeconds(1)));
    }

    assertThat(deaths).isEqualTo(TRIES);
    Incident incident = runtime.createIncidentQuery().singleResult();
    assertThat(incident.getConfiguration()).isEqualTo(job);
    assertThat(incident.getIncidentMessage()).contains("died");
    pass(Duration.ofDays(2));
    assertThat(takenUpBy(node())).isEmpty();
  }

  @Test
  void aNodeThatDiedOnceCostsTheLockTimeAndOneTry() {
    runtime.startProcessInstanceByKey("one");
    String job = job().getId();
    assertThat(takenUpBy(node())).containsExactly(job);
    pass(LOCK.minus(Duration.ofSeconds(1)));
    JobExecutor second = node();
    assertThat(takenUpBy(second)).isEmpty();
    assertThat(job().getExceptionMessage()).isNull();

    pass(Duration.ofSeconds(2));

    assertThat(takenUpBy(second)).as("it is counted first").isEmpty();
    assertThat(job().getRetries()).isEqualTo(TRIES - 1);
    assertThat(takenUpBy(second)).containsExactly(job);
  }

  @Test
  void theIntervalsGrowFromTheSecondDeathOn() {
    runtime.startProcessInstanceByKey("one");
    takenUpBy(node());
    pass(LOCK.plusSeconds(1));
    takenUpBy(node());
    takenUpBy(node());
    pass(LOCK.plusSeconds(1));
    Instant counted = time.now();
    takenUpBy(node());

    assertThat(job().getRetries()).isEqualTo(TRIES - 2);
    assertThat(job().getDuedate().toInstant())
        .isBetween(
            counted.plus(Duration.ofMinutes(5)), counted.plus(Duration.ofMinutes(5)).plus(LATE));
  }

  @Test
  void jobsThatWereHeldTogetherAreTakenUpApart() {
    runtime.startProcessInstanceByKey("two");
    assertThat(takenUpBy(node())).hasSize(2);
    pass(LOCK.plusSeconds(1));
    takenUpBy(node());
    assertThat(takenUpBy(node())).hasSize(2);
    pass(LOCK.plusSeconds(1));
    takenUpBy(node());

    assertThat(management.createJobQuery().list())
        .extracting(Job::getDuedate)
        .doesNotHaveDuplicates();
  }

  @Test
  void aJobThatThrowsIsCountedOncePerTry() {
    runtime.startProcessInstanceByKey("one");
    String job = job().getId();
    JobExecutor node = node();
    for (int left = TRIES - 1; left >= 0; left--) {
      assertThat(takenUpBy(node())).containsExactly(job);
      assertThatThrownBy(() -> management.executeJob(job)).hasMessageContaining("on purpose");
      assertThat(job().getRetries()).isEqualTo(left);
      assertThat(job().getExceptionMessage()).isEqualTo("failed on purpose");
      pass(Duration.ofHours(9));
    }
    assertThat(takenUpBy(node)).isEmpty();
    assertThat(runtime.createIncidentQuery().count()).isEqualTo(1);
  }

  @Test
  void aNodeThatIsOnlySlowTakesItsOwnJobsUpAgainAsEver() {
    runtime.startProcessInstanceByKey("one");
    String job = job().getId();
    JobExecutor slow = node();
    takenUpBy(slow);
    pass(LOCK.plusSeconds(1));

    assertThat(takenUpBy(slow)).containsExactly(job);
    assertThat(job().getExceptionMessage()).isNull();
  }

  @Test
  void theEnginesOwnExecutorWouldGoOnForEver() {
    runtime.startProcessInstanceByKey("one");
    String job = job().getId();
    for (int death = 0; death < 3 * TRIES; death++) {
      DefaultJobExecutor stock = new DefaultJobExecutor();
      AcquiredJobs taken =
          configuration
              .getCommandExecutorTxRequired()
              .execute(
                  new org.camunda.bpm.engine.impl.jobexecutor.DefaultAcquireJobsCommandFactory(
                          stock)
                      .getCommand(10));
      assertThat(taken.contains(job)).isTrue();
      pass(LOCK.plusSeconds(1));
    }
    assertThat(runtime.createIncidentQuery().count()).isZero();
  }

  /** Throws. */
  public static final class Failing implements JavaDelegate {

    @Override
    public void execute(DelegateExecution execution) {
      throw new IllegalStateException("failed on purpose");
    }
  }
}
