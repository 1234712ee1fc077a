package io.acpbenefits.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.acpbenefits.OnlyOn;
import io.acpbenefits.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Two nodes on one database while something is done to them. {@code -Dfaults.seed} plays the same
 * stories in the same order, {@code -Dfaults.kills} says how many nodes are killed and {@code
 * -Dfaults.blows} how often all else is done.
 */
@Tag("kills")
@OnlyOn(
    value = TestDatabase.Kind.H2,
    because = "These tests have a server of their own; once is enough.")
class FaultsUnderLoadTest {

  private static final Logger LOG = LoggerFactory.getLogger(FaultsUnderLoadTest.class);
  private static final long SEED = Long.getLong("faults.seed", System.nanoTime());
  private static final int KILLS = Integer.getInteger("faults.kills");
  private static final int BLOWS = Integer.getInteger("faults.blows");

  /** What ports are asked for that changes something there, or here; as patterns. */
  private static final List<String> PORTS =
      List.of(
          "BenefitCenter.handOut",
          "Notifier.send",
          "PearsonVue.(book|checkout|checkoutSelfPaid|reschedule|cancel)",
          "ExamRecordSource.next");

  private static void survives(
      String what, int blows, String trouble, Duration apart, UnderLoad.Blow blow)
      throws Exception {
    UnderLoad load = new UnderLoad(Ground.shared(), SEED, trouble, apart, Stories.SIDE_BY_SIDE);
    survives(load, what, blows, blow, outside -> true);
  }

  private static void survives(
      UnderLoad load, String what, int blows, UnderLoad.Blow blow, Predicate<Outside> enough)
      throws Exception {
    Instant begun = Instant.now();

    var complaints = load.under(blows, blow, () -> enough.test(load.outside()));

    LOG.info(
        "{} times {} in {}, -Dfaults.seed={}: {}",
        blows,
        what,
        Duration.between(begun, Instant.now()),
        SEED,
        load);
    assertThat(complaints).as("with -Dfaults.seed=%d", SEED).isEmpty();
  }

  /** Plays what asks ports until enough has gone wrong with them. */
  private static Outside survivesPorts(String what, String trouble, Predicate<Outside> enough)
      throws Exception {
    UnderLoad load = new UnderLoad(Ground.shared(), SEED, trouble, Duration.ZERO, Stories.ASKING);
    survives(load, what, BLOWS * 10, pause -> {}, enough);
    return load.outside();
  }

  @Test
  void nothingIsLostOrDoneTwiceWhenNodesAreKilled() throws Exception {
    survives("a node killed", KILLS, Trouble.NONE, Duration.ZERO, UnderLoad::killOne);
  }

  @Test
  void nothingIsLostOrDoneTwiceWhenConnectionsAreEndedByTheServer() throws Exception {
    survives(
        "connections ended",
        BLOWS * 4,
        Trouble.NONE,
        Duration.ZERO,
        load ->
            load.server()
                .execute(
                    """
                    SELECT pg_terminate_backend(pid) FROM (
                      SELECT pid FROM pg_stat_activity WHERE datname = '%s'
                      ORDER BY random() LIMIT 4) picked"""
                        .formatted(load.database())));
  }

  @Test
  void nothingIsLostOrDoneTwiceWhenTheServerStopsAtOnce() throws Exception {
    survives(
        "the server stopped",
        BLOWS,
        Trouble.NONE,
        Duration.ZERO,
        load -> {
          load.server().stopImmediately();
          load.server().startAgain();
        });
  }

  @Test
  void nothingIsLostOrDoneTwiceWhenConnectionsAreLostInCommits() throws Exception {
    survives(
        "a while with lost commits",
        BLOWS,
        Trouble.COMMITS + " 3 " + SEED,
        Duration.ZERO,
        load -> {});
  }

  @Test
  void nothingIsLostOrDoneTwiceWhenPortsFail() throws Exception {
    Outside outside =
        survivesPorts(
            "a while with failing ports",
            Trouble.PORTS + " 20 " + SEED,
            FaultsUnderLoadTest::hasEachTrouble);

    LOG.info("What has gone wrong: {}", outside.troubles());
    assertThat(outside).matches(FaultsUnderLoadTest::hasEachTrouble);
  }

  private static boolean hasEachTrouble(Outside outside) {
    return PORTS.stream()
        .flatMap(port -> Trouble.KINDS.stream().map(kind -> port + ": " + kind))
        .allMatch(trouble -> outside.troubles().stream().anyMatch(seen -> seen.matches(trouble)));
  }

  @Test
  void nothingIsLostOrDoneTwiceWhenPortsAnswerWhatAnotherNodeHasTakenOver() throws Exception {
    Outside outside =
        survivesPorts(
            "a while with ports that are late",
            Trouble.LATE + " 15 " + SEED,
            FaultsUnderLoadTest::isEachTakenOver);

    LOG.info("Taken over before the answer came: {}", outside.takenOver());
    assertThat(outside).matches(FaultsUnderLoadTest::isEachTakenOver);
  }

  private static boolean isEachTakenOver(Outside outside) {
    return PORTS.stream()
        .allMatch(
            port ->
                outside.takenOver().stream()
                    .anyMatch(call -> call.matches("(?s)" + port + "\\[.*")));
  }

  @Test
  void nothingIsLostOrDoneTwiceWhenClocksAreFiveMinutesApart() throws Exception {
    survives(
        "a node killed, the clocks 5 minutes apart",
        BLOWS,
        Trouble.NONE,
        Duration.ofMinutes(5),
        UnderLoad::killOne);
  }
}
