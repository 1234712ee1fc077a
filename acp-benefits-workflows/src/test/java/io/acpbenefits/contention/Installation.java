package io.acpbenefits.contention;

import io.acpbenefits.AcpBenefits;
import io.acpbenefits.persistence.RetryCounts;
import io.acpbenefits.secret.KeyRing;
import io.acpbenefits.workflows.BenefitsEngine;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.sql.DataSource;

/** The library of one JVM, with an engine and without, on a database that others share. */
final class Installation implements AutoCloseable {

  /** For one round; many times what it takes. */
  private static final int PATIENCE_SECONDS = 120;

  private final int index;
  private final DataSource source;
  private final AcpBenefits alone;
  private final BenefitsEngine engine;

  Installation(int index, DataSource source, KeyRing keys, boolean runsJobs) {
    this.index = index;
    this.source = source;
    this.alone = AcpBenefits.on(source).keys(keys).notifier(notice -> {}).build();
    this.engine =
        BenefitsEngine.on(source).keys(keys).notifier(notice -> {}).jobExecutor(runsJobs).build();
  }

  int index() {
    return index;
  }

  AcpBenefits alone() {
    return alone;
  }

  AcpBenefits onEngine() {
    return engine.benefits();
  }

  BenefitsEngine engine() {
    return engine;
  }

  Queries database() {
    return new Queries(source);
  }

  /** What met others so far. */
  RetryCounts retries() {
    RetryCounts one = alone.retries();
    RetryCounts other = engine.benefits().retries();
    return new RetryCounts(one.repeated() + other.repeated(), one.exhausted() + other.exhausted());
  }

  /** Runs this JVM's threads of a round at once, and waits for all. */
  List<Attempt> run(Scenario scenario, String round, long seed, int threads, int of)
      throws InterruptedException, ExecutionException, TimeoutException {
    Queue<Attempt> history = new ConcurrentLinkedQueue<>();
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Future<?>> running = new ArrayList<>();
      for (int thread = 0; thread < threads; thread++) {
        Turn turn = new Turn(this, round, index * threads + thread, of, seed, history);
        running.add(pool.submit(() -> scenario.contend(turn)));
      }
      for (Future<?> each : running) {
        each.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      }
    } finally {
      pool.shutdownNow();
    }
    return List.copyOf(history);
  }

  @Override
  public void close() {
    engine.close();
    alone.close();
  }
}
