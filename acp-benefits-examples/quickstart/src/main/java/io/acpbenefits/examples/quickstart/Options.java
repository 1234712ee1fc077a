package io.acpbenefits.examples.quickstart;

import io.acpbenefits.examples.quickstart.report.Reports;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * What the program was told by system properties; an empty one counts as missing.
 *
 * @param journey {@code journey}: the folder to play
 * @param output {@code output}: where the reports go; default {@code target/quickstart}
 * @param jdbcUrl {@code jdbc.url}: an H2 database; default in memory
 * @param keys {@code keys}: the key file; default beside a database in a file
 */
record Options(Path journey, Path output, @Nullable String jdbcUrl, @Nullable Path keys) {

  static Options of(Properties properties) {
    Path journey =
        path(properties, "journey")
            .orElseThrow(
                () -> new BadOption("Name the journey folder to play: -Djourney=<folder>."));
    Path output = path(properties, "output").orElse(Path.of("target", "quickstart"));
    String url = value(properties, "jdbc.url").orElse(null);
    if (url != null && !url.startsWith("jdbc:h2:")) {
      throw new BadOption(
          "-Djdbc.url names a database that cannot be used yet: expected jdbc:h2:…, such as"
              + " jdbc:h2:file:./journey.");
    }
    return new Options(journey, output, url, path(properties, "keys").orElse(null));
  }

  /** Refuses, before anything is played, a folder that could not take the reports. */
  void requireUsableOutput() {
    Folders.obstacle(output)
        .ifPresent(
            obstacle -> {
              throw new BadOption("-Doutput=%s cannot be used: %s.".formatted(output, obstacle));
            });
    for (String name : Reports.names()) {
      if (Files.isDirectory(output.resolve(name))) {
        throw new BadOption(
            "-Doutput=%s cannot be used: a folder is in the place of the report %s."
                .formatted(output, name));
      }
    }
  }

  private static Optional<Path> path(Properties properties, String name) {
    return value(properties, name)
        .map(
            text -> {
              try {
                return Path.of(text);
              } catch (InvalidPathException e) {
                throw new BadOption("-D%s is not a path: %s".formatted(name, e.getMessage()));
              }
            });
  }

  private static Optional<String> value(Properties properties, String name) {
    return Optional.ofNullable(properties.getProperty(name))
        .map(String::strip)
        .filter(text -> !text.isEmpty());
  }
}
