package io.acpbenefits.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.acpbenefits.model.Game.Difference;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Lets many people do many things to the library and to a model of it, and finds where they part.
 *
 * <p>{@code -Dmodel.sequences}, {@code -Dmodel.steps} and {@code -Dmodel.seed} ask for more, or for
 * the same again: the sequence with number n begins with the seed plus n. It takes longest, so it
 * comes last.
 */
@Order(Integer.MAX_VALUE)
@Tag("last")
class ModelDriverTest {

  private static final long SEQUENCES = Long.getLong("model.sequences", 2000);
  private static final int STEPS = Integer.getInteger("model.steps", 100);
  private static final long SEED = Long.getLong("model.seed", 20_260_301);

  /** Sequences have nothing to do with each other: as many play at a time as there are cores. */
  private static final int PLAYERS =
      Math.max(1, Math.min(4, Runtime.getRuntime().availableProcessors()));

  private static final Duration SHRINKING = Duration.ofSeconds(30);

  /** How often each operation must have been carried out in so many steps, to have been tried. */
  private static final long ENOUGH_STEPS = 100_000;

  private static final int ENOUGH = 20;

  /** Steps of the prologue that cannot be refused, reads that cannot, and the passing of time. */
  private static final Set<String> NEVER_REFUSED =
      Set.of(
          "benefits.addExam",
          "benefits.check",
          "benefits.register",
          "benefits.stock",
          "academy.establish",
          "time.pass",
          "time.settle");

  @Test
  void theLibraryDoesWhatTheModelSays() throws Exception {
    Outcomes outcomes = new Outcomes();
    ExecutorService threads = Executors.newFixedThreadPool(PLAYERS);
    try {
      CompletionService<Outcomes> players = new ExecutorCompletionService<>(threads);
      for (int player = 0; player < PLAYERS; player++) {
        long first = SEED + player;
        players.submit(() -> play(first));
      }
      for (int player = 0; player < PLAYERS; player++) {
        outcomes.addAll(players.take().get());
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof AssertionError difference) {
        throw difference;
      }
      throw e;
    } finally {
      threads.shutdownNow();
    }
    if (SEQUENCES * STEPS >= ENOUGH_STEPS) {
      assertThat(outcomes.done().keySet()).isEqualTo(Listener.operations());
      assertThat(outcomes.done())
          .allSatisfy((operation, times) -> assertThat(times).isGreaterThanOrEqualTo(ENOUGH));
      assertThat(outcomes.refused())
          .as("%s", outcomes)
          .allSatisfy(
              (operation, times) -> {
                if (!NEVER_REFUSED.contains(operation)) {
                  assertThat(times).as(operation).isGreaterThanOrEqualTo(ENOUGH);
                }
              });
    }
  }

  /** One player's share of the sequences, on a database of its own. */
  private static Outcomes play(long first) throws SQLException {
    Outcomes outcomes = new Outcomes();
    try (Stage stage = new Stage()) {
      for (long seed = first; seed < SEED + SEQUENCES; seed += PLAYERS) {
        if (Thread.currentThread().isInterrupted()) {
          return outcomes;
        }
        Optional<Difference> difference = played(stage, seed, outcomes);
        if (difference.isPresent()) {
          fail(report(seed, difference.get(), shrink(stage, seed, difference.get())));
        }
      }
    }
    return outcomes;
  }

  private static Optional<Difference> played(Stage stage, long seed, Outcomes outcomes) {
    try {
      return Game.play(stage, seed, STEPS, outcomes);
    } catch (RuntimeException e) {
      throw new AssertionError("The model or the driver fails with seed " + seed, e);
    }
  }

  /** Leaves out as many steps as it can, first many at a time, while the sides still part. */
  private static Difference shrink(Stage stage, long seed, Difference found) {
    long deadline = System.nanoTime() + SHRINKING.toNanos();
    Difference smallest = found;
    for (int chunk = found.steps().size() / 2; chunk > 0; chunk /= 2) {
      int end = smallest.steps().size();
      while (end > 0 && System.nanoTime() < deadline) {
        int start = Math.max(0, end - chunk);
        List<Step> fewer = new ArrayList<>(smallest.steps());
        fewer.subList(start, end).clear();
        Optional<Difference> still = Game.replay(stage, seed, fewer).filter(found::isLike);
        smallest = still.orElse(smallest);
        end = Math.min(start, smallest.steps().size());
      }
    }
    return smallest;
  }

  private static String report(long seed, Difference first, Difference smallest) {
    return "After %d steps of the sequence with seed %d the library and the model differ.%n"
            .formatted(first.steps().size(), seed)
        + told("The sequence", first)
        + told("The same with fewer steps", smallest)
        + "%nAgain: mvn test -pl acp-benefits-core -Dtest=ModelDriverTest".formatted()
        + " -Dmodel.seed=%d -Dmodel.sequences=1 -Dmodel.steps=%d%n".formatted(seed, STEPS)
        + Game.rules(seed);
  }

  private static String told(String title, Difference difference) {
    StringBuilder text = new StringBuilder("%n%s:%n".formatted(title));
    int number = 0;
    for (Step step : difference.steps()) {
      text.append("%4d %s%n".formatted(++number, step));
    }
    return text.append("Looking at: %s%n".formatted(difference.where()))
        .append("Expected:   %s%n".formatted(difference.expected()))
        .append("Found:      %s%n".formatted(difference.found()))
        .toString();
  }
}
