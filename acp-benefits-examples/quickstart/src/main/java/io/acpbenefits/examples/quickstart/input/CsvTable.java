package io.acpbenefits.examples.quickstart.input;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads one CSV file: checks the header and the shape of each record, hands on its cells. */
final class CsvTable {

  private final Columns columns;
  private final Problems problems;

  private final Map<String, Integer> positions = new LinkedHashMap<>();

  private CsvTable(Columns columns, Problems problems) {
    this.columns = columns;
    this.problems = problems;
  }

  /**
   * Reads the file as far as it can be understood.
   *
   * @return where each column stands, counted from 1
   */
  static Map<String, Integer> read(
      Path folder, Columns columns, Problems problems, Consumer<Cells> eachRecord) {
    CsvTable table = new CsvTable(columns, problems);
    try (Utf8Source source = Utf8Source.open(folder.resolve(columns.file()))) {
      table.read(new CsvScanner(source), eachRecord);
    } catch (Unreadable e) {
      problems.add(table.problem(e.line(), e.column(), e.expected(), e.found()));
    }
    return table.positions;
  }

  private void read(CsvScanner scanner, Consumer<Cells> eachRecord) {
    if (!readHeader(scanner.next())) {
      return;
    }
    int count = 0;
    for (CsvScanner.Line record = scanner.next(); record != null; record = scanner.next()) {
      if (++count > Limits.RECORDS) {
        throw new Unreadable(
            record.line(), 1, "at most " + Shown.count(Limits.RECORDS) + " records", "one more");
      }
      if (record.count() == positions.size()) {
        eachRecord.accept(new Cells(columns.file(), positions, record, problems));
      } else {
        refuseCount(record);
      }
    }
  }

  private boolean readHeader(CsvScanner.@Nullable Line header) {
    String wanted = "a header with the columns " + String.join(",", columns.required());
    if (header == null) {
      problems.add(problem(1, 1, wanted, "an empty file"));
      return false;
    }
    List<CsvScanner.Cell> cells = header.cells();
    for (int i = 0; i < cells.size(); i++) {
      String name = Blanks.trim(cells.get(i).text());
      String expected = null;
      String found = Shown.cell(name);
      if (!columns.all().contains(name)) {
        expected = "a column of " + String.join(",", columns.all());
        found = Shown.withHint(name, columns.all());
      } else if (positions.putIfAbsent(name, i + 1) != null) {
        expected = "each column once";
        found += " again";
      }
      if (expected != null) {
        // No header name: which column this was meant to be is the very question.
        problems.add(
            new Problem(columns.file(), cells.get(i).line(), i + 1, null, expected, found));
      }
    }
    for (String name : columns.required()) {
      if (!positions.containsKey(name)) {
        problems.add(
            new Problem(
                columns.file(), header.line(), header.count() + 1, name, wanted, "no " + name));
      }
    }
    return problems.noneIn(columns.file());
  }

  private void refuseCount(CsvScanner.Line record) {
    int last = Math.min(record.count(), positions.size() + 1) - 1;
    int column = record.count() < positions.size() ? record.count() + 1 : positions.size() + 1;
    int line = last < record.cells().size() ? record.cells().get(last).line() : record.line();
    problems.add(
        problem(
            line,
            column,
            positions.size() + " cells in each record, as in the header",
            Shown.count(record.count())));
  }

  private Problem problem(int line, int column, String expected, String found) {
    String name =
        positions.entrySet().stream()
            .filter(position -> position.getValue() == column)
            .map(Map.Entry::getKey)
            .findFirst()
            .orElse(null);
    return new Problem(columns.file(), line, column, name, expected, found);
  }
}
