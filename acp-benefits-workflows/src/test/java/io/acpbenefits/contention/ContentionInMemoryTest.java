package io.acpbenefits.contention;

import static org.assertj.core.api.Assertions.assertThat;

import io.acpbenefits.internal.MemoryDatabase;
import io.acpbenefits.secret.KeyRing;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The same, in one JVM on the embedded database. */
@Tag("last")
class ContentionInMemoryTest {

  private static final int THREADS = 16;

  private static MemoryDatabase database;
  private static Installation node;

  @BeforeAll
  static void start() {
    database = MemoryDatabase.open();
    node = new Installation(0, database.dataSource(), KeyRing.ephemeral(), true);
  }

  @AfterAll
  static void stop() {
    node.close();
    database.close();
  }

  static List<Named<Scenario>> scenarios() {
    return Scenario.all().stream().map(scenario -> Named.of(scenario.name(), scenario)).toList();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("scenarios")
  void nothingTwiceNothingLostNothingNegative(Scenario scenario) throws Exception {
    String round = scenario.name().substring(0, 3).toLowerCase(Locale.ROOT);
    scenario.prepare(node, round);

    History history = new History(node.run(scenario, round, 1, THREADS, THREADS));

    scenario.check(history, node.database(), round);
    assertThat(node.retries().exhausted()).as("retries in vain").isZero();
  }
}
