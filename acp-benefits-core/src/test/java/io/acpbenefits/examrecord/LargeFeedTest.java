package io.acpbenefits.examrecord;

import static org.assertj.core.api.Assertions.assertThat;

import io.acpbenefits.AcpBenefits;
import io.acpbenefits.CoreFixture;
import io.acpbenefits.common.Actor;
import io.acpbenefits.examrecord.ExamRecordFeed.FeedLine;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import org.h2.jdbcx.JdbcConnectionPool;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A large file that is made while it is read. For other sizes, in multiples of ten, pass {@code
 * -Dfeed.lines=300000}.
 */
class LargeFeedTest {

  private static final long LINES = Long.getLong("feed.lines", 20_000);

  /** More than what a run may hold at a time, and much less than the file. */
  private static final int SAMPLE = 1_000;

  /** What the database may come to keep of its pages. */
  private static final long MEGABYTES_OF_CACHE = 24;

  private final CoreFixture it = new CoreFixture();

  @Test
  void isTakenToTheLastLineAndNoLineIsKept() {
    FeedName name = FeedName.of("large.csv");
    Watched feed =
        new Watched(new CsvExamRecordFeed(Reading.csv(LINES, LargeFeedTest::csvLine)), LINES);

    FeedReport report = it.benefits.examRecords().importFrom(Actor.system(), name, feed);

    assertThat(report.counts())
        .isEqualTo(new FeedCounts(LINES / 10, 0, 0, LINES / 10, 0, LINES / 10 * 8));
    assertThat(report.problems()).hasSize(FeedReport.MOST_PROBLEMS);
    assertThat(it.number("SELECT COUNT(*) FROM acp_exam_record")).isEqualTo(LINES / 10);
    assertThat(it.number("SELECT COUNT(*) FROM acp_feed_problem")).isEqualTo(LINES / 10 * 8);
    assertThat(feed.mostHeld).isBetween(FeedRun.CHUNK / 2, FeedRun.CHUNK);
  }

  /** The database on disk, as in production: its rows are not what fills the memory. */
  @Test
  void aFileOfNothingButNewRecordsNeedsNoMoreMemoryAtItsEndThanAtItsBeginning(
      @TempDir Path folder) {
    JdbcConnectionPool disk =
        JdbcConnectionPool.create("jdbc:h2:" + folder.resolve("feed"), "sa", "");
    AcpBenefits benefits = AcpBenefits.on(disk).keys(it.keys).clock(it.clock).build();
    benefits.exams().add(Actor.system(), it.benefits.exams().get(Actor.system(), it.cloud));
    long records = Long.getLong("feed.lines", 2_000);
    Watched feed =
        new Watched(new CsvExamRecordFeed(Reading.csv(records, Reading::csvLine)), records);

    long begun = System.nanoTime();
    FeedReport report =
        benefits.examRecords().importFrom(Actor.system(), FeedName.of("large.csv"), feed);
    double seconds = (System.nanoTime() - begun) / 1e9;

    assertThat(report.counts()).isEqualTo(new FeedCounts(records, 0, 0, 0, 0, 0));
    long first = feed.heap.get(0);
    long most = Collections.max(feed.heap);
    assertThat(most - first).isLessThan(MEGABYTES_OF_CACHE << 20);
    System.out.printf(
        "%,d records in %.0f s, %,.0f a second; heap in use %d MB, at most %d MB, of %d MB%n",
        records,
        seconds,
        records / seconds,
        first >> 20,
        most >> 20,
        Runtime.getRuntime().maxMemory() >> 20);
    disk.dispose();
  }

  /** Of ten lines one is new, one repeats it, and the others are bad. */
  private static String csvLine(long number) {
    return switch ((int) (number % 10)) {
      case 1 -> Reading.csvLine(number);
      case 6 -> Reading.csvLine(number - 5);
      default -> "C-" + number + ",not a record\n";
    };
  }

  /** Counts, line by line, how many of the lines handed over so far are still in use. */
  private static final class Watched implements ExamRecordFeed {

    private final ExamRecordFeed feed;
    private final long length;
    private final @Nullable WeakReference<?>[] handedOver = new WeakReference<?>[SAMPLE];
    private final List<Long> heap = new ArrayList<>();
    private int mostHeld;
    private int lines;

    Watched(ExamRecordFeed feed, long length) {
      this.feed = feed;
      this.length = length;
    }

    @Override
    public void forEach(Consumer<FeedLine> consumer) {
      feed.forEach(
          line -> {
            handedOver[lines++ % SAMPLE] = new WeakReference<>(line);
            consumer.accept(line);
            if (lines % (length / 4) == FeedRun.CHUNK / 2) {
              mostHeld = Math.max(mostHeld, held());
              Runtime machine = Runtime.getRuntime();
              heap.add(machine.totalMemory() - machine.freeMemory());
            }
          });
    }

    private int held() {
      System.gc();
      int held = 0;
      for (@Nullable WeakReference<?> each : handedOver) {
        held += each == null || each.get() == null ? 0 : 1;
      }
      return held;
    }
  }
}
