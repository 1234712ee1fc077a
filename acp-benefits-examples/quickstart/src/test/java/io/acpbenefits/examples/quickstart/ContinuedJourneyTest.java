package io.acpbenefits.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import io.acpbenefits.secret.KeyRing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a database that was played on takes in, and what it refuses without a change. */
class ContinuedJourneyTest {

  @TempDir static Path shared = Path.of("target");
  @TempDir Path temporary = Path.of("target");

  @BeforeAll
  static void play() {
    Program.playing(journey(shared.resolve("journey")).write())
        .into(shared.resolve("out"))
        .on(shared.resolve("played"))
        .reports();
  }

  private static TinyJourney journey(Path folder) {
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
            "quantity=5")
        .row("ask-noah", "11:00", "noah", "request-to-join", "partner_id=p1");
  }

  /** A copy, so that each test begins with the same database. */
  private Database played() throws IOException {
    Database copy = new Database(temporary.resolve("copy"));
    Database original = new Database(shared.resolve("played"));
    Files.copy(original.file(), copy.file());
    Files.copy(original.keys(), copy.keys());
    return copy;
  }

  private Program.Ended play(TinyJourney journey, Database database) {
    return Program.playing(journey.write())
        .into(temporary.resolve("out"))
        .on(database.path())
        .run();
  }

  private void isBadInput(TinyJourney journey, String... words) throws IOException {
    Database database = played();
    List<String> before = database.dump();

    Program.Ended ended = play(journey, database);

    assertThat(ended.err()).contains(words).doesNotContain("Exception", "\tat ");
    assertThat(ended.status()).isEqualTo(2);
    assertThat(database.dump()).isEqualTo(before);
    assertThat(temporary.resolve("out")).doesNotExist();
  }

  private TinyJourney longer() {
    return journey(temporary.resolve("journey"));
  }

  @Test
  void aNewRowBeforeTheLastPlayedOneIsBadInput() throws IOException {
    isBadInput(
        longer().row("late", "10:59", "noah", "withdraw-request", "partner_id=p1"),
        "journey.csv, line 6, column 2 (at)",
        "2026-01-05T11:00:00Z",
        "2026-01-05T10:59:00Z");
  }

  @Test
  void aNewRowOfTheLastInstantAbovePlayedOnesIsBadInput() throws IOException {
    TinyJourney journey =
        TinyJourney.in(temporary.resolve("journey"))
            .on("2026-01-05")
            .member("mia")
            .row(
                "apply",
                "10:00",
                "owner-1",
                "apply-for-codes",
                "partner_id=p1",
                "exam_id=x1",
                "quantity=5")
            .row("new", "11:00", "", "advance")
            .row("ask-noah", "11:00", "noah", "request-to-join", "partner_id=p1");
    isBadInput(journey, "journey.csv, line 5, column 1 (row)", "\"new\"", "'ask-noah'");
  }

  @Test
  void aNewRowOfTheLastInstantBelowThePlayedOnesIsPlayed() throws IOException {
    Database database = played();

    play(
        longer().row("let", "11:00", "owner-1", "approve", "partner_id=p1", "account=noah"),
        database);

    assertThat(new ReportFolder(temporary.resolve("out")).outcome("let")).isEqualTo("DONE");
  }

  @Test
  void theLatestRequestOfOneInstantIsTheOpenOneAlsoWhenContinued() throws IOException {
    Database database = new Database(temporary.resolve("same-instant"));
    play(rejected(), database);

    play(
        rejected()
            .row("again", "09:00", "mia", "request-to-join", "partner_id=p1")
            .row("admit", "09:00", "owner-1", "approve", "partner_id=p1", "account=mia"),
        database);

    assertThat(new ReportFolder(temporary.resolve("out")).outcome("admit")).isEqualTo("DONE");
  }

  private TinyJourney rejected() {
    return TinyJourney.in(temporary.resolve("journey"))
        .on("2026-01-05")
        .row("ask", "09:00", "mia", "request-to-join", "partner_id=p1")
        .row("no", "09:00", "owner-1", "reject", "partner_id=p1", "account=mia");
  }

  @Test
  void aPlayedRowThatSaysSomethingElseIsBadInput() throws IOException {
    isBadInput(
        TinyJourney.in(temporary.resolve("journey"))
            .on("2026-01-05")
            .member("mia")
            .row(
                "apply",
                "10:00",
                "owner-1",
                "apply-for-codes",
                "partner_id=p1",
                "exam_id=x1",
                "quantity=4"),
        "journey.csv, line 4",
        "apply");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          partners.csv | Partner One,Gold,owner-1 | Partner One,Gold,owner-9 | p1
          partners.csv | Partner One,Gold,owner-1 | Partner One,Silver,owner-1 | p1
          exams.csv    | x1,Exam One,ACP,, | x1,Exam One,ACP,2026-09-01T00:00:00Z, | x1
          quotas.csv   | p1,ACP,10, | p1,ACP,11, | p1 ACP 2026-01-01T00:00:00Z
          """)
  void aPartnerExamOrQuotaThatSaysSomethingElseIsBadInput(
      String file, String was, String is, String named) throws IOException {
    TinyJourney journey = longer();
    String text = Files.readString(temporary.resolve("journey").resolve(file));
    assertThat(text).contains(was);

    isBadInput(journey.with(file, text.replace(was, is)), file + ", line 2", named);
  }

  @Test
  void aNewPartnerWhoseOwnerIsAMemberElsewhereIsBadInput() throws IOException {
    TinyJourney journey = longer();
    Path file = temporary.resolve("journey").resolve("partners.csv");
    journey.with("partners.csv", Files.readString(file) + "p3,Partner Three,Gold,mia\n");

    Database database = played();
    List<String> before = rows(database);
    Program.Ended ended = play(journey, database);

    assertThat(ended.err()).contains("partners.csv, line 4").doesNotContain("Exception");
    assertThat(ended.status()).isEqualTo(2);
    assertThat(rows(database)).isEqualTo(before);
    assertThat(database.keys()).exists();
  }

  /** The engine was started by then, which counts its starts. */
  private static List<String> rows(Database database) {
    return database.dump().stream()
        .filter(line -> !line.contains("ACT_GE_") && !line.contains("RESTART WITH"))
        .toList();
  }

  @Test
  void newPartnersExamsQuotasAndCodesAreTakenIn() throws IOException {
    Database database = played();
    TinyJourney journey = longer();
    Path folder = temporary.resolve("journey");
    journey
        .with(
            "partners.csv",
            Files.readString(folder.resolve("partners.csv")) + "p0,Partner Zero,Gold,owner-0\n")
        .with("exams.csv", Files.readString(folder.resolve("exams.csv")) + "x4,Exam Four,ACE,,\n")
        .with(
            "quotas.csv",
            Files.readString(folder.resolve("quotas.csv"))
                + "p0,ACE,3,2026-01-01T00:00:00Z,2027-01-01T00:00:00Z\n")
        .with(
            "issued-codes.txt",
            Files.readString(folder.resolve("issued-codes.txt")) + "Exam Four [X4CODE01]\n")
        .on("2026-01-06")
        .row(
            "zero",
            "09:00",
            "owner-0",
            "apply-for-codes",
            "partner_id=p0",
            "exam_id=x4",
            "quantity=1");

    assertThat(play(journey, database).err()).isEmpty();

    ReportFolder reports = new ReportFolder(temporary.resolve("out"));
    assertThat(reports.outcome("zero")).isEqualTo("DONE");
    assertThat(reports.lines("codes.csv", "partner_id", "exam_id", "state", "count"))
        .containsExactly("p0,x4,ISSUED,1");
  }

  @Test
  void codesThatCameIntoStockLetTheNextTrySucceed() throws IOException {
    Database database = played();
    assertThat(new ReportFolder(shared.resolve("out")).outcome("apply"))
        .isEqualTo("WAITING OUT_OF_STOCK");
    TinyJourney journey = longer();
    Path codes = temporary.resolve("journey").resolve("issued-codes.txt");
    journey
        .with("issued-codes.txt", Files.readString(codes) + "Exam One [X1CODE05]\n")
        .row("wait", "11:01", "", "advance")
        .row(
            "hand-out",
            "11:01",
            "owner-1",
            "assign-code",
            "partner_id=p1",
            "exam_id=x1",
            "account=mia")
        .on("2026-01-06")
        .row("longer", "16:00", "", "advance")
        .row(
            "again",
            "16:00",
            "owner-1",
            "assign-code",
            "partner_id=p1",
            "exam_id=x1",
            "account=mia");

    assertThat(play(journey, database).err()).isEmpty();

    ReportFolder reports = new ReportFolder(temporary.resolve("out"));
    assertThat(reports.outcome("apply")).isEqualTo("WAITING OUT_OF_STOCK");
    assertThat(reports.outcome("hand-out")).isEqualTo("REFUSED NO_CODE_AVAILABLE");
    assertThat(reports.outcome("again")).isEqualTo("DONE");
    assertThat(reports.lines("quota.csv", "partner_id", "held", "consumed")).contains("p1,0,5");
  }

  @Test
  void aRowWhoseJobsDidNotRunIsConcludedNextTime() throws IOException {
    Database database = played();
    database.update(
        "UPDATE quickstart_row SET outcome = NULL, reason = NULL, detail = NULL"
            + " WHERE row_id = 'ask-noah'");

    Program.Ended ended = play(longer(), database);

    assertThat(ended.err()).isEmpty();
    assertThat(new ReportFolder(temporary.resolve("out")).everything())
        .isEqualTo(new ReportFolder(shared.resolve("out")).everything());
  }

  @Test
  void aDatabaseThatWasLeftWhileItsTablesWereMadeIsTakenUp() throws Exception {
    Database database = new Database(temporary.resolve("left"));
    try (Connection connection =
        DriverManager.getConnection(Program.h2File(database.path()), "sa", "")) {
      Tables.ALL.subList(0, 2).forEach(table -> Sql.execute(connection, table));
    }
    KeyRing.createFile(database.keys());

    assertThat(play(longer(), database).err()).isEmpty();

    assertThat(new ReportFolder(temporary.resolve("out")).outcome("ask-noah")).isEqualTo("DONE");
  }

  @Test
  void rowsThatAreGoneFromTheFolderStayInTheReports() throws IOException {
    Database database = played();

    Program.Ended ended = play(longer().keep(2), database);

    assertThat(ended.status()).isZero();
    assertThat(new ReportFolder(temporary.resolve("out")).everything())
        .isEqualTo(new ReportFolder(shared.resolve("out")).everything());
  }
}
