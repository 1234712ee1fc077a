package io.acpbenefits.examples.quickstart.input;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads exams.csv. */
final class ExamsFile {

  private final List<ExamRow> rows = new ArrayList<>();
  private final Map<String, Integer> ids = new HashMap<>();
  private final Map<String, Integer> names = new HashMap<>();

  private ExamsFile() {}

  static List<ExamRow> read(Path folder, Problems problems) {
    ExamsFile file = new ExamsFile();
    CsvTable.read(folder, Columns.EXAMS, problems, file::add);
    return List.copyOf(file.rows);
  }

  private void add(Cells cells) {
    ExamRow row =
        new ExamRow(
            cells.id("exam_id"),
            cells.name("name"),
            cells.word("level", Level.values(), Level::name),
            cells.instantIfAny("end_of_sale"),
            cells.instantIfAny("end_of_life"),
            cells.idIfAny("certificate_type"),
            cells.urlIfAny("instructions_url"),
            cells.line());
    cells.unique("exam_id", row.examId(), ids);
    cells.unique("name", Blanks.nameKey(row.name()), names);
    if (row.name().contains("[") || row.name().contains("]")) {
      // "Exam A [beta] [CODE]" in issued-codes.txt would give the code "beta" to "Exam A".
      cells.refuse("name", "a name without brackets, which enclose codes", Shown.cell(row.name()));
    }
    if (row.endOfSale() != null
        && row.endOfLife() != null
        && row.endOfLife().isBefore(row.endOfSale())) {
      cells.refuse(
          "end_of_life",
          "a time not before the end of sale " + row.endOfSale(),
          Shown.cell(row.endOfLife().toString()));
    }
    if (cells.accepted()) {
      rows.add(row);
    }
  }
}
