package io.acpbenefits.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Order, time and odd input, as a journey tells them. */
class TimesJourneyTest {

  @TempDir Path temporary;
  private TinyJourney journey = TinyJourney.in(Path.of("target", "tiny"));

  @BeforeEach
  void begin() {
    journey = TinyJourney.in(temporary);
  }

  @Test
  void rowsOfOneInstantArePlayedInFileOrderAndAllOthersByTime() {
    ReportFolder reports =
        journey
            .on("2026-01-06")
            .ends("DONE", "let", "10:00", "owner-1", "approve", "partner_id=p1", "account=mia")
            .ends(
                "REFUSED ILLEGAL_STATE",
                "let-2",
                "10:00",
                "owner-1",
                "approve",
                "partner_id=p1",
                "account=mia")
            .ends("DONE", "quit", "10:00", "mia", "quit-organization")
            .ends("DONE", "ask-2", "10:00", "mia", "request-to-join", "partner_id=p1")
            .on("2026-01-05")
            .ends("DONE", "ask", "10:00", "mia", "request-to-join", "partner_id=p1")
            .endsAsExpected();

    assertThat(reports.lines("outcomes.csv", "row"))
        .containsExactly("ask", "let", "let-2", "quit", "ask-2");
  }

  @Test
  void yearsThatPassBringEverythingToItsEndOnItsDay() {
    ReportFolder reports =
        journey
            .on("2026-01-05")
            .member("mia")
            .row(
                "buy",
                "09:00",
                "owner-1",
                "apply-for-codes",
                "partner_id=p1",
                "exam_id=x1",
                "quantity=2")
            .row(
                "mia-1",
                "09:01",
                "owner-1",
                "assign-code",
                "partner_id=p1",
                "exam_id=x1",
                "account=mia")
            .row(
                "more",
                "09:02",
                "owner-1",
                "apply-for-codes",
                "partner_id=p1",
                "exam_id=x1",
                "quantity=3")
            .row(
                "bind",
                "10:00",
                "mia",
                "bind-certificate",
                "exam_id=x2",
                "candidate_id=C1",
                "registration_id=R1")
            .row("ask", "11:00", "zoe", "request-to-join", "partner_id=p1")
            .on("2031-01-05")
            .ends("DONE", "years", "10:00", "", "advance")
            .ends(
                "REFUSED ILLEGAL_STATE",
                "ask-late",
                "10:00",
                "owner-1",
                "approve",
                "partner_id=p1",
                "account=zoe")
            .ends(
                "REFUSED QUOTA_NOT_ACTIVE",
                "buy-late",
                "10:00",
                "owner-1",
                "apply-for-codes",
                "partner_id=p1",
                "exam_id=x1",
                "quantity=1")
            .endsAsExpected();

    assertThat(reports.lines("codes.csv", "state", "count")).containsExactly("EXPIRED,2");
    assertThat(reports.lines("bindings.csv", "row", "state")).containsExactly("bind,FAILED");
    assertThat(reports.lines("timeline.csv", "row", "event", "at"))
        .contains(
            "ask,ended,2026-02-04T11:00:00Z",
            "bind,ended,2026-02-07T10:00:00Z",
            "mia-1,ended,2027-01-05T09:00:00Z");
  }

  @Test
  void aJourneyWithoutRowsIsReportedOn() {
    ReportFolder reports = journey.play();

    assertThat(reports.records("outcomes.csv")).isEmpty();
    assertThat(reports.records("timeline.csv")).isEmpty();
    assertThat(reports.lines("quota.csv", "partner_id", "available"))
        .containsExactly("p1,10", "p2,10");
    assertThat(reports.lines("members.csv", "account")).containsExactly("owner-1", "owner-2");
    assertThat(reports.text("report.html")).contains("Partner One", "Partner Two");
  }

  @Test
  void idsMayHaveAnyCharactersButNeverBecomeFormulas() {
    String comma = "Ng, \"Mia\" <mia@example.org>";
    String at = "@zoe";
    String long200 = "l".repeat(200);
    journey
        .on("2026-01-05")
        .row("-x", "10:00", comma, "request-to-join", "partner_id=p1")
        .row("=2", "10:00", "owner-1", "approve", "partner_id=p1", "account=" + comma)
        .row("数 3", "10:01", at, "request-to-join", "partner_id=p1")
        .row("4,\"x\"", "10:01", "owner-1", "approve", "partner_id=p1", "account=" + at)
        .row("5", "10:02", "Ωμέγα 🎓", "request-to-join", "partner_id=p1")
        .row("6", "10:02", "owner-1", "approve", "partner_id=p1", "account=Ωμέγα 🎓")
        .row(long200, "10:03", long200, "request-to-join", "partner_id=p1", "ref=数 3")
        .row(
            "8",
            "10:03",
            "",
            "exam-record",
            "exam_id=x1",
            "candidate_id=" + comma,
            "registration_id==R",
            "outcome=PASS")
        .row(
            "9",
            "10:03",
            comma,
            "bind-certificate",
            "exam_id=x1",
            "candidate_id=" + comma,
            "registration_id==R");

    ReportFolder reports = journey.play();

    assertThat(reports.lines("outcomes.csv", "outcome")).hasSize(9).containsOnly("DONE");
    assertThat(reports.lines("outcomes.csv", "row"))
        .containsExactly("'-x", "'=2", "数 3", "4,\"x\"", "5", "6", long200, "8", "9");
    assertThat(reports.lines("members.csv", "account")).contains(comma, "'" + at, "Ωμέγα 🎓");
    assertThat(reports.lines("tally.csv", "certificates", "people")).containsExactly("1,1");
  }
}
