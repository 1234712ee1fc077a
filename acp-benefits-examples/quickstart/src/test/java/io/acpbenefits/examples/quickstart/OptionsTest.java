package io.acpbenefits.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import io.acpbenefits.examples.quickstart.report.Reports;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Options that cannot be followed: a sentence, status 2, and nothing is left behind. */
class OptionsTest {

  @TempDir Path temporary;
  private Path journey = Path.of("");

  @BeforeEach
  void writeAJourney() {
    journey =
        TinyJourney.in(temporary.resolve("journey"))
            .row("r1", "10:00", "mia", "request-to-join", "partner_id=p1")
            .write();
  }

  private Program program() {
    return Program.playing(journey).into(temporary.resolve("out"));
  }

  private void isRefused(Program program, String... words) {
    Program.Ended ended = program.run();
    assertThat(ended.err()).contains(words).doesNotContain("\tat ", "Exception:");
    assertThat(ended.err().strip()).isNotEmpty();
    assertThat(ended.out()).isEmpty();
    assertThat(ended.status()).isEqualTo(2);
    assertThat(Reports.names())
        .noneMatch(name -> Files.exists(temporary.resolve("out").resolve(name)));
  }

  @Test
  void aJourneyIsNeeded() {
    Program.Ended ended = Program.withoutOptions().run();
    assertThat(ended.status()).isEqualTo(2);
    assertThat(ended.err())
        .isEqualTo("Name the journey folder to play: -Djourney=<folder>." + System.lineSeparator());
  }

  @Test
  void anEmptyOptionCountsAsMissing() {
    assertThat(Program.withoutOptions().with("journey", "  ").run().err())
        .startsWith("Name the journey folder");
  }

  @Test
  void theJourneyMustBeAFolder() {
    isRefused(program().with("journey", temporary.resolve("none").toString()), "journey folder");
  }

  @Test
  void aPathMustBeAPath() {
    isRefused(program().with("keys", "a\u0000b"), "-Dkeys is not a path");
  }

  @Test
  void onlyH2CanBeUsed() {
    isRefused(program().with("jdbc.url", "jdbc:postgresql://localhost/x"), "expected jdbc:h2:");
  }

  @Test
  void aDatabaseBelowAFileCannotBeMade() throws IOException {
    Path file = Files.writeString(temporary.resolve("file"), "x");
    isRefused(program().on(file.resolve("db")), "The database cannot be used");
    assertThat(temporary).isDirectoryNotContaining("glob:**.keys");
  }

  @Test
  void aDatabaseThatMustExistIsNotMade() {
    isRefused(
        program().with("jdbc.url", Program.h2File(temporary.resolve("db")) + ";IFEXISTS=TRUE"),
        "The database cannot be used");
    assertThat(temporary).isDirectoryNotContaining("glob:**{.keys,.mv.db}");
  }

  @Test
  void aRelativePathWithoutItsDotIsRefusedByH2() {
    isRefused(program().with("jdbc.url", "jdbc:h2:no-dot"), "The database cannot be used");
    assertThat(Path.of("no-dot.keys")).doesNotExist();
  }

  @Test
  void aDatabaseWithoutAFileNeedsAKeyFile() {
    isRefused(program().with("jdbc.url", "jdbc:h2:tcp://localhost:1/x"), "-Dkeys=<file>");
  }

  @Test
  void aDatabaseThatAnotherProgramHasOpenIsLeftAlone() throws IOException {
    Database database = new Database(temporary.resolve("db"));
    program().on(database.path()).reports();
    try (var reports = Files.list(temporary.resolve("out"))) {
      for (Path report : reports.toList()) {
        Files.delete(report);
      }
    }
    byte[] before = Files.readAllBytes(database.file());

    // H2 guards its file with a lock of the file system.
    try (FileChannel other = FileChannel.open(database.file(), StandardOpenOption.WRITE);
        FileLock lock = other.lock()) {
      assertThat(lock.isValid()).isTrue();
      isRefused(program().on(database.path()), "The database cannot be used", "already in use");
    }

    assertThat(database.keys()).exists();
    assertThat(Files.readAllBytes(database.file())).isEqualTo(before);
  }

  @Test
  void anOutputFolderThatIsAFileIsRefusedBeforeAnythingIsPlayed() throws IOException {
    Path file = Files.writeString(temporary.resolve("file"), "x");
    isRefused(program().into(file).on(temporary.resolve("db")), file + " is not a folder");
    isRefused(
        program().into(file.resolve("below")).on(temporary.resolve("db")),
        file + " is not a folder");
    assertThat(temporary).isDirectoryNotContaining("glob:**{.keys,.mv.db}");
  }

  @Test
  void aFolderInAReportsPlaceIsRefusedBeforeAnythingIsPlayed() throws IOException {
    Files.createDirectories(temporary.resolve("other").resolve("tally.csv"));
    isRefused(program().into(temporary.resolve("other")).on(temporary.resolve("db")), "tally.csv");
    assertThat(temporary).isDirectoryNotContaining("glob:**{.keys,.mv.db}");
  }

  @Test
  void aNamedDatabaseInMemoryIsPlayedOn() {
    assertThat(program().with("jdbc.url", "jdbc:h2:mem:options-test").reports().outcome("r1"))
        .isEqualTo("DONE");
  }

  @Test
  void aNewDatabaseMayLieInANewFolder() {
    Database database = new Database(temporary.resolve("new").resolve("db"));
    assertThat(program().on(database.path()).reports().outcome("r1")).isEqualTo("DONE");
    assertThat(database.keys()).exists();
  }
}
