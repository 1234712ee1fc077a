package io.acpbenefits.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What all tests of faults stand on: a server, how nodes are started, how stories end. */
final class Ground {

  private static @Nullable Ground shared;

  final Server server;
  final NodeProcess.Launcher launcher;

  /** Where all stories were played once. */
  final String url;

  /** Of each story: what a world is like that was never disturbed. */
  final Map<String, List<String>> outcomes = new LinkedHashMap<>();

  /** Of each story: the commits it passes, in their order. */
  final Map<String, List<CommitPoints.Passed>> points = new LinkedHashMap<>();

  private Ground() throws IOException {
    server = new Server();
    launcher = new NodeProcess.Launcher(server.keys());
    launcher.archiveClasses(server.fresh());
    url = server.fresh();
  }

  /** Made by the first test that needs it; ends with the JVM. */
  static synchronized Ground shared() {
    if (shared == null) {
      try {
        Ground made = new Ground();
        made.playAll();
        shared = made;
      } catch (IOException | SQLException e) {
        throw new AssertionError("Nodes cannot be started here", e);
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
    Instant now;
    try (NodeProcess node = launcher.start()) {
      node.await("up");
      node.tell("open", url, "PT0S", "PT5M", "P1D", Trouble.NONE);
      node.await("open");
      for (Story story : Stories.ALL) {
        String world = "first" + story.name();
        node.tell("play", story.name(), world, "0", "-");
        List<List<String>> said = node.await("played");
        for (List<String> words : said) {
          if (words.get(0).equals("end") && !words.get(3).equals("done")) {
            throw new AssertionError(story.name() + ": " + said);
          }
        }
        points.put(story.name(), points(said));
        try (Connection connection = DriverManager.getConnection(url)) {
          outcomes.put(story.name(), Outcome.of(connection, world));
        }
      }
      node.tell("calm");
      List<List<String>> said = node.await("calm");
      now = Instant.parse(said.get(said.size() - 1).get(3));
    }
    try (Connection connection = DriverManager.getConnection(url)) {
      List<String> broken = Checker.broken(connection, now);
      if (!broken.isEmpty()) {
        throw new AssertionError("Even undisturbed: " + broken);
      }
    }
  }

  private static List<CommitPoints.Passed> points(List<List<String>> said) {
    List<CommitPoints.Passed> found = new ArrayList<>();
    for (List<String> words : said) {
      if (words.get(0).equals("point")) {
        found.add(
            new CommitPoints.Passed(
                CommitPoints.Point.parse(words.get(1)),
                words.get(2),
                words.get(3).equals("alone")));
      }
    }
    return found;
  }
}
