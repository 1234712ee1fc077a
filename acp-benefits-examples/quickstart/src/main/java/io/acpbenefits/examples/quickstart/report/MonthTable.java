package io.acpbenefits.examples.quickstart.report;

import java.util.List;
import java.util.TreeSet;

/** The journey's chart as numbers, for those who cannot see it. */
final class MonthTable {

  private MonthTable() {}

  static Table of(TimeAxis axis, List<Happening> happenings) {
    List<Lane> lanes =
        List.copyOf(new TreeSet<>(happenings.stream().map(Happening::lane).toList()));
    String[] titles = new String[lanes.size() + 1];
    titles[0] = "From";
    for (int i = 0; i < lanes.size(); i++) {
      titles[i + 1] = lanes.get(i).title() + "#";
    }
    Table table = new Table("Number of actions by time and kind", titles);
    for (TimeAxis.Tick tick : axis.ticks()) {
      long[] counts = new long[lanes.size()];
      for (Happening happening : happenings) {
        if (!happening.at().isBefore(tick.from()) && happening.at().isBefore(tick.until())) {
          counts[lanes.indexOf(happening.lane())]++;
        }
      }
      Cell[] cells = new Cell[lanes.size() + 1];
      cells[0] = Cell.when(tick.from());
      for (int i = 0; i < counts.length; i++) {
        cells[i + 1] = Cell.count(counts[i]);
      }
      table.row(cells);
    }
    return table;
  }
}
