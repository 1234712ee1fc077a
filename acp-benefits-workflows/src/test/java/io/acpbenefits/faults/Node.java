package io.acpbenefits.faults;

import io.acpbenefits.common.Refusal;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A node in a JVM of its own, which does what it is told line by line and tells what it has begun
 * and how that ended, until it is killed.
 */
final class Node {

  private static final Logger LOG = LoggerFactory.getLogger(Node.class);
  static final String MARK = "> ";

  /** So many steps no story has. */
  static final String TO_THE_END = "1000";

  static final String REFUSED = "refused";
  private static final String WITH_KEY = ", with its request key:";
  static final String TODAY = "faults.today";
  private static final Duration PATIENCE = Duration.ofSeconds(40);
  private static final long MILLIS = 1_000_000;

  private final PrintStream out;
  private final Path keys;
  private final CommitPoints points = new CommitPoints();
  private final Ahead clock = new Ahead();
  private volatile @Nullable Host host;

  private Node(PrintStream out, Path keys) {
    this.out = out;
    this.keys = keys;
  }

  /** The first argument is the key file. */
  public static void main(String[] arguments) throws IOException {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    Node node = new Node(out, Path.of(arguments[0]));
    node.say("up");
    try (BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      String line = in.readLine();
      while (line != null) {
        try {
          node.obey(line.split("\t", -1));
        } catch (RuntimeException | Error failure) {
          LOG.warn("{} failed", line, failure);
          node.say("broken", String.valueOf(failure));
        }
        line = in.readLine();
      }
    }
    // Whoever started this node has ended: it must not go on alone.
    Runtime.getRuntime().halt(0);
  }

  /** Waits a little; what a player waits for may never come once its story was cut off. */
  static void pause() {
    if (Thread.currentThread() instanceof Player player && player.cutOff) {
      throw new CutOff();
    }
    LockSupport.parkNanos(4 * MILLIS);
  }

  /** Ends a player whose story was cut off, unless it was cut off in the middle of a commit. */
  private static final class CutOff extends Error {
    private static final long serialVersionUID = 1L;
  }

  /** Plays one story. */
  private static final class Player extends Thread {
    private volatile boolean cutOff;

    Player(Runnable play) {
      super(play, CommitPoints.PLAYER);
      setDaemon(true);
    }
  }

  synchronized void say(String... words) {
    out.println(MARK + String.join("\t", words));
  }

  private void obey(String[] order) {
    switch (order[0]) {
      case "open" -> {
        clock.apart(Duration.parse(order[2]));
        clock.days(new Outside(order[1]).day());
        host =
            new Host(
                order[1], keys, clock, points, Pace.valueOf(order[3]), Trouble.parse(order[4]));
        say("open");
      }
      case "play" ->
          play(
              Stories.named(order[1]),
              order[2],
              Integer.parseInt(order[3]),
              order[4].equals("-") ? null : CommitPoints.Point.parse(order[4]));
      case "calm" -> calm();
      case "later" -> {
        clock.later(Duration.parse(order[1]));
        say("later");
      }
      case "run" ->
          run(
              Stories.named(order[1]),
              order[2],
              Integer.parseInt(order[3]),
              Integer.parseInt(order[4]));
      case "close" -> close();
      case "exit" -> System.exit(0);
      default -> throw new IllegalArgumentException(order[0]);
    }
  }

  private Host host() {
    return Objects.requireNonNull(host, "not open");
  }

  /** Plays a story from a step on, up to its end or to a point, where a thread stays for ever. */
  private void play(Story story, String name, int from, CommitPoints.@Nullable Point stop) {
    Set<String> before = host().dues.now();
    CountDownLatch stopped = points.watch(stop);
    CountDownLatch ended = new CountDownLatch(1);
    World world = host().world(name);
    Player player = new Player(() -> play(story, world, from, before, ended));
    player.start();
    long late = System.nanoTime() + PATIENCE.toNanos();
    while (ended.getCount() > 0 && stopped.getCount() > 0 && System.nanoTime() < late) {
      pause();
    }
    player.cutOff = true;
    while (player.isAlive() && !points.isStopped(player) && System.nanoTime() < late) {
      pause();
    }
    List<CommitPoints.Passed> passed = points.unwatch();
    if (stopped.getCount() == 0) {
      say("stopped", text(points.stoppedAt()));
    } else if (ended.getCount() > 0) {
      say("stuck");
    } else {
      if (stop == null) {
        passed.forEach(at -> say("point", text(at)));
      }
      say("played");
    }
  }

  private static String text(CommitPoints.Passed at) {
    return String.join(
        "\t",
        at.point().toString(),
        at.alone() ? "alone" : "one of many",
        String.join(" ", at.operations()),
        String.join(" ", at.commands()),
        String.join(" ", at.nodes()));
  }

  private void play(Story story, World world, int from, Set<String> before, CountDownLatch ended) {
    try {
      List<Story.Step> steps = story.steps();
      for (int i = from; i < steps.size(); i++) {
        pause();
        points.step(steps.get(i).prepares() ? null : steps.get(i).name());
        say("begin", world.name(), Integer.toString(i), steps.get(i).name());
        String outcome = outcome(steps.get(i), world);
        say("end", world.name(), Integer.toString(i), outcome);
        if (outcome.startsWith("failed")) {
          return;
        }
        if (!steps.get(i).prepares() && !points.hasCommitted() && !world.noted().aside()) {
          say("idle", world.name(), steps.get(i).name());
        }
        if (!calls(before)) {
          say("restless", String.join(", ", host().dues.now()));
          return;
        }
      }
    } catch (CutOff inTheMiddle) {
      return;
    } finally {
      ended.countDown();
    }
  }

  /** Calls the ports itself, so that this is done on its thread, until nothing new is due. */
  private boolean calls(Set<String> before) {
    long late = System.nanoTime() + PATIENCE.toNanos();
    Set<String> due = host().dues.now();
    while (!before.containsAll(due)) {
      if (System.nanoTime() > late) {
        return false;
      }
      if (due.stream().anyMatch(id -> Dues.isOfPort(id) && !before.contains(id))) {
        host().callPorts();
      }
      pause();
      due = host().dues.now();
    }
    return true;
  }

  private static String outcome(Story.Step step, World world) {
    world.noted().forget();
    try {
      step.command().accept(world);
      return "done";
    } catch (Refusal refusal) {
      String how = world.noted().keyed() ? REFUSED + WITH_KEY : REFUSED;
      return how + " " + refusal.reason() + " " + refusal.getMessage();
    } catch (RuntimeException failure) {
      LOG.warn("{} failed", step.name(), failure);
      return "failed " + failure;
    }
  }

  private void calm() {
    boolean quiet = host().dues.awaitNone(Duration.ofMinutes(1));
    say(
        quiet ? "calm" : "restless",
        quiet ? "" : String.join(", ", host().dues.soon()),
        Integer.toString(host().dues.failing()),
        clock.instant().toString());
  }

  /**
   * Plays so many steps of a story at most, beside others, without waiting for anything that the
   * story does not wait for.
   */
  private void run(Story story, String name, int from, int most) {
    World world = host().world(name);
    Thread player =
        new Thread(
            () -> {
              List<Story.Step> steps = story.steps();
              int end = Math.min(steps.size(), from + most);
              for (int i = from; i < end; i++) {
                say("begin", name, Integer.toString(i), steps.get(i).name());
                String outcome = outcome(steps.get(i), world);
                say("end", name, Integer.toString(i), outcome);
                if (ends(outcome)) {
                  return;
                }
              }
              say(end == steps.size() ? "over" : "paused", name);
            },
            "player-" + name);
    player.setDaemon(true);
    player.start();
  }

  /**
   * Whether an outcome is in order for whoever does not know whether the command was done before: a
   * command with a request key answers as it did then, all others may be refused.
   */
  static boolean isInOrderIfRepeated(String outcome) {
    return outcome.startsWith(REFUSED + " ");
  }

  /** Whether a story that is run stops here, for the command to be given again. */
  static boolean ends(String outcome) {
    return outcome.startsWith("failed") || outcome.contains(Stories.AT_WORK);
  }

  private void close() {
    if (host != null) {
      host.close();
      host = null;
    }
    say("closed");
  }
}
