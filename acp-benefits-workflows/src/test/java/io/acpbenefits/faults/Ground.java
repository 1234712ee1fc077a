package io.acpbenefits.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What all tests of faults stand on: a server, how nodes are started, how stories end. */
final class Ground {

  private static @Nullable Ground shared;
  private static @Nullable String broken;

  final Server server;
  final NodeProcess.Launcher launcher;

  /** Where the stories were played once that need no database to themselves. */
  final String url;

  /** Where any were. */
  final List<String> urls = new ArrayList<>();

  /** Of each story: what a world is like that was never disturbed. */
  final Map<String, List<String>> outcomes = new LinkedHashMap<>();

  /** Of each story: the commits it passes, in their order. */
  final Map<String, List<CommitPoints.Passed>> points = new LinkedHashMap<>();

  private Ground() throws IOException {
    server = new Server();
    launcher = new NodeProcess.Launcher(server.keys());
    launcher.archiveClasses(server.fresh());
    url = server.fresh();
    urls.add(url);
  }

  /** Made by the first test that needs it; ends with the JVM. */
  static synchronized Ground shared() {
    if (broken != null) {
      throw new AssertionError("It was tried before: " + broken);
    }
    if (shared == null) {
      try {
        Ground made = new Ground();
        made.playAll();
        shared = made;
      } catch (IOException | SQLException | AssertionError e) {
        broken = e.toString();
        throw new AssertionError("Not even undisturbed can all be played", e);
      }
    }
    return shared;
  }

  /** Where logs are to be found afterwards. */
  static Path folder(String what) throws IOException {
    Path all = Files.createDirectories(Path.of("target", "faults").toAbsolutePath());
    return Files.createTempDirectory(all, what);
  }

  private void playAll() throws SQLException {
    try (NodeProcess node = launcher.start()) {
      node.await("up");
      List<Story> together = new ArrayList<>(Stories.SIDE_BY_SIDE);
      together.addAll(Stories.GIVEN_UP);
      play(node, url, together);
      for (Story story : Stories.ALONE) {
        String itsOwn = server.fresh();
        urls.add(itsOwn);
        play(node, itsOwn, List.of(story));
      }
    }
  }

  private void play(NodeProcess node, String database, List<Story> stories) throws SQLException {
    node.open(database, Duration.ZERO, Pace.STEP_BY_STEP);
    for (Story story : stories) {
      String world = "first" + story.name().replace(" ", "");
      node.tell("play", story.name(), world, "0", "-");
      List<List<String>> said = node.await("played");
      for (List<String> words : said) {
        boolean wentWrong = words.get(0).equals("end") && !words.get(3).equals("done");
        if (wentWrong || words.get(0).equals("idle")) {
          throw new AssertionError(story.name() + ": " + words);
        }
      }
      points.put(story.name(), points(said));
      try (Connection connection = DriverManager.getConnection(database)) {
        outcomes.put(story.name(), Outcome.of(connection, world));
      }
    }
    node.tell("calm");
    List<List<String>> said = node.await("calm");
    Instant now = Instant.parse(said.get(said.size() - 1).get(3));
    node.tell("close");
    node.await("closed");
    try (Connection connection = DriverManager.getConnection(database)) {
      List<String> broken = Checker.broken(connection, now, Set.of());
      if (!broken.isEmpty()) {
        throw new AssertionError("Even undisturbed: " + broken);
      }
    }
  }

  /** What the audit of all stories tells of. */
  Set<String> operations() throws SQLException {
    Set<String> found = new TreeSet<>();
    for (String database : urls) {
      try (Connection connection = DriverManager.getConnection(database)) {
        found.addAll(Checker.rows(connection, "SELECT DISTINCT operation FROM acp_audit_entry"));
      }
    }
    return found;
  }

  /** Those at whose commits nodes can be killed. */
  Set<String> commands() {
    return points.values().stream()
        .flatMap(List::stream)
        .flatMap(passed -> passed.commands().stream())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static List<CommitPoints.Passed> points(List<List<String>> said) {
    List<CommitPoints.Passed> found = new ArrayList<>();
    for (List<String> words : said) {
      if (words.get(0).equals("point")) {
        found.add(passed(words.subList(1, words.size())));
      }
    }
    return found;
  }

  static CommitPoints.Passed passed(List<String> words) {
    return new CommitPoints.Passed(
        CommitPoints.Point.parse(words.get(0)),
        words.get(1).equals("alone"),
        words(words.get(2)),
        words(words.get(3)),
        words(words.get(4)));
  }

  private static List<String> words(String text) {
    return text.isEmpty() ? List.of() : List.of(text.split(" ", -1));
  }
}
