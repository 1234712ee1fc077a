package io.acpbenefits.examples.quickstart.report;

import io.acpbenefits.examples.quickstart.report.ReportData.MemberLine;
import io.acpbenefits.examples.quickstart.report.ReportData.OutcomeLine;
import io.acpbenefits.examples.quickstart.report.ReportData.TallyLine;
import java.util.List;

/** What one partner's admin wants to read; long lists are cut, since the CSV files have all. */
final class PartnerSection {

  private static final int MOST_EXAMS = 30;
  private static final int MOST_ROWS = 25;
  private static final int MOST_MEMBERS = 60;

  private final Html html;
  private final ReportView view;
  private final PartnerCharts charts;

  PartnerSection(Html html, ReportView view) {
    this.html = html;
    this.view = view;
    this.charts = new PartnerCharts(html, view);
  }

  void draw(PartnerView partner) {
    html.open("section", "class", "partner", "aria-labelledby", partner.anchor());
    html.open("h2", "id", partner.anchor()).name(partner.name());
    if (!partner.name().equals(partner.id())) {
      html.text(" ").open("small").name(partner.id()).close("small");
    }
    html.close("h2").newline();
    waiting(partner.waiting());
    html.open("div", "class", "columns");
    html.open("div");
    charts.quotas(partner.quotas());
    html.close("div").open("div");
    tally(partner);
    html.close("div").close("div").newline();
    charts.codes(partner.codes());
    journey(partner);
    refusals(partner.refusals());
    members(partner);
    html.close("section").newline();
  }

  /** What belongs to no partner: strangers, for example, whose request was refused. */
  void drawWithoutPartner() {
    List<OutcomeLine> refusals = view.refusalsAtNoPartner();
    List<Waiting> waiting = view.waitingAtNoPartner();
    if (refusals.isEmpty() && waiting.isEmpty()) {
      return;
    }
    html.open("section", "class", "partner", "aria-labelledby", "no-partner");
    html.element("h2", "At no particular partner", "id", "no-partner");
    waiting(waiting);
    refusals(refusals);
    html.close("section").newline();
  }

  private void waiting(List<Waiting> items) {
    html.element("h3", "What needs attention");
    if (items.isEmpty()) {
      html.element("p", "Nothing is open.", "class", "empty");
      return;
    }
    Table table = new Table("Open on the last day", "Who", "Since", "What", "What to do");
    for (Waiting item : items) {
      String exam = item.exam().map(id -> view.examName(id) + ": ").orElse("");
      table.row(
          html -> {
            html.name(item.account().isEmpty() ? "Row " + item.row() : item.account()).text(" ");
            Cell.badge(item.person() ? "act" : "wait", item.person() ? "act" : "wait").into(html);
          },
          Cell.when(item.since()),
          Cell.text(exam + item.what()),
          Cell.text(item.advice()));
    }
    table.draw(html, MOST_ROWS, "bindings.csv or timeline.csv");
  }

  private void tally(PartnerView partner) {
    html.element("h3", "Certificates that count");
    if (partner.tally().isEmpty()) {
      html.element("p", "No certificate counts yet.", "class", "empty");
      return;
    }
    Table table =
        new Table(
            Words.count(partner.certificates(), "certificate")
                + "; somebody who holds several is among the people of each exam",
            "Exam",
            "Level",
            "Certificates#",
            "People#");
    for (TallyLine line : partner.tally()) {
      table.row(
          Cell.named(view.examName(line.examId()), line.examId()),
          Cell.text(line.level()),
          Cell.count(line.certificates()),
          Cell.count(line.people()));
    }
    table.draw(html, MOST_EXAMS, "tally.csv");
  }

  private void journey(PartnerView partner) {
    // With one partner it would repeat the chart of the whole journey.
    if (view.period().isEmpty() || partner.happenings().isEmpty() || view.partners().size() == 1) {
      return;
    }
    html.element("h3", "Journey");
    Patterns.marksLegend(html);
    TimeAxis axis = TimeAxis.of(view.period().get().first(), view.period().get().last());
    new TimelineChart(axis, partner.happenings())
        .draw(html, "The journey of " + Words.isolated(partner.name()));
  }

  private void refusals(List<OutcomeLine> lines) {
    html.element("h3", "Refused actions");
    if (lines.isEmpty()) {
      html.element("p", "Nothing was refused.", "class", "empty");
      return;
    }
    Table table =
        new Table(
            "What was refused, why, and what to do", "Who", "When", "What", "Why", "What to do");
    for (OutcomeLine line : lines) {
      String reason = line.reason() == null ? "" : line.reason();
      String person = view.rows().person(line.row());
      String detail = line.detail();
      table.row(
          Cell.text(person.isEmpty() ? "Row " + line.row() : person),
          Cell.when(line.at()),
          Cell.text(Words.phrase(line.action())),
          Cell.text(detail == null ? ReasonText.of(reason).meaning() : detail),
          Cell.text(ReasonText.of(reason).advice()));
    }
    table.draw(html, MOST_ROWS, "outcomes.csv");
  }

  private void members(PartnerView partner) {
    html.element("h3", "Members");
    if (partner.members().isEmpty()) {
      html.element("p", "There are no members.", "class", "empty");
      return;
    }
    html.open("ul", "class", "members");
    for (MemberLine member : partner.members().stream().limit(MOST_MEMBERS).toList()) {
      boolean active = member.state().equals("ACTIVE");
      html.open("li", "class", active ? "active" : "gone").name(member.account()).text(" ");
      String role = member.role().equals("MEMBER") ? "" : Words.phrase(member.role());
      String state = active ? "" : Words.phrase(member.state());
      html.element("small", (role + " " + state).strip()).close("li");
    }
    html.close("ul").newline();
    Table.more(html, partner.members().size(), MOST_MEMBERS, "members.csv");
  }
}
