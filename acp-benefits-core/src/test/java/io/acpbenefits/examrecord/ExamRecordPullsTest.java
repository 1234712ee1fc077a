package io.acpbenefits.examrecord;

import static io.acpbenefits.CoreFixture.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.acpbenefits.AcpBenefits;
import io.acpbenefits.CoreFixture;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.BenefitsException;
import io.acpbenefits.common.PageRequest;
import io.acpbenefits.common.Reason;
import io.acpbenefits.common.Refusal;
import io.acpbenefits.exam.ExamId;
import io.acpbenefits.examrecord.ExamRecordFeed.FeedLine;
import io.acpbenefits.registration.IdPair;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Pulling from a source: batch by batch, one node at a time, longer pauses after failures. */
class ExamRecordPullsTest {

  private static final FeedName NAME = FeedName.of("pearson");
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration TICK = Duration.ofNanos(1000);
  private static final PullPolicy POLICY =
      new PullPolicy(3, Duration.ofHours(1), MINUTE, MINUTE.multipliedBy(5), MINUTE);

  private final CoreFixture it = new CoreFixture();
  private final List<String> asked = new ArrayList<>();

  /** Lines of a source, whose cursor is how many have been handed over. */
  private final List<FeedLine> lines = new ArrayList<>();

  private Runnable beforeAnswering = () -> {};
  private final ExamRecordPulls pulls = library().examRecordPulls().orElseThrow();

  private AcpBenefits library() {
    return library(this::next);
  }

  private AcpBenefits library(ExamRecordSource source) {
    return AcpBenefits.on(it.database)
        .keys(it.keys)
        .clock(it.clock)
        .examRecords(NAME, source, POLICY)
        .build();
  }

  private ExamRecordSource.Batch next(@Nullable String cursor, int atMost) {
    asked.add(cursor + "/" + atMost);
    beforeAnswering.run();
    int from = cursor == null ? 0 : Integer.parseInt(cursor);
    int to = Math.min(lines.size(), from + atMost);
    return new ExamRecordSource.Batch(
        lines.subList(from, to), to == 0 ? null : Integer.toString(to));
  }

  private void arrive(int count) {
    int before = lines.size();
    IntStream.rangeClosed(before + 1, before + count).forEach(n -> lines.add(Reading.line(n)));
  }

  private PullState state() {
    return pulls.state(it.operator);
  }

  private long stored() {
    return it.number("SELECT COUNT(*) FROM acp_exam_record");
  }

  private void failWith(RuntimeException failure) {
    beforeAnswering =
        () -> {
          throw failure;
        };
  }

  private static FeedCounts storedOnly(long count) {
    return new FeedCounts(count, 0, 0, 0, 0, 0);
  }

  @Test
  void fetchesBatchByBatchUntilThereIsNothingNew() {
    arrive(7);
    assertThat(pulls.pull(it.operator)).isEqualTo(storedOnly(7));
    assertThat(asked).containsExactly("null/3", "3/3", "6/3", "7/3");
    assertThat(stored()).isEqualTo(7);
    assertThat(state())
        .isEqualTo(
            new PullState(
                NAME,
                PullPhase.IDLE,
                "7",
                storedOnly(7),
                it.in(Duration.ofHours(1)),
                it.clock.instant(),
                null,
                null,
                0));

    arrive(1);
    assertThat(pulls.pull(it.operator)).isEqualTo(storedOnly(1));
    assertThat(state().counts()).isEqualTo(storedOnly(8));
    assertThat(asked).endsWith("7/3", "8/3");
  }

  @Test
  void aSourceThatIsStillEmptyIsAsked() {
    assertThat(state())
        .extracting(PullState::phase, PullState::cursor, PullState::nextAttemptAt)
        .containsExactly(PullPhase.IDLE, null, it.clock.instant());
    assertThat(pulls.pullIfDue(Actor.system())).contains(FeedCounts.NONE);
    assertThat(state().cursor()).isNull();
  }

  @Test
  void nothingIsDoneBeforeItIsDue() {
    assertThat(pulls.nextDue()).isEqualTo(it.clock.instant());
    assertThat(pulls.pullIfDue(Actor.system())).isPresent();
    arrive(1);
    assertThat(pulls.nextDue()).isEqualTo(it.in(Duration.ofHours(1)));
    it.clock.advance(Duration.ofHours(1).minus(TICK));
    assertThat(pulls.pullIfDue(Actor.system())).isEmpty();
    it.clock.advance(TICK);
    assertThat(pulls.pullIfDue(Actor.system())).contains(storedOnly(1));
  }

  @Test
  void theSourceIsAskedWithoutATransaction() {
    // One connection in all: a transaction around the call would leave none for the source's own.
    beforeAnswering =
        () -> {
          it.sql("UPDATE acp_pull SET last_failure = 'touched' WHERE feed_name = 'pearson'");
          assertThat(it.number("SELECT COUNT(*) FROM acp_pull WHERE state = 'PULLING'")).isOne();
        };
    arrive(1);
    assertThat(pulls.pull(it.operator)).isEqualTo(storedOnly(1));
    assertThat(state().lastFailure()).isEqualTo("touched");
  }

  @Test
  void failuresBackOffLongerEachTimeUpToTheLongest() {
    failWith(new IllegalStateException("Ann Miller's connection was lost"));
    for (int minutes : new int[] {1, 2, 4, 5, 5}) {
      assertThatThrownBy(() -> pulls.pullIfDue(Actor.system())).hasMessageContaining("lost");
      assertThat(pulls.nextDue()).isEqualTo(it.in(MINUTE.multipliedBy(minutes)));
      assertThat(state())
          .extracting(PullState::phase, PullState::lastFailure, PullState::lastFailureAt)
          .containsExactly(
              PullPhase.BACKING_OFF, "java.lang.IllegalStateException", it.clock.instant());
      it.clock.set(pulls.nextDue().minus(TICK));
      assertThat(pulls.pullIfDue(Actor.system())).isEmpty();
      it.clock.advance(TICK);
    }
    assertThat(state().failures()).isEqualTo(5);
    beforeAnswering = () -> {};
    arrive(1);
    assertThat(pulls.pullIfDue(Actor.system())).contains(storedOnly(1));
    assertThat(state())
        .extracting(PullState::phase, PullState::failures)
        .containsExactly(PullPhase.IDLE, 0);

    failWith(new IllegalStateException());
    assertThatThrownBy(() -> pulls.pull(it.operator)).isInstanceOf(IllegalStateException.class);
    assertThat(pulls.nextDue()).as("begins anew").isEqualTo(it.in(MINUTE));
  }

  @Test
  void anOperatorPullsWhetherOrNotItIsDue() {
    failWith(new IllegalStateException());
    assertThatThrownBy(() -> pulls.pull(it.operator)).isInstanceOf(IllegalStateException.class);
    beforeAnswering = () -> {};
    arrive(1);
    assertThat(pulls.pull(it.operator)).isEqualTo(storedOnly(1));
  }

  @Test
  void whatCameBeforeAFailureStandsAndIsNotFetchedAgain() {
    arrive(7);
    beforeAnswering =
        () -> {
          if (asked.size() == 3) {
            throw new IllegalStateException();
          }
        };
    assertThatThrownBy(() -> pulls.pull(it.operator)).isInstanceOf(IllegalStateException.class);
    assertThat(stored()).isEqualTo(6);
    assertThat(state())
        .extracting(PullState::cursor, PullState::counts)
        .containsExactly("6", storedOnly(6));
    asked.clear();
    assertThat(pulls.pull(it.operator)).isEqualTo(storedOnly(1));
    assertThat(asked).containsExactly("6/3", "7/3");
  }

  @Test
  void aBatchIsStoredWithItsCursorOrNotAtAll() {
    arrive(6);
    AcpBenefits dying = library();
    int[] arrived = {0};
    dying.addListener(
        event -> {
          if (event instanceof ExamRecordReceived && ++arrived[0] == 5) {
            throw new IllegalStateException("killed");
          }
        });
    ExamRecordPulls died = dying.examRecordPulls().orElseThrow();
    assertThatThrownBy(() -> died.pull(it.operator)).hasMessage("killed");
    assertThat(stored()).isEqualTo(3);
    assertThat(state().cursor()).isEqualTo("3");

    assertThat(pulls.pull(it.operator)).isEqualTo(storedOnly(3));
    assertThat(state().counts()).isEqualTo(storedOnly(6));
  }

  @Test
  void whileOneNodePullsNoOtherDoes() {
    arrive(2);
    ExamRecordPulls elsewhere = library().examRecordPulls().orElseThrow();
    beforeAnswering =
        () -> {
          beforeAnswering = () -> {};
          it.clock.advance(MINUTE.minus(TICK));
          assertThat(state().phase()).isEqualTo(PullPhase.PULLING);
          assertThat(pulls.nextDue()).isEqualTo(it.clock.instant().plus(TICK));
          assertRefused(Reason.ILLEGAL_STATE, () -> elsewhere.pull(it.operator));
          assertThat(elsewhere.pullIfDue(Actor.system())).isEmpty();
        };
    assertThat(pulls.pull(it.operator)).isEqualTo(storedOnly(2));
    assertThat(state().counts()).isEqualTo(storedOnly(2));
  }

  @Test
  void aNodeThatIsNotHeardOfIsReplacedAndWhatItBringsLaterIsNotTaken() {
    arrive(2);
    ExamRecordPulls elsewhere = library().examRecordPulls().orElseThrow();
    beforeAnswering =
        () -> {
          beforeAnswering = () -> {};
          it.clock.advance(MINUTE);
          assertThat(state().phase()).isEqualTo(PullPhase.INTERRUPTED);
          assertThat(elsewhere.pullIfDue(Actor.system())).contains(storedOnly(2));
        };
    assertThatThrownBy(() -> pulls.pull(it.operator))
        .isInstanceOf(BenefitsException.class)
        .isNotInstanceOf(Refusal.class)
        .hasMessageContaining("another node");
    assertThat(state())
        .extracting(PullState::phase, PullState::counts, PullState::failures)
        .containsExactly(PullPhase.IDLE, storedOnly(2), 0);
  }

  @Test
  void eachBatchRenewsTheClaim() {
    arrive(4);
    beforeAnswering = () -> it.clock.advance(MINUTE.minus(TICK));
    assertThat(pulls.pull(it.operator)).isEqualTo(storedOnly(4));
  }

  @Test
  void badLinesAreSetAsideAndTheCursorMovesOn() {
    lines.add(new FeedLine.Unreadable(1, "bad"));
    arrive(1);
    lines.add(
        new FeedLine.Parsed(
            3,
            new ExamRecordLine(
                new IdPair("C", "R"), ExamId.of("x"), it.start, ExamOutcome.PASS, null, null)));
    lines.add(new FeedLine.Unreadable(1, "bad too"));
    assertThat(pulls.pull(it.operator)).isEqualTo(new FeedCounts(1, 0, 0, 0, 0, 3));
    assertThat(pulls.problems(it.operator, PageRequest.first(10)).items())
        .containsExactly(
            new FeedReport.Problem(1, "bad"),
            new FeedReport.Problem(3, "The exam is not in the catalogue."),
            new FeedReport.Problem(1, "bad too"));
    assertThat(it.benefits.examRecords().imported(it.operator, NAME)).isEmpty();
    assertThat(it.benefits.examRecords().problems(it.operator, NAME, PageRequest.first(1)).items())
        .isEmpty();
  }

  @Test
  void aSourceThatDoesNotKeepItsWordFailsInsteadOfGoingRound() {
    arrive(1);
    for (@Nullable String cursor : new @Nullable String[] {null, "x".repeat(501)}) {
      ExamRecordPulls broken =
          library((from, most) -> new ExamRecordSource.Batch(lines, cursor))
              .examRecordPulls()
              .orElseThrow();
      assertThatThrownBy(() -> broken.pull(it.operator))
          .isInstanceOf(BenefitsException.class)
          .hasMessageContaining("cursor");
    }
    ExamRecordPulls stuck =
        library((from, most) -> new ExamRecordSource.Batch(lines, "same"))
            .examRecordPulls()
            .orElseThrow();
    assertThatThrownBy(() -> stuck.pull(it.operator)).hasMessageContaining("without moving");
    assertThat(stored()).isOne();
  }

  @Test
  void theCursorStaysWhereASourceWithNothingNewLeavesItOut() {
    arrive(1);
    ExamRecordPulls terse =
        library(
                (from, most) ->
                    from == null
                        ? new ExamRecordSource.Batch(lines, "x".repeat(500))
                        : new ExamRecordSource.Batch(List.of(), null))
            .examRecordPulls()
            .orElseThrow();
    terse.pull(it.operator);
    assertThat(state().cursor()).isEqualTo("x".repeat(500));
  }

  @Test
  void pullingIsTheOperators() {
    Actor ann = new Actor.Account(it.ann);
    assertRefused(Reason.NOT_PERMITTED, () -> pulls.pull(ann));
    assertRefused(Reason.NOT_PERMITTED, () -> pulls.pullIfDue(ann));
    assertRefused(Reason.NOT_PERMITTED, () -> pulls.state(ann));
    assertRefused(Reason.NOT_PERMITTED, () -> pulls.problems(ann, PageRequest.first(1)));
    assertThat(asked).isEmpty();
    assertThat(it.benefits.examRecordPulls()).isEmpty();
  }

  @Test
  void policiesThatCannotWorkAreRefused() {
    assertThat(pulls.policy()).isEqualTo(POLICY);
    for (int batch : new int[] {0, PullPolicy.MOST_LINES + 1}) {
      assertThatThrownBy(() -> new PullPolicy(batch, MINUTE, MINUTE, MINUTE, MINUTE))
          .isInstanceOf(IllegalArgumentException.class);
    }
    for (Duration bad : new Duration[] {Duration.ZERO, MINUTE.negated()}) {
      assertThatThrownBy(() -> new PullPolicy(1, bad, MINUTE, MINUTE, MINUTE))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> new PullPolicy(1, MINUTE, MINUTE, MINUTE, bad))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(
            new PullPolicy(1, MINUTE, MINUTE, Duration.ofDays(1), MINUTE)
                .retryAfter(Integer.MAX_VALUE))
        .isEqualTo(Duration.ofDays(1));
  }
}
