package io.acpbenefits.workflows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.acpbenefits.TestDatabase;
import io.acpbenefits.secret.KeyRing;
import io.acpbenefits.sidebyside.Crossing;
import io.acpbenefits.sidebyside.Crossing.Kind;
import io.acpbenefits.sidebyside.Crossing.Side;
import io.acpbenefits.sidebyside.Passage;
import io.acpbenefits.sidebyside.Round;
import io.acpbenefits.sidebyside.SteppedNode;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * A node with the first diagrams and one with the next take turns at instances of all processes, at
 * each wait and each job. Both have this version's classes; what differs is what they deploy, and
 * that the tables get columns which neither knows while the first one is at work.
 */
class SideBySideProcessesTest {

  private static final Crossing crossing = new Crossing();
  private static final KeyRing keys = KeyRing.ephemeral();
  private static SteppedNode previous;
  private static SteppedNode newer;

  @BeforeAll
  static void start() throws SQLException {
    FixtureProcesses.engine();
    DataSource database = TestDatabase.fresh();
    previous = new SteppedNode(BenefitsEngine.on(database, KeptDiagrams.first()).keys(keys));
    crossing.join(Side.PREVIOUS, previous);
    Round.beginAll(crossing);
    widenTables(database);
    newer = new SteppedNode(BenefitsEngine.on(database, KeptDiagrams.next()).keys(keys));
    crossing.join(Side.NEWER, newer);
  }

  /** What the files of a next release may do: no node of this one may fall over new columns. */
  private static void widenTables(DataSource database) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      List<String> tables = new ArrayList<>();
      try (ResultSet rows =
          statement.executeQuery(
              "SELECT LOWER(table_name) FROM information_schema.tables WHERE table_schema = '%s'"
                  .formatted(TestDatabase.schema(connection)))) {
        while (rows.next()) {
          tables.add(rows.getString(1));
        }
      }
      assertThat(tables).contains("acp_application", "acp_schema_version");
      for (String table : tables) {
        if (table.startsWith("acp_")) {
          statement.execute("ALTER TABLE %s ADD COLUMN next_note VARCHAR(20)".formatted(table));
          statement.execute(
              "ALTER TABLE %s ADD COLUMN next_count INTEGER DEFAULT 0 NOT NULL".formatted(table));
        }
      }
    }
  }

  @AfterAll
  static void close() {
    newer.close();
    previous.close();
  }

  @TestFactory
  Stream<DynamicTest> instancesAreMovedByEachNodeInTurn() {
    Stream<DynamicTest> played =
        Stream.of(Round.values())
            .flatMap(
                round ->
                    Passage.all().stream()
                        .map(
                            passage ->
                                dynamicTest(
                                    round + " " + passage, () -> round.play(crossing, passage))));
    return Stream.concat(
        played,
        Stream.of(
            dynamicTest("each wait was met by each node", this::eachWaitWasMet),
            dynamicTest("each event was passed", this::eachEventWasPassed),
            dynamicTest("each job was run by whoever knows it", this::jobsWereRun)));
  }

  private static Stream<Diagram> played() {
    return Diagram.all()
        .flatMap(
            diagram ->
                Stream.of(
                    Diagram.of(KeptDiagrams.kept(diagram.id(), KeptDiagrams.FIRST)),
                    Diagram.of(KeptDiagrams.next(diagram.id()))));
  }

  private static String name(Diagram diagram) {
    return diagram.id() + " " + diagram.process().getCamundaVersionTag();
  }

  /** With the next diagram the newer one runs all jobs, and so is not the next to go on. */
  private void eachWaitWasMet() {
    assertThat(missing(UpgradeCase::waitsOf, diagram -> goneOnWith(diagram, Side.PREVIOUS)))
        .isEmpty();
    assertThat(missing(UpgradeCase::waitsOf, diagram -> goneOnWith(diagram, Side.NEWER)))
        .allMatch(wait -> !wait.contains(KeptDiagrams.FIRST));
  }

  private static Set<String> goneOnWith(Diagram diagram, Side side) {
    return crossing.of(name(diagram), side, Kind.SEES);
  }

  private void eachEventWasPassed() {
    assertThat(missing(UpgradeCase::eventsOf, diagram -> crossing.passed(name(diagram)))).isEmpty();
  }

  private static List<String> missing(
      Function<Diagram, Set<String>> expected, Function<Diagram, Set<String>> found) {
    return played()
        .flatMap(
            diagram ->
                expected.apply(diagram).stream()
                    .filter(element -> !found.apply(diagram).contains(element))
                    .map(element -> name(diagram) + " " + element))
        .toList();
  }

  private void jobsWereRun() {
    played()
        .forEach(
            diagram -> {
              Set<String> jobs =
                  diagram.all(FlowNode.class).stream()
                      .filter(UpgradeCase::isAsynchronous)
                      .map(FlowNode::getId)
                      .collect(Collectors.toSet());
              assertThat(crossing.of(name(diagram), Side.NEWER, Kind.RUNS))
                  .as(name(diagram))
                  .containsAll(jobs);
              Set<String> byPrevious = crossing.of(name(diagram), Side.PREVIOUS, Kind.RUNS);
              if (diagram.process().getCamundaVersionTag().equals(KeptDiagrams.FIRST)) {
                assertThat(byPrevious).as(name(diagram)).containsAll(jobs);
              } else {
                assertThat(byPrevious).as(name(diagram)).isSubsetOf(Set.of("external task"));
              }
            });
  }
}
