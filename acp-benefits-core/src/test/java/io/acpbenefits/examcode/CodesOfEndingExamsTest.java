package io.acpbenefits.examcode;

import static io.acpbenefits.CoreFixture.assertRefused;
import static io.acpbenefits.examcode.CodeFixture.TICK;
import static org.assertj.core.api.Assertions.assertThat;

import io.acpbenefits.AllPages;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.Reason;
import io.acpbenefits.exam.Exam;
import io.acpbenefits.exam.ExamChanged;
import io.acpbenefits.exam.ExamId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What becomes of codes when the end of life of their exam is set, brought forward or put off. */
class CodesOfEndingExamsTest {

  private final CodeFixture it = new CodeFixture();

  private void endsAt(ExamId id, @Nullable Instant end) {
    Exam old = it.core.benefits.exams().get(Actor.system(), id);
    it.core
        .benefits
        .exams()
        .change(
            it.core.operator,
            new Exam(
                id,
                old.name(),
                old.level(),
                old.certificateType(),
                old.instructionsUrl(),
                old.endOfSale(),
                end));
  }

  private Instant days(int days) {
    return it.core.in(Duration.ofDays(days));
  }

  @Test
  void openCodesEndWithTheExamWhoseEndIsBroughtForward() {
    ExamCodeId reserved = it.reserved("CODE1");
    ExamCodeId assigned = it.issued("CODE2");
    it.codes.assign(it.core.owner, assigned, it.core.ben);
    ExamCodeId issued = it.issued("CODE3");
    ExamCodeId ofAnotherExam = it.issued(it.core.security, "CODE4");
    Instant untouched = it.get(ofAnotherExam).expiresAt();

    Instant first = days(60);
    endsAt(it.core.cloud, first);
    assertThat(it.codes.nextDue()).contains(first);
    Instant end = days(30);
    endsAt(it.core.cloud, end);

    for (ExamCodeId id : List.of(reserved, assigned, issued)) {
      assertThat(it.get(id).expiresAt()).isEqualTo(end);
    }
    assertThat(it.get(ofAnotherExam).expiresAt()).isEqualTo(untouched);
    assertThat(it.codes.nextDue()).contains(end);
    assertThat(it.told(ExamChanged.class))
        .containsExactly(
            new ExamChanged(it.core.cloud, first), new ExamChanged(it.core.cloud, end));

    it.after(Duration.ofDays(30).minus(TICK));
    assertThat(it.codes.settleDue()).isZero();
    assertThat(it.state(issued)).isEqualTo(ExamCodeState.ISSUED);
    it.after(TICK);
    assertThat(it.state(issued)).isEqualTo(ExamCodeState.EXPIRED);
    assertThat(it.codes.settleDue()).isEqualTo(3);
    for (ExamCodeId id : List.of(reserved, assigned, issued)) {
      assertThat(it.state(id)).isEqualTo(ExamCodeState.EXPIRED);
    }
    assertThat(it.codes.nextDue()).contains(untouched);
  }

  @Test
  void aReservedCodeStillAwaitsTheResultThatMayComeAfterItsEnd() {
    ExamCodeId reserved = it.reserved("CODE1");
    Instant lastResult = it.get(reserved).reservedUntil();
    endsAt(it.core.cloud, days(8));

    assertThat(it.get(reserved).expiresAt()).isEqualTo(days(8));
    assertThat(it.get(reserved).reservedUntil()).isEqualTo(lastResult).isAfter(days(8));
    assertThat(it.codes.nextDue()).isEqualTo(Optional.ofNullable(lastResult));
  }

  @Test
  void anExamThatEndedInThePastTakesItsCodesAtOnce() {
    ExamCodeId issued = it.issued("CODE1");
    endsAt(it.core.cloud, it.core.clock.instant().minus(TICK));

    assertThat(it.state(issued)).isEqualTo(ExamCodeState.EXPIRED);
    assertThat(it.codes.settleDue()).isOne();
    assertThat(it.codes.nextDue()).isEmpty();
  }

  @Test
  void codesKeepTheirEndWhenThatOfTheExamIsPutOffOrTakenBack() {
    endsAt(it.core.cloud, days(30));
    ExamCodeId issued = it.issued("CODE1");
    assertThat(it.get(issued).expiresAt()).isEqualTo(days(30));
    ExamCode before = it.get(issued);

    endsAt(it.core.cloud, days(60));
    assertThat(it.get(issued)).isEqualTo(before);
    endsAt(it.core.cloud, null);
    assertThat(it.get(issued)).isEqualTo(before);
    endsAt(it.core.cloud, days(30));
    assertThat(it.get(issued)).isEqualTo(before);
  }

  /** The exam's end of life is brought forward while a code comes, or its end is put off. */
  private void whileTheEndIsBroughtForward(Runnable other) throws Exception {
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try {
      Future<?> waiting =
          it.core.benefits.inTransaction(
              () -> {
                endsAt(it.core.cloud, days(30));
                Future<?> started = thread.submit(other);
                it.core.awaitABlockedTransaction();
                return started;
              });
      waiting.get(30, TimeUnit.SECONDS);
    } finally {
      thread.shutdownNow();
    }
  }

  private void assertThatAllEndWithTheExam(int count) {
    assertThat(
            AllPages.of(
                page -> it.codes.ofPartner(Actor.system(), it.core.acme, CodeFilter.ALL, page)))
        .hasSize(count)
        .extracting(ExamCode::expiresAt)
        .containsOnly(days(30));
  }

  @Test
  void aCodeThatIsIssuedWhileTheEndIsBroughtForwardEndsWithTheExam() throws Exception {
    whileTheEndIsBroughtForward(() -> it.issued("CODE1"));
    assertThatAllEndWithTheExam(1);
  }

  @Test
  void aCodeThatIsImportedWhileTheEndIsBroughtForwardEndsWithTheExam() throws Exception {
    whileTheEndIsBroughtForward(
        () ->
            it.core
                .benefits
                .codeImports()
                .details(it.core.owner, it.core.acme, "Cloud Computing [CODE1]", false, null));
    assertThatAllEndWithTheExam(1);
  }

  @Test
  void aCodeIsNotExtendedPastAnEndThatIsBeingBroughtForward() throws Exception {
    ExamCodeId issued = it.issued("CODE1");
    whileTheEndIsBroughtForward(
        () ->
            assertRefused(
                Reason.EXAM_RETIRED,
                () -> it.interventions.extend(it.core.operator, issued, days(900), "late")));
    assertThatAllEndWithTheExam(1);
  }

  @Test
  void anEndThatIsBroughtForwardWaitsForACodeThatIsBeingExtended() throws Exception {
    ExamCodeId issued = it.issued("CODE1");
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try {
      Future<?> waiting =
          it.core.benefits.inTransaction(
              () -> {
                it.interventions.extend(it.core.operator, issued, days(900), "late");
                Future<?> started = thread.submit(() -> endsAt(it.core.cloud, days(600)));
                it.core.awaitABlockedTransaction();
                return started;
              });
      waiting.get(30, TimeUnit.SECONDS);
    } finally {
      thread.shutdownNow();
    }
    assertThat(it.get(issued).expiresAt()).isEqualTo(days(600));
  }

  @Test
  void aForfeitedCodeThatIsReinstatedLivesNoLongerThanItsExam() {
    ExamCodeId forfeited = it.forfeited("CODE1");
    endsAt(it.core.cloud, days(30));
    assertThat(it.interventions.reinstate(it.core.operator, forfeited, "a note").expiresAt())
        .isEqualTo(days(30));
    assertThat(it.get(forfeited).expiresAt()).isEqualTo(days(30));
  }

  @Test
  void codesThatAreNotOpenAnyMoreAreLeftAlone() {
    ExamCodeId forfeited = it.forfeited("CODE1");
    ExamCodeId revoked = it.issued("CODE2");
    it.interventions.revoke(it.core.operator, revoked, "Sold.");
    ExamCodeId redeemed = it.reserved("CODE3");
    it.use().redeem(redeemed);
    List<ExamCode> before =
        AllPages.of(page -> it.codes.ofPartner(Actor.system(), it.core.acme, CodeFilter.ALL, page));

    endsAt(it.core.cloud, days(1));

    assertThat(
            AllPages.of(
                page -> it.codes.ofPartner(Actor.system(), it.core.acme, CodeFilter.ALL, page)))
        .isEqualTo(before)
        .extracting(ExamCode::codeId)
        .containsExactly(forfeited, revoked, redeemed);
  }
}
