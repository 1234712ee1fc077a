package io.acpbenefits.examrecord;

import static org.assertj.core.api.Assertions.assertThat;

import io.acpbenefits.CoreFixture;
import io.acpbenefits.common.Actor;
import io.acpbenefits.examrecord.ExamRecordFeed.FeedLine;
import java.lang.ref.WeakReference;
import java.util.Objects;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/**
 * A large file that is made while it is read; every other line is bad. For other sizes pass {@code
 * -Dfeed.lines=300000}.
 */
class LargeFeedTest {

  private static final long LINES = Long.getLong("feed.lines", 20_000);

  /** More than what a run may hold at a time, and much less than the file. */
  private static final int SAMPLE = 1_000;

  private final CoreFixture it = new CoreFixture();

  @Test
  void isTakenToTheLastLineAndNoLineIsKept() {
    FeedName name = FeedName.of("large.csv");
    Watched feed =
        new Watched(
            new CsvExamRecordFeed(
                Reading.csv(
                    LINES, n -> n % 2 == 0 ? "C-" + n + ",not a record\n" : Reading.csvLine(n))));

    FeedReport report = it.benefits.examRecords().importFrom(Actor.system(), name, feed);

    assertThat(report.counts()).isEqualTo(new FeedCounts(LINES / 2, 0, 0, 0, 0, LINES / 2));
    assertThat(report.problems()).hasSize(FeedReport.MOST_PROBLEMS);
    assertThat(it.number("SELECT COUNT(*) FROM acp_exam_record")).isEqualTo(LINES / 2);
    assertThat(it.number("SELECT COUNT(*) FROM acp_feed_problem")).isEqualTo(LINES / 2);
    assertThat(feed.mostHeld).isBetween(1, FeedRun.CHUNK);
  }

  /** Counts, line by line, how many of the lines handed over so far are still in use. */
  private static final class Watched implements ExamRecordFeed {

    private final ExamRecordFeed feed;
    private final WeakReference<?>[] handedOver = new WeakReference<?>[SAMPLE];
    private int mostHeld;
    private int lines;

    Watched(ExamRecordFeed feed) {
      this.feed = feed;
    }

    @Override
    public void forEach(Consumer<FeedLine> consumer) {
      feed.forEach(
          line -> {
            handedOver[lines++ % SAMPLE] = new WeakReference<>(line);
            consumer.accept(line);
            if (lines % (LINES / 4) == 0) {
              mostHeld = Math.max(mostHeld, held());
            }
          });
    }

    private int held() {
      System.gc();
      int held = 0;
      for (WeakReference<?> each : handedOver) {
        held += Objects.requireNonNull(each).get() == null ? 0 : 1;
      }
      return held;
    }
  }
}
