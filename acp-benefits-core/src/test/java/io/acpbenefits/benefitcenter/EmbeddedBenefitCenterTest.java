package io.acpbenefits.benefitcenter;

import static io.acpbenefits.CoreFixture.assertRefused;
import static io.acpbenefits.CoreFixture.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.acpbenefits.CoreFixture;
import io.acpbenefits.Together;
import io.acpbenefits.Together.Outcome;
import io.acpbenefits.audit.AuditEntry;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.Operation;
import io.acpbenefits.common.PageRequest;
import io.acpbenefits.common.Reason;
import io.acpbenefits.common.Refusal;
import io.acpbenefits.exam.ExamId;
import io.acpbenefits.exam.ExamLevel;
import io.acpbenefits.examcode.CodeText;
import io.acpbenefits.idempotency.RequestKey;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EmbeddedBenefitCenterTest {

  private final CoreFixture it = new CoreFixture();
  private final EmbeddedBenefitCenter center = it.benefits.embeddedBenefitCenter().orElseThrow();

  private static List<CodeText> texts(String... codes) {
    return List.of(codes).stream().map(CodeText::parse).toList();
  }

  @Test
  void handsOutFirstInFirstOutAndTheSameAgainForTheSameApplication() {
    center.importStock(Actor.system(), it.cloud, texts("CODE1", "CODE2", "CODE3"));

    assertThat(center.handOut("a", it.cloud, 2)).isEqualTo(texts("CODE1", "CODE2"));
    assertThat(center.handOut("a", it.cloud, 2)).isEqualTo(texts("CODE1", "CODE2"));
    assertThat(center.free(Actor.system(), it.cloud)).isOne();
    assertThat(center.handOut("b", it.cloud, 1)).isEqualTo(texts("CODE3"));
  }

  @Test
  void handsOutAllOrNone() {
    center.importStock(Actor.system(), it.cloud, texts("CODE1", "CODE2"));
    assertRefused(Reason.OUT_OF_STOCK, () -> center.handOut("a", it.cloud, 3));
    assertThat(center.free(Actor.system(), it.cloud)).isEqualTo(2);
    assertRefused(Reason.OUT_OF_STOCK, () -> center.handOut("a", it.security, 1));
  }

  @Test
  void leavesACodeAloneThatIsInStockOrWasHandedOut() {
    assertThat(center.importStock(Actor.system(), it.cloud, texts("CODE1", "CODE2", "code1")))
        .isEqualTo(2);
    center.handOut("a", it.cloud, 1);
    assertThat(center.importStock(Actor.system(), it.cloud, texts("CODE1", "CODE2"))).isZero();
    assertThat(center.free(Actor.system(), it.cloud)).isOne();
  }

  @Test
  void importsNoneIfOneIsInStockForAnotherExam() {
    center.importStock(Actor.system(), it.cloud, texts("CODE1SECRET"));
    assertThat(
            refusal(
                    () ->
                        center.importStock(
                            Actor.system(), it.security, texts("CODE2", "CODE1SECRET")))
                .getMessage())
        .doesNotContain("CODE1SECRET");
    assertRefused(
        Reason.ALREADY_EXISTS,
        () -> center.importStock(Actor.system(), it.security, texts("CODE2", "CODE1SECRET")));
    assertThat(center.free(Actor.system(), it.security)).isZero();
  }

  @Test
  void importsOnceForARequestKeyAndSaysTheSameAgain() {
    RequestKey key = RequestKey.of("k");
    assertThat(center.importStock(it.operator, it.cloud, texts("CODE1", "CODE2"), key))
        .isEqualTo(2);
    assertThat(center.importStock(it.operator, it.cloud, texts("CODE1", "CODE2"), key))
        .isEqualTo(2);
    assertRefused(
        Reason.REQUEST_KEY_REUSED,
        () -> center.importStock(it.operator, it.cloud, texts("CODE1"), key));
    assertRefused(
        Reason.REQUEST_KEY_REUSED,
        () -> center.importStock(it.operator, it.security, texts("CODE1", "CODE2"), key));
  }

  @Test
  void onlyThePlatformImportsAndCountsWhichIsRecorded() {
    assertRefused(
        Reason.NOT_PERMITTED, () -> center.importStock(it.owner, it.cloud, texts("CODE1")));
    assertRefused(Reason.NOT_PERMITTED, () -> center.free(it.owner, it.cloud));
    assertThat(center.importStock(it.operator, it.cloud, texts("CODE1"))).isOne();
    assertThat(center.free(it.operator, it.cloud)).isOne();
    assertThat(
            it.benefits
                .audit()
                .all(it.operator, Operation.IMPORT_STOCK, PageRequest.first(9))
                .items())
        .extracting(AuditEntry::subjectId, AuditEntry::madeBy, AuditEntry::why)
        .containsExactly(tuple("cloud", "operator:otto", "1 codes were new."));
  }

  @Test
  void whatIsWithdrawnIsHandedOutNoMoreAndAnotherTakesItsPlace() {
    center.importStock(Actor.system(), it.cloud, texts("CODE1", "CODE2", "CODE3", "CODE4"));
    assertThat(center.handOut("app", it.cloud, 2)).isEqualTo(texts("CODE1", "CODE2"));
    assertRefused(
        Reason.NOT_PERMITTED,
        () -> center.withdrawStock(it.owner, it.cloud, texts("CODE1"), "known"));
    assertThat(center.withdrawStock(it.operator, it.security, texts("CODE1"), "known")).isZero();

    assertThat(
            center.withdrawStock(it.operator, it.cloud, texts("code1", "CODE3", "CODE9"), "known"))
        .isEqualTo(2);

    assertThat(center.free(Actor.system(), it.cloud)).isOne();
    assertThat(center.handOut("app", it.cloud, 2)).isEqualTo(texts("CODE2", "CODE4"));
    assertThat(center.handOut("app", it.cloud, 2)).isEqualTo(texts("CODE2", "CODE4"));
    assertThat(
            it.benefits
                .audit()
                .all(it.operator, Operation.WITHDRAW_STOCK, PageRequest.first(9))
                .items())
        .extracting(AuditEntry::subjectId, AuditEntry::madeBy, AuditEntry::why)
        .containsExactly(
            tuple("security", "operator:otto", "known"), tuple("cloud", "operator:otto", "known"));
  }

  @Test
  void twoApplicationsAtOnceNeverGetTheSameCode() throws Exception {
    for (int round = 0; round < 10; round++) {
      center.importStock(Actor.system(), it.cloud, texts("FIRST-" + round, "OTHER-" + round));
      String a = "a-" + round;
      String b = "b-" + round;
      assertThat(
              Together.run(
                  () -> center.handOut(a, it.cloud, 1), () -> center.handOut(b, it.cloud, 1)))
          .containsOnly(new Outcome("DONE"));
      assertThat(center.handOut(a, it.cloud, 1)).isNotEqualTo(center.handOut(b, it.cloud, 1));
      assertThat(center.free(Actor.system(), it.cloud)).isZero();
    }
  }

  private int stock(int codes, String prefix) {
    List<CodeText> texts =
        IntStream.range(0, codes).mapToObj(i -> CodeText.parse(prefix + "-" + i)).toList();
    return center.importStock(Actor.system(), it.cloud, texts);
  }

  @Test
  void applicationsAtOnceGetAllTheirsIfThereIsEnoughForAll() throws Exception {
    for (int round = 0; round < 10; round++) {
      stock(12, "R" + round);
      List<String> applications = List.of("a" + round, "b" + round, "c" + round, "d" + round);
      assertThat(
              Together.run(
                  applications.stream()
                      .map(id -> (Runnable) () -> center.handOut(id, it.cloud, 3))
                      .toArray(Runnable[]::new)))
          .containsOnly(new Outcome("DONE"));
      assertThat(applications.stream().flatMap(id -> center.handOut(id, it.cloud, 3).stream()))
          .hasSize(12)
          .doesNotHaveDuplicates();
    }
  }

  @Test
  void oneOfTwoAtOnceGetsAllIfThereIsNotEnoughForBoth() throws Exception {
    for (int round = 0; round < 10; round++) {
      ExamId exam = ExamId.of("exam-" + round);
      center.importStock(
          Actor.system(),
          exam,
          texts("ONE-" + round, "TWO-" + round, "THREE-" + round, "FOUR-" + round));
      String a = "a-" + round;
      String b = "b-" + round;
      assertThat(Together.run(() -> center.handOut(a, exam, 3), () -> center.handOut(b, exam, 3)))
          .containsExactlyInAnyOrder(new Outcome("DONE"), new Outcome("OUT_OF_STOCK"));
      assertThat(center.free(Actor.system(), exam)).isOne();
    }
  }

  @Test
  void waitsForCodesThatSomebodyHasInHandBeforeItSaysThatThereAreTooFew() throws Exception {
    stock(5, "STOCK");
    CountDownLatch inHand = new CountDownLatch(1);
    AtomicReference<Thread> waiting = new AtomicReference<>();
    assertThat(
            Together.run(
                () ->
                    it.benefits.inTransaction(
                        () -> {
                          center.handOut("a", it.cloud, 3);
                          inHand.countDown();
                          untilItWaits(waiting);
                          throw Refusal.of(Reason.ILLEGAL_STATE, "taken back");
                        }),
                () -> {
                  await(inHand);
                  waiting.set(Thread.currentThread());
                  center.handOut("b", it.cloud, 4);
                }))
        .containsExactly(new Outcome("ILLEGAL_STATE"), new Outcome("DONE"));
    assertThat(center.free(Actor.system(), it.cloud)).isOne();
  }

  /** A driver that waits in a socket is taken to wait after a while. */
  private static void untilItWaits(AtomicReference<Thread> thread) {
    Instant latest = Instant.now().plusMillis(300);
    while (Instant.now().isBefore(latest)) {
      Thread seen = thread.get();
      if (seen != null && seen.getState() == Thread.State.TIMED_WAITING) {
        return;
      }
      Thread.onSpinWait();
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
  void oneApplicationAskedForTwiceAtOnceGetsItsCodesOnce() throws Exception {
    for (int round = 0; round < 10; round++) {
      stock(4, "R" + round);
      String application = "a" + round;
      Runnable ask = () -> center.handOut(application, it.cloud, 2);
      assertThat(Together.run(ask, ask)).containsOnly(new Outcome("DONE"));
      assertThat(center.free(Actor.system(), it.cloud)).isEqualTo(2);
      center.handOut("rest" + round, it.cloud, 2);
    }
  }

  @Test
  void whatIsGivenBackIsInStockAgainAndHandedOutAnew() {
    stock(2, "STOCK");
    List<CodeText> codes = center.handOut("a", it.cloud, 2);
    center.giveBack("a");
    center.giveBack("a");
    center.giveBack("unknown");
    assertThat(center.free(Actor.system(), it.cloud)).isEqualTo(2);

    assertThat(center.handOut("b", it.cloud, 1)).isEqualTo(codes.subList(0, 1));
    assertThat(center.handOut("a", it.cloud, 1)).isEqualTo(codes.subList(1, 2));
  }

  @Test
  void whatWasIssuedIsNotGivenBack() {
    it.quota(ExamLevel.ACP, 10);
    String application = it.codes("CODE1", "CODE2").applicationId().value();
    center.giveBack(application);
    assertThat(center.free(Actor.system(), it.cloud)).isZero();
    assertThat(center.handOut(application, it.cloud, 2)).isEqualTo(texts("CODE1", "CODE2"));
  }

  @Test
  void aHandOutThatFailedLeavesNothingBehind() {
    assertRefused(Reason.OUT_OF_STOCK, () -> center.handOut("a", it.cloud, 1));
    assertThat(it.number("SELECT COUNT(*) FROM acp_stock_hand_out")).isZero();
  }
}
