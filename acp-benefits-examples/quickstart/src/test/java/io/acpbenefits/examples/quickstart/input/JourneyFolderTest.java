package io.acpbenefits.examples.quickstart.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JourneyFolderTest {

  private final Path temp;

  JourneyFolderTest(@TempDir Path temp) {
    this.temp = temp;
  }

  @Test
  void readsAllFiveFiles() {
    JourneyFolder folder =
        TestFolder.in(temp)
            .withRows(
                "row=r1 at=2026-03-01T09:00:00Z actor=owner-1 action=apply-for-codes partner_id=p1"
                    + " exam_id=x1 quantity=3")
            .read();

    Instant endOfSale = Instant.parse("2026-06-01T00:00:00Z");
    Instant endOfLife = Instant.parse("2026-12-01T00:00:00Z");
    assertThat(folder.partners())
        .containsExactly(
            new PartnerRow("p1", "Partner One", "Gold", "owner-1", 2),
            new PartnerRow("p2", "Partner Two", "Silver", "owner-2", 3));
    assertThat(folder.exams())
        .containsExactly(
            new ExamRow("x1", "Cloud Computing Professional", Level.ACP, null, null, null, null, 2),
            new ExamRow("x2", "Big Data Expert", Level.ACE, endOfSale, endOfLife, null, null, 3));
    assertThat(folder.quotas())
        .containsExactly(
            new QuotaRow(
                "p1",
                Level.ACP,
                10,
                Instant.parse("2026-01-01T00:00:00Z"),
                Instant.parse("2027-01-01T00:00:00Z"),
                2));
    assertThat(folder.stock())
        .containsExactly(
            new StockCode("x1", "ACPX7K2M9Q", 1), new StockCode("x1", "ACPX8L3N0R", 1));
    JourneyRow row = folder.rowsInOrder().get(0);
    assertThat(row.action()).isEqualTo(Action.APPLY_FOR_CODES);
    assertThat(row.quantity()).isEqualTo(3);
    assertThat(row.account()).isNull();
    assertThat(row.line()).isEqualTo(2);
    assertThat(folder.row("r1")).contains(row);
    assertThat(folder.row("r2")).isEmpty();
  }

  @Test
  void playsRowsByTheirTimeAndThoseOfOneInstantInFileOrder() {
    JourneyFolder folder =
        TestFolder.in(temp)
            .withRows(
                "row=late at=2026-03-02T00:00:00Z action=advance",
                "row=b at=2026-03-01T00:00:00Z action=advance",
                "row=a at=2026-03-01T00:00:00.000Z action=advance",
                "row=first at=2026-02-28T23:59:59.999999Z action=advance")
            .read();

    assertThat(folder.rowsInOrder())
        .extracting(JourneyRow::row)
        .containsExactly("first", "b", "a", "late");
  }

  @Test
  void refusesAFolderThatDoesNotExist() {
    Path missing = temp.resolve("nowhere");

    assertThatThrownBy(() -> JourneyFolder.read(missing))
        .isInstanceOf(BadInput.class)
        .hasMessageStartingWith("journey folder \"")
        .hasMessageEndingWith(
            ": expected a folder with the files partners.csv, exams.csv, quotas.csv,"
                + " issued-codes.txt, journey.csv, found none."
                + " Correct it and run again; nothing was changed.");
  }

  @Test
  void refusesAFileInPlaceOfTheFolder() throws IOException {
    Path file = Files.createFile(temp.resolve("file"));

    assertThatThrownBy(() -> JourneyFolder.read(file))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining("found something else");
  }

  @Test
  void namesAllMissingFilesAtOnce() {
    TestFolder empty = new TestFolder(temp);

    empty.isRefusedWith(
        """
        partners.csv: expected a file of this name in the journey folder, found none.
        exams.csv: expected a file of this name in the journey folder, found none.
        quotas.csv: expected a file of this name in the journey folder, found none.
        issued-codes.txt: expected a file of this name in the journey folder, found none.
        journey.csv: expected a file of this name in the journey folder, found none.
        Correct them and run again; nothing was changed.""");
  }

  @Test
  void refusesAFolderInPlaceOfAFile() throws IOException {
    TestFolder folder = TestFolder.in(temp);
    Files.delete(temp.resolve("quotas.csv"));
    Files.createDirectory(temp.resolve("quotas.csv"));

    folder.isRefusedWith(
        "quotas.csv: expected a file, found a folder."
            + " Correct it and run again; nothing was changed.");
  }

  @Test
  void listsProblemsOfAllFilesInReadingOrderWithTheirPlaces() {
    BadInput refusal =
        TestFolder.in(temp)
            .with("quotas.csv", "partner_id,level,quantity,valid_from,valid_until\np9,ACP,0,x,y\n")
            .withRows("row=r1 at=never action=advance", "row=r2 at=2026-01-01T00:00:00Z action=go")
            .refusal();

    assertThat(refusal.problems())
        .extracting(problem -> problem.file() + ":" + problem.line() + ":" + problem.column())
        .containsExactly(
            "quotas.csv:2:1",
            "quotas.csv:2:3",
            "quotas.csv:2:4",
            "quotas.csv:2:5",
            "journey.csv:2:2",
            "journey.csv:3:4");
    assertThat(refusal).hasMessageEndingWith("Correct them and run again; nothing was changed.");
  }

  @Test
  void stopsAfterTwentyProblems() {
    BadInput refusal =
        TestFolder.in(temp)
            .with("partners.csv", "partner_id,name,tier,main_account\n" + ",,,\n".repeat(1_000))
            .refusal();

    assertThat(refusal.problems()).hasSize(20);
    assertThat(refusal).message().hasLineCount(21);
    assertThat(refusal)
        .hasMessageEndingWith(
            "\nThere are more problems than these. "
                + "Correct them and run again; nothing was changed.");
  }

  @Test
  void doesNotBlameOtherFilesForPartnersThatCouldNotBeRead() {
    BadInput refusal =
        TestFolder.in(temp)
            .with("partners.csv", "")
            .withRows(
                "row=r1 at=2026-03-01T09:00:00Z actor=a action=withdraw-request partner_id=p1")
            .refusal();

    assertThat(refusal.problems()).extracting(Problem::file).containsExactly("partners.csv");
  }

  @Test
  void doesNotRepeatACodeThatWasPutIntoACell() {
    TestFolder.in(temp)
        .withRows("row=r1 at=2026-03-01T09:00:00Z action=advance ref=acpx7k2m9q")
        .isRefusedForACell(
            "journey.csv, line 2, column 15 (ref): expected the id of a row, found \"****2m9q\"");
  }

  @Test
  void namesTheCellOfARowThatOnlyThePlayerFindsBad() {
    JourneyFolder folder =
        TestFolder.in(temp).withRows("row=r1 at=2026-03-01T09:00:00Z action=advance").read();

    BadInput refusal =
        folder.badInput(
            folder.rowsInOrder().get(0), "at", "a time after the last row played", "2026-03-01");

    assertThat(refusal)
        .hasMessage(
            "journey.csv, line 2, column 2 (at): expected a time after the last row played,"
                + " found \"2026-03-01\". Correct the cell and run again; nothing was changed.");
  }
}
