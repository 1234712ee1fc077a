package io.acpbenefits.examples.quickstart.report;

import io.acpbenefits.examples.quickstart.report.Happening.Kind;

/** What the charts share: the hatching of bars, and the legend of the journey's marks. */
final class Patterns {

  private Patterns() {}

  /** Must stand in the page, since the style sheet refers to it; takes no room. */
  static void define(Html html) {
    html.open("svg", "class", "patterns", "width", "0", "height", "0", "aria-hidden", "true");
    html.open("defs");
    hatch(html, "held", "rotate(45)", "M0 0 V8");
    hatch(html, "expired", "rotate(-45)", "M0 0 V8");
    hatch(html, "forfeited", "rotate(0)", "M0 4 H8 M4 0 V8");
    hatch(html, "other", "rotate(0)", "M4 0 V8");
    html.close("defs").close("svg").newline();
  }

  static void marksLegend(Html html) {
    html.open("ul", "class", "legend");
    for (Kind kind : Kind.values()) {
      html.open("li");
      html.open("svg", "class", "key", "width", "14", "height", "14", "aria-hidden", "true");
      html.open("svg", "class", "mark mark-" + kind.word(), "x", "7", "y", "7");
      shape(html, kind, 5);
      html.close("svg").close("svg").text(kind.word()).close("li");
    }
    html.close("ul").newline();
  }

  /** The mark's shape around the origin; {@code size} is half its width. */
  static void shape(Html html, Kind kind, double size) {
    switch (kind) {
      case DONE -> html.empty("circle", "r", Numbers.tenths(size));
      case WAITING -> path(html, "M0 -%s L%s 0 L0 %s L-%s 0 Z", size * 1.2);
      case REFUSED -> path(html, "M-%s -%s L%s %s M-%s %s L%s -%s", size * 0.8);
    }
  }

  private static void path(Html html, String form, double size) {
    html.empty("path", "d", form.replace("%s", Numbers.tenths(size)));
  }

  private static void hatch(Html html, String look, String turn, String lines) {
    html.open(
        "pattern",
        "id",
        "hatch-" + look,
        "width",
        "8",
        "height",
        "8",
        "patternUnits",
        "userSpaceOnUse",
        "patternTransform",
        turn);
    html.empty("rect", "class", "hatch-ground-" + look, "width", "8", "height", "8");
    html.empty("path", "class", "hatch-lines-" + look, "d", lines);
    html.close("pattern");
  }
}
