package io.acpbenefits.workflows;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does some work whenever it is woken, and looks for work now and then in case it was not, later
 * and later while there is none.
 */
final class WorkerThread implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(WorkerThread.class);
  private static final Duration TO_FINISH = Duration.ofSeconds(10);

  private final Duration shortest;
  private final Duration longest;
  private final IntSupplier work;
  private final Semaphore calls = new Semaphore(0);
  private final Thread thread = new Thread(this::run, "acp-benefits-worker");
  private volatile boolean closed;

  WorkerThread(Duration shortest, Duration longest, IntSupplier work) {
    this.shortest = shortest;
    this.longest = longest;
    this.work = work;
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  void wake() {
    calls.release();
  }

  private void run() {
    Duration pause = shortest;
    while (!closed) {
      boolean busy = round();
      try {
        busy |= calls.tryAcquire(pause.toMillis(), TimeUnit.MILLISECONDS);
      } catch (InterruptedException e) {
        return;
      }
      calls.drainPermits();
      Duration longer = pause.multipliedBy(2);
      pause = busy ? shortest : longer.compareTo(longest) < 0 ? longer : longest;
    }
  }

  private boolean round() {
    // The next round tries again; what left here would end the rounds.
    try {
      return work.getAsInt() > 0;
    } catch (RuntimeException | Error failure) {
      if (!closed) {
        LOG.warn("Looking for work failed; it is tried again", failure);
      }
      return false;
    }
  }

  /** Lets work that is under way finish. */
  @Override
  public void close() {
    closed = true;
    wake();
    try {
      thread.join(TO_FINISH.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    thread.interrupt();
  }
}
