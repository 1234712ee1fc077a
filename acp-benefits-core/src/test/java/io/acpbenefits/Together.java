package io.acpbenefits;

import io.acpbenefits.common.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Runs actions at the same time, each on a thread of its own, started by one latch. */
public final class Together {

  private Together() {}

  /** What each action came to, in their order. */
  public static List<Outcome> run(Runnable... actions) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(actions.length);
    try {
      CountDownLatch ready = new CountDownLatch(actions.length);
      CountDownLatch go = new CountDownLatch(1);
      List<Future<Outcome>> running = new ArrayList<>();
      for (Runnable action : actions) {
        running.add(
            threads.submit(
                () -> {
                  ready.countDown();
                  go.await();
                  return outcomeOf(action);
                }));
      }
      ready.await();
      go.countDown();
      List<Outcome> outcomes = new ArrayList<>();
      for (Future<Outcome> each : running) {
        outcomes.add(each.get(30, TimeUnit.SECONDS));
      }
      return outcomes;
    } finally {
      threads.shutdownNow();
    }
  }

  private static Outcome outcomeOf(Runnable action) {
    try {
      action.run();
      return new Outcome("DONE");
    } catch (Refusal refusal) {
      return new Outcome(refusal.reason().name());
    }
  }

  /** DONE, or the reason's name. Whatever else is thrown fails the test. */
  public record Outcome(String name) {}
}
