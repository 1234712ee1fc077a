package io.acpbenefits.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shipped example on an H2 file in several goes, compared with one go in memory. */
class ContinuedYearTest {

  /** Where to stop: bindings wait for their records, requests for an owner, codes for their end. */
  private static final List<Integer> STOPS = List.of(104, 253, 371);

  private static final List<Program.Ended> goes = new ArrayList<>();

  @TempDir static Path temporary;
  private static Map<String, String> reports = Map.of();

  @BeforeAll
  static void playInSeveralGoes() {
    for (int stop : STOPS) {
      Path part = PlayedExample.cut(temporary.resolve("first-" + stop), stop);
      goes.add(program(part).run());
    }
    goes.add(program(PlayedExample.JOURNEY).run());
    reports = new ReportFolder(temporary.resolve("out")).everything();
  }

  private static Program program(Path journey) {
    return Program.playing(journey).into(temporary.resolve("out")).on(temporary.resolve("year"));
  }

  @Test
  void everyGoEndsWell() {
    assertThat(goes).allSatisfy(go -> assertThat(go.err()).isEmpty());
    assertThat(goes).allSatisfy(go -> assertThat(go.status()).isZero());
  }

  @Test
  void saysHowManyRowsItSkips() {
    assertThat(goes.get(0).out()).doesNotContain("Skipped");
    assertThat(goes.get(1).out()).contains("Skipped 104 rows that were played before");
    assertThat(goes.get(3).out()).contains("Skipped 371 rows that were played before");
  }

  @Test
  void writesTheSameBytesAsInOneGoInMemory() {
    Map<String, String> atOnce = PlayedExample.reports().everything();
    assertThat(reports).containsOnlyKeys(atOnce.keySet());
    assertThat(reports).allSatisfy((name, text) -> assertThat(text).isEqualTo(atOnce.get(name)));
  }

  @Test
  void playedOnceMoreItSkipsEverythingAndChangesNothing() {
    Program.Ended again = program(PlayedExample.JOURNEY).run();

    assertThat(again.status()).isZero();
    assertThat(again.out()).contains("Skipped 396 rows that were played before");
    assertThat(new ReportFolder(temporary.resolve("out")).everything()).isEqualTo(reports);
  }
}
