package io.acpbenefits.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program in a JVM of its own, as a shell sees it. */
class ForkedProgramTest {

  @TempDir Path temporary;

  @Test
  void badInputIsStatusTwoAndASentence() throws IOException, InterruptedException {
    Path journey =
        TinyJourney.in(temporary.resolve("journey"))
            .row("r1", "10:00", "mia", "request-to-join", "partner_id=nobody")
            .write();

    Process process = start(journey);

    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(Files.readString(temporary.resolve("err"), StandardCharsets.UTF_8))
        .contains("journey.csv, line 2, column 5 (partner_id)", "nothing was changed")
        .doesNotContain("\tat ");
    assertThat(temporary.resolve("printed")).isEmptyFile();
    assertThat(process.exitValue()).isEqualTo(2);
  }

  private Process start(Path journey) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-Djourney=" + journey,
            "-Doutput=" + temporary.resolve("out"),
            "-cp",
            System.getProperty("java.class.path"),
            Quickstart.class.getName())
        .redirectOutput(temporary.resolve("printed").toFile())
        .redirectError(temporary.resolve("err").toFile())
        .start();
  }
}
