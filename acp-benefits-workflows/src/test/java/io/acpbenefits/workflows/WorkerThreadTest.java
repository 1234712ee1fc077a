package io.acpbenefits.workflows;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class WorkerThreadTest {

  private static final Duration FOR_EVER = Duration.ofDays(1);

  private final BlockingQueue<Integer> rounds = new LinkedBlockingQueue<>();
  private int number;

  private int round() {
    rounds.add(++number);
    if (number == 2) {
      throw new IllegalStateException("the database is away");
    }
    if (number == 3) {
      throw new LinkageError("an adapter's class is missing");
    }
    return 0;
  }

  private void comes(int round) throws InterruptedException {
    assertThat(rounds.poll(30, TimeUnit.SECONDS)).isEqualTo(round);
  }

  @Test
  void looksAtOnceAndWheneverItIsWokenWhateverGoesWrong() throws Exception {
    try (WorkerThread thread = new WorkerThread(FOR_EVER, FOR_EVER, this::round)) {
      thread.start();
      comes(1);
      for (int next = 2; next < 6; next++) {
        thread.wake();
        comes(next);
      }
    }
    assertThat(rounds).isEmpty();
  }

  @Test
  void looksNowAndThenByItself() throws Exception {
    try (WorkerThread thread =
        new WorkerThread(Duration.ofMillis(1), Duration.ofMillis(2), this::round)) {
      thread.start();
      for (int next = 1; next < 6; next++) {
        comes(next);
      }
    }
  }

  @Test
  void doesNothingAnyMoreOnceItIsClosed() throws Exception {
    WorkerThread thread = new WorkerThread(Duration.ofMillis(1), FOR_EVER, this::round);
    thread.start();
    comes(1);
    thread.close();
    rounds.clear();
    thread.wake();
    assertThat(rounds.poll(50, TimeUnit.MILLISECONDS)).isNull();
  }
}
