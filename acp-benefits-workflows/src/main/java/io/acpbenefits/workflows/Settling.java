package io.acpbenefits.workflows;

import io.acpbenefits.AcpBenefits;
import io.acpbenefits.common.Actor;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes what has become due by time alone, now and then, on a thread of its own, and pulls exam
 * records when that is due. Several nodes may do so on one database: each thing is done once.
 */
final class Settling implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Settling.class);
  private static final long SECONDS_TO_FINISH = 10;

  private final AcpBenefits benefits;
  private final ScheduledExecutorService executor =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "acp-benefits-settling");
            thread.setDaemon(true);
            return thread;
          });

  Settling(AcpBenefits benefits) {
    this.benefits = benefits;
  }

  @SuppressWarnings("FutureReturnValueIgnored") // A round catches whatever goes wrong in it.
  void every(Duration pause) {
    executor.scheduleWithFixedDelay(
        this::settle, pause.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void settle() {
    // The next round tries again; an exception that left here would end the rounds.
    try {
      benefits.settleDue();
    } catch (RuntimeException failure) {
      LOG.warn("What is due could not be settled; the next round tries again", failure);
    }
    try {
      // On this thread no transaction is open, so the source is waited for without one.
      benefits.examRecordPulls().ifPresent(pulls -> pulls.pullIfDue(Actor.system()));
    } catch (RuntimeException failure) {
      LOG.warn("Exam records could not be pulled; it is tried again after a pause", failure);
    }
  }

  /** Lets a round that runs finish. */
  @Override
  public void close() {
    executor.shutdown();
    try {
      if (!executor.awaitTermination(SECONDS_TO_FINISH, TimeUnit.SECONDS)) {
        executor.shutdownNow();
      }
    } catch (InterruptedException e) {
      executor.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
