package io.acpbenefits.examples.quickstart.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.acpbenefits.examples.quickstart.report.ReportData.CodesLine;
import io.acpbenefits.examples.quickstart.report.ReportData.MemberLine;
import io.acpbenefits.examples.quickstart.report.ReportData.OutcomeLine;
import io.acpbenefits.examples.quickstart.report.ReportData.PartnerName;
import io.acpbenefits.examples.quickstart.report.ReportData.QuotaLine;
import io.acpbenefits.examples.quickstart.report.ReportData.RowSubject;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Element;

class HtmlReportTest {

  private static final String HOSTILE =
      "</style><script>alert('x')</script> & \"q\"\n\u202Eevil\u0000\uD800 " + "x".repeat(500);

  static Stream<SampleReport> reportsOfEverySize() {
    return Stream.of(
        SampleReport.empty(), SampleReport.of(1, 0), SampleReport.of(3, 200), hostile());
  }

  @ParameterizedTest
  @MethodSource("reportsOfEverySize")
  void isWellFormedAndNeedsNothingElse(SampleReport sample) {
    String page = sample.page();
    ParsedPage parsed = ParsedPage.of(page);

    assertThat(page).doesNotContain("http:", "https:", "//", "@import");
    for (String tag : List.of("script", "link", "img", "iframe", "object", "image")) {
      assertThat(parsed.all(tag)).as(tag).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("reportsOfEverySize")
  void isAccessible(SampleReport sample) {
    ParsedPage page = ParsedPage.of(sample.page());

    assertThat(page.all("h1")).hasSize(1);
    assertThat(page.document().getDocumentElement().getAttribute("lang")).isEqualTo("en");
    assertThat(page.all("table"))
        .allSatisfy(table -> assertThat(table.getFirstChild().getNodeName()).isEqualTo("caption"));
    assertThat(page.all("th")).allMatch(cell -> cell.hasAttribute("scope"));
    assertThat(page.all("svg"))
        .filteredOn(svg -> svg.getAttribute("role").equals("img"))
        .allMatch(svg -> svg.hasAttribute("aria-label"))
        .allMatch(svg -> has(svg, "title") && has(svg, "desc"));
  }

  @ParameterizedTest
  @MethodSource("reportsOfEverySize")
  void leadsEveryLinkToSomethingThatExists(SampleReport sample) {
    ParsedPage page = ParsedPage.of(sample.page());
    List<String> ids = page.attributes("*", "id");

    assertThat(ids).doesNotHaveDuplicates();
    assertThat(ids).containsAll(page.attributes("section", "aria-labelledby"));
    assertThat(page.attributes("a", "href"))
        .allMatch(
            href ->
                href.startsWith("#")
                    ? ids.contains(href.substring(1))
                    : Reports.names().contains(href));
  }

  @Test
  void showsHostileTextAsText() {
    assertThat(ParsedPage.of(hostile().page()).text())
        .contains("</style><script>alert('x')</script> & \"q\"\n\u202Eevil\uFFFD\uFFFD xxx");
  }

  @Test
  void saysSoWhenNothingWasPlayed() {
    assertThat(ParsedPage.of(SampleReport.empty().page()).text())
        .contains("nothing was played", "There are no partners.", "Nothing was refused");
  }

  @Test
  void staysReadableWithThirtyPartnersAndFiveThousandRows() {
    SampleReport sample = SampleReport.of(30, 5_000);
    for (int i = 0; i < 100; i++) {
      sample.members.add(new MemberLine("p1", "more-" + i, "MEMBER", "ACTIVE"));
      sample.outcomes.add(
          new OutcomeLine("m" + i, SampleReport.START, "approve", "REFUSED", "NOT_FOUND", null));
    }

    String page = sample.page();
    ParsedPage parsed = ParsedPage.of(page);

    assertThat(page.length()).isLessThan(3_000_000);
    assertThat(parsed.text())
        .contains("The first 60 of 114; members.csv has all.")
        .contains("The first 25 of 100; outcomes.csv has all.");
    assertThat(parsed.all("section")).hasSize(30 + 5);
  }

  @Test
  void sumsUpTheKeyFigures() {
    SampleReport sample = SampleReport.empty();
    sample.codes.add(new CodesLine("p1", "x1", "REDEEMED", 1_200));
    sample.codes.add(new CodesLine("p2", "x1", "ASSIGNED", 3));
    sample.codes.add(new CodesLine("p2", "x1", "RESERVED", 4));
    sample.codes.add(new CodesLine("p2", "x1", "EXPIRED", 5));
    sample.members.add(new MemberLine("p1", "anna", "MEMBER", "LEFT"));
    sample.members.add(new MemberLine("p2", "anna", "MEMBER", "ACTIVE"));
    exam(sample, "r1", "DONE", "PASS");
    exam(sample, "r2", "DONE", "FAIL");
    exam(sample, "r3", "REFUSED", "PASS");

    ParsedPage page = ParsedPage.of(sample.page());

    assertThat(page.figure("Exam codes issued")).isEqualTo("1,212");
    assertThat(page.figure("With members")).isEqualTo("7");
    assertThat(page.figure("Redeemed")).isEqualTo("1,200");
    assertThat(page.figure("Expired")).isEqualTo("5");
    assertThat(page.figure("People")).isEqualTo("1");
    assertThat(page.figure("Exams passed")).isEqualTo("1");
    assertThat(page.figure("Refused actions")).isEqualTo("1");
  }

  @Test
  void showsAPartnerThatHasNoName() {
    SampleReport sample = SampleReport.empty();
    sample.quotas.add(new QuotaLine("nameless", "ACP", SampleReport.START, 5, 0, 0, 0, 5));

    assertThat(ParsedPage.of(sample.page()).all("h2"))
        .extracting(Element::getTextContent)
        .contains("nameless");
  }

  @Test
  void explainsARefusalWhereverThePartnerIsUnknown() {
    SampleReport sample = SampleReport.of(1, 0);
    sample.outcomes.add(
        new OutcomeLine(
            "r1", SampleReport.START, "request-to-join", "REFUSED", "LINK_REVOKED", null));

    assertThat(ParsedPage.of(sample.page()).text())
        .contains("At no particular partner", "Row r1", "Request to join")
        .contains(ReasonText.of("LINK_REVOKED").meaning(), ReasonText.of("LINK_REVOKED").advice());
  }

  private static void exam(SampleReport sample, String row, String outcome, String result) {
    sample.subjects.add(new RowSubject(row, null, null, null, null, result));
    sample.outcomes.add(
        new OutcomeLine(row, SampleReport.START, "exam-record", outcome, null, null));
  }

  private static SampleReport hostile() {
    SampleReport sample = SampleReport.of(2, 50);
    sample.partners.add(new PartnerName("\" onload=\"x", HOSTILE));
    sample.quotas.add(
        new QuotaLine("\" onload=\"x", HOSTILE, SampleReport.START, -1, 0, Long.MAX_VALUE, 0, 0));
    sample.codes.add(new CodesLine("\" onload=\"x", HOSTILE, HOSTILE, 7));
    sample.members.add(new MemberLine("\" onload=\"x", HOSTILE, HOSTILE, HOSTILE));
    sample.subjects.add(new RowSubject(HOSTILE, HOSTILE, "\" onload=\"x", HOSTILE, null, HOSTILE));
    sample.outcomes.add(
        new OutcomeLine(HOSTILE, SampleReport.START, HOSTILE, "REFUSED", HOSTILE, HOSTILE));
    sample.outcomes.add(new OutcomeLine("", SampleReport.START, "", "REFUSED", "", ""));
    return sample;
  }

  private static boolean has(Element svg, String tag) {
    return svg.getElementsByTagName(tag).getLength() > 0;
  }
}
