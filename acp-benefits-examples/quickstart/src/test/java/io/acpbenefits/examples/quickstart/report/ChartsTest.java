package io.acpbenefits.examples.quickstart.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.acpbenefits.examples.quickstart.report.Happening.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChartsTest {

  private static final Instant START = SampleReport.START;

  @Test
  void drawsTheAxisFromTheFirstDayOfTheFirstMonthToTheEndOfTheLast() {
    TimeAxis axis =
        TimeAxis.of(Instant.parse("2025-11-20T10:00:00Z"), Instant.parse("2026-02-03T00:00:00Z"));

    assertThat(axis.ticks())
        .extracting(TimeAxis.Tick::label)
        .containsExactly("Nov 2025", "Dec", "Jan 2026", "Feb");
    assertThat(axis.x(Instant.parse("2025-11-01T00:00:00Z"))).isZero();
    assertThat(axis.x(Instant.parse("2025-12-31T00:00:00Z"))).isEqualTo(50);
    assertThat(axis.x(Instant.parse("2026-03-01T00:00:00Z"))).isEqualTo(100);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-01-05, 2026-01-05, 1",
    "2026-01-05, 2026-12-31, 12",
    "2026-01-05, 2027-01-01, 7",
    "2026-01-05, 2028-12-31, 12",
    "1970-01-01, 9999-12-31, 8"
  })
  void hasFewTicksHoweverLongTheJourneyIs(String first, String last, int ticks) {
    TimeAxis axis =
        TimeAxis.of(Instant.parse(first + "T00:00:00Z"), Instant.parse(last + "T00:00:00Z"));

    assertThat(axis.ticks()).hasSize(ticks);
  }

  @Test
  void countsManyHappeningsOfADayInOneMark() {
    List<Happening> happenings = new ArrayList<>();
    for (int i = 0; i < 1_500; i++) {
      happenings.add(new Happening(START.plusSeconds(i), Lane.JOINING, Kind.DONE, "Approve"));
    }
    happenings.add(new Happening(START, Lane.JOINING, Kind.REFUSED, "Approve (Not permitted)"));

    ParsedPage chart = chart(happenings);

    assertThat(chart.attributes("svg", "class"))
        .containsExactly("mark mark-done", "mark mark-refused");
    assertThat(chart.text())
        .contains("1 Sep 2025, 1,500 done: Approve ×1,500")
        .contains("1 Sep 2025, 1 refused: Approve (Not permitted)")
        .contains("Joining and leaving: 1,500 done, 1 refused");
  }

  @Test
  void drawsNoMoreMarksThanThereIsRoomFor() {
    List<Happening> happenings = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      happenings.add(
          new Happening(START.plus(Duration.ofMinutes(20L * i)), Lane.EXAMS, Kind.DONE, "x" + i));
    }

    assertThat(chart(happenings).attributes("circle", "r")).hasSizeLessThanOrEqualTo(120);
  }

  @Test
  void tellsTheMarksApartWithoutColour() {
    List<Happening> happenings = new ArrayList<>();
    for (Kind kind : Kind.values()) {
      happenings.add(new Happening(START, Lane.EXAMS, kind, "x"));
    }

    ParsedPage chart = chart(happenings);

    assertThat(chart.all("circle")).hasSize(1);
    assertThat(chart.attributes("path", "d")).hasSize(2).doesNotHaveDuplicates();
  }

  @Test
  void dividesABarByItsParts() {
    Html html = new Html().open("div");
    StackedBar.draw(
        html,
        "ACP",
        List.of(
            new Segment("consumed", "issued", 1),
            new Segment("held", "held", 0),
            new Segment("available", "available", 3)),
        4);

    ParsedPage bar = ParsedPage.of(html.close("div").finish());

    assertThat(bar.attributes("svg", "aria-label")).containsExactly("ACP: 1 issued, 3 available");
    assertThat(bar.all("rect"))
        .filteredOn(rect -> rect.hasAttribute("x"))
        .extracting(rect -> rect.getAttribute("x") + " " + rect.getAttribute("width"))
        .containsExactly("0.00% 25.00%", "25.00% 75.00%");
    assertThat(bar.all("li"))
        .extracting(li -> li.getTextContent())
        .containsExactly("1 issued", "3 available");
  }

  @Test
  void drawsABarOfNothing() {
    Html html = new Html().open("div");
    StackedBar.draw(html, "ACP", List.of(new Segment("held", "held", 0)), 0);

    assertThat(ParsedPage.of(html.close("div").finish()).all("li"))
        .extracting(li -> li.getTextContent())
        .containsExactly("none");
  }

  private static ParsedPage chart(List<Happening> happenings) {
    Html html = new Html().open("div");
    TimeAxis axis = TimeAxis.of(START, START.plus(Duration.ofDays(360)));
    new TimelineChart(axis, happenings).draw(html, "The journey");
    return ParsedPage.of(html.close("div").finish());
  }
}
