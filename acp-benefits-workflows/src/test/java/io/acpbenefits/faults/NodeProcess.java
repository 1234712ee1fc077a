package io.acpbenefits.faults;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/** The other end of a {@link Node}: tells it what to do, hears what it says, and kills it. */
final class NodeProcess implements AutoCloseable {

  static final String GONE = "gone";
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  /** The first of the intervals at which a step is tried again, and a little longer. */
  private static final Duration FIRST_INTERVAL = Duration.ofMinutes(2);

  /** The last of them, and a little longer. */
  private static final Duration LONGEST_INTERVAL = Duration.ofMinutes(8 * 60 + 2);

  private static final int MOST_TRIES = 6;

  private final Process process;
  private final PrintStream orders;
  private final Path log;
  private final BlockingQueue<List<String>> said = new LinkedBlockingQueue<>();

  /**
   * How nodes are started: from jars only, since the JVM shares no classes that lie in folders, and
   * with an archive of the classes that a node loads, which halves the time until it is up.
   */
  static final class Launcher {

    private static final List<String> JVM =
        List.of(
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xss512k",
            "-Xmx192m",
            "-Duser.timezone=UTC",
            "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
            "-Dorg.slf4j.simpleLogger.log.org.camunda=off");

    private final Path folder;
    private final Path keys;
    private final String classPath;
    private final Path archive;

    /** The same for all nodes, or what a second one repeats would not be what the first began. */
    private final Instant today = Instant.now().truncatedTo(ChronoUnit.DAYS);

    private int started;

    Launcher(Path keys) throws IOException {
      this.keys = keys;
      this.folder = Ground.folder("nodes");
      this.archive = folder.resolve("classes.jsa");
      String tests = System.getProperty("surefire.test.class.path");
      this.classPath = jarsOnly(tests != null ? tests : System.getProperty("java.class.path", ""));
    }

    private String jarsOnly(String path) throws IOException {
      Path jar = folder.resolve("classes.jar");
      List<String> jars = new ArrayList<>(List.of(jar.toString()));
      Set<String> written = new LinkedHashSet<>();
      try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
        for (String element : path.split(File.pathSeparator, -1)) {
          if (element.isEmpty()) {
            continue;
          }
          if (Files.isDirectory(Path.of(element))) {
            add(Path.of(element), out, written);
          } else if (Files.exists(Path.of(element))) {
            jars.add(element);
          }
        }
      }
      return String.join(File.pathSeparator, jars);
    }

    private static void add(Path root, JarOutputStream out, Set<String> written)
        throws IOException {
      try (Stream<Path> files = Files.walk(root)) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          String name = root.relativize(file).toString().replace(File.separatorChar, '/');
          if (written.add(name)) {
            out.putNextEntry(new JarEntry(name));
            Files.copy(file, out);
            out.closeEntry();
          }
        }
      }
    }

    /** Has a node end by itself, that leaves an archive of its classes. */
    void archiveClasses(String url) throws IOException {
      List<String> options = new ArrayList<>(JVM);
      options.add("-XX:ArchiveClassesAtExit=" + archive);
      try (NodeProcess node = start(options)) {
        node.await("up");
        node.open(url, Duration.ZERO, Pace.STEP_BY_STEP);
        node.tell("play", "codes", "archived", "0", "-");
        node.await("played");
        node.tell("close");
        node.await("closed");
        node.tell("exit");
        node.process.waitFor(60, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    NodeProcess start() {
      List<String> options = new ArrayList<>(JVM);
      if (Files.exists(archive)) {
        options.add("-XX:SharedArchiveFile=" + archive);
      }
      return start(options);
    }

    private synchronized NodeProcess start(List<String> options) {
      started++;
      List<String> command = new ArrayList<>();
      command.add(Path.of(System.getProperty("java.home", ""), "bin", "java").toString());
      command.addAll(options);
      command.add("-D" + Node.TODAY + "=" + today);
      command.addAll(List.of("-cp", classPath, Node.class.getName(), keys.toString()));
      Path log = folder.resolve("node-" + started + ".log");
      try {
        return new NodeProcess(
            new ProcessBuilder(command).redirectError(log.toFile()).start(), log);
      } catch (IOException e) {
        throw new UncheckedIOException("A node could not be started", e);
      }
    }
  }

  private NodeProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
    OutputStream in = process.getOutputStream();
    this.orders = new PrintStream(in, true, StandardCharsets.UTF_8);
    Thread listener = new Thread(this::listen, "listener");
    listener.setDaemon(true);
    listener.start();
  }

  private void listen() {
    try (InputStream out = process.getInputStream();
        BufferedReader lines =
            new BufferedReader(new java.io.InputStreamReader(out, StandardCharsets.UTF_8))) {
      String line = lines.readLine();
      while (line != null) {
        if (line.startsWith(Node.MARK)) {
          said.add(List.of(line.substring(Node.MARK.length()).split("\t", -1)));
        }
        line = lines.readLine();
      }
    } catch (IOException killed) {
      // It says no more.
    }
    said.add(List.of(GONE));
  }

  void tell(String... words) {
    orders.println(String.join("\t", words));
  }

  /** Has it begin on a database, and waits until it has; without trouble of its own. */
  void open(String url, Duration ahead, Pace pace) {
    tell("open", url, ahead.toString(), pace.name(), Trouble.NONE);
    await("open");
  }

  /** What it says next. */
  List<String> next() {
    try {
      List<String> words = said.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      if (words == null) {
        throw new AssertionError("A node says nothing any more, see " + log);
      }
      return words;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  /** What it has said and nobody has heard, without waiting. */
  List<List<String>> heard() {
    List<List<String>> all = new ArrayList<>();
    said.drainTo(all);
    return all;
  }

  /** Everything it says up to a word. */
  List<List<String>> await(String word) {
    List<List<String>> all = new ArrayList<>();
    while (true) {
      List<String> words = next();
      if (Set.of(GONE, "broken", "restless", "stuck").contains(words.get(0))) {
        throw new AssertionError(
            "Instead of '%s' a node said %s after %s, see %s"
                .formatted(word, words, all.isEmpty() ? "" : all.get(all.size() - 1), log));
      }
      all.add(words);
      if (words.get(0).equals(word)) {
        return all;
      }
    }
  }

  /**
   * Waits until nothing is due, and lets time pass until nothing that has failed is still to be
   * tried again.
   *
   * @return the time that it is then
   */
  Instant untilAllIsTried() {
    Instant now = Instant.MIN;
    for (int rounds = 0; rounds < MOST_TRIES; rounds++) {
      tell("calm");
      List<List<String>> answers = await("calm");
      List<String> calm = answers.get(answers.size() - 1);
      now = Instant.parse(calm.get(3));
      if (calm.get(2).equals("0")) {
        break;
      }
      tell("later", LONGEST_INTERVAL.toString());
      await("later");
    }
    return now;
  }

  /**
   * Waits until nothing is due, also of what has met something else and is tried again at its first
   * interval.
   *
   * @return the time that it is then
   */
  Instant untilTriedOnce() {
    tell("calm");
    List<List<String>> answers = await("calm");
    if (!answers.get(answers.size() - 1).get(2).equals("0")) {
      tell("later", FIRST_INTERVAL.toString());
      await("later");
      tell("calm");
      answers = await("calm");
    }
    return Instant.parse(answers.get(answers.size() - 1).get(3));
  }

  Path log() {
    return log;
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** With signal 9: nothing in it gets to do anything more. */
  void kill() {
    process.destroyForcibly();
    process.onExit().join();
  }

  @Override
  public void close() {
    kill();
  }
}
