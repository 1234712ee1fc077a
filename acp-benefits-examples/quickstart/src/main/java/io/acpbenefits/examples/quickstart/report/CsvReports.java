package io.acpbenefits.examples.quickstart.report;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/** The reports that machines compare: which file has which columns. */
final class CsvReports {

  private static final Map<String, Sheet> SHEETS = sheets();

  private CsvReports() {}

  /** Names of the files, in the order in which they are written. */
  static List<String> names() {
    return List.copyOf(SHEETS.keySet());
  }

  static void write(String name, Path file, ReportData data) {
    Sheet sheet = SHEETS.get(name);
    if (sheet == null) {
      throw new IllegalArgumentException("There is no report " + name);
    }
    try (CsvOut out = CsvOut.create(file, sheet.header().split(",", -1))) {
      sheet.lines().accept(out, data);
    }
  }

  private record Sheet(String header, BiConsumer<CsvOut, ReportData> lines) {}

  private static Map<String, Sheet> sheets() {
    Map<String, Sheet> sheets = new LinkedHashMap<>();
    sheets.put(
        "outcomes.csv", new Sheet("row,at,action,outcome,reason,detail", CsvReports::outcomes));
    sheets.put("timeline.csv", new Sheet("at,process,row,element,event", CsvReports::timeline));
    sheets.put(
        "quota.csv",
        new Sheet(
            "partner_id,level,valid_from,granted,held,consumed,expired,available",
            CsvReports::quotas));
    sheets.put("codes.csv", new Sheet("partner_id,exam_id,state,count", CsvReports::codes));
    sheets.put("members.csv", new Sheet("partner_id,account,role,state", CsvReports::members));
    sheets.put(
        "bindings.csv",
        new Sheet(
            "row,account,exam_id,state,reason,submitted_at,bound_at,partner_id",
            CsvReports::bindings));
    sheets.put(
        "tally.csv", new Sheet("partner_id,exam_id,level,certificates,people", CsvReports::tally));
    return sheets;
  }

  private static void outcomes(CsvOut out, ReportData data) {
    data.outcomes()
        .forEach(l -> out.row(l.row(), l.at(), l.action(), l.outcome(), l.reason(), l.detail()));
  }

  private static void timeline(CsvOut out, ReportData data) {
    data.timeline().forEach(l -> out.row(l.at(), l.process(), l.row(), l.element(), l.event()));
  }

  private static void quotas(CsvOut out, ReportData data) {
    data.quotas()
        .forEach(
            l ->
                out.row(
                    l.partnerId(),
                    l.level(),
                    l.validFrom(),
                    l.granted(),
                    l.held(),
                    l.consumed(),
                    l.expired(),
                    l.available()));
  }

  private static void codes(CsvOut out, ReportData data) {
    data.codes().forEach(l -> out.row(l.partnerId(), l.examId(), l.state(), l.count()));
  }

  private static void members(CsvOut out, ReportData data) {
    data.members().forEach(l -> out.row(l.partnerId(), l.account(), l.role(), l.state()));
  }

  private static void bindings(CsvOut out, ReportData data) {
    data.bindings()
        .forEach(
            l ->
                out.row(
                    l.row(),
                    l.account(),
                    l.examId(),
                    l.state(),
                    l.reason(),
                    l.submittedAt(),
                    l.boundAt(),
                    l.partnerId()));
  }

  private static void tally(CsvOut out, ReportData data) {
    data.tally()
        .forEach(l -> out.row(l.partnerId(), l.examId(), l.level(), l.certificates(), l.people()));
  }
}
