package io.acpbenefits.examples.quickstart.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.acpbenefits.examples.quickstart.report.ReportData.BindingLine;
import io.acpbenefits.examples.quickstart.report.ReportData.CodesLine;
import io.acpbenefits.examples.quickstart.report.ReportData.MemberLine;
import io.acpbenefits.examples.quickstart.report.ReportData.OutcomeLine;
import io.acpbenefits.examples.quickstart.report.ReportData.QuotaLine;
import io.acpbenefits.examples.quickstart.report.ReportData.TallyLine;
import io.acpbenefits.examples.quickstart.report.ReportData.TimelineLine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportsTest {

  private static final Instant AT = Instant.parse("2026-03-01T09:00:00Z");

  private final Path folder;

  ReportsTest(@TempDir Path temp) {
    this.folder = temp.resolve("new").resolve("reports");
  }

  @Test
  void writesEveryCsvFileWithItsColumnsInTheOrderOfTheData() {
    SampleReport sample = SampleReport.empty();
    sample.outcomes.add(
        new OutcomeLine(
            "r2", AT, "apply-for-codes", "REFUSED", "QUOTA_EXCEEDED", "2 left, 3 asked"));
    sample.outcomes.add(new OutcomeLine("r1", AT, "advance", "DONE", null, null));
    sample.timeline.add(new TimelineLine(AT, "benefit-application", "r2", "Start", "started"));
    sample.timeline.add(new TimelineLine(AT, "benefit-application", null, "End", "ended"));
    sample.quotas.add(new QuotaLine("p1", "ACP", AT, 10, 1, 2, 3, 4));
    sample.codes.add(new CodesLine("p1", "x1", "ISSUED", 5));
    sample.members.add(new MemberLine("p1", "anna", "OWNER", "ACTIVE"));
    sample.bindings.add(
        new BindingLine("r3", "anna", "x1", "CHECK_IDS", "RESULT_NOT_FOUND", AT, null, null));
    sample.bindings.add(new BindingLine("r4", "anna", "x2", "BOUND", null, AT, AT, "p1"));
    sample.tally.add(new TallyLine("p1", "x2", "ACE", 2, 1));

    Reports.write(folder, sample.data());

    assertThat(folder.resolve("outcomes.csv"))
        .hasContent(
            """
            row,at,action,outcome,reason,detail
            r2,2026-03-01T09:00:00Z,apply-for-codes,REFUSED,QUOTA_EXCEEDED,"2 left, 3 asked"
            r1,2026-03-01T09:00:00Z,advance,DONE,,
            """);
    assertThat(folder.resolve("timeline.csv"))
        .hasContent(
            """
            at,process,row,element,event
            2026-03-01T09:00:00Z,benefit-application,r2,Start,started
            2026-03-01T09:00:00Z,benefit-application,,End,ended
            """);
    assertThat(folder.resolve("quota.csv"))
        .hasContent(
            """
            partner_id,level,valid_from,granted,held,consumed,expired,available
            p1,ACP,2026-03-01T09:00:00Z,10,1,2,3,4
            """);
    assertThat(folder.resolve("codes.csv"))
        .hasContent("partner_id,exam_id,state,count\np1,x1,ISSUED,5\n");
    assertThat(folder.resolve("members.csv"))
        .hasContent("partner_id,account,role,state\np1,anna,OWNER,ACTIVE\n");
    assertThat(folder.resolve("bindings.csv"))
        .hasContent(
            """
            row,account,exam_id,state,reason,submitted_at,bound_at,partner_id
            r3,anna,x1,CHECK_IDS,RESULT_NOT_FOUND,2026-03-01T09:00:00Z,,
            r4,anna,x2,BOUND,,2026-03-01T09:00:00Z,2026-03-01T09:00:00Z,p1
            """);
    assertThat(folder.resolve("tally.csv"))
        .hasContent("partner_id,exam_id,level,certificates,people\np1,x2,ACE,2,1\n");
  }

  @Test
  void writesTheSameBytesForTheSameDataAndNothingElse() throws IOException {
    Path second = folder.resolveSibling("second");

    Reports.write(folder, SampleReport.of(3, 200).data());
    Reports.write(second, SampleReport.of(3, 200).data());

    assertThat(namesIn(folder)).containsExactlyInAnyOrderElementsOf(Reports.names()).hasSize(8);
    for (String name : Reports.names()) {
      assertThat(folder.resolve(name)).hasSameBinaryContentAs(second.resolve(name));
    }
  }

  @Test
  void replacesOlderReportsAndLeftoversAndKeepsOtherFiles() throws IOException {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("tally.csv"), "old ".repeat(1_000));
    Files.writeString(folder.resolve(".tally.csv.part"), "left by a killed program");
    Files.writeString(folder.resolve("notes.txt"), "mine");

    Reports.write(folder, SampleReport.empty().data());

    assertThat(folder.resolve("tally.csv"))
        .hasContent("partner_id,exam_id,level,certificates,people\n");
    assertThat(folder.resolve("notes.txt")).hasContent("mine");
    assertThat(namesIn(folder)).hasSize(9);
  }

  @Test
  void escapesIdsThatASpreadsheetWouldTakeForFormulas() {
    SampleReport sample = SampleReport.empty();
    sample.members.add(new MemberLine("-p", "=HYPERLINK(1)", "@OWNER", "+"));

    Reports.write(folder, sample.data());

    assertThat(folder.resolve("members.csv"))
        .hasContent("partner_id,account,role,state\n'-p,'=HYPERLINK(1),'@OWNER,'+\n");
  }

  @Test
  void tellsThatTheFolderIsAFile() throws IOException {
    Files.createDirectories(folder.getParent());
    Files.writeString(folder, "a file");

    assertThatThrownBy(() -> Reports.write(folder, SampleReport.empty().data()))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessage(
            "Cannot write the reports to %s: %s is a file, not a folder. Make the folder writable,"
                + " or name another output folder.",
            folder, folder);
    assertThat(folder).hasContent("a file");
  }

  @Test
  void leavesNoHalfFileWhereAReportCannotBeWritten() throws IOException {
    Files.createDirectories(folder.resolve(".report.html.part").resolve("not-empty"));

    assertThatThrownBy(() -> Reports.write(folder, SampleReport.empty().data()))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageStartingWith("Cannot write the reports to " + folder + ": ");

    assertThat(namesIn(folder)).containsExactly(".report.html.part");
  }

  @Test
  void doesNotReplaceAFolderThatIsCalledLikeAReport() throws IOException {
    Path inTheWay = Files.createDirectories(folder.resolve("quota.csv"));

    assertThatThrownBy(() -> Reports.write(folder, SampleReport.empty().data()))
        .hasMessageContaining(inTheWay + ": a folder is in the report's place");

    assertThat(inTheWay).isEmptyDirectory();
    assertThat(namesIn(folder)).noneMatch(name -> name.endsWith(".part"));
  }

  private static List<String> namesIn(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }
}
