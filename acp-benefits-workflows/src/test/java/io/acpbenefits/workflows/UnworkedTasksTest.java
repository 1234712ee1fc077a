package io.acpbenefits.workflows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;

import io.acpbenefits.application.ApplicationPolicy;
import io.acpbenefits.benefitcenter.BenefitCenter;
import io.acpbenefits.common.Actor;
import io.acpbenefits.exam.Exam;
import io.acpbenefits.exam.ExamId;
import io.acpbenefits.exam.ExamLevel;
import io.acpbenefits.health.HealthCheck;
import io.acpbenefits.health.HealthPolicy;
import io.acpbenefits.health.HealthStatus;
import io.acpbenefits.partner.PartnerId;
import io.acpbenefits.workflows.testkit.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** External tasks on an engine of which nobody is the worker, as time passes. */
class UnworkedTasksTest {

  private static final PartnerId ACME = PartnerId.of("acme");
  private static final ExamId CLOUD = ExamId.of("cloud");
  private static final Actor.Account OLGA = Actor.account("olga");
  private static final Duration LATE = HealthPolicy.DEFAULT.jobsLate();
  private static final Duration LOCK = ApplicationPolicy.DEFAULT.answerWithin();
  private static final Duration TICK = Duration.ofMillis(1);

  private final BenefitCenter center = mock(BenefitCenter.class);

  /** Not attached to the engine, so that nothing is worked off as it passes. */
  private final VirtualTime time = VirtualTime.startingAt(Instant.parse("2026-03-01T09:00:00Z"));

  private final BenefitsEngine engine =
      FixtureProcesses.engine()
          .clock(time.clock())
          .jobExecutor(false)
          .benefitCenter(center)
          .build();

  @BeforeEach
  void apply() {
    var benefits = engine.benefits();
    benefits.partners().register(Actor.system(), ACME, "Acme", "gold");
    benefits.organizations().establish(Actor.system(), ACME, OLGA.id());
    benefits
        .exams()
        .add(Actor.system(), new Exam(CLOUD, "Cloud", ExamLevel.ACP, null, null, null, null));
    benefits
        .quotas()
        .grant(
            Actor.system(),
            ACME,
            ExamLevel.ACP,
            10,
            time.now(),
            time.now().plus(Duration.ofDays(100)));
    benefits.applications().apply(OLGA, ACME, CLOUD, 1);
  }

  @AfterEach
  void close() {
    time.close();
    engine.close();
  }

  private HealthCheck executor() {
    return engine.health().check(Actor.system(), HealthPolicy.DEFAULT).checks().stream()
        .filter(check -> check.name().equals("job executor"))
        .findFirst()
        .orElseThrow();
  }

  private void lateAfter(Duration pause) {
    time.advanceBy(pause);
    assertThat(executor().status()).isEqualTo(HealthStatus.UP);
    time.advanceBy(TICK);
    assertThat(executor().status()).isEqualTo(HealthStatus.DEGRADED);
    assertThat(executor().sentence()).contains("1 external tasks", "startWorker()");
  }

  @Test
  void aTaskThatNobodyTakesIsLateAfterAWhile() {
    lateAfter(LATE);
  }

  @Test
  void aTaskWhoseWorkerDiedIsLateAWhileAfterItsLockHasLapsed() {
    time.advanceBy(LATE);
    assertThat(engine.plugin().worker().fetch()).isPresent();

    lateAfter(LOCK.plus(LATE));
  }

  @Test
  void aTaskThatIsToBeTriedAgainIsLateAWhileAfterThat() {
    doThrow(new IllegalStateException("down")).when(center).handOut(any(), any(), anyInt());
    engine.plugin().workOffExternalTasks();

    lateAfter(Duration.ofMinutes(1).plus(LATE));
  }

  @Test
  void aTaskThatStandsStillIsAnIncidentAndNotLate() {
    var tasks = engine.processEngine().getExternalTaskService();
    String id = Objects.requireNonNull(tasks.createExternalTaskQuery().singleResult()).getId();
    tasks.setRetries(id, 0);

    time.advanceBy(LATE.plus(TICK));

    assertThat(executor().status()).isEqualTo(HealthStatus.UP);
    assertThat(engine.incidents().count(Actor.system())).isOne();
  }

  @Test
  void aTaskThatSomebodyHasSuspendedIsNotLate() {
    engine
        .processEngine()
        .getRuntimeService()
        .updateProcessInstanceSuspensionState()
        .byProcessDefinitionKey(BenefitApplicationProcess.KEY)
        .suspend();

    time.advanceBy(LATE.plus(TICK));

    assertThat(executor().status()).isEqualTo(HealthStatus.UP);
  }

  @Test
  void aTaskWhoseCountOfTriesIsDamagedIsWorkedOffAllTheSame() {
    doThrow(new IllegalStateException("down")).when(center).handOut(any(), any(), anyInt());
    var task =
        Objects.requireNonNull(
            engine
                .processEngine()
                .getExternalTaskService()
                .createExternalTaskQuery()
                .singleResult());
    engine
        .processEngine()
        .getRuntimeService()
        .setVariableLocal(
            task.getExecutionId(), BenefitApplicationProcess.GET_CODES_TRIES_LEFT, "damaged");

    assertThat(engine.plugin().workOffExternalTasks()).isOne();

    assertThat(
            Objects.requireNonNull(
                    engine
                        .processEngine()
                        .getExternalTaskService()
                        .createExternalTaskQuery()
                        .singleResult())
                .getRetries())
        .isEqualTo(5);
  }
}
