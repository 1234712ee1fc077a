package io.acpbenefits.examrecord;

import static io.acpbenefits.CoreFixture.assertRefused;
import static io.acpbenefits.CoreFixture.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.acpbenefits.AcpBenefits;
import io.acpbenefits.CoreFixture;
import io.acpbenefits.Together;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.DomainEvent;
import io.acpbenefits.common.DomainEventListener;
import io.acpbenefits.common.Page;
import io.acpbenefits.common.PageRequest;
import io.acpbenefits.common.Reason;
import io.acpbenefits.exam.ExamId;
import io.acpbenefits.examcode.CodeText;
import io.acpbenefits.examrecord.ExamRecordFeed.FeedLine;
import io.acpbenefits.registration.IdPair;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Files that are taken in several runs: broken off, changed, grown, taken by two at once. */
class FeedImportsTest {

  private static final FeedName NAME = FeedName.of("march.csv");
  private static final int CHUNK = FeedRun.CHUNK;

  private final CoreFixture it = new CoreFixture();
  private final ExamRecords records = it.benefits.examRecords();

  /** What a process dies of: nothing in the library takes it for something to deal with. */
  private static final class Killed extends Error {
    private static final long serialVersionUID = 1L;
  }

  private FeedReport importAll(ExamRecordFeed feed) {
    return records.importFrom(it.operator, NAME, feed);
  }

  private FeedImport imported() {
    return records.imported(it.operator, NAME).orElseThrow();
  }

  private long stored() {
    return it.number("SELECT COUNT(*) FROM acp_exam_record");
  }

  /** The library as another process has it, on the same database. */
  private AcpBenefits reopened() {
    return AcpBenefits.on(it.database).keys(it.keys).clock(it.clock).build();
  }

  private static FeedCounts storedOnly(long count) {
    return new FeedCounts(count, 0, 0, 0, 0, 0);
  }

  /** Does something when the record with this number arrives. */
  private static DomainEventListener at(
      int number, AtomicInteger arrived, Consumer<DomainEvent> action) {
    return event -> {
      if (event instanceof ExamRecordReceived && arrived.incrementAndGet() == number) {
        action.accept(event);
      }
    };
  }

  @Test
  void anImportThatIsKilledInTheMiddleOfAChunkGoesOnBehindTheLastOne() {
    int dies = CHUNK + 50;
    it.benefits.addListener(
        at(
            dies,
            new AtomicInteger(),
            event -> {
              throw new Killed();
            }));
    assertThatThrownBy(() -> importAll(Reading.lines(500))).isInstanceOf(Killed.class);

    assertThat(stored()).isEqualTo(CHUNK);
    assertThat(imported())
        .extracting(FeedImport::state, FeedImport::lastLine, FeedImport::counts)
        .containsExactly(FeedState.RUNNING, (long) CHUNK, storedOnly(CHUNK));

    try (AcpBenefits again = reopened()) {
      AtomicInteger arrived = new AtomicInteger();
      again.addListener(at(-1, arrived, event -> {}));
      FeedReport report = again.examRecords().importFrom(it.operator, NAME, Reading.lines(500));

      assertThat(report).isEqualTo(new FeedReport(storedOnly(500), List.of()));
      assertThat(arrived).hasValue(500 - CHUNK);
    }
    assertThat(stored()).isEqualTo(500);
    assertThat(imported())
        .extracting(FeedImport::state, FeedImport::lastLine)
        .containsExactly(FeedState.FINISHED, 500L);
  }

  @Test
  void aLineThatFailsUnexpectedlyEndsTheRunRightBeforeIt() {
    int fails = CHUNK + 50;
    AtomicInteger arrived = new AtomicInteger();
    AtomicReference<RuntimeException> failure =
        new AtomicReference<>(new UnsupportedOperationException("C-251 is Ann Miller"));
    it.benefits.addListener(
        event -> {
          if (event instanceof ExamRecordReceived received
              && records.get(Actor.system(), received.recordId()).candidateId().equals("C-" + fails)
              && failure.get() != null) {
            arrived.incrementAndGet();
            throw failure.get();
          }
        });

    assertThatThrownBy(() -> importAll(Reading.lines(500))).isSameAs(failure.get());

    assertThat(arrived).as("with its chunk, and by itself").hasValue(2);
    assertThat(stored()).isEqualTo(fails - 1);
    assertThat(imported())
        .extracting(
            FeedImport::state, FeedImport::lastLine, FeedImport::counts, FeedImport::failure)
        .containsExactly(
            FeedState.STOPPED,
            fails - 1L,
            storedOnly(fails - 1),
            "java.lang.UnsupportedOperationException");

    failure.set(null);
    assertThat(importAll(Reading.lines(500)).counts()).isEqualTo(storedOnly(500));
    assertThat(imported())
        .extracting(FeedImport::state, FeedImport::failure)
        .containsExactly(FeedState.FINISHED, null);
    assertThat(stored()).isEqualTo(500);
  }

  @Test
  void aFailureThatDoesNotComeAgainIsGotOverLineByLine() {
    AtomicInteger arrived = new AtomicInteger();
    it.benefits.addListener(
        at(
            CHUNK + 50,
            arrived,
            event -> {
              throw new IllegalStateException("a deadlock, say");
            }));
    assertThat(importAll(Reading.lines(2 * CHUNK)).counts()).isEqualTo(storedOnly(2 * CHUNK));
    assertThat(stored()).isEqualTo(2 * CHUNK);
    assertThat(arrived).hasValue(2 * CHUNK + 50);
  }

  @Test
  void whatAFeedHandedOverBeforeItBrokeOffStands() {
    ExamRecordFeed breaks =
        consumer -> {
          Reading.lines(CHUNK + 7).forEach(consumer);
          throw new IllegalStateException("connection lost");
        };
    assertThatThrownBy(() -> importAll(breaks)).hasMessage("connection lost");
    assertThat(imported())
        .extracting(FeedImport::state, FeedImport::lastLine)
        .containsExactly(FeedState.STOPPED, CHUNK + 7L);
    // And once more, before it has come to anything new.
    assertThatThrownBy(() -> importAll(breaks)).hasMessage("connection lost");
    assertThat(imported().counts()).isEqualTo(storedOnly(CHUNK + 7));
    assertThat(importAll(Reading.lines(500)).counts()).isEqualTo(storedOnly(500));
  }

  @Test
  void badLinesAreSetAsideOnceAndListedPageByPage() {
    ExamRecordFeed half =
        Reading.lines(
            1000,
            n ->
                n % 2 == 0
                    ? new FeedLine.Unreadable(n, "bad " + n)
                    : n == 999 ? unknownExam(n) : Reading.line(n));
    it.benefits.addListener(
        at(
            300,
            new AtomicInteger(),
            event -> {
              throw new Killed();
            }));
    assertThatThrownBy(() -> importAll(half)).isInstanceOf(Killed.class);
    FeedReport report = importAll(half);

    assertThat(report.counts()).isEqualTo(new FeedCounts(499, 0, 0, 0, 0, 501));
    assertThat(report.problems())
        .hasSize(FeedReport.MOST_PROBLEMS)
        .startsWith(new FeedReport.Problem(2, "bad 2"));
    Page<FeedReport.Problem> first = records.problems(it.operator, NAME, PageRequest.first(500));
    Page<FeedReport.Problem> second =
        records.problems(
            it.operator, NAME, PageRequest.first(500).then(first.next().orElseThrow()));
    assertThat(first.items()).hasSize(500).contains(new FeedReport.Problem(998, "bad 998"));
    assertThat(first.items().get(499).text()).isEqualTo("The exam is not in the catalogue.");
    assertThat(second.items()).containsExactly(new FeedReport.Problem(1000, "bad 1000"));
    assertThat(second.next()).isEmpty();
    assertRefused(
        Reason.INVALID_INPUT, () -> records.problems(it.operator, NAME, new PageRequest("x", 5)));
  }

  private FeedLine unknownExam(long number) {
    return new FeedLine.Parsed(
        number,
        new ExamRecordLine(
            new IdPair("C", "R"), ExamId.of("x"), it.start, ExamOutcome.PASS, null, null));
  }

  @Test
  void aVeryLongProblemIsCut() {
    importAll(Reading.lines(1, n -> new FeedLine.Unreadable(n, "x".repeat(2000))));
    assertThat(records.problems(it.operator, NAME, PageRequest.first(1)).items().get(0).text())
        .isEqualTo("x".repeat(500));
  }

  @Test
  void whatWasFinishedIsLeftAloneAndWhatHasGrownIsTakenOn() {
    importAll(Reading.lines(5));
    Instant finished = imported().finishedAt();
    it.clock.advance(Duration.ofDays(1));

    assertThat(importAll(Reading.lines(5)).counts()).isEqualTo(storedOnly(5));
    assertThat(imported().finishedAt()).isEqualTo(finished);

    assertThat(importAll(Reading.lines(6)).counts()).isEqualTo(storedOnly(6));
    assertThat(imported().finishedAt()).isEqualTo(it.clock.instant());
    assertThat(imported().startedAt()).isEqualTo(it.start);
  }

  @Test
  void aFileThatWasChangedIsRefusedAndNothingDone() {
    importAll(Reading.lines(10));
    FeedImport before = imported();
    for (ExamRecordFeed changed :
        new ExamRecordFeed[] {
          Reading.lines(20, n -> Reading.line(n == 1 ? 99 : n)),
          Reading.lines(20, n -> Reading.line(n == 10 ? 99 : n)),
          Reading.lines(20, n -> n == 3 ? new FeedLine.Unreadable(n, "bad") : Reading.line(n)),
          Reading.lines(20, n -> Reading.line(n + 1)),
        }) {
      assertThat(refusal(() -> importAll(changed)))
          .hasMessageContaining("first 10 lines")
          .hasMessageContaining("another name");
      assertThat(refusal(() -> importAll(changed)).reason()).isEqualTo(Reason.INVALID_INPUT);
    }
    assertThat(refusal(() -> importAll(Reading.lines(9))))
        .hasMessageContaining("has 9 lines, but 10 were taken before");
    assertThat(imported()).isEqualTo(before);
    assertThat(stored()).isEqualTo(10);
  }

  @Test
  void everythingThatALineSaysIsPartOfTheFingerprint() {
    ExamRecordLine said =
        new ExamRecordLine(
            new IdPair("C", "R"),
            it.cloud,
            it.start,
            ExamOutcome.FAIL,
            "1",
            CodeText.parse("CODE-1234"),
            ExamRecordKind.RESULT);
    importAll(one(said));
    for (ExamRecordLine other :
        new ExamRecordLine[] {
          copy(said, new IdPair("D", "R"), it.cloud, it.start, ExamOutcome.FAIL, "1"),
          copy(said, new IdPair("C", "S"), it.cloud, it.start, ExamOutcome.FAIL, "1"),
          copy(said, said.ids(), it.security, it.start, ExamOutcome.FAIL, "1"),
          copy(said, said.ids(), it.cloud, it.start.plusSeconds(1), ExamOutcome.FAIL, "1"),
          copy(said, said.ids(), it.cloud, it.start, ExamOutcome.PASS, "1"),
          copy(said, said.ids(), it.cloud, it.start, ExamOutcome.FAIL, "2"),
          copy(said, said.ids(), it.cloud, it.start, ExamOutcome.FAIL, null),
          new ExamRecordLine(
              said.ids(), it.cloud, it.start, ExamOutcome.FAIL, "1", null, said.kind()),
          new ExamRecordLine(
              said.ids(),
              it.cloud,
              it.start,
              ExamOutcome.FAIL,
              "1",
              said.voucherCode(),
              ExamRecordKind.CORRECTION),
        }) {
      assertRefused(Reason.INVALID_INPUT, () -> importAll(one(other)));
    }
    importAll(one(said));
    assertThat(it.number("SELECT COUNT(*) FROM acp_feed WHERE LENGTH(fingerprint) = 64")).isOne();
  }

  private static ExamRecordLine copy(
      ExamRecordLine line,
      IdPair ids,
      ExamId exam,
      Instant takenAt,
      ExamOutcome outcome,
      @Nullable String score) {
    return new ExamRecordLine(ids, exam, takenAt, outcome, score, line.voucherCode(), line.kind());
  }

  private static ExamRecordFeed one(ExamRecordLine line) {
    return Reading.lines(1, n -> new FeedLine.Parsed(n, line));
  }

  @Test
  void theSameFileUnderAnotherNameIsAllRepeats() {
    importAll(Reading.lines(10));
    assertThat(
            records.importFrom(it.operator, FeedName.of("april.csv"), Reading.lines(10)).counts())
        .isEqualTo(new FeedCounts(0, 0, 0, 10, 0, 0));
    assertThat(records.imports(it.operator, PageRequest.first(1)).items())
        .extracting(FeedImport::feedName)
        .containsExactly(FeedName.of("april.csv"));
    String next = records.imports(it.operator, PageRequest.first(1)).next().orElseThrow();
    assertThat(records.imports(it.operator, PageRequest.first(1).then(next)).items())
        .containsExactly(imported());
    assertThat(records.imported(it.operator, FeedName.of("x"))).isEmpty();
  }

  @Test
  void ofTwoImportsOfOneNameTheOneThatComesSecondToAChunkIsRefused() {
    List<FeedCounts> other = new ArrayList<>();
    ExamRecordFeed overtaken =
        consumer -> {
          Reading.lines(CHUNK - 1).forEach(consumer);
          try (AcpBenefits elsewhere = reopened()) {
            other.add(
                elsewhere
                    .examRecords()
                    .importFrom(it.operator, NAME, Reading.lines(2 * CHUNK))
                    .counts());
          }
          Reading.lines(2 * CHUNK, n -> Reading.line(n)).forEach(consumer);
        };
    assertThat(refusal(() -> importAll(overtaken)))
        .hasMessageContaining("is under way")
        .satisfies(refused -> assertThat(refused.reason()).isEqualTo(Reason.ILLEGAL_STATE));
    assertThat(other).containsExactly(storedOnly(2 * CHUNK));
    assertThat(imported().state()).isEqualTo(FeedState.FINISHED);
    assertThat(stored()).isEqualTo(2 * CHUNK);
  }

  @Test
  void aRunThatIsOvertakenAfterItsFirstChunkIsRefusedToo() {
    ExamRecordFeed overtaken =
        consumer -> {
          Reading.lines(CHUNK).forEach(consumer);
          try (AcpBenefits elsewhere = reopened()) {
            elsewhere.examRecords().importFrom(it.operator, NAME, Reading.lines(CHUNK + 5));
          }
          Reading.lines(5, n -> Reading.line(CHUNK + n)).forEach(consumer);
        };
    assertRefused(Reason.ILLEGAL_STATE, () -> importAll(overtaken));
    assertThat(imported())
        .extracting(FeedImport::state, FeedImport::counts)
        .containsExactly(FeedState.FINISHED, storedOnly(CHUNK + 5));
  }

  @Test
  void twoFilesAtOnceThatSayTheSameInOppositeOrderDoNotBlockEachOther() throws Exception {
    ExamRecordFeed up = Reading.lines(100);
    ExamRecordFeed down = Reading.lines(100, n -> Reading.line(101 - n));
    assertThat(
            Together.run(
                () -> records.importFrom(it.operator, FeedName.of("up"), up),
                () -> records.importFrom(it.operator, FeedName.of("down"), down)))
        .containsOnly(new Together.Outcome("DONE"));
    assertThat(stored()).isEqualTo(100);
    FeedCounts both =
        records
            .imported(it.operator, FeedName.of("up"))
            .orElseThrow()
            .counts()
            .plus(records.imported(it.operator, FeedName.of("down")).orElseThrow().counts());
    assertThat(both).isEqualTo(new FeedCounts(100, 0, 0, 100, 0, 0));
  }

  @Test
  void aFileWithoutLinesIsFinishedAtOnce() {
    assertThat(importAll(Reading.lines(0)).counts()).isEqualTo(FeedCounts.NONE);
    assertThat(imported().state()).isEqualTo(FeedState.FINISHED);
  }

  @Test
  void anImportInsideATransactionOfTheHostsCommitsWithIt() {
    assertThatThrownBy(
            () ->
                it.benefits.inTransaction(
                    () -> {
                      importAll(Reading.lines(CHUNK + 1));
                      throw new IllegalStateException("the host thinks otherwise");
                    }))
        .hasMessage("the host thinks otherwise");
    assertThat(stored()).isZero();
    assertThat(importAll(Reading.lines(CHUNK + 1)).counts()).isEqualTo(storedOnly(CHUNK + 1));
  }

  /** What came before the deadlock is gone: taking the rest line by line would leave a hole. */
  @Test
  void insideATransactionOfTheHostsThatADeadlockTookBackItDoesNotGoOn() {
    AtomicInteger arrived = new AtomicInteger();
    it.benefits.addListener(
        at(
            CHUNK + 50,
            arrived,
            event -> {
              it.benefits.withConnection(FeedImportsTest::takeBack);
              throw new IllegalStateException("a deadlock, say");
            }));
    assertThatThrownBy(() -> it.benefits.inTransaction(() -> importAll(Reading.lines(2 * CHUNK))))
        .hasMessageContaining("could not be taken back")
        .hasRootCauseMessage("a deadlock, say");
    assertThat(arrived).hasValue(CHUNK + 50);
    assertThat(stored()).isZero();
    assertThat(records.imported(it.operator, NAME)).isEmpty();
  }

  private static boolean takeBack(Connection connection) {
    try (Statement statement = connection.createStatement()) {
      return statement.execute("ROLLBACK");
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void importsAreTheOperators() {
    Actor.Account ann = new Actor.Account(it.ann);
    assertRefused(Reason.NOT_PERMITTED, () -> records.importFrom(ann, NAME, Reading.lines(1)));
    assertRefused(Reason.NOT_PERMITTED, () -> records.imported(ann, NAME));
    assertRefused(Reason.NOT_PERMITTED, () -> records.imports(ann, PageRequest.first(1)));
    assertRefused(Reason.NOT_PERMITTED, () -> records.problems(ann, NAME, PageRequest.first(1)));
  }
}
