package io.acpbenefits.workflows;

import static org.assertj.core.api.Assertions.assertThat;

import io.acpbenefits.application.ApplicationPolicy;
import io.acpbenefits.application.BenefitApplicationId;
import io.acpbenefits.application.BenefitApplicationState;
import io.acpbenefits.common.AccountId;
import io.acpbenefits.common.Actor;
import io.acpbenefits.exam.Exam;
import io.acpbenefits.exam.ExamId;
import io.acpbenefits.exam.ExamLevel;
import io.acpbenefits.examcode.CodeText;
import io.acpbenefits.partner.PartnerId;
import io.acpbenefits.workflows.testkit.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.camunda.bpm.engine.externaltask.ExternalTask;
import org.camunda.bpm.engine.runtime.Incident;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Workers that take a task in hand and are never heard of again. */
class DyingWorkerTest {

  private static final Duration LOCK = ApplicationPolicy.DEFAULT.answerWithin();
  private static final PartnerId ACME = PartnerId.of("acme");
  private static final ExamId CLOUD = ExamId.of("cloud");
  private static final Actor.Account OLGA = new Actor.Account(AccountId.of("olga"));

  private final VirtualTime time = VirtualTime.startingAt(ProcessFixture.START);
  private final BenefitsEngine engine =
      BenefitsEngine.inMemory().clock(time.clock()).jobExecutor(false).build();
  private final GetCodesWorker worker = engine.plugin().worker();
  private BenefitApplicationId id = BenefitApplicationId.of("none");

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
    benefits
        .embeddedBenefitCenter()
        .orElseThrow()
        .importStock(
            Actor.system(), CLOUD, List.of(CodeText.parse("CODE1"), CodeText.parse("CODE2")));
    id = benefits.applications().apply(OLGA, ACME, CLOUD, 1).applicationId();
  }

  @AfterEach
  void close() {
    time.close();
    engine.close();
  }

  private List<Incident> incidents() {
    return engine.processEngine().getRuntimeService().createIncidentQuery().list();
  }

  private ExternalTask task() {
    return Objects.requireNonNull(
        engine.processEngine().getExternalTaskService().createExternalTaskQuery().singleResult());
  }

  private BenefitApplicationState state() {
    return engine.benefits().applications().get(Actor.system(), id).state();
  }

  private void dieWithTriesLeft(int from, int to) {
    for (int left = from; left >= to; left--) {
      assertThat(worker.fetch().orElseThrow().left()).isEqualTo(left);
      assertThat(worker.fetch()).as("locked").isEmpty();
      assertThat(incidents()).as("while a try runs").isEmpty();
      time.advanceBy(LOCK.minusMillis(1));
      assertThat(worker.fetch()).as("still locked").isEmpty();
      time.advanceBy(Duration.ofMillis(1));
    }
  }

  @Test
  void endInAnIncidentAndNotInALoop() {
    dieWithTriesLeft(5, 0);

    assertThat(worker.workOff()).isOne();

    assertThat(incidents())
        .singleElement()
        .satisfies(
            incident -> {
              assertThat(incident.getIncidentType()).isEqualTo(Incident.EXTERNAL_TASK_HANDLER_TYPE);
              assertThat(incident.getActivityId()).isEqualTo("ServiceTask_GetCodes");
              assertThat(incident.getIncidentMessage())
                  .isEqualTo(LapsedLock.Unfinished.class.getName());
            });
    time.advanceBy(Duration.ofDays(1));
    assertThat(worker.workOff()).isZero();
    assertThat(state()).isEqualTo(BenefitApplicationState.APPROVED);
  }

  @Test
  void areGivenNewTriesByAnOperator() {
    dieWithTriesLeft(5, 0);
    worker.workOff();
    engine.processEngine().getExternalTaskService().setRetries(task().getId(), 2);
    time.advanceBy(LOCK);
    dieWithTriesLeft(1, 0);
    assertThat(worker.workOff()).isOne();
    assertThat(incidents()).hasSize(1);

    engine.processEngine().getExternalTaskService().setRetries(task().getId(), 1);
    assertThat(incidents()).isEmpty();
    assertThat(worker.workOff()).isOne();
    assertThat(incidents()).isEmpty();
    assertThat(state()).isEqualTo(BenefitApplicationState.FULFILLED);
  }

  @Test
  void areReplacedByOneThatFinishesItsLastTry() {
    dieWithTriesLeft(5, 1);
    assertThat(worker.workOff()).isOne();
    assertThat(incidents()).isEmpty();
    assertThat(state()).isEqualTo(BenefitApplicationState.FULFILLED);
    assertThat(worker.workOff()).isZero();
  }

  @Test
  void ofSeveralAtOnceEachTakesAnother() throws Exception {
    for (int i = 0; i < 7; i++) {
      engine.benefits().applications().apply(OLGA, ACME, CLOUD, 1);
    }
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<List<String>>> running = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        running.add(threads.submit(this::fetchAll));
      }
      List<String> fetched = new ArrayList<>();
      for (Future<List<String>> each : running) {
        fetched.addAll(each.get(60, TimeUnit.SECONDS));
      }
      // Whoever came second to a task goes on at its next round.
      fetched.addAll(fetchAll());
      assertThat(fetched).hasSize(8).doesNotHaveDuplicates();
    } finally {
      threads.shutdownNow();
    }
  }

  private List<String> fetchAll() {
    List<String> ids = new ArrayList<>();
    for (Optional<GetCodesWorker.Work> next = worker.fetch();
        next.isPresent();
        next = worker.fetch()) {
      ids.add(next.get().id());
    }
    return ids;
  }
}
