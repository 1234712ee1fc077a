package io.acpbenefits.examples.quickstart.report;

import java.time.Instant;

/** What stands in a cell of a table. */
@FunctionalInterface
interface Cell {

  void into(Html html);

  static Cell text(String text) {
    return html -> html.name(text);
  }

  static Cell count(long number) {
    return html -> html.text(Words.count(number));
  }

  static Cell when(Instant at) {
    return html -> html.element("time", Words.date(at), "datetime", at.toString());
  }

  /** A name, and below it the id by which the CSV files know it. */
  static Cell named(String name, String id) {
    return html -> {
      html.name(name);
      if (!name.equals(id)) {
        html.text(" ").open("small").name(id).close("small");
      }
    };
  }

  static Cell link(String target, String text) {
    return html -> html.open("a", "href", target).name(text).close("a");
  }

  /** A word that stands out. */
  static Cell badge(String look, String text) {
    return html -> html.element("span", text, "class", "badge badge-" + look);
  }
}
