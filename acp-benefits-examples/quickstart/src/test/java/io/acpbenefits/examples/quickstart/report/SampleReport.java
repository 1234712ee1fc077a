package io.acpbenefits.examples.quickstart.report;

import io.acpbenefits.examples.quickstart.report.ReportData.BindingLine;
import io.acpbenefits.examples.quickstart.report.ReportData.CodesLine;
import io.acpbenefits.examples.quickstart.report.ReportData.ExamName;
import io.acpbenefits.examples.quickstart.report.ReportData.MemberLine;
import io.acpbenefits.examples.quickstart.report.ReportData.OutcomeLine;
import io.acpbenefits.examples.quickstart.report.ReportData.PartnerName;
import io.acpbenefits.examples.quickstart.report.ReportData.Period;
import io.acpbenefits.examples.quickstart.report.ReportData.QuotaLine;
import io.acpbenefits.examples.quickstart.report.ReportData.RowSubject;
import io.acpbenefits.examples.quickstart.report.ReportData.TallyLine;
import io.acpbenefits.examples.quickstart.report.ReportData.TimelineLine;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Builds report data of any size, the same each time. */
final class SampleReport {

  static final Instant START = Instant.parse("2025-09-01T08:00:00Z");

  private static final List<String> ACTIONS =
      List.of(
          "apply-for-codes",
          "request-to-join",
          "approve",
          "assign-code",
          "register-exam",
          "exam-record",
          "bind-certificate");
  private static final List<String> REASONS =
      List.of("QUOTA_EXCEEDED", "EXAM_MISMATCH", "NOT_PERMITTED", "ALREADY_BOUND", "IDS_SWAPPED");

  @Nullable Period period;
  final List<PartnerName> partners = new ArrayList<>();
  final List<ExamName> exams = new ArrayList<>();
  final List<RowSubject> subjects = new ArrayList<>();
  final List<OutcomeLine> outcomes = new ArrayList<>();
  final List<TimelineLine> timeline = new ArrayList<>();
  final List<QuotaLine> quotas = new ArrayList<>();
  final List<CodesLine> codes = new ArrayList<>();
  final List<MemberLine> members = new ArrayList<>();
  final List<BindingLine> bindings = new ArrayList<>();
  final List<TallyLine> tally = new ArrayList<>();

  static SampleReport empty() {
    return new SampleReport();
  }

  /** A year of so many partners and rows. */
  static SampleReport of(int partners, int rows) {
    SampleReport sample = new SampleReport();
    sample.period = new Period(START, START.plus(Duration.ofDays(364)));
    for (int exam = 1; exam <= 12; exam++) {
      String level = exam % 4 == 0 ? "ACE" : "ACP";
      sample.exams.add(
          new ExamName("exam-" + exam, "Alibaba Cloud " + level + " Subject " + exam, level));
    }
    for (int partner = 1; partner <= partners; partner++) {
      sample.partner("p" + partner, "Partner " + partner, partner);
    }
    for (int row = 1; row <= rows; row++) {
      sample.row(row, partners, rows);
    }
    return sample;
  }

  ReportData data() {
    return new ReportData(
        period, partners, exams, subjects, outcomes, timeline, quotas, codes, members, bindings,
        tally);
  }

  String page() {
    return HtmlReport.page(data());
  }

  private void partner(String id, String name, int seed) {
    partners.add(new PartnerName(id, name));
    quotas.add(
        new QuotaLine(id, "ACP", START, 40, seed % 5, 20 + seed % 9, 2, 18 - seed % 5 - seed % 9));
    quotas.add(new QuotaLine(id, "ACE", START, 6, 0, 3, 0, 3));
    for (int exam = 1; exam <= 4; exam++) {
      String examId = "exam-" + exam;
      codes.add(new CodesLine(id, examId, "ISSUED", (seed + exam) % 4));
      codes.add(new CodesLine(id, examId, "ASSIGNED", exam % 3));
      codes.add(new CodesLine(id, examId, "REDEEMED", 2 + seed % 7));
      codes.add(new CodesLine(id, examId, "EXPIRED", exam % 2));
      tally.add(new TallyLine(id, examId, exam == 4 ? "ACE" : "ACP", 2 + seed % 5, 2));
    }
    for (int member = 1; member <= 14; member++) {
      members.add(
          new MemberLine(
              id,
              account(id, member),
              member == 1 ? "OWNER" : member == 2 ? "MANAGER" : "MEMBER",
              member % 7 == 0 ? "LEFT" : "ACTIVE"));
    }
    bindings.add(binding(id, "b1-" + id, 3, "BOUND"));
    bindings.add(binding(id, "b2-" + id, 4, "AWAITING_DATA"));
    bindings.add(binding(id, "b3-" + id, 5, "CHECK_IDS"));
  }

  private BindingLine binding(String partner, String row, int member, String state) {
    Instant submitted = START.plus(Duration.ofDays(300 + member));
    boolean bound = state.equals("BOUND");
    return new BindingLine(
        row,
        account(partner, member),
        "exam-1",
        state,
        bound ? null : "RESULT_NOT_FOUND",
        submitted,
        bound ? submitted : null,
        bound ? partner : null);
  }

  private void row(int number, int partners, int rows) {
    String row = "r" + number;
    String partner = "p" + (1 + number % partners);
    String action = ACTIONS.get(number % ACTIONS.size());
    Instant at = START.plus(Duration.ofDays(364).multipliedBy(number).dividedBy(rows));
    boolean refused = number % 11 == 0;
    boolean waiting = number % 17 == 0 && !refused;
    String reason =
        refused ? REASONS.get(number % REASONS.size()) : waiting ? "MEMBER_ELSEWHERE" : null;
    subjects.add(
        new RowSubject(
            row,
            account(partner, 1 + number % 14),
            number % 2 == 0 ? partner : null,
            "exam-" + (1 + number % 12),
            null,
            action.equals("exam-record") ? number % 3 == 0 ? "FAIL" : "PASS" : null));
    outcomes.add(
        new OutcomeLine(
            row,
            at,
            action,
            refused ? "REFUSED" : waiting ? "WAITING" : "DONE",
            reason,
            refused ? "There was something against it" : null));
  }

  private static String account(String partner, int member) {
    return partner + "-member-" + member;
  }
}
