package io.acpbenefits.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A small valid journey folder, written by the test: partners p1 (owner-1) and p2 (owner-2), exams
 * x1 and x2 (ACP) and x3 (ACE), quota of ten ACP codes for each partner in 2026, four codes of x1
 * and two of x2.
 */
final class TinyJourney {

  private static final List<String> COLUMNS =
      List.of(
          "row",
          "at",
          "actor",
          "action",
          "partner_id",
          "exam_id",
          "account",
          "quantity",
          "payment",
          "delivery",
          "appointment",
          "candidate_id",
          "registration_id",
          "outcome",
          "ref");

  private final Path folder;
  private final List<List<String>> rows = new ArrayList<>();
  private final Map<String, String> expected = new LinkedHashMap<>();
  private String day = "2026-01-05";

  private TinyJourney(Path folder) {
    this.folder = folder;
  }

  static TinyJourney in(Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new TinyJourney(folder)
        .with(
            "partners.csv",
            """
            partner_id,name,tier,main_account
            p1,Partner One,Gold,owner-1
            p2,Partner Two,Silver,owner-2
            """)
        .with(
            "exams.csv",
            """
            exam_id,name,level,end_of_sale,end_of_life
            x1,Exam One,ACP,,
            x2,Exam Two,ACP,,
            x3,Exam Three,ACE,,
            """)
        .with(
            "quotas.csv",
            """
            partner_id,level,quantity,valid_from,valid_until
            p1,ACP,10,2026-01-01T00:00:00Z,2027-01-01T00:00:00Z
            p2,ACP,10,2026-01-01T00:00:00Z,2027-01-01T00:00:00Z
            """)
        .with(
            "issued-codes.txt",
            """
            Exam One [X1CODE01] [X1CODE02] [X1CODE03] [X1CODE04]
            Exam Two [X2CODE01] [X2CODE02]
            """);
  }

  TinyJourney with(String file, String text) {
    try {
      Files.writeString(folder.resolve(file), text);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The date of the rows that follow. */
  TinyJourney on(String date) {
    this.day = date;
    return this;
  }

  /**
   * Adds a row.
   *
   * @param time of the day, such as {@code 10:00}
   * @param cells the others, each as {@code column=value}
   */
  TinyJourney row(String id, String time, String actor, String action, String... cells) {
    List<String> row = new ArrayList<>(COLUMNS.stream().map(column -> "").toList());
    row.set(0, id);
    row.set(1, day + "T" + time + ":00Z");
    row.set(2, actor);
    row.set(3, action);
    for (String cell : cells) {
      int equals = cell.indexOf('=');
      row.set(COLUMNS.indexOf(cell.substring(0, equals)), cell.substring(equals + 1));
    }
    rows.add(row);
    return this;
  }

  /** Adds a row that must end so: {@code DONE}, or the outcome and its reason. */
  TinyJourney ends(
      String outcome, String id, String time, String actor, String action, String... cells) {
    expected.put(id, outcome);
    return row(id, time, actor, action, cells);
  }

  /** Plays it and compares how its rows ended. */
  ReportFolder endsAsExpected() {
    ReportFolder reports = play();
    Map<String, String> found = new LinkedHashMap<>();
    expected.keySet().forEach(id -> found.put(id, reports.outcome(id)));
    assertThat(found).isEqualTo(expected);
    return reports;
  }

  /** Somebody joins partner p1 and is let in, two minutes' work. */
  TinyJourney member(String account) {
    return row("ask-" + account, "00:01", account, "request-to-join", "partner_id=p1")
        .row(
            "let-" + account, "00:02", "owner-1", "approve", "partner_id=p1", "account=" + account);
  }

  /** Leaves out all rows but the first ones. */
  TinyJourney keep(int number) {
    rows.subList(number, rows.size()).clear();
    return this;
  }

  Path write() {
    try (CsvWriter csv = CsvWriter.builder().build(folder.resolve("journey.csv"))) {
      csv.writeRecord(COLUMNS);
      rows.forEach(csv::writeRecord);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return folder;
  }

  /** Plays it in memory; the reports go into a folder of the journey's. */
  ReportFolder play() {
    return Program.playing(write()).into(folder.resolve("out")).reports();
  }
}
