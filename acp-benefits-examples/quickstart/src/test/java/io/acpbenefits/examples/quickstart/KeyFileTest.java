package io.acpbenefits.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.acpbenefits.secret.KeyRing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The key file of a database in a file. */
class KeyFileTest {

  @TempDir static Path shared = Path.of("target");
  @TempDir Path temporary = Path.of("target");
  private static Program.Ended first = Program.withoutOptions().run();

  @BeforeAll
  static void playOnANewFile() {
    Path journey = journey(shared.resolve("journey"), 3).write();
    first = Program.playing(journey).into(shared.resolve("out")).on(original().path()).run();
  }

  private static Database original() {
    return new Database(shared.resolve("folder").resolve("played"));
  }

  private static TinyJourney journey(Path folder, int rows) {
    return TinyJourney.in(folder)
        .on("2026-01-05")
        .member("mia")
        .row(
            "apply",
            "10:00",
            "owner-1",
            "apply-for-codes",
            "partner_id=p1",
            "exam_id=x1",
            "quantity=2")
        .row(
            "assign",
            "11:00",
            "owner-1",
            "assign-code",
            "partner_id=p1",
            "exam_id=x1",
            "account=mia")
        .row(
            "book",
            "12:00",
            "mia",
            "register-exam",
            "exam_id=x1",
            "payment=CODE",
            "delivery=ONLINE",
            "appointment=2026-02-01T09:00:00Z",
            "candidate_id=C1",
            "registration_id=R1")
        .on("2026-02-01")
        .row("result", "15:30", "", "exam-record", "ref=book", "outcome=PASS")
        .keep(rows);
  }

  private Program longer(Database database) {
    return Program.playing(journey(temporary.resolve("journey"), 6).write())
        .into(temporary.resolve("out"))
        .on(database.path());
  }

  private Database copyWithoutKeys() throws IOException {
    Database copy = new Database(temporary.resolve("copy"));
    Files.copy(original().file(), copy.file());
    return copy;
  }

  private void refusesWithoutAChange(Database database, Program program, String... words) {
    List<String> before = database.dump();

    Program.Ended ended = program.run();

    assertThat(ended.err()).contains(words).doesNotContain("Exception", "\tat ");
    assertThat(ended.status()).isEqualTo(2);
    assertThat(database.dump()).isEqualTo(before);
    assertThat(temporary.resolve("out")).doesNotExist();
  }

  @Test
  void aNewDatabaseGetsAKeyFileBesideItAndThePersonIsTold() {
    assertThat(first.err()).isEmpty();
    assertThat(original().keys()).isRegularFile();
    assertThat(first.out())
        .contains("Created the key file " + original().keys() + ", readable by its owner only");
  }

  @Test
  void onlyItsOwnerMayReadIt() throws IOException {
    assumeTrue(Files.getFileStore(original().keys()).supportsFileAttributeView("posix"));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(original().keys())))
        .isEqualTo("rw-------");
  }

  @Test
  void theNextRunReadsTheCodesWithIt() throws IOException {
    Database database = copyWithoutKeys();
    Files.copy(original().keys(), database.keys());

    Program.Ended ended = longer(database).run();

    assertThat(ended.err()).isEmpty();
    assertThat(ended.out()).doesNotContain("Created the key file");
    ReportFolder reports = new ReportFolder(temporary.resolve("out"));
    assertThat(reports.outcome("result")).isEqualTo("DONE");
    assertThat(reports.lines("codes.csv", "state", "count"))
        .containsExactlyInAnyOrder("ISSUED,1", "REDEEMED,1");
  }

  @Test
  void anExistingDatabaseWithoutItsKeyFileIsRefused() throws IOException {
    Database database = copyWithoutKeys();
    refusesWithoutAChange(
        database, longer(database), database.keys().toString(), "Bring the key file back");
    assertThat(database.keys()).doesNotExist();
  }

  @Test
  void noOtherKeyFileIsMadeForAnExistingDatabase() throws IOException {
    Database database = copyWithoutKeys();
    Path other = temporary.resolve("other.keys");
    refusesWithoutAChange(
        database, longer(database).with("keys", other.toString()), other.toString());
    assertThat(other).doesNotExist();
  }

  @Test
  void otherKeysAreRefusedBeforeAnythingIsDone() throws IOException {
    Database database = copyWithoutKeys();
    KeyRing.createFile(database.keys());
    refusesWithoutAChange(
        database, longer(database), "The key file has other keys", "-Dkeys=<file>");
    assertThat(database.keys()).exists();
  }

  @Test
  void theRightKeyFileMayLieElsewhere() throws IOException {
    Database database = copyWithoutKeys();
    Path elsewhere = temporary.resolve("elsewhere.keys");
    Files.copy(original().keys(), elsewhere);

    assertThat(longer(database).with("keys", elsewhere.toString()).run().err()).isEmpty();
    assertThat(database.keys()).doesNotExist();
  }

  @Test
  void aFileThatHoldsNoKeysIsRefused() throws IOException {
    Database database = copyWithoutKeys();
    Files.writeString(database.keys(), "not a key file\n");
    List<String> before = database.dump();

    Program.Ended ended = longer(database).run();

    assertThat(ended.status()).isNotZero();
    assertThat(ended.err()).contains("The key file " + database.keys());
    assertThat(database.dump()).isEqualTo(before);
  }

  @Test
  void aNamedKeyFileIsMadeForANewDatabase() {
    Database database = new Database(temporary.resolve("new"));
    Path elsewhere = temporary.resolve("elsewhere.keys");

    Program.Ended ended = longer(database).with("keys", elsewhere.toString()).run();

    assertThat(ended.err()).isEmpty();
    assertThat(ended.out()).contains("Created the key file " + elsewhere);
    assertThat(elsewhere).exists();
    assertThat(database.keys()).doesNotExist();
  }

  @Test
  void aKeyFileInAFolderThatDoesNotExistIsRefused() {
    Database database = new Database(temporary.resolve("new"));
    Path nowhere = temporary.resolve("nowhere").resolve("x.keys");

    Program.Ended ended = longer(database).with("keys", nowhere.toString()).run();

    assertThat(ended.err()).contains(nowhere.toString(), "needs a folder that exists");
    assertThat(ended.status()).isEqualTo(2);
    assertThat(database.exists()).isFalse();
  }

  @Test
  void badInputLeavesNeitherDatabaseNorKeyFile() {
    Database database = new Database(temporary.resolve("new"));
    TinyJourney journey = journey(temporary.resolve("journey"), 6);
    journey.row("assign", "13:00", "", "advance");

    Program.Ended ended =
        Program.playing(journey.write()).into(temporary.resolve("out")).on(database.path()).run();

    assertThat(ended.status()).isEqualTo(2);
    assertThat(temporary).isDirectoryNotContaining(file -> !file.endsWith("journey"));
  }
}
