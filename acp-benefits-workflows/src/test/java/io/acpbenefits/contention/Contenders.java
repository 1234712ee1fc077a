package io.acpbenefits.contention;

import io.acpbenefits.persistence.RetryCounts;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** JVMs that want the same; they live until this is closed. */
final class Contenders {

  private static final int PATIENCE_SECONDS = 30;

  private final List<Forked> nodes = new ArrayList<>();
  private RetryCounts retries = RetryCounts.NONE;

  /** A JVM, and the two ends of what is said to and by it. */
  private record Forked(Process process, PrintWriter commands, BufferedReader answers, Path log) {

    String next() throws IOException {
      String line = answers.readLine();
      if (line == null) {
        throw new AssertionError("A JVM has ended; see " + log);
      }
      return line;
    }
  }

  /** Starts them; they are ready when this returns. */
  Contenders(int count, String url, Path keys, Path logs) throws IOException {
    for (int index = 0; index < count; index++) {
      nodes.add(fork(index, url, keys, logs.resolve("contender-" + index + ".log")));
    }
    for (Forked node : nodes) {
      String greeting = node.next();
      if (!greeting.equals(Contender.READY)) {
        throw new AssertionError("A JVM began with " + greeting);
      }
    }
  }

  private static Forked fork(int index, String url, Path keys, Path log) throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Xmx512m",
                "-Dorg.slf4j.simpleLogger.log.io.acpbenefits.persistence.Retries=debug",
                "-cp",
                System.getProperty("java.class.path"),
                Contender.class.getName(),
                Integer.toString(index),
                url,
                keys.toString())
            .redirectError(log.toFile())
            .start();
    return new Forked(
        process,
        new PrintWriter(process.outputWriter(StandardCharsets.UTF_8), true),
        process.inputReader(StandardCharsets.UTF_8),
        log);
  }

  /** Runs a round in all of them at once. */
  History run(Scenario scenario, String round, long seed, int threads) throws IOException {
    String command = Contender.command(scenario, round, seed, threads, threads * nodes.size());
    nodes.forEach(node -> node.commands().println(command));
    List<Attempt> attempts = new ArrayList<>();
    long repeated = 0;
    long exhausted = 0;
    for (Forked node : nodes) {
      String line = node.next();
      while (line.startsWith(Contender.ATTEMPT)) {
        attempts.add(Attempt.ofLine(line.substring(Contender.ATTEMPT.length())));
        line = node.next();
      }
      String[] counts = line.substring(Contender.RETRIES.length()).split("\t", -1);
      repeated += Long.parseLong(counts[0]);
      exhausted += Long.parseLong(counts[1]);
    }
    retries = new RetryCounts(repeated, exhausted);
    return new History(List.copyOf(attempts));
  }

  /** What met others since the JVMs were started. */
  RetryCounts retries() {
    return retries;
  }

  void close() throws IOException, InterruptedException {
    for (Forked node : nodes) {
      node.commands().close();
    }
    for (Forked node : nodes) {
      if (!node.process().waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        node.process().destroyForcibly();
      }
      node.answers().close();
    }
  }
}
