package io.acpbenefits.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xml.sax.InputSource;

/** The shipped example, played once, and each of its reports compared in full. */
class PlayedExampleTest {

  private static final Path JOURNEY = PlayedExample.JOURNEY;
  private static final Path EXPECTED = Path.of("src", "test", "resources", "a-year");
  private static final Set<String> EVENTS =
      Set.of("started", "entered", "left", "timer-fired", "message-received", "incident", "ended");

  private static final Program.Ended ended = PlayedExample.ended();
  private static final ReportFolder reports = PlayedExample.reports();

  @Test
  void endsWellAndComplainsOfNothing() {
    assertThat(ended.err()).isEmpty();
    assertThat(ended.status()).isZero();
  }

  @Test
  void printsAnAccountOfTheYear() {
    assertThat(ended.out())
        .startsWith("Playing %s: 3 partners, 12 exams, 9 quotas, ".formatted(JOURNEY))
        .contains("2026-01\n", "2027-01\n", "QUOTA_EXCEEDED", "MEMBER_ELSEWHERE")
        .contains("396 rows, ")
        .doesNotContain("Skipped");
  }

  @Test
  void writesItsEightFilesAndNothingElse() throws IOException {
    try (var files = Files.list(reports.path())) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder(
              "outcomes.csv",
              "timeline.csv",
              "quota.csv",
              "codes.csv",
              "members.csv",
              "bindings.csv",
              "tally.csv",
              "report.html");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          outcomes.csv | row,at,action,outcome,reason,detail
          timeline.csv | at,process,row,element,event
          quota.csv    | partner_id,level,valid_from,granted,held,consumed,expired,available
          codes.csv    | partner_id,exam_id,state,count
          members.csv  | partner_id,account,role,state
          bindings.csv | row,account,exam_id,state,reason,submitted_at,bound_at,partner_id
          tally.csv    | partner_id,exam_id,level,certificates,people
          """)
  void headsItsFilesAsSpecified(String file, String header) {
    assertThat(reports.header(file)).isEqualTo(header);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          outcomes.csv | row,outcome,reason
          quota.csv    | partner_id,level,valid_from,granted,held,consumed,expired,available
          codes.csv    | partner_id,exam_id,state,count
          members.csv  | partner_id,account,role,state
          bindings.csv | row,account,exam_id,state,partner_id
          tally.csv    | partner_id,exam_id,level,certificates,people
          """)
  void comesOutAsWasPredictedByHand(String file, String columns) {
    String[] names = columns.split(",", -1);
    List<String> predicted =
        ReportFolder.lines(ReportFolder.records(EXPECTED.resolve("predicted-" + file)), names);

    assertThat(predicted).isNotEmpty();
    assertThat(reports.lines(file, names)).containsExactlyInAnyOrderElementsOf(predicted);
  }

  @Test
  void tellsTheRowsInTheOrderInWhichTheyWerePlayed() {
    assertThat(reports.lines("outcomes.csv", "row"))
        .isEqualTo(
            ReportFolder.lines(
                ReportFolder.records(EXPECTED.resolve("predicted-outcomes.csv")), "row"));
    assertThat(reports.lines("outcomes.csv", "at").stream().map(Instant::parse)).isSorted();
  }

  @Test
  void explainsEveryRowThatIsNotDone() {
    assertThat(reports.records("outcomes.csv"))
        .filteredOn(record -> !record.get("outcome").equals("DONE"))
        .allSatisfy(record -> assertThat(record.get("detail")).isNotBlank());
  }

  @Test
  void timesItsBindings() {
    assertThat(reports.records("bindings.csv"))
        .allSatisfy(
            binding -> {
              assertThat(binding.get("bound_at").isEmpty())
                  .isEqualTo(!binding.get("state").equals("BOUND"));
              assertThat(binding.get("reason").isEmpty())
                  .isEqualTo(binding.get("state").equals("BOUND"));
              Instant submitted = Instant.parse(binding.get("submitted_at"));
              if (!binding.get("bound_at").isEmpty()) {
                assertThat(Instant.parse(binding.get("bound_at"))).isAfterOrEqualTo(submitted);
              }
            });
  }

  @Test
  void tellsOnlyOfEventsThatAreNamedAndOfRowsThatWerePlayed() {
    Set<String> rows = new HashSet<>(reports.lines("outcomes.csv", "row"));
    assertThat(reports.records("timeline.csv"))
        .isNotEmpty()
        .allSatisfy(
            line -> {
              assertThat(line.get("event")).isIn(EVENTS);
              assertThat(line.get("row")).isIn(rows);
              assertThat(line.get("element")).isNotBlank();
            });
  }

  @Test
  void letsTimeOnlyGoForward() {
    assertThat(reports.lines("timeline.csv", "at").stream().map(Instant::parse)).isSorted();
  }

  @Test
  void beginsEachInstanceOnceAndEndsItAtMostOnceAndAfterAllElse() {
    Map<String, List<String>> instances = eventsByInstance();
    assertThat(instances).isNotEmpty();
    assertThat(instances)
        .allSatisfy(
            (instance, events) -> {
              assertThat(events).startsWith("started");
              assertThat(events.stream().filter("started"::equals)).hasSize(1);
              if (events.contains("ended")) {
                assertThat(events.indexOf("ended")).isEqualTo(events.size() - 1);
              }
            });
  }

  @Test
  void leavesWhatItEnteredWhenAnInstanceHasEnded() {
    Map<String, Integer> inside = new TreeMap<>();
    Map<String, List<String>> instances = eventsByInstance();
    for (Map<String, String> line : reports.records("timeline.csv")) {
      String instance = instance(line);
      if (instances.getOrDefault(instance, List.of()).contains("ended")) {
        int step =
            switch (line.get("event")) {
              case "entered" -> 1;
              case "left" -> -1;
              default -> 0;
            };
        inside.merge(instance + " " + line.get("element"), step, Integer::sum);
      }
    }
    assertThat(inside).isNotEmpty();
    assertThat(inside).allSatisfy((element, count) -> assertThat(count).isZero());
  }

  @Test
  void hasNoIncidentButTheStockThatRanOut() {
    assertThat(reports.records("timeline.csv"))
        .filteredOn(line -> line.get("event").equals("incident"))
        .isEmpty();
  }

  /** A summary that can be read, so that a change of a diagram shows where it changes the year. */
  @Test
  void countsTheStepsOfEachProcessAsBefore() throws IOException {
    Map<String, Integer> counts = new TreeMap<>();
    for (Map<String, String> line : reports.records("timeline.csv")) {
      counts.merge(
          line.get("process") + "," + line.get("element") + "," + line.get("event"),
          1,
          Integer::sum);
    }
    StringBuilder summary = new StringBuilder("process,element,event,count\n");
    counts.forEach((step, count) -> summary.append(step).append(',').append(count).append('\n'));

    assertThat(summary.toString())
        .isEqualTo(Files.readString(EXPECTED.resolve("timeline-summary.csv")));
  }

  @Test
  void showsAPageThatNamesThePartnersAndNeedsNoNetwork() throws Exception {
    String page = reports.text("report.html");
    var document =
        javax.xml.parsers.DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new InputSource(new java.io.StringReader(page)));

    assertThat(document.getDocumentElement().getTextContent())
        .contains("Lumenforge Systems", "Kestrel Cloud Works", "Harbourline Digital");
    assertThat(document.getElementsByTagName("svg").getLength()).isPositive();
    assertThat(page).doesNotContain("<script", "src=\"http", "href=\"http", "url(http", "@import");
  }

  @Test
  void showsNoExamCodeAnywhere() throws IOException {
    Set<String> codes = new HashSet<>();
    var matcher =
        java.util.regex.Pattern.compile("\\[([^\\]]+)\\]")
            .matcher(Files.readString(JOURNEY.resolve("issued-codes.txt")));
    while (matcher.find()) {
      codes.add(matcher.group(1).strip());
    }
    assertThat(codes).hasSizeGreaterThan(50);
    reports
        .everything()
        .forEach((file, text) -> assertThat(codes).as(file).noneMatch(text::contains));
    assertThat(codes).noneMatch(ended.out()::contains);
  }

  /** A process has one instance for each row that began it. */
  private static Map<String, List<String>> eventsByInstance() {
    Map<String, List<String>> instances = new HashMap<>();
    for (Map<String, String> line : reports.records("timeline.csv")) {
      instances
          .computeIfAbsent(instance(line), key -> new java.util.ArrayList<>())
          .add(line.get("event"));
    }
    return instances;
  }

  private static String instance(Map<String, String> line) {
    return line.get("process") + " " + line.get("row");
  }
}
