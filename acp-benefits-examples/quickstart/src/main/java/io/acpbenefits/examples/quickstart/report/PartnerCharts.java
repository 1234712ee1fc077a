package io.acpbenefits.examples.quickstart.report;

import io.acpbenefits.examples.quickstart.report.ReportData.CodesLine;
import io.acpbenefits.examples.quickstart.report.ReportData.QuotaLine;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A partner's quotas and exam codes as bars. */
final class PartnerCharts {

  private static final int MOST_QUOTAS = 12;
  private static final int MOST_EXAMS = 30;

  private final Html html;
  private final ReportView view;

  PartnerCharts(Html html, ReportView view) {
    this.html = html;
    this.view = view;
  }

  void quotas(List<QuotaLine> quotas) {
    html.element("h3", "Quota");
    if (quotas.isEmpty()) {
      html.element("p", "There is no quota.", "class", "empty");
    }
    for (QuotaLine quota : quotas.stream().limit(MOST_QUOTAS).toList()) {
      String title = quota.level() + " from " + Words.date(quota.validFrom());
      long whole = Math.max(quota.granted(), sum(Segment.of(quota)));
      html.open("div", "class", "chart").open("p", "class", "chart-title");
      html.name(title).text(" ").element("small", Words.count(quota.granted()) + " granted");
      html.close("p");
      StackedBar.draw(html, title, Segment.of(quota), whole);
      html.close("div");
    }
    Table.more(html, quotas.size(), MOST_QUOTAS, "quota.csv");
  }

  void codes(List<CodesLine> lines) {
    html.element("h3", "Exam codes");
    Map<String, List<Segment>> exams = new LinkedHashMap<>();
    lines.forEach(line -> exams.put(line.examId(), new ArrayList<>()));
    List<CodesLine> inOrder =
        lines.stream().sorted(Comparator.comparing(line -> Segment.orderOf(line.state()))).toList();
    for (CodesLine line : inOrder) {
      exams.getOrDefault(line.examId(), List.of()).add(Segment.ofCodes(line.state(), line.count()));
    }
    if (exams.isEmpty()) {
      html.element("p", "No codes were issued.", "class", "empty");
      return;
    }
    long longest = exams.values().stream().mapToLong(PartnerCharts::sum).max().orElse(1);
    html.open("div", "class", "columns");
    exams.entrySet().stream()
        .limit(MOST_EXAMS)
        .forEach(
            exam -> {
              String name = view.examName(exam.getKey());
              html.open("div", "class", "chart").open("p", "class", "chart-title");
              Cell.named(name, exam.getKey()).into(html);
              html.close("p");
              StackedBar.draw(html, Words.isolated(name), exam.getValue(), longest);
              html.close("div");
            });
    html.close("div").newline();
    Table.more(html, exams.size(), MOST_EXAMS, "codes.csv");
  }

  private static long sum(List<Segment> segments) {
    return segments.stream().mapToLong(Segment::value).sum();
  }
}
