package io.acpbenefits.examples.quickstart;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The shipped example, played once in memory for all tests that only look at what came of it. */
final class PlayedExample {

  static final Path JOURNEY = Path.of("journeys", "a-year");

  private PlayedExample() {}

  static Program.Ended ended() {
    return Once.ENDED;
  }

  static ReportFolder reports() {
    return new ReportFolder(Once.OUTPUT);
  }

  /** The example's folder with only the first rows of the journey, as they are played. */
  static Path cut(Path folder, int rows) {
    try (Stream<Path> files = Files.list(JOURNEY)) {
      Files.createDirectories(folder);
      for (Path file : files.toList()) {
        Files.copy(file, folder.resolve(file.getFileName()));
      }
      List<String> played =
          reports().lines("outcomes.csv", "row").stream().limit(rows).map(id -> id + ",").toList();
      Files.writeString(
          folder.resolve("journey.csv"),
          Files.readAllLines(JOURNEY.resolve("journey.csv")).stream()
              .filter(line -> line.startsWith("row,") || played.stream().anyMatch(line::startsWith))
              .collect(Collectors.joining("\n", "", "\n")));
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final class Once {

    static final Path OUTPUT = temporary();
    static final Program.Ended ENDED = Program.playing(JOURNEY).into(OUTPUT).run();

    /** In the build's folder, where it may stay and be looked at. */
    private static Path temporary() {
      return Path.of("target", "played-example");
    }
  }
}
