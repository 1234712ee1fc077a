package io.acpbenefits.internal;

import io.acpbenefits.common.Identifier;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes what has become due by time alone, in batches and row by row: each row in a transaction of
 * its own, so that its locks are held for a moment only. Inside a transaction of the host each row
 * is undone by itself if it fails, but all locks are kept until the host's transaction ends; a
 * deadlock that takes the host's transaction with it ends the run.
 *
 * <p>A row that fails is left as it was, logged by its id and passed by; when all others are
 * written, the first failure is thrown with some of the others suppressed. The next round finds the
 * row again.
 *
 * <p>Several nodes may do so at once. What is due is read without a lock, and looked at again under
 * the locks that every other operation takes in the same order; skipping what is locked would have
 * to begin with the row, against that order.
 */
public final class DueRows {

  private static final Logger LOG = LoggerFactory.getLogger(DueRows.class);
  private static final int BATCH = 500;
  private static final int MOST_SUPPRESSED = 9;

  /**
   * Reads ids of what is due.
   *
   * @param <I> the ids
   */
  @FunctionalInterface
  public interface Source<I extends Identifier> {

    /**
     * Part of them.
     *
     * @param last behind which id, in the order of the ids; empty for the first part
     * @param size how many at most
     */
    List<I> behind(String last, int size);
  }

  private final Domain domain;
  private int written;
  private @Nullable RuntimeException failure;

  private DueRows(Domain domain) {
    this.domain = domain;
  }

  /**
   * Settles all that is due.
   *
   * @param settle locks a row, looks whether it is due still, and tells whether it wrote
   * @return how many rows were written
   */
  public static <I extends Identifier> int settle(
      Domain domain, Source<I> due, Predicate<I> settle) {
    return settle(domain, BATCH, due, settle);
  }

  public static <I extends Identifier> int settle(
      Domain domain, int batch, Source<I> due, Predicate<I> settle) {
    DueRows run = new DueRows(domain);
    String last = "";
    List<I> ids;
    do {
      ids = due.behind(last, batch);
      for (I id : ids) {
        run.one(id, settle);
        last = id.value();
      }
    } while (ids.size() == batch);
    if (run.failure != null) {
      throw run.failure;
    }
    return run.written;
  }

  private <I extends Identifier> void one(I id, Predicate<I> settle) {
    try {
      written += domain.allOrNothing(() -> settle.test(id)) ? 1 : 0;
    } catch (RuntimeException e) {
      domain.requireNotLost(e);
      String kind = id.getClass().getSimpleName();
      String problem = e.getClass().getName();
      LOG.warn("{} {} could not be settled and is tried again later: {}", kind, id, problem);
      if (failure == null) {
        failure = e;
      } else if (failure != e && failure.getSuppressed().length < MOST_SUPPRESSED) {
        failure.addSuppressed(e);
      }
    }
  }
}
