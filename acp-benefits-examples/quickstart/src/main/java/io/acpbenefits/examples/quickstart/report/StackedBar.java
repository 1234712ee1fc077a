package io.acpbenefits.examples.quickstart.report;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A bar of parts that make up a whole. Its numbers stand in the legend below it, as text; colours
 * and patterns only help the eye. Lengths are percentages, so it fits any width undistorted.
 */
final class StackedBar {

  private static final int HEIGHT = 22;

  /** A narrower part has no room for its number inside, in percent of the bar. */
  private static final double ROOM_FOR_A_NUMBER = 8;

  private StackedBar() {}

  /** Draws the parts in their order; {@code whole} is what the bar's full width stands for. */
  static void draw(Html html, String title, List<Segment> all, long whole) {
    List<Segment> segments = all.stream().filter(segment -> segment.value() > 0).toList();
    html.open(
        "svg",
        "class",
        "bar",
        "role",
        "img",
        "width",
        "100%",
        "height",
        Integer.toString(HEIGHT),
        "aria-label",
        title + ": " + sentence(segments));
    html.element("title", title).element("desc", sentence(segments));
    html.empty("rect", "class", "bar-ground", "width", "100%", "height", "100%");
    double x = 0;
    for (Segment segment : segments) {
      double width = 100.0 * segment.value() / Math.max(1, whole);
      part(html, segment, x, width);
      x += width;
    }
    html.close("svg");
    legend(html, segments);
  }

  private static void part(Html html, Segment segment, double x, double width) {
    html.open("g").element("title", words(segment));
    html.empty(
        "rect",
        "class",
        "seg seg-" + segment.look(),
        "x",
        Numbers.percent(x),
        "width",
        Numbers.percent(width),
        "height",
        "100%");
    if (width >= ROOM_FOR_A_NUMBER) {
      html.element(
          "text",
          Words.count(segment.value()),
          "class",
          "on-" + segment.look(),
          "x",
          Numbers.percent(x + width / 2),
          "y",
          "16",
          "text-anchor",
          "middle",
          "aria-hidden",
          "true");
    }
    html.close("g");
  }

  private static void legend(Html html, List<Segment> segments) {
    html.open("ul", "class", "legend");
    for (Segment segment : segments) {
      html.open("li")
          .open("svg", "class", "key", "width", "14", "height", "14", "aria-hidden", "true");
      html.empty("rect", "class", "seg seg-" + segment.look(), "width", "100%", "height", "100%");
      html.close("svg").element("b", Words.count(segment.value())).text(" " + segment.label());
      html.close("li");
    }
    if (segments.isEmpty()) {
      html.element("li", "none");
    }
    html.close("ul").newline();
  }

  private static String sentence(List<Segment> segments) {
    return segments.isEmpty()
        ? "none"
        : segments.stream().map(StackedBar::words).collect(Collectors.joining(", "));
  }

  private static String words(Segment segment) {
    return Words.count(segment.value()) + " " + segment.label();
  }
}
