package io.acpbenefits.contention;

import static org.assertj.core.api.Assertions.assertThat;

import io.acpbenefits.persistence.RetryCounts;
import io.acpbenefits.secret.KeyRing;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * 64 threads in two JVMs on one PostgreSQL. How many rounds, with which seed, and of which scenario
 * alone, is said by {@code -Dcontention.rounds} and {@code -Dcontention.seed} and {@code
 * -Dcontention.scenario}; how fast it went, by target/contention/figures.txt.
 */
@Tag("last")
class ContentionTest {

  private static final int NODES = 2;
  private static final int THREADS = 32;
  private static final int ROUNDS = Integer.getInteger("contention.rounds", 1);
  private static final long SEED = Long.getLong("contention.seed", 1);

  private static final Path REPORTS = Path.of("target", "contention");

  private static EmbeddedPostgres server;
  private static Installation here;
  private static Contenders contenders;

  @BeforeAll
  static void start(@TempDir Path directory) throws IOException {
    Files.createDirectories(REPORTS);
    server =
        EmbeddedPostgres.builder()
            .setServerConfig("max_connections", "300")
            .setErrorRedirector(Redirect.to(REPORTS.resolve("server.log").toFile()))
            .start();
    String url = server.getJdbcUrl("postgres", "postgres");
    Path keys = directory.resolve("contention.keys");
    KeyRing ring = KeyRing.createFile(keys);
    here = new Installation(NODES, Contender.connect(url), ring, false);
    contenders = new Contenders(NODES, url, keys, REPORTS);
  }

  @AfterAll
  static void stop() throws IOException, InterruptedException {
    contenders.close();
    here.close();
    server.close();
  }

  static List<Named<Scenario>> scenarios() {
    String only = System.getProperty("contention.scenario");
    return Scenario.all().stream()
        .filter(scenario -> only == null || scenario.name().equals(only))
        .map(scenario -> Named.of(scenario.name(), scenario))
        .toList();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("scenarios")
  void nothingTwiceNothingLostNothingNegative(Scenario scenario) throws IOException {
    for (int i = 0; i < ROUNDS; i++) {
      String round = scenario.name().substring(0, 3).toLowerCase(Locale.ROOT) + i;
      scenario.prepare(here, round);
      RetryCounts before = contenders.retries();

      History history = contenders.run(scenario, round, SEED + i, THREADS);

      RetryCounts after = contenders.retries();
      note(round, history, after.repeated() - before.repeated());
      scenario.check(history, here.database(), round);
      assertThat(after.exhausted()).as("retries in vain").isEqualTo(before.exhausted());
    }
  }

  private static void note(String round, History history, long repeated) throws IOException {
    int attempts = history.attempts().size();
    String line =
        "%s: %d attempts, %d done, %.2f s, %.0f/s, %d repeated%n"
            .formatted(
                round,
                attempts,
                history.attempts().stream().filter(Attempt::isDone).count(),
                history.seconds(),
                attempts / history.seconds(),
                repeated);
    Files.writeString(
        REPORTS.resolve("figures.txt"), line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    Files.write(
        REPORTS.resolve(round + ".tsv"),
        history.attempts().stream()
            .sorted(Comparator.comparing(Attempt::begin))
            .map(Attempt::toLine)
            .toList());
  }
}
