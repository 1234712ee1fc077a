package io.acpbenefits.examples.quickstart.report;

import io.acpbenefits.examples.quickstart.report.Happening.Kind;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The journey by months: a lane for each kind of action, in it a track for each way it ended.
 * Shapes tell done (circle), waiting (diamond) and refused (cross) apart without colours. Marks
 * that lie close together become one, which is larger and counts them, so that thousands of rows
 * stay a chart.
 */
final class TimelineChart {

  private static final int BINS = 120;
  private static final int AXIS_HEIGHT = 34;
  private static final int LANE_TITLE = 20;
  private static final int TRACK = 20;
  private static final int LANE_GAP = 6;

  private final TimeAxis axis;
  private final Map<Lane, Map<Kind, Map<Integer, List<Happening>>>> lanes =
      new EnumMap<>(Lane.class);

  @FunctionalInterface
  private interface LaneDrawing {
    void draw(Html html, Lane lane, int y);
  }

  TimelineChart(TimeAxis axis, List<Happening> happenings) {
    this.axis = axis;
    for (Happening happening : happenings) {
      int bin = (int) Math.min(BINS - 1, axis.x(happening.at()) * BINS / 100);
      lanes
          .computeIfAbsent(happening.lane(), lane -> new EnumMap<>(Kind.class))
          .computeIfAbsent(happening.kind(), kind -> new TreeMap<>())
          .computeIfAbsent(bin, b -> new ArrayList<>())
          .add(happening);
    }
  }

  void draw(Html html, String title) {
    int height = AXIS_HEIGHT;
    for (Map<Kind, ?> tracks : lanes.values()) {
      height += LANE_TITLE + tracks.size() * TRACK + LANE_GAP;
    }
    html.open("div", "class", "timeline");
    html.open(
        "svg",
        "role",
        "img",
        "width",
        "100%",
        "height",
        Integer.toString(height),
        "aria-label",
        title + ". " + description());
    html.element("title", title).element("desc", description());
    // What is drawn later lies above: the grid on the tracks, the marks on the grid.
    drawLanes(html, this::drawTracks);
    drawAxis(html, height);
    drawLanes(html, this::drawMarks);
    html.close("svg").close("div").newline();
  }

  private void drawLanes(Html html, LaneDrawing drawing) {
    int y = AXIS_HEIGHT;
    for (Lane lane : lanes.keySet()) {
      drawing.draw(html, lane, y);
      y += LANE_TITLE + tracks(lane).size() * TRACK + LANE_GAP;
    }
  }

  private void drawTracks(Html html, Lane lane, int y) {
    html.empty(
        "rect",
        "class",
        "track",
        "y",
        number(y + LANE_TITLE),
        "width",
        "100%",
        "height",
        number(tracks(lane).size() * TRACK),
        "rx",
        "4");
  }

  private void drawMarks(Html html, Lane lane, int y) {
    html.element("text", laneTitle(lane), "class", "lane", "x", "0", "y", number(y + 14));
    int middle = y + LANE_TITLE + TRACK / 2;
    for (Map.Entry<Kind, Map<Integer, List<Happening>>> track : tracks(lane).entrySet()) {
      for (List<Happening> mark : track.getValue().values()) {
        drawMark(html, track.getKey(), mark, middle);
      }
      middle += TRACK;
    }
  }

  private void drawAxis(Html html, int height) {
    for (TimeAxis.Tick tick : axis.ticks()) {
      String x = Numbers.percent(tick.x());
      html.empty("line", "class", "grid", "x1", x, "x2", x, "y1", "30", "y2", number(height));
      int year = tick.label().indexOf(' ');
      String month = year < 0 ? tick.label() : tick.label().substring(0, year);
      html.element("text", month, "class", "tick", "x", x, "y", "26");
      if (year >= 0) {
        html.element("text", tick.label().substring(year + 1), "class", "tick", "x", x, "y", "11");
      }
    }
  }

  private void drawMark(Html html, Kind kind, List<Happening> mark, int y) {
    double x = mark.stream().mapToDouble(h -> axis.x(h.at())).average().orElse(0);
    double size = Math.min(9, 3.4 + 1.1 * Math.sqrt(mark.size()));
    html.open("svg", "class", "mark mark-" + kind.word(), "x", Numbers.percent(x), "y", number(y));
    html.element("title", tooltip(kind, mark));
    Patterns.shape(html, kind, size);
    html.close("svg");
  }

  private static String tooltip(Kind kind, List<Happening> mark) {
    String first = Words.date(mark.get(0).at());
    String last = Words.date(mark.get(mark.size() - 1).at());
    String when = first.equals(last) ? first : first + " to " + last;
    Map<String, Long> counts =
        mark.stream()
            .collect(Collectors.groupingBy(Happening::what, TreeMap::new, Collectors.counting()));
    String what =
        counts.entrySet().stream()
            .limit(8)
            .map(e -> e.getKey() + (e.getValue() == 1 ? "" : " ×" + Words.count(e.getValue())))
            .collect(Collectors.joining("; "));
    String more = counts.size() > 8 ? "; and others" : "";
    return when + ", " + Words.count(mark.size()) + " " + kind.word() + ": " + what + more;
  }

  private String description() {
    return lanes.keySet().stream().map(this::laneTitle).collect(Collectors.joining("; "));
  }

  private Map<Kind, Map<Integer, List<Happening>>> tracks(Lane lane) {
    return lanes.getOrDefault(lane, Map.of());
  }

  private String laneTitle(Lane lane) {
    return tracks(lane).entrySet().stream()
        .map(
            track ->
                Words.count(track.getValue().values().stream().mapToLong(List::size).sum())
                    + " "
                    + track.getKey().word())
        .collect(Collectors.joining(", ", lane.title() + ": ", ""));
  }

  private static String number(int value) {
    return Integer.toString(value);
  }
}
