package io.acpbenefits.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.acpbenefits.OnlyOn;
import io.acpbenefits.TestDatabase;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A node is killed right before and right after each of its commits. {@code
 * -Dfaults.only=text|text} keeps to those whose description contains one of the texts.
 */
@Tag("kills")
@OnlyOn(
    value = TestDatabase.Kind.H2,
    because = "These tests have a server of their own; once is enough.")
class BoundaryKillTest {

  private static final Logger LOG = LoggerFactory.getLogger(BoundaryKillTest.class);

  @Test
  void whereverANodeIsKilledAnotherFinishesWhatItHadBegun()
      throws InterruptedException, SQLException {
    Ground ground = Ground.shared();
    Instant begun = Instant.now();
    String only = System.getProperty("faults.only", "");
    BoundaryKills kills = new BoundaryKills(ground, only, Boolean.getBoolean("faults.again"));

    List<String> complaints = kills.killEverywhere();

    LOG.info(
        "{} commit boundaries in {} killed nodes, in {}, {} deadlocks",
        kills.deaths(),
        kills.kills(),
        Duration.between(begun, Instant.now()),
        ground.server.deadlocks());
    assertThat(complaints).isEmpty();
    assertThat(kills.deaths()).isPositive();
    if (only.isEmpty()) {
      assertThat(kills.operations()).isEqualTo(ground.operations());
      assertThat(kills.nodes()).containsAll(CheckerTest.nodesOfDiagrams());
      assertThat(kills.commands()).containsExactlyElementsOf(Commands.all());
    }
  }
}
