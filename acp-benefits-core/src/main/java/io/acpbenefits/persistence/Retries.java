package io.acpbenefits.persistence;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Begins a transaction anew when the database rolled it back because another one came first: a
 * deadlock or a serialization failure, never a lost connection, after which nobody knows whether
 * the commit went through. For implementations of {@link Transactions}; thread-safe.
 */
public final class Retries {

  /** Waits; tests count instead. */
  @FunctionalInterface
  interface Pause {
    void of(Duration duration) throws InterruptedException;
  }

  /**
   * 40001 is the standard's serialization failure and what H2, MySQL and MariaDB call a deadlock;
   * 40P01 PostgreSQL's deadlock; 90131 H2's row that was changed meanwhile.
   */
  private static final Set<String> OVERTAKEN = Set.of("40001", "40P01", "90131");

  private static final Logger LOG = LoggerFactory.getLogger(Retries.class);

  private final RetryPolicy policy;
  private final Predicate<Throwable> alsoOvertaken;
  private final Pause pause;
  private final AtomicLong repeated = new AtomicLong();
  private final AtomicLong exhausted = new AtomicLong();

  /**
   * Retries what the database gave up.
   *
   * @param policy how often
   */
  public Retries(RetryPolicy policy) {
    this(policy, failure -> false);
  }

  /**
   * Retries what the database gave up, and some more.
   *
   * @param policy how often
   * @param alsoOvertaken which other failures mean that another transaction came first, and that
   *     this one was rolled back as a whole
   */
  public Retries(RetryPolicy policy, Predicate<Throwable> alsoOvertaken) {
    this(policy, alsoOvertaken, duration -> Thread.sleep(duration.toMillis()));
  }

  Retries(RetryPolicy policy, Predicate<Throwable> alsoOvertaken, Pause pause) {
    this.policy = policy;
    this.alsoOvertaken = alsoOvertaken;
    this.pause = pause;
  }

  /**
   * Runs a transaction, again if need be.
   *
   * @param <T> what it returns
   * @param transaction begins, commits, and on any failure rolls back before it throws
   * @return what the attempt that was committed returned
   */
  public <T> T run(Supplier<T> transaction) {
    for (int attempt = 1; ; attempt++) {
      try {
        return transaction.get();
      } catch (RuntimeException failure) {
        if (!isOvertaken(failure)) {
          throw failure;
        }
        if (attempt >= policy.attempts()) {
          exhausted.incrementAndGet();
          throw failure;
        }
        LOG.debug("Attempt {} met another transaction and is repeated", attempt, failure);
        if (!waited(policy.pauseAfter(attempt))) {
          throw failure;
        }
        repeated.incrementAndGet();
      }
    }
  }

  /**
   * How often that was necessary.
   *
   * @return the counts so far
   */
  public RetryCounts counts() {
    return new RetryCounts(repeated.get(), exhausted.get());
  }

  private boolean waited(Duration longest) {
    long nanos = longest.toNanos();
    try {
      pause.of(Duration.ofNanos(ThreadLocalRandom.current().nextLong(nanos / 2, nanos + 1)));
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private boolean isOvertaken(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (alsoOvertaken.test(cause) || (cause instanceof SQLException sql && isOvertaken(sql))) {
        return true;
      }
    }
    return false;
  }

  /** A batch hides the statement's own exception behind its first one. */
  private static boolean isOvertaken(SQLException failure) {
    for (SQLException next = failure; next != null; next = next.getNextException()) {
      if (next.getSQLState() != null && OVERTAKEN.contains(next.getSQLState())) {
        return true;
      }
    }
    return false;
  }
}
