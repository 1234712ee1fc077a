package io.acpbenefits.sidebyside;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A node in a JVM of its own, perhaps of another release: what its class path has. */
final class RemoteNode implements Stepper {

  private static final int TO_END_SECONDS = 60;

  private final Process process;
  private final PrintWriter orders;
  private final BufferedReader answers;
  private final Path log;

  /** It is up when this returns. */
  RemoteNode(String classPath, String url, Path keys, String schemaMode, Path log) {
    this.log = log;
    try {
      process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-XX:TieredStopAtLevel=1",
                  "-XX:+UseSerialGC",
                  "-Xmx256m",
                  "-Duser.timezone=UTC",
                  "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                  "-cp",
                  classPath,
                  SteppedMain.class.getName(),
                  url,
                  keys.toString(),
                  schemaMode)
              .redirectError(log.toFile())
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException("A node could not be started", e);
    }
    orders = new PrintWriter(process.outputWriter(StandardCharsets.UTF_8), true);
    answers = process.inputReader(StandardCharsets.UTF_8);
    answer("start");
  }

  @Override
  public List<String> obey(String... order) {
    orders.println(String.join("\t", order));
    return answer(String.join(" ", order));
  }

  private List<String> answer(String order) {
    try {
      String line = answers.readLine();
      while (line != null && !line.startsWith("> ")) {
        line = answers.readLine();
      }
      if (line == null || line.startsWith(SteppedMain.FAILED)) {
        throw new AssertionError("%s: %s; see %s".formatted(order, line, log));
      }
      List<String> words = List.of(line.split("\t", -1));
      return words.subList(1, words.size());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends it as a host does that is stopped. */
  @Override
  public void close() {
    orders.close();
    try {
      if (!process.waitFor(TO_END_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError("A node did not end; see " + log);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
