package io.acpbenefits.examples.quickstart;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** The program as it is called, in this JVM, with what it printed kept. */
final class Program {

  private final Properties options = new Properties();

  private Program() {}

  static Program playing(Path journey) {
    return new Program().with("journey", journey.toString());
  }

  static Program withoutOptions() {
    return new Program();
  }

  static String h2File(Path database) {
    return "jdbc:h2:file:" + database;
  }

  Program with(String option, String value) {
    options.setProperty(option, value);
    return this;
  }

  Program into(Path output) {
    return with("output", output.toString());
  }

  Program on(Path database) {
    return with("jdbc.url", h2File(database));
  }

  /** Runs it and tells how it ended. */
  Ended run() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int status;
    try (PrintStream toOut = new PrintStream(out, true, StandardCharsets.UTF_8);
        PrintStream toErr = new PrintStream(err, true, StandardCharsets.UTF_8)) {
      status = Quickstart.run(options, toOut, toErr);
    }
    String output = options.getProperty("output");
    return new Ended(
        status,
        out.toString(StandardCharsets.UTF_8),
        err.toString(StandardCharsets.UTF_8),
        output == null ? null : new ReportFolder(Path.of(output)));
  }

  /** Runs it and gives the reports; anything but success is an error of the test. */
  ReportFolder reports() {
    Ended ended = run();
    if (ended.status() != 0 || ended.reports() == null) {
      throw new AssertionError("Status " + ended.status() + ": " + ended.err());
    }
    return ended.reports();
  }

  /**
   * How the program ended.
   *
   * @param status its exit status
   * @param out what it printed
   * @param err what it complained about
   * @param reports its output folder
   */
  record Ended(int status, String out, String err, @Nullable ReportFolder reports) {}
}
