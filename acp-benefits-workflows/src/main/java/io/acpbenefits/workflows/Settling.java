package io.acpbenefits.workflows;

import io.acpbenefits.AcpBenefits;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes what has become due by time alone, and calls the ports that are due, now and then and each
 * on a thread of its own, so that a slow port holds nothing up. Several nodes may do so on one
 * database.
 */
final class Settling implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Settling.class);
  private static final long SECONDS_TO_FINISH = 10;

  private final AcpBenefits benefits;
  private final ScheduledExecutorService executor =
      Executors.newScheduledThreadPool(
          2,
          task -> {
            Thread thread = new Thread(task, "acp-benefits-settling");
            thread.setDaemon(true);
            return thread;
          });

  Settling(AcpBenefits benefits) {
    this.benefits = benefits;
  }

  void every(Duration settling, Duration portCalls) {
    schedule("settle what is due", settling, benefits::settleDue);
    schedule("call the ports that are due", portCalls, benefits::runPortCalls);
  }

  @SuppressWarnings("FutureReturnValueIgnored") // A round catches whatever goes wrong in it.
  private void schedule(String what, Duration pause, IntSupplier work) {
    executor.scheduleWithFixedDelay(
        () -> round(what, work), pause.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
  }

  private static void round(String what, IntSupplier work) {
    // The next round tries again; an exception that left here would end the rounds.
    try {
      int done = work.getAsInt();
      LOG.debug("A round to {} did {} things", what, done);
    } catch (RuntimeException failure) {
      LOG.warn("It failed to {}; it is tried again", what, failure);
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
