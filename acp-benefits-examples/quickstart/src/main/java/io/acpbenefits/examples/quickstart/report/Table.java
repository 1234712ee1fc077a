package io.acpbenefits.examples.quickstart.report;

import java.util.ArrayList;
import java.util.List;

/**
 * A table with a caption, whose first column names the row. On narrow screens its rows become
 * cards; since that takes the table's meaning from assistive technology, roles give it back.
 */
final class Table {

  private final String caption;
  private final List<Column> columns;
  private final List<List<Cell>> rows = new ArrayList<>();

  private record Column(String title, boolean number) {}

  /** A title that ends in {@code #} is that of a column of numbers. */
  Table(String caption, String... titles) {
    this.caption = caption;
    List<Column> all = new ArrayList<>();
    for (String title : titles) {
      boolean number = title.endsWith("#");
      all.add(new Column(number ? title.substring(0, title.length() - 1) : title, number));
    }
    this.columns = List.copyOf(all);
  }

  Table row(Cell... cells) {
    if (cells.length != columns.size()) {
      throw new IllegalArgumentException(
          "Expected " + columns.size() + " cells, got " + cells.length);
    }
    rows.add(List.of(cells));
    return this;
  }

  boolean isEmpty() {
    return rows.isEmpty();
  }

  /** At most so many rows, and a note that tells which file has all. */
  void draw(Html html, int most, String file) {
    html.open("table", "role", "table");
    html.open("caption").text(caption).close("caption");
    html.open("thead", "role", "rowgroup").open("tr", "role", "row");
    for (Column column : columns) {
      html.element(
          "th", column.title(), "scope", "col", "role", "columnheader", "class", look(column));
    }
    html.close("tr").close("thead").newline().open("tbody", "role", "rowgroup");
    rows.stream().limit(most).forEach(row -> draw(html, row));
    html.close("tbody").close("table").newline();
    more(html, rows.size(), most, file);
  }

  /** Tells that a list was cut, if it was. */
  static void more(Html html, int all, int shown, String file) {
    if (all > shown) {
      String first = "The first " + Words.count(shown) + " of " + Words.count(all);
      html.element("p", first + "; " + file + " has all.", "class", "note");
    }
  }

  private void draw(Html html, List<Cell> row) {
    html.open("tr", "role", "row");
    for (int i = 0; i < row.size(); i++) {
      Column column = columns.get(i);
      if (i == 0) {
        html.open("th", "scope", "row", "role", "rowheader");
        row.get(i).into(html);
        html.close("th");
      } else {
        html.open("td", "role", "cell", "class", look(column), "data-label", column.title());
        html.open("span");
        row.get(i).into(html);
        html.close("span").close("td");
      }
    }
    html.close("tr").newline();
  }

  private static String look(Column column) {
    return column.number() ? "number" : "words";
  }
}
