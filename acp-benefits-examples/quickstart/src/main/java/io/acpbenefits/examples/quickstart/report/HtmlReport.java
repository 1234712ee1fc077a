package io.acpbenefits.examples.quickstart.report;

import io.acpbenefits.examples.quickstart.report.ReportData.OutcomeLine;
import io.acpbenefits.examples.quickstart.report.ReportData.Period;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The page for a training admin: one file that needs nothing else, no network and no script. */
final class HtmlReport {

  private static final int MOST_REASONS = 60;

  private final ReportView view;
  private final Html html = new Html();

  private HtmlReport(ReportView view) {
    this.view = view;
  }

  static String page(ReportData data) {
    return new HtmlReport(new ReportView(data)).page();
  }

  private String page() {
    html.open("html", "lang", "en").open("head");
    html.empty("meta", "charset", "utf-8");
    html.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
    html.empty("meta", "name", "color-scheme", "content", "light dark");
    html.element("title", "Partner benefits: " + period());
    html.style(styleSheet()).close("head").newline().open("body");
    Patterns.define(html);
    header();
    html.open("main");
    KeyFigures.draw(html, view);
    overview();
    timeline();
    PartnerSection sections = new PartnerSection(html, view);
    view.partners().forEach(sections::draw);
    sections.drawWithoutPartner();
    reasons();
    html.close("main");
    footer();
    return html.close("body").close("html").finish();
  }

  private void header() {
    html.open("header").element("h1", "Partner benefits");
    html.open("p", "class", "lead").text(period());
    html.text(" · " + Words.count(view.partners().size(), "partner"));
    html.text(" · " + Words.count(view.data().outcomes().size(), "action") + " played");
    html.close("p").close("header").newline();
  }

  private String period() {
    return view.period()
        .map(period -> Words.date(period.first()) + " to " + Words.date(period.last()))
        .orElse("nothing was played");
  }

  private void overview() {
    if (view.partners().isEmpty()) {
      html.element("p", "There are no partners.", "class", "empty");
      return;
    }
    html.open("section", "aria-labelledby", "partners");
    html.element("h2", "Partners", "id", "partners");
    Table table =
        new Table(
            "How the partners stand on the last day; every name leads to its section",
            "Partner",
            "Quota issued#",
            "Codes used#",
            "Certificates#",
            "People#",
            "Refused#",
            "To act on#");
    for (PartnerView partner : view.partners()) {
      table.row(
          Cell.link("#" + partner.anchor(), partner.name()),
          Cell.text(Words.count(partner.consumed()) + " of " + Words.count(partner.granted())),
          Cell.text(
              Words.count(partner.codesIn("REDEEMED")) + " of " + Words.count(partner.allCodes())),
          Cell.count(partner.certificates()),
          Cell.count(partner.activeMembers()),
          Cell.count(partner.refusals().size()),
          partner.waitingForSomebody() == 0
              ? Cell.count(0)
              : Cell.badge("act", Words.count(partner.waitingForSomebody())));
    }
    table.draw(html, Integer.MAX_VALUE, "");
    html.close("section").newline();
  }

  private void timeline() {
    if (view.period().isEmpty() || view.happenings().isEmpty()) {
      return;
    }
    Period period = view.period().get();
    TimeAxis axis = TimeAxis.of(period.first(), period.last());
    html.open("section", "aria-labelledby", "journey");
    html.element("h2", "The journey", "id", "journey");
    html.element("p", "What happened when, at all partners. Point at a mark to read it.");
    Patterns.marksLegend(html);
    new TimelineChart(axis, view.happenings()).draw(html, "The journey of all partners");
    html.open("details").element("summary", "The same in numbers");
    MonthTable.of(axis, view.happenings()).draw(html, Integer.MAX_VALUE, "");
    html.close("details").close("section").newline();
  }

  private void reasons() {
    Map<String, long[]> counts = new TreeMap<>();
    for (OutcomeLine line : view.data().outcomes()) {
      if (line.reason() != null) {
        long[] count = counts.computeIfAbsent(line.reason(), reason -> new long[2]);
        count[line.outcome().equals("REFUSED") ? 0 : 1]++;
      }
    }
    html.open("section", "aria-labelledby", "reasons");
    html.element("h2", "Why actions were refused or had to wait", "id", "reasons");
    if (counts.isEmpty()) {
      html.element("p", "Nothing was refused, and nothing had to wait.", "class", "empty");
    } else {
      Table table =
          new Table(
              "Reasons, and what can be done about them",
              "Reason",
              "Refused#",
              "Waited#",
              "What it means",
              "What to do");
      counts.forEach(
          (reason, count) -> {
            ReasonText text = ReasonText.of(reason);
            table.row(
                Cell.named(Words.phrase(reason), reason),
                Cell.count(count[0]),
                Cell.count(count[1]),
                Cell.text(text.meaning()),
                Cell.text(text.advice()));
          });
      table.draw(html, MOST_REASONS, "outcomes.csv");
    }
    html.close("section").newline();
  }

  private void footer() {
    html.open("footer").open("p");
    html.text("All days are UTC. The whole data stand beside this page: ");
    List<String> files = CsvReports.names();
    for (int i = 0; i < files.size(); i++) {
      html.text(i == 0 ? "" : ", ").element("a", files.get(i), "href", files.get(i));
    }
    html.text(
        ". Cells that a spreadsheet would take for a formula begin with an apostrophe there.");
    html.close("p").close("footer");
  }

  private static String styleSheet() {
    try (InputStream in = HtmlReport.class.getResourceAsStream("report.css")) {
      if (in == null) {
        throw new IllegalStateException("report.css is missing beside HtmlReport");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
