package io.acpbenefits.examples.quickstart.report;

import java.util.List;

/** The numbers to know first. */
final class KeyFigures {

  private KeyFigures() {}

  static void draw(Html html, ReportView view) {
    List<PartnerView> partners = view.partners();
    long issued = partners.stream().mapToLong(PartnerView::allCodes).sum();
    html.open("section", "class", "figures", "aria-labelledby", "figures");
    html.element("h2", "At a glance", "id", "figures").open("dl");
    long person = view.waiting().stream().filter(Waiting::person).count();
    figure(
        html,
        person > 0 ? "first act" : "first",
        "To act on",
        person,
        "and " + Words.count(view.waiting().size() - person) + " waiting for time to pass");
    figure(html, "Exam codes issued", issued, "so far");
    figure(html, "With members", codes(partners, "ASSIGNED", "RESERVED"), "assigned or booked");
    figure(html, "Redeemed", codes(partners, "REDEEMED"), "exam taken with the code");
    figure(html, "Expired", codes(partners, "EXPIRED"), "ended unused");
    figure(html, "Exams passed", view.examsPassed(), "self-paid ones included");
    figure(
        html,
        "Certificates that count",
        partners.stream().mapToLong(PartnerView::certificates).sum(),
        "bound, valid, holder is a member");
    figure(html, "People", view.people(), "members now");
    figure(html, "Refused actions", view.refusals().size(), "see the reasons below");
    html.close("dl").close("section").newline();
  }

  private static long codes(List<PartnerView> partners, String... states) {
    return partners.stream().mapToLong(partner -> partner.codesIn(states)).sum();
  }

  private static void figure(Html html, String name, long value, String note) {
    figure(html, "plain", name, value, note);
  }

  private static void figure(Html html, String look, String name, long value, String note) {
    html.open("div", "class", look).element("dt", name).open("dd");
    html.element("b", Words.count(value)).text(" ").element("small", note);
    html.close("dd").close("div").newline();
  }
}
