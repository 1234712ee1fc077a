package io.acpbenefits.sidebyside;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.acpbenefits.common.Actor;
import io.acpbenefits.persistence.SchemaMode;
import io.acpbenefits.secret.KeyRing;
import io.acpbenefits.sidebyside.Crossing.Kind;
import io.acpbenefits.sidebyside.Crossing.Side;
import io.acpbenefits.workflows.BenefitsEngine;
import io.acpbenefits.workflows.UpgradePreview;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A node of an earlier version, with that version's classes, and one of this version on one
 * PostgreSQL: they take turns at instances of all processes while the earlier one is replaced.
 * {@code .ci/previous} builds the earlier version and tells its class path.
 */
@EnabledIfSystemProperty(
    named = "previous.classpath",
    matches = ".+",
    disabledReason = "needs an earlier version: -Dprevious.classpath=$(.ci/previous <commit>)")
class PreviousVersionTest {

  private static final Logger LOG = LoggerFactory.getLogger(PreviousVersionTest.class);
  private static final Path LOGS = Path.of("target", "previous");

  /** What changed in place, if that version is older than the first release. */
  private static final String CHANGES = System.getProperty("previous.changes", "");

  private static final Crossing crossing = new Crossing();
  private static EmbeddedPostgres server;
  private static String url;
  private static Path keys;
  private static RemoteNode previous;
  private static RemoteNode newer;

  @BeforeAll
  static void start(@TempDir Path folder) throws IOException, SQLException {
    Files.createDirectories(LOGS);
    server =
        EmbeddedPostgres.builder()
            .setErrorRedirector(Redirect.to(LOGS.resolve("server.log").toFile()))
            .start();
    url = server.getJdbcUrl("postgres", "postgres");
    keys = folder.resolve("nodes.keys");
    KeyRing.createFile(keys);
    previous = ofPrevious("MIGRATE", "first");
    crossing.join(Side.PREVIOUS, previous);
    Round.beginAll(crossing);
    for (String later : List.of("late", "moved")) {
      Passage.all().forEach(passage -> crossing.begin(passage, later, Side.PREVIOUS));
    }
    apply(CHANGES);
    newer = ofPresent("newer");
    crossing.join(Side.NEWER, newer);
  }

  private static RemoteNode ofPrevious(String mode, String name) throws IOException {
    String path = Files.readString(Path.of(System.getProperty("previous.classpath"))).strip();
    return new RemoteNode(path, url, keys, mode, LOGS.resolve("previous-" + name + ".log"));
  }

  private static RemoteNode ofPresent(String name) {
    return new RemoteNode(
        System.getProperty("java.class.path"),
        url,
        keys,
        CHANGES.isEmpty() ? "MIGRATE" : "NONE",
        LOGS.resolve("present-" + name + ".log"));
  }

  private static void apply(String file) throws IOException, SQLException {
    if (!file.isEmpty()) {
      try (Connection connection = server.getPostgresDatabase().getConnection();
          Statement statement = connection.createStatement()) {
        statement.execute(Files.readString(Path.of(file)));
      }
    }
  }

  @AfterAll
  static void stop() throws IOException {
    Files.write(
        LOGS.resolve("steps.txt"), crossing.steps().stream().map(Crossing.Step::toString).toList());
    newer.close();
    previous.close();
    server.close();
  }

  @TestFactory
  Stream<DynamicTest> instancesGoOnWhileTheNodesAreReplaced() {
    return Stream.of(
            Stream.of(Round.values())
                .flatMap(round -> each(round.toString(), passage -> round.play(crossing, passage))),
            Stream.of(
                dynamicTest("both ran jobs", this::bothRanJobs),
                dynamicTest("each began on the newest diagrams", this::newestSinceTheyAreThere)),
            Stream.of(dynamicTest("the previous node starts again", this::startPreviousAgain)),
            each("after its start", PreviousVersionTest::playAnew),
            Stream.of(dynamicTest("it made none of its diagrams the newest", this::stillNewest)),
            Stream.of(dynamicTest("the previous node is replaced", this::replacePrevious)),
            each("on the earlier diagram", passage -> crossing.finish(passage, "late", Side.NEWER)),
            Stream.of(dynamicTest("instances are moved", this::moveInstances)),
            each("once moved", passage -> crossing.finish(passage, "moved", Side.PREVIOUS)),
            Stream.of(dynamicTest("they ended on the newest diagrams", this::endedOnTheNewest)))
        .flatMap(tests -> tests);
  }

  private static Stream<DynamicTest> each(String when, Consumer<Passage> play) {
    return Passage.all().stream()
        .map(passage -> dynamicTest(when + " " + passage, () -> play.accept(passage)));
  }

  private static void playAnew(Passage passage) {
    crossing.begin(passage, "again", Side.PREVIOUS);
    crossing.finish(passage, "again", Side.NEWER);
  }

  private void bothRanJobs() {
    assertThat(crossing.steps())
        .filteredOn(step -> step.kind() == Kind.RUNS)
        .extracting(Crossing.Step::side)
        .contains(Side.PREVIOUS, Side.NEWER);
  }

  private void newestSinceTheyAreThere() {
    for (Round round : Round.values()) {
      if (!round.isBefore()) {
        assertThat(crossing.begunOn(round.id())).isEqualTo(newest());
      }
    }
  }

  private void stillNewest() {
    assertThat(crossing.begunOn("again")).isEqualTo(newest());
  }

  private void endedOnTheNewest() {
    assertThat(crossing.endedOn("late")).isEqualTo(crossing.begunOn("late"));
    assertThat(crossing.endedOn("moved")).isEqualTo(newest());
  }

  /** As the present version ships them. */
  private static Set<String> newest() {
    return Passage.all().stream()
        .map(Passage::process)
        .map(process -> process + " " + tag(process))
        .collect(Collectors.toSet());
  }

  private static String tag(String process) {
    String resource = "/io/acpbenefits/processes/" + process + ".bpmn";
    try (InputStream in = BenefitsEngine.class.getResourceAsStream(resource)) {
      return Bpmn.readModelFromStream(in)
          .getModelElementsByType(org.camunda.bpm.model.bpmn.instance.Process.class)
          .iterator()
          .next()
          .getCamundaVersionTag();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void startPreviousAgain() throws IOException {
    previous.close();
    previous = ofPrevious(CHANGES.isEmpty() ? "MIGRATE" : "NONE", "again");
    crossing.join(Side.PREVIOUS, previous);
  }

  private void replacePrevious() {
    previous.close();
    previous = ofPresent("second");
    crossing.join(Side.PREVIOUS, previous);
  }

  /** Only what the present version has: so by a node of this JVM. */
  private void moveInstances() {
    PGSimpleDataSource database = new PGSimpleDataSource();
    database.setURL(url);
    try (SteppedNode here =
        new SteppedNode(
            BenefitsEngine.on(database).keys(KeyRing.ofFile(keys)).schema(SchemaMode.NONE))) {
      Passage.all().stream()
          .map(Passage::process)
          .distinct()
          .forEach(
              process -> {
                var upgrades = here.engine().upgrades();
                UpgradePreview preview = upgrades.preview(Actor.system(), process);
                LOG.info("To be moved: {}", preview);
                assertThat(preview.obstacles()).isEmpty();
                assertThat(upgrades.perform(Actor.system(), process, 1000, "replaced").left())
                    .isEmpty();
                assertThat(upgrades.preview(Actor.system(), process).earlier()).isEmpty();
              });
    }
  }
}
