package io.acpbenefits.application;

import static io.acpbenefits.CoreFixture.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.acpbenefits.CoreFixture;
import io.acpbenefits.audit.AuditEntry;
import io.acpbenefits.benefitcenter.BenefitCenter;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.Operation;
import io.acpbenefits.common.Page;
import io.acpbenefits.common.PageRequest;
import io.acpbenefits.common.Reason;
import io.acpbenefits.exam.ExamId;
import io.acpbenefits.exam.ExamLevel;
import io.acpbenefits.examcode.CodeText;
import io.acpbenefits.health.HealthCheck;
import io.acpbenefits.health.HealthPolicy;
import io.acpbenefits.health.HealthStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Codes that a Benefit Center does not take back. */
class GiveBacksTest {

  private static final PageRequest ALL = PageRequest.first(100);
  private static final Duration ANSWER = ApplicationPolicy.DEFAULT.answerWithin();
  private static final String WHY = "settled on the phone";

  /** Answers as it is told to. */
  private static final class Outside implements BenefitCenter {

    Supplier<List<CodeText>> handingOut = List::of;
    Runnable taking = () -> {};
    int taken;

    @Override
    public List<CodeText> handOut(String applicationId, ExamId exam, int quantity) {
      return handingOut.get();
    }

    @Override
    public void giveBack(String applicationId) {
      taking.run();
      taken++;
    }
  }

  private final Outside center = new Outside();
  private final CoreFixture it = new CoreFixture(builder -> builder.benefitCenter(center));
  private final GiveBacks giveBacks = it.benefits.giveBacks();

  @BeforeEach
  void doesNotTakeAnythingBack() {
    it.quota(ExamLevel.ACP, 10);
    center.handingOut =
        () -> {
          throw new IllegalStateException("lost");
        };
    center.taking =
        () -> {
          throw new IllegalStateException("no answer for [ACPX7K2M9Q]");
        };
  }

  /** It had no answer from the Benefit Center, and was canceled. */
  private BenefitApplicationId canceled() {
    BenefitApplicationId id =
        it.benefits.applications().apply(it.owner, it.acme, it.cloud, 1).applicationId();
    assertThatThrownBy(() -> it.benefits.applications().fulfil(Actor.system(), id))
        .hasMessage("lost");
    it.benefits.applications().cancel(it.owner, id);
    return id;
  }

  /** Called as often as it is tried, to the last pause. */
  private void triedAllPauses() {
    for (int minutes : new int[] {1, 5, 30, 120, 480}) {
      it.benefits.runPortCalls();
      it.clock.advance(Duration.ofMinutes(minutes));
    }
  }

  private HealthCheck health() {
    return it.benefits.health().check(it.operator, HealthPolicy.DEFAULT).checks().stream()
        .filter(check -> check.name().equals("port calls"))
        .findFirst()
        .orElseThrow();
  }

  private void auditedOnce(BenefitApplicationId id, Operation operation) {
    assertThat(it.benefits.audit().of(it.operator, id.value(), ALL).items())
        .filteredOn(entry -> entry.operation() == operation)
        .extracting(AuditEntry::why)
        .containsExactly(WHY);
  }

  @Test
  void whatWasNotTakenBackIsListedWithItsReasonSinceWhenAndItsNextTry() {
    BenefitApplicationId id = canceled();
    Instant since = it.clock.instant();
    it.clock.advance(ANSWER);
    assertThat(giveBacks.stuck(it.operator, ALL).items()).isEmpty();

    it.benefits.runPortCalls();

    assertThat(giveBacks.stuck(it.operator, ALL).items())
        .containsExactly(
            new GiveBack(
                id,
                since,
                1,
                it.clock.instant().plus(Duration.ofMinutes(1)),
                "java.lang.IllegalStateException"));
  }

  @Test
  void aNodeThatDiedOfItIsListedAsNoAnswer() {
    canceled();
    it.clock.advance(ANSWER);
    center.taking =
        () -> {
          throw new StackOverflowError();
        };
    assertThatThrownBy(it.benefits::runPortCalls).isInstanceOf(StackOverflowError.class);
    it.clock.advance(ANSWER);
    assertThatThrownBy(it.benefits::runPortCalls).isInstanceOf(StackOverflowError.class);

    assertThat(giveBacks.stuck(it.operator, ALL).items())
        .extracting(GiveBack::lastFailure)
        .containsExactly("no answer");
  }

  @Test
  void retryingTellsTheBenefitCenterAtOnceAndBeginsThePausesAnew() {
    BenefitApplicationId id = canceled();
    it.clock.advance(ANSWER);
    triedAllPauses();
    it.benefits.runPortCalls();
    Instant now = it.clock.instant();

    giveBacks.retry(it.operator, id, WHY);
    it.benefits.runPortCalls();

    GiveBack again = giveBacks.stuck(it.operator, ALL).items().get(0);
    assertThat(again.attempts()).isEqualTo(1);
    assertThat(again.nextStep()).contains("by itself");
    assertThat(again.nextAttemptAt()).isEqualTo(now.plus(Duration.ofMinutes(1)));
    auditedOnce(id, Operation.RETRY_GIVE_BACK);

    center.taking = () -> {};
    giveBacks.retry(it.operator, id, "once more");
    assertThat(it.benefits.runPortCalls()).isOne();
    assertThat(giveBacks.stuck(it.operator, ALL).items()).isEmpty();
  }

  @Test
  void whatWasSettledByHandIsNotTriedAnyMore() {
    BenefitApplicationId id = canceled();

    giveBacks.settle(it.operator, id, WHY);
    it.clock.advance(Duration.ofDays(1));

    assertThat(it.benefits.runPortCalls()).isZero();
    assertThat(giveBacks.stuck(it.operator, ALL).items()).isEmpty();
    assertThat(it.benefits.nextPortCall()).isEmpty();
    auditedOnce(id, Operation.SETTLE_GIVE_BACK);
  }

  @Test
  void anAnswerThatComesAfterItWasSettledIsToBeGivenBackAnew() {
    BenefitApplicationId id =
        it.benefits.applications().apply(it.owner, it.acme, it.cloud, 1).applicationId();
    center.handingOut =
        () -> {
          it.benefits.applications().cancel(it.owner, id);
          giveBacks.settle(it.operator, id, WHY);
          return List.of(CodeText.parse("[ACPG000001]"));
        };

    assertRefused(
        Reason.ILLEGAL_STATE, () -> it.benefits.applications().fulfil(Actor.system(), id));

    assertThat(it.benefits.nextPortCall()).contains(it.clock.instant());
    center.taking = () -> {};
    assertThat(it.benefits.runPortCalls()).isOne();
    assertThat(center.taken).isOne();
  }

  @Test
  void whatIsNotToBeGivenBackIsNotFound() {
    BenefitApplicationId open =
        it.benefits.applications().apply(it.owner, it.acme, it.cloud, 1).applicationId();
    assertThatThrownBy(() -> it.benefits.applications().fulfil(Actor.system(), open))
        .hasMessage("lost");

    for (BenefitApplicationId id : List.of(open, BenefitApplicationId.of("none"))) {
      assertRefused(Reason.NOT_FOUND, () -> giveBacks.retry(it.operator, id, WHY));
      assertRefused(Reason.NOT_FOUND, () -> giveBacks.settle(it.operator, id, WHY));
    }
    assertThat(it.number("SELECT COUNT(*) FROM acp_hand_out")).isOne();
  }

  @Test
  void onlyThePlatformSeesOrResolvesThemAndWithAReason() {
    BenefitApplicationId id = canceled();

    assertRefused(Reason.NOT_PERMITTED, () -> giveBacks.stuck(it.owner, ALL));
    assertRefused(Reason.NOT_PERMITTED, () -> giveBacks.failing(it.owner));
    assertRefused(Reason.NOT_PERMITTED, () -> giveBacks.retry(it.owner, id, WHY));
    assertRefused(Reason.NOT_PERMITTED, () -> giveBacks.settle(it.owner, id, WHY));
    assertRefused(Reason.INVALID_INPUT, () -> giveBacks.retry(it.operator, id, " "));
    assertRefused(Reason.INVALID_INPUT, () -> giveBacks.settle(it.operator, id, " "));
    assertThat(it.benefits.nextPortCall()).isPresent();
  }

  @Test
  void pagesBringEachOnce() {
    List<BenefitApplicationId> all = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      all.add(canceled());
    }
    it.clock.advance(ANSWER);
    it.benefits.runPortCalls();

    List<BenefitApplicationId> seen = new ArrayList<>();
    Optional<PageRequest> next = Optional.of(PageRequest.first(2));
    while (next.isPresent()) {
      PageRequest request = next.get();
      Page<GiveBack> page = giveBacks.stuck(it.operator, request);
      page.items().forEach(owed -> seen.add(owed.applicationId()));
      next = page.next().map(request::then);
    }
    assertThat(seen).containsExactlyInAnyOrderElementsOf(all);
  }

  @Test
  void healthIsDegradedOnceAllPausesWereInVain() {
    BenefitApplicationId id = canceled();
    it.clock.advance(ANSWER);
    triedAllPauses();
    assertThat(health().status()).isEqualTo(HealthStatus.UP);
    assertThat(giveBacks.failing(it.operator)).isZero();

    it.benefits.runPortCalls();

    assertThat(giveBacks.failing(it.operator)).isOne();
    assertThat(health().status()).isEqualTo(HealthStatus.DEGRADED);
    assertThat(health().sentence()).contains("giveBacks().stuck()");

    giveBacks.settle(it.operator, id, WHY);
    assertThat(health().status()).isEqualTo(HealthStatus.UP);
  }

  @Test
  void healthIsDegradedWhenNobodyCallsThePorts() {
    canceled();
    it.clock.advance(ANSWER.plus(HealthPolicy.DEFAULT.jobsLate()));
    assertThat(health().status()).isEqualTo(HealthStatus.UP);

    it.clock.advance(Duration.ofNanos(1000));

    assertThat(health().status()).isEqualTo(HealthStatus.DEGRADED);
    assertThat(health().sentence()).contains("runPortCalls()");
    it.benefits.runPortCalls();
    assertThat(health().status()).isEqualTo(HealthStatus.UP);
  }
}
