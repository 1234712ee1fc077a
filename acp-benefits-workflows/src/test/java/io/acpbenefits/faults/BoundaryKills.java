package io.acpbenefits.faults;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Kills nodes at commits: one after another, many worlds of one node come to stand each at a commit
 * of its own, where a thread of the node stays; then the node is killed, which kills it at all of
 * them. Another node takes over, first by itself; then whoever gave a command that was not answered
 * gives it again, and the stories go on to their ends.
 */
final class BoundaryKills {

  private static final Logger LOG = LoggerFactory.getLogger(BoundaryKills.class);

  /** So many worlds stand still in a node at most, each with a thread and a connection. */
  private static final int AT_ONCE = 24;

  private static final int PLAYED_AT_ONCE = 6;

  private static final String AFTER_THE_KILL = "after the kill";

  /** So many nodes are filled with worlds that stand still, or taken over, at the same time. */
  private static final int LANES = 3;

  private final Ground ground;
  private final Queue<Death> many = new ConcurrentLinkedQueue<>();
  private final Queue<Death> alone = new ConcurrentLinkedQueue<>();

  /** In stories that need a database to themselves. */
  private final Queue<Death> apart = new ConcurrentLinkedQueue<>();

  private final List<String> complaints = new CopyOnWriteArrayList<>();
  private final Instant begun = Instant.now();
  private final AtomicInteger worlds = new AtomicInteger();
  private final AtomicInteger kills = new AtomicInteger();
  private final AtomicInteger deaths = new AtomicInteger();
  private final Set<String> killed = ConcurrentHashMap.newKeySet();
  private final Set<String> killedCommands = ConcurrentHashMap.newKeySet();
  private final Set<String> killedNodes = ConcurrentHashMap.newKeySet();

  /** Where a story is to be cut off. */
  private record Death(String story, CommitPoints.Passed at, int attempts) {}

  /** A story that was cut off, and what whoever played it knows. */
  private static final class Cut {
    final Death death;
    final String world;
    int next;
    boolean unanswered;
    String step = "";

    Cut(Death death, String world) {
      this.death = death;
      this.world = world;
    }

    @Override
    public String toString() {
      return death.story() + " at " + death.at().point() + " in " + step + ", world " + world;
    }
  }

  /**
   * Finds the points.
   *
   * @param only those whose description contains one of these texts, with {@code |} between them
   * @param again whether a commit that several stories pass is a point of each
   */
  BoundaryKills(Ground ground, String only, boolean again) {
    this.ground = ground;
    Set<String> everywhere = new HashSet<>();
    List<String> texts = List.of(only.split("[|]", -1));
    ground.points.forEach(
        (story, passed) -> {
          boolean itsOwn = Stories.isAlone(story);
          Set<String> taken = again ? new HashSet<>() : everywhere;
          for (int i = 0; i < passed.size(); i++) {
            CommitPoints.Passed at = passed.get(i);
            String description = story + " " + at;
            if (texts.stream().anyMatch(description::contains)
                && taken.add(at.kind())
                && !(itsOwn && isTheSameAsTheNext(passed, i))) {
              Queue<Death> queue = itsOwn ? apart : at.alone() ? alone : many;
              queue.add(new Death(story, at, 0));
            }
          }
        });
  }

  /**
   * Whether it comes after a commit and the next one before the next commit of the same call, which
   * leave the same behind; told apart only where that does not cost a node each.
   */
  private static boolean isTheSameAsTheNext(List<CommitPoints.Passed> passed, int index) {
    if (index + 1 == passed.size() || !passed.get(index).point().after()) {
      return false;
    }
    CommitPoints.Passed next = passed.get(index + 1);
    String call = passed.get(index).point().what().replaceFirst(" > .*", "");
    return !next.point().after()
        && call.contains(": ")
        && next.point().what().startsWith(call + " > ");
  }

  /** All that went wrong. */
  List<String> killEverywhere() throws InterruptedException {
    ExecutorService lanes = Executors.newFixedThreadPool(LANES);
    try {
      List<Future<?>> running = new ArrayList<>();
      for (int lane = 0; lane < LANES; lane++) {
        running.add(lanes.submit(this::killUntilAllAreDone));
      }
      for (Future<?> lane : running) {
        try {
          lane.get();
        } catch (ExecutionException e) {
          complaints.add("It could not go on: " + e.getCause());
          LOG.warn("It could not go on", e);
        }
      }
    } finally {
      lanes.shutdownNow();
    }
    return List.copyOf(complaints);
  }

  int kills() {
    return kills.get();
  }

  /** What was being done, or had just been done, as the audit calls it, when a node died. */
  Set<String> operations() {
    return Set.copyOf(killed);
  }

  /** What somebody had called, and was not answered or had just been, when a node died. */
  Set<String> commands() {
    return new TreeSet<>(killedCommands);
  }

  /** Which nodes of diagrams were being entered, or had just been, when a node died. */
  Set<String> nodes() {
    return new TreeSet<>(killedNodes);
  }

  int deaths() {
    return deaths.get();
  }

  private int toGo() {
    return many.size() + alone.size() + apart.size();
  }

  private @Nullable Void killUntilAllAreDone() throws SQLException {
    try (NodeProcess survivor = ground.launcher.start()) {
      survivor.await("up");
      NodeProcess next = ground.launcher.start();
      while (toGo() > 0) {
        NodeProcess victim = next;
        next = ground.launcher.start();
        oneNode(victim, survivor);
      }
      next.kill();
    }
    return null;
  }

  private void oneNode(NodeProcess victim, NodeProcess survivor) throws SQLException {
    String url = ground.server.fresh();
    List<Cut> cuts = new ArrayList<>();
    try (victim) {
      victim.await("up");
      victim.open(url, Duration.ZERO, Pace.STEP_BY_STEP);
      Death itsOwn = apart.poll();
      if (itsOwn != null) {
        cut(victim, itsOwn, apart, cuts);
      } else {
        fill(victim, cuts);
      }
      victim.kill();
    }
    if (cuts.isEmpty()) {
      return;
    }
    takeOver(survivor, url, cuts);
    LOG.info(
        "{} nodes killed at {} commits after {}, {} to go, complaints: {}",
        kills.incrementAndGet(),
        deaths.get(),
        Duration.between(begun, Instant.now()),
        toGo(),
        complaints);
  }

  private void fill(NodeProcess victim, List<Cut> cuts) {
    boolean goesOn = true;
    Death next = many.poll();
    while (goesOn && next != null) {
      goesOn = cut(victim, next, many, cuts);
      next = goesOn && cuts.size() < AT_ONCE ? many.poll() : null;
    }
    next = goesOn ? alone.poll() : null;
    if (next != null) {
      cut(victim, next, alone, cuts);
    }
  }

  /** Plays a story up to its death; returns whether the node can go on with others. */
  private boolean cut(NodeProcess victim, Death death, Queue<Death> again, List<Cut> cuts) {
    Cut cut = new Cut(death, "w" + worlds.incrementAndGet());
    victim.tell("play", death.story(), cut.world, "0", death.at().point().toString());
    while (true) {
      List<String> words = victim.next();
      switch (words.get(0)) {
        case "begin" -> {
          cut.next = Integer.parseInt(words.get(2));
          cut.step = words.get(3);
          cut.unanswered = true;
        }
        case "end" -> {
          cut.next = Integer.parseInt(words.get(2)) + 1;
          cut.unanswered = false;
          if (!words.get(3).equals("done")) {
            complaints.add(cut + ": " + words);
          }
        }
        case "stopped" -> {
          CommitPoints.Passed at = Ground.passed(words.subList(1, words.size()));
          cuts.add(cut);
          deaths.incrementAndGet();
          killed.addAll(at.operations());
          killedCommands.addAll(at.commands());
          killedNodes.addAll(at.nodes());
          return true;
        }
        case "played" -> {
          // It went another way this time; it is cut off at its end, and tried once more.
          cuts.add(cut);
          repeat(death, again, "was not passed");
          return true;
        }
        default -> {
          cuts.add(cut);
          repeat(death, again, words.toString());
          return false;
        }
      }
    }
  }

  private void repeat(Death death, Queue<Death> again, String why) {
    LOG.info("{} was not reached: {}", death, why);
    if (death.attempts() < 2) {
      again.add(new Death(death.story(), death.at(), death.attempts() + 1));
    } else {
      complaints.add(death + " could not be reached: " + why);
    }
  }

  private void takeOver(NodeProcess survivor, String url, List<Cut> cuts) throws SQLException {
    // So much later that every lock of the dead node has lapsed.
    survivor.open(url, Duration.ofMinutes(30), Pace.TAKES_OVER);
    check(url, AFTER_THE_KILL, survivor.untilTriedOnce(), cuts);
    finish(survivor, cuts);
    check(url, "at the end", survivor.untilAllIsTried(), cuts);
    Map<String, Cut> wrong = new LinkedHashMap<>();
    try (Connection connection = DriverManager.getConnection(url)) {
      for (Cut cut : cuts) {
        List<String> outcome = Outcome.of(connection, cut.world);
        if (!outcome.equals(ground.outcomes.get(cut.death.story()))) {
          wrong.put(difference(ground.outcomes.get(cut.death.story()), outcome), cut);
        }
      }
    }
    wrong.forEach((difference, cut) -> complaints.add(cut + " ended otherwise: " + difference));
    survivor.tell("close");
    survivor.await("closed");
  }

  private void check(String url, String when, Instant now, List<Cut> cuts) throws SQLException {
    boolean midway = when.equals(AFTER_THE_KILL);
    Set<String> damaged = midway ? new Outside(url).damaged() : Set.of();
    try (Connection connection = DriverManager.getConnection(url)) {
      for (String broken : Checker.broken(connection, now, damaged)) {
        if (!(midway && broken.startsWith(Checker.IMPORTS))) {
          complaints.add(when + ": " + broken + " Cut were: " + cuts);
        }
      }
    }
  }

  /** Goes on with all that were cut off, some at a time. */
  private void finish(NodeProcess survivor, List<Cut> cuts) {
    Deque<Cut> waiting = new ArrayDeque<>(cuts);
    Map<String, Cut> playing = new HashMap<>();
    while (!waiting.isEmpty() || !playing.isEmpty()) {
      while (playing.size() < PLAYED_AT_ONCE && !waiting.isEmpty()) {
        Cut cut = waiting.remove();
        playing.put(cut.world, cut);
        survivor.tell(
            "run", cut.death.story(), cut.world, Integer.toString(cut.next), Node.TO_THE_END);
      }
      List<String> words = survivor.next();
      switch (words.get(0)) {
        case "end" -> {
          Cut cut = Objects.requireNonNull(playing.get(words.get(1)));
          String outcome = words.get(3);
          if (!outcome.equals("done") && !(cut.unanswered && Node.isInOrderIfRepeated(outcome))) {
            complaints.add(cut + " was not finished: " + words);
          }
          cut.unanswered = false;
          if (Node.ends(outcome)) {
            playing.remove(cut.world);
          }
        }
        case "over" -> playing.remove(words.get(1));
        case "broken", NodeProcess.GONE -> {
          complaints.add(playing.values() + " were not finished: " + words);
          return;
        }
        default -> {}
      }
    }
  }

  static String difference(@Nullable List<String> expected, List<String> found) {
    Map<String, Integer> count = new HashMap<>();
    if (expected != null) {
      expected.forEach(row -> count.merge(row, -1, Integer::sum));
    }
    found.forEach(row -> count.merge(row, 1, Integer::sum));
    StringBuilder text = new StringBuilder();
    count.forEach(
        (row, times) -> {
          if (times != 0) {
            text.append(times > 0 ? " +[" : " -[").append(row).append(']');
          }
        });
    return text.isEmpty() ? "in another order " + found : text.toString();
  }
}
