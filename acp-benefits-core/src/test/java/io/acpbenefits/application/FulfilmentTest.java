package io.acpbenefits.application;

import static io.acpbenefits.CoreFixture.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.acpbenefits.CoreFixture;
import io.acpbenefits.Together;
import io.acpbenefits.Together.Outcome;
import io.acpbenefits.benefitcenter.BenefitCenter;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.BenefitsException;
import io.acpbenefits.common.Reason;
import io.acpbenefits.common.Refusal;
import io.acpbenefits.exam.ExamId;
import io.acpbenefits.exam.ExamLevel;
import io.acpbenefits.examcode.CodeText;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Codes fetched from a Benefit Center that is outside, and may do anything. */
class FulfilmentTest {

  private static final Duration ANSWER = ApplicationPolicy.DEFAULT.answerWithin();

  /** Stands for a node that dies in the middle. */
  private static final class Died extends Error {
    private static final long serialVersionUID = 1L;
  }

  private interface Step {
    void run();
  }

  /** Hands out as it is told to by contract, and has something happen before and after it did. */
  private static final class Outside implements BenefitCenter {

    final Map<String, List<CodeText>> handedOut = new ConcurrentHashMap<>();
    final List<String> givenBack = new CopyOnWriteArrayList<>();
    private int printed;
    Step before = () -> {};
    Step after = () -> {};
    Step taking = () -> {};

    @Override
    public List<CodeText> handOut(String applicationId, ExamId exam, int quantity) {
      before.run();
      List<CodeText> codes =
          handedOut.computeIfAbsent(
              applicationId, id -> IntStream.range(0, quantity).mapToObj(i -> print()).toList());
      after.run();
      return codes;
    }

    private synchronized CodeText print() {
      return CodeText.parse("PRINTED" + printed++);
    }

    @Override
    public void giveBack(String applicationId) {
      taking.run();
      handedOut.remove(applicationId);
      givenBack.add(applicationId);
    }
  }

  private final Outside center = new Outside();
  private final CoreFixture it = new CoreFixture(builder -> builder.benefitCenter(center));
  private final BenefitApplications applications = it.benefits.applications();
  private BenefitApplicationId id = BenefitApplicationId.of("none");

  @BeforeEach
  void apply() {
    it.quota(ExamLevel.ACP, 10);
    id = applications.apply(it.owner, it.acme, it.cloud, 2).applicationId();
  }

  private BenefitApplication fulfil() {
    return applications.fulfil(Actor.system(), id);
  }

  private BenefitApplicationState state() {
    return applications.get(Actor.system(), id).state();
  }

  private int issued() {
    return it.benefits.examCodes().ofApplication(Actor.system(), id.value()).size();
  }

  private void allOnce() {
    assertThat(state()).isEqualTo(BenefitApplicationState.FULFILLED);
    assertThat(issued()).isEqualTo(2);
    assertThat(it.onlyQuota().consumed()).isEqualTo(2);
    assertThat(it.onlyQuota().held()).isZero();
    nothingOpen();
    it.benefits.runPortCalls();
    assertThat(center.givenBack).isEmpty();
  }

  private void nothingYet() {
    assertThat(state()).isEqualTo(BenefitApplicationState.APPROVED);
    assertThat(issued()).isZero();
    assertThat(it.onlyQuota().consumed()).isZero();
    assertThat(it.onlyQuota().held()).isEqualTo(2);
  }

  private void nothingOpen() {
    assertThat(it.number("SELECT COUNT(*) FROM acp_hand_out")).isZero();
    assertThat(applications.nextDue()).isEmpty();
  }

  /** That it is given back then, and not before. */
  private void givenBackAt(Instant due) {
    assertThat(applications.nextDue()).contains(due);
    assertThat(it.benefits.nextPortCall()).contains(due);
    it.clock.advance(Duration.between(it.clock.instant(), due).minusNanos(1000));
    assertThat(it.benefits.runPortCalls()).isZero();
    assertThat(center.givenBack).isEmpty();
    it.clock.advance(Duration.ofNanos(1000));
    assertThat(it.benefits.runPortCalls()).isOne();
    assertThat(center.givenBack).containsExactly(id.value());
    assertThat(center.handedOut).isEmpty();
    nothingOpen();
    assertThat(it.benefits.runPortCalls()).isZero();
  }

  @Test
  void asksWhileNoTransactionRunsAndTheNoteOfItIsCommitted() {
    List<Long> noted = new ArrayList<>();
    center.before =
        () -> {
          // Refused inside a transaction.
          it.benefits.runPortCalls();
          noted.add(it.number("SELECT COUNT(*) FROM acp_hand_out WHERE give_back_at IS NULL"));
        };
    fulfil();
    assertThat(noted).containsExactly(1L);
    allOnce();
  }

  @Test
  void isNotAskedForInsideATransaction() {
    assertThatThrownBy(() -> it.benefits.inTransaction(this::fulfil))
        .isInstanceOf(IllegalStateException.class)
        .isNotInstanceOf(Refusal.class)
        .hasMessageContaining("Fulfilling a benefit application");
    assertThatThrownBy(() -> it.benefits.inTransaction(() -> applications.giveBack(Actor.system())))
        .isInstanceOf(IllegalStateException.class);
    nothingYet();
    assertThat(center.handedOut).isEmpty();
  }

  @Test
  void anAnswerThatIsLostIsAskedForAgain() {
    center.after =
        () -> {
          throw new IllegalStateException("connection reset");
        };
    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(this::fulfil).hasMessage("connection reset");
      nothingYet();
    }
    center.after = () -> {};
    fulfil();
    allOnce();
  }

  @Test
  void aNodeThatDiesBeforeItIsAskedOrBeforeItHasTakenThemLosesNothing() {
    center.before =
        () -> {
          throw new Died();
        };
    assertThatThrownBy(this::fulfil).isInstanceOf(Died.class);
    nothingYet();
    center.before = () -> {};
    center.after =
        () -> {
          throw new Died();
        };
    assertThatThrownBy(this::fulfil).isInstanceOf(Died.class);
    nothingYet();
    center.after = () -> {};
    fulfil();
    allOnce();
    assertThat(center.handedOut.get(id.value())).hasSize(2);
  }

  @Test
  void handingOutTooFewOrTooManyTakesNothing() {
    List<CodeText> one = List.of(CodeText.parse("ONE1"));
    List<CodeText> three =
        List.of(CodeText.parse("ONE1"), CodeText.parse("TWO2"), CodeText.parse("THREE3"));
    for (List<CodeText> wrong : List.of(List.<CodeText>of(), one, three)) {
      center.handedOut.put(id.value(), wrong);
      assertThatThrownBy(this::fulfil)
          .isInstanceOf(BenefitsException.class)
          .hasMessageNotContaining("ONE1");
      nothingYet();
    }
    center.handedOut.clear();
    fulfil();
    allOnce();
  }

  @Test
  void handingOutOneCodeTwiceTakesNothing() {
    CodeText code = CodeText.parse("TWICE");
    center.handedOut.put(id.value(), List.of(code, code));
    assertRefused(Reason.ALREADY_EXISTS, this::fulfil);
    nothingYet();
  }

  @Test
  void twoThatAskAtOnceGetTheSameAndTheSecondFindsItDone() throws Exception {
    CyclicBarrier both = new CyclicBarrier(2);
    center.after = () -> await(both);
    assertThat(Together.run(this::fulfil, this::fulfil)).containsOnly(new Outcome("DONE"));
    allOnce();
    assertThat(center.handedOut.get(id.value())).hasSize(2);
  }

  private static void await(CyclicBarrier barrier) {
    try {
      barrier.await(30, TimeUnit.SECONDS);
    } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
      throw new AssertionError(e);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void nobodyWaitsWhileItIsAsked() {
    center.after =
        () -> {
          it.benefits.partners().suspend(it.operator, it.acme, "asked for");
          it.benefits.partners().reinstate(it.operator, it.acme, "asked for");
          applications.apply(it.owner, it.acme, it.cloud, 1);
        };
    fulfil();
    assertThat(issued()).isEqualTo(2);
  }

  @Test
  void whatIsCanceledWhileItIsAskedForIsRefusedAndGivenBackOnceNoAnswerCanCome() {
    Instant asked = it.clock.instant();
    center.after =
        () -> {
          it.clock.advance(Duration.ofMinutes(1));
          applications.cancel(it.owner, id);
        };
    assertRefused(Reason.ILLEGAL_STATE, this::fulfil);
    assertThat(issued()).isZero();
    assertThat(it.onlyQuota().available()).isEqualTo(10);
    givenBackAt(asked.plus(ANSWER));
  }

  @Test
  void whatAPartnerTerminatedMeanwhileDidNotTakeIsGivenBack() {
    Instant asked = it.clock.instant();
    center.after = () -> it.benefits.partners().terminate(it.operator, it.acme, "left");
    assertRefused(Reason.ILLEGAL_STATE, this::fulfil);
    assertThat(state()).isEqualTo(BenefitApplicationState.CANCELED);
    givenBackAt(asked.plus(ANSWER));
  }

  @Test
  void aPartnerSuspendedMeanwhileGetsTheSameCodesOnceItIsReinstated() {
    center.after = () -> it.benefits.partners().suspend(it.operator, it.acme, "asked for");
    assertRefused(Reason.PARTNER_SUSPENDED, this::fulfil);
    nothingYet();
    List<CodeText> codes = center.handedOut.get(id.value());
    it.benefits.runPortCalls();
    it.benefits.partners().reinstate(it.operator, it.acme, "asked for");
    center.after = () -> {};
    fulfil();
    allOnce();
    assertThat(center.handedOut).containsEntry(id.value(), codes);
  }

  @Test
  void codesOfAnExamThatEndsMeanwhileAreNotTakenAndGivenBackOnceItIsCanceled() {
    ExamId retiring = it.retiringExam(it.in(Duration.ofDays(1)), it.in(Duration.ofDays(2)));
    id = applications.apply(it.owner, it.acme, retiring, 2).applicationId();
    center.after = () -> it.clock.advance(Duration.ofDays(2));
    assertRefused(Reason.EXAM_RETIRED, this::fulfil);
    assertThat(issued()).isZero();
    assertThat(it.benefits.runPortCalls()).isZero();

    applications.cancel(it.owner, id);
    givenBackAt(it.clock.instant());
  }

  @Test
  void whatANodeHadAskedForWhenItDiedIsGivenBackAfterTheApplicationWasCanceled() {
    center.after =
        () -> {
          throw new Died();
        };
    assertThatThrownBy(this::fulfil).isInstanceOf(Died.class);
    it.clock.advance(ANSWER.plusDays(1));
    assertThat(it.benefits.runPortCalls()).isZero();

    applications.giveUp(it.operator, id);
    assertThat(it.benefits.runPortCalls()).isZero();
    applications.cancel(it.operator, id);
    givenBackAt(it.clock.instant());
  }

  @Test
  void whatWasNeverAskedForIsNotGivenBack() {
    applications.cancel(it.owner, id);
    nothingOpen();
  }

  @Test
  void anAnswerThatComesAfterItWasGivenBackIsGivenBackAgain() {
    center.before =
        () -> {
          applications.cancel(it.owner, id);
          it.clock.advance(ANSWER);
          assertThat(it.benefits.runPortCalls()).isOne();
          nothingOpen();
        };
    assertRefused(Reason.ILLEGAL_STATE, this::fulfil);
    assertThat(center.handedOut).hasSize(1);

    assertThat(it.benefits.runPortCalls()).isOne();
    assertThat(center.handedOut).isEmpty();
    nothingOpen();
  }

  @Test
  void anAnswerThatComesWhileItIsGivenBackHasItGivenBackAgain() throws Exception {
    CyclicBarrier asked = new CyclicBarrier(2);
    CyclicBarrier taking = new CyclicBarrier(2);
    CountDownLatch refused = new CountDownLatch(1);
    center.after =
        () -> {
          await(asked);
          await(taking);
        };
    center.taking =
        () -> {
          center.taking = () -> {};
          await(taking);
          await(refused);
        };
    List<Outcome> outcomes =
        Together.run(
            () -> {
              try {
                fulfil();
              } finally {
                refused.countDown();
              }
            },
            () -> {
              await(asked);
              applications.cancel(it.owner, id);
              it.clock.advance(ANSWER);
              assertThat(it.benefits.runPortCalls()).as("settled by the first").isOne();
            });
    assertThat(outcomes).containsExactly(new Outcome("ILLEGAL_STATE"), new Outcome("DONE"));
    assertThat(center.givenBack).hasSize(2);
    nothingOpen();
  }

  @Test
  void twoNodesDoNotGiveTheSameBackAtOnce() {
    canceledAfterDeath();
    center.taking = () -> assertThat(it.benefits.runPortCalls()).isZero();
    assertThat(it.benefits.runPortCalls()).isOne();
    assertThat(center.givenBack).hasSize(1);
  }

  private void canceledAfterDeath() {
    center.after =
        () -> {
          throw new Died();
        };
    assertThatThrownBy(this::fulfil).isInstanceOf(Died.class);
    it.clock.advance(ANSWER);
    applications.cancel(it.owner, id);
  }

  @Test
  void whatCannotBeGivenBackIsTriedAgainLaterAndLaterAndHoldsNothingUp() {
    canceledAfterDeath();
    center.taking =
        () -> {
          throw new IllegalStateException("no connection for PRINTED0");
        };
    Instant now = it.clock.instant();
    for (int minutes : new int[] {1, 5, 30, 120, 480, 480}) {
      assertThat(it.benefits.runPortCalls()).isZero();
      now = now.plus(Duration.ofMinutes(minutes));
      assertThat(applications.nextDue()).contains(now);
      it.clock.advance(Duration.between(it.clock.instant(), now));
    }
    assertThat(it.text("SELECT last_failure FROM acp_hand_out"))
        .isEqualTo("java.lang.IllegalStateException");
    center.taking = () -> {};
    givenBackAt(now);
  }

  @Test
  void whoeverDiesGivingBackIsReplacedAfterAWhile() {
    canceledAfterDeath();
    center.taking =
        () -> {
          throw new Died();
        };
    assertThatThrownBy(it.benefits::runPortCalls).isInstanceOf(Died.class);
    center.taking = () -> {};
    givenBackAt(it.clock.instant().plus(ANSWER));
  }

  @Test
  void manyAreGivenBackBatchByBatch() {
    for (int i = 0; i <= HandOuts.MOST_AT_ONCE; i++) {
      id = applications.apply(it.owner, it.acme, it.cloud, 1).applicationId();
      center.after =
          () -> {
            throw new IllegalStateException("lost");
          };
      assertThatThrownBy(this::fulfil).hasMessage("lost");
      applications.cancel(it.owner, id);
    }
    it.clock.advance(ANSWER);
    assertThat(it.benefits.runPortCalls()).isEqualTo(HandOuts.MOST_AT_ONCE);
    assertThat(it.benefits.runPortCalls()).isOne();
    nothingOpen();
  }
}
