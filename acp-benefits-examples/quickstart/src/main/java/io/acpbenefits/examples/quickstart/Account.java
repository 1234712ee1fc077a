package io.acpbenefits.examples.quickstart;

import io.acpbenefits.examples.quickstart.input.JourneyFolder;
import io.acpbenefits.examples.quickstart.report.ReportData;
import java.io.PrintStream;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Prints what is played: a line for each month, and one for each row that was not simply done. */
final class Account {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final PrintStream out;
  private final Map<String, Integer> month = new TreeMap<>();
  private @Nullable YearMonth current;
  private int skipped;

  Account(PrintStream out) {
    this.out = out;
  }

  void begin(Options options, JourneyFolder folder) {
    out.printf(
        Locale.ROOT,
        "Playing %s: %d partners, %d exams, %d quotas, %d codes in stock, %d rows%n",
        options.journey(),
        folder.partners().size(),
        folder.exams().size(),
        folder.quotas().size(),
        folder.stock().size(),
        folder.rowsInOrder().size());
  }

  void skip() {
    skipped++;
  }

  void row(PlayedRow row) {
    YearMonth its = YearMonth.from(row.at().atOffset(ZoneOffset.UTC));
    if (!its.equals(current)) {
      closeMonth();
      if (skipped > 0 && current == null) {
        out.printf(Locale.ROOT, "%nSkipped %d rows that were played before%n", skipped);
        skipped = 0;
      }
      current = its;
      out.printf(Locale.ROOT, "%n%s%n", its);
    }
    String outcome = String.valueOf(row.outcome());
    if (outcome.equals("DONE")) {
      month.merge(row.action(), 1, Integer::sum);
    } else {
      out.printf(
          Locale.ROOT,
          "  %s  %-6s %-16s %-22s %s %s%n                    %s%n",
          TIME.format(row.at()),
          row.row(),
          row.actor() == null ? "" : row.actor(),
          row.action(),
          outcome,
          row.reason(),
          row.detail());
    }
  }

  private void closeMonth() {
    if (!month.isEmpty()) {
      StringBuilder done = new StringBuilder("  done: ");
      month.forEach((action, count) -> done.append(action).append(' ').append(count).append(", "));
      out.println(done.substring(0, done.length() - 2));
      month.clear();
    }
  }

  void end(Options options, ReportData data) {
    closeMonth();
    if (skipped > 0) {
      out.printf(Locale.ROOT, "%nSkipped %d rows that were played before%n", skipped);
    }
    out.printf(
        Locale.ROOT,
        "%n%-16s %-5s %-20s %8s %5s %9s %8s %10s%n",
        "Quota",
        "level",
        "from",
        "granted",
        "held",
        "consumed",
        "expired",
        "available");
    data.quotas()
        .forEach(
            q ->
                out.printf(
                    Locale.ROOT,
                    "%-16s %-5s %-20s %8d %5d %9d %8d %10d%n",
                    q.partnerId(),
                    q.level(),
                    q.validFrom(),
                    q.granted(),
                    q.held(),
                    q.consumed(),
                    q.expired(),
                    q.available()));
    out.printf(
        Locale.ROOT,
        "%n%-16s %-16s %-5s %12s %7s%n",
        "Tally",
        "exam",
        "level",
        "certificates",
        "people");
    data.tally()
        .forEach(
            t ->
                out.printf(
                    Locale.ROOT,
                    "%-16s %-16s %-5s %12d %7d%n",
                    t.partnerId(),
                    t.examId(),
                    t.level(),
                    t.certificates(),
                    t.people()));
    out.printf(
        Locale.ROOT,
        "%n%d rows, %d events of processes. Reports: %s%n",
        data.outcomes().size(),
        data.timeline().size(),
        options.output().toAbsolutePath().normalize().resolve("report.html"));
  }
}
