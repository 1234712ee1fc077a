package io.acpbenefits.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.acpbenefits.OnlyOn;
import io.acpbenefits.TestDatabase;
import java.time.Duration;
import java.time.Instant;
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

  private static UnderLoad survives(
      String what, int blows, String trouble, Duration apart, UnderLoad.Blow blow)
      throws Exception {
    UnderLoad load = new UnderLoad(Ground.shared(), SEED, trouble, apart);
    Instant begun = Instant.now();

    var complaints = load.under(blows, blow);

    LOG.info(
        "{} times {} in {}, -Dfaults.seed={}: {}",
        blows,
        what,
        Duration.between(begun, Instant.now()),
        SEED,
        load);
    assertThat(complaints).as("with -Dfaults.seed=%d", SEED).isEmpty();
    return load;
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
    survives(
        "a while with failing ports",
        BLOWS,
        Trouble.PORTS + " 20 " + SEED,
        Duration.ZERO,
        load -> {});
  }

  @Test
  void nothingIsLostOrDoneTwiceWhenPortsAnswerWhatAnotherNodeHasTakenOver() throws Exception {
    UnderLoad load =
        survives(
            "a while with ports that are late",
            BLOWS * 50,
            Trouble.LATE + " 15 " + SEED,
            Duration.ZERO,
            pause -> {});

    LOG.info("Taken over before the answer came: {}", load.takenOver());
    assertThat(load.takenOver()).isNotEmpty();
  }

  @Test
  void nothingIsLostOrDoneTwiceWhenClocksAreFiveMinutesApart() throws Exception {
    survives(
        "a node killed, its successor's clock 5 minutes off",
        BLOWS,
        Trouble.NONE,
        Duration.ofMinutes(5),
        UnderLoad::killOne);
  }
}
