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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * Two nodes on one database that play story after story, several at once and in an order that the
 * seed gives, while something is done to them. Whoever gave a command that was not answered gives
 * it again, at another node if its own has died. In the end every story must have come to its end,
 * and to the same end as if nothing had happened: so nothing that was acknowledged is lost, and
 * nothing was done twice.
 */
final class UnderLoad {

  /** What is done to them. */
  @FunctionalInterface
  interface Blow {
    void strike(UnderLoad load) throws Exception;
  }

  private static final int NODES = 2;
  private static final int PLAYERS = 2;
  private static final int MOST_NEVER_OPENED = 20;
  private static final int LONGEST_PAUSE = 400;

  /** What only time heals is left for the end; all else is repeated so often. */
  private static final int ATTEMPTS = 200;

  private static final Duration BEFORE_AGAIN = Duration.ofMillis(100);
  private static final Duration TO_END = Duration.ofMinutes(5);

  private static final String LEFT =
      """
      SELECT 'Left: ' || handler_type_ || ' ' || coalesce(handler_cfg_, '') || ' of '
        || coalesce(process_instance_id_, 'none') || ' due ' || coalesce(duedate_::text, 'now')
        || ', tries ' || retries_ || ', locked by ' || coalesce(lock_owner_, 'nobody') || ' until '
        || coalesce(lock_exp_time_::text, '') || ' ' || coalesce(exception_msg_, '')
      FROM act_ru_job WHERE retries_ < 6 AND process_instance_id_ IS NOT NULL""";

  private final Ground ground;
  private final Random random;
  private final String url;
  private final String trouble;
  private final Duration apart;
  private final List<Member> nodes = new ArrayList<>();
  private final Deque<Member> coming = new ArrayDeque<>();
  private final Deque<Play> waiting = new ArrayDeque<>();
  private final List<Play> later = new ArrayList<>();
  private final List<Play> all = new ArrayList<>();
  private final Map<String, Integer> failures = new LinkedHashMap<>();
  private final List<String> complaints = new ArrayList<>();
  private int started;
  private int neverOpened;
  private int acknowledged;
  private int unanswered;

  /** A node, and which stories it plays. */
  private static final class Member {
    final NodeProcess process;
    final int number;
    final Map<String, Play> plays = new HashMap<>();
    boolean open;

    Member(NodeProcess process, int number) {
      this.process = process;
      this.number = number;
    }
  }

  /** A story in a world, and what whoever plays it knows. */
  private static final class Play {
    final Story story;
    final String world;
    int next;
    boolean begun;
    boolean unanswered;
    int failures;
    long notBefore = System.nanoTime();

    Play(Story story, String world) {
      this.story = story;
      this.world = world;
    }

    @Override
    public String toString() {
      return story.name() + " in " + world + " at step " + next;
    }
  }

  /**
   * Makes a database.
   *
   * @param ground where
   * @param seed of the order of stories and of the times of blows
   * @param trouble what goes wrong in nodes by itself
   * @param apart how far the clocks of two nodes are apart
   */
  UnderLoad(Ground ground, long seed, String trouble, Duration apart) {
    this.ground = ground;
    this.random = new Random(seed);
    this.url = ground.server.fresh();
    this.trouble = trouble;
    this.apart = apart;
  }

  Random random() {
    return random;
  }

  /** What a node has asked a port for while another still waited for the answer to the same. */
  List<String> takenOver() {
    return new Outside(url).takenOver();
  }

  String database() {
    return url.replaceFirst(".*/", "").replaceFirst("\\?.*", "");
  }

  Server server() {
    return ground.server;
  }

  /** Plays under blows; all that went wrong. */
  List<String> under(int blows, Blow blow) throws Exception {
    try {
      for (int i = 0; i < blows; i++) {
        untilAllWork();
        run(Duration.ofMillis(random.nextInt(LONGEST_PAUSE)));
        blow.strike(this);
        check();
      }
      untilAllWork();
      run(Duration.ofSeconds(1));
      untilAllHaveEnded();
    } finally {
      nodes.forEach(node -> node.process.kill());
      coming.forEach(node -> node.process.kill());
    }
    finishAndCheck();
    return complaints;
  }

  /** What holds at each moment holds right after a blow, too. */
  private void check() throws SQLException {
    List<String> broken = Checker.brokenNow(url);
    broken.forEach(what -> complaints.add("after a blow: " + what));
  }

  /** One of the nodes that work gets signal 9. */
  void killOne() {
    Member dying = nodes.remove(random.nextInt(nodes.size()));
    dying.process.kill();
    List<String> words = List.of();
    while (!words.equals(List.of(NodeProcess.GONE))) {
      words = dying.process.next();
      hear(dying, words);
    }
    for (Play play : dying.plays.values()) {
      if (play.begun) {
        play.begun = false;
        play.unanswered = true;
        unanswered++;
      }
      waiting.add(play);
    }
  }

  private void untilAllWork() {
    while (nodes.size() < NODES) {
      comeUp();
      step(true);
    }
    comeUp();
  }

  /** Starts the nodes that take the places of those that die next. */
  private void comeUp() {
    while (coming.size() + nodes.size() < NODES + 1) {
      coming.add(new Member(ground.launcher.start(), ++started));
    }
  }

  private void run(Duration time) {
    long end = System.nanoTime() + time.toNanos();
    while (System.nanoTime() < end) {
      step(true);
    }
  }

  private void untilAllHaveEnded() {
    long late = System.nanoTime() + TO_END.toNanos();
    while (!waiting.isEmpty() || nodes.stream().anyMatch(node -> !node.plays.isEmpty())) {
      if (System.nanoTime() > late) {
        nodes.forEach(node -> later.addAll(node.plays.values()));
        later.addAll(waiting);
        return;
      }
      step(false);
    }
  }

  /** Hears what nodes say, and gives those who have time something to do. */
  private void step(boolean more) {
    for (Member node : List.copyOf(coming)) {
      node.process.heard().forEach(words -> hear(node, words));
      if (node.open && nodes.size() < NODES) {
        coming.remove(node);
        nodes.add(node);
      }
    }
    for (Member node : nodes) {
      node.process.heard().forEach(words -> hear(node, words));
      while (node.plays.size() < PLAYERS && (more || !waiting.isEmpty())) {
        Play play = waiting.isEmpty() ? another() : waiting.element();
        if (play.notBefore - System.nanoTime() > 0) {
          break;
        }
        waiting.poll();
        node.plays.put(play.world, play);
        node.process.tell("run", play.story.name(), play.world, Integer.toString(play.next));
      }
    }
    Node.pause();
  }

  private Play another() {
    Play play =
        new Play(
            Stories.SIDE_BY_SIDE.get(random.nextInt(Stories.SIDE_BY_SIDE.size())),
            "w" + (all.size() + 1));
    all.add(play);
    return play;
  }

  private void hear(Member node, List<String> words) {
    switch (words.get(0)) {
      case "up" -> {
        // Every second one is ahead.
        Duration ahead = node.number % 2 == 0 ? apart : Duration.ZERO;
        node.process.tell("open", url, ahead.toString(), Pace.UNDER_LOAD.name(), trouble);
      }
      case "open" -> node.open = true;
      case "begin" -> {
        Play play = playing(node, words);
        play.next = Integer.parseInt(words.get(2));
        play.begun = true;
      }
      case "end" -> ended(node, playing(node, words), words.get(3));
      case "over" -> node.plays.remove(words.get(1));
      case "broken" -> {
        if (node.open || ++neverOpened > MOST_NEVER_OPENED) {
          complaints.add("a node said " + words + ", see " + node.process.log());
        }
        // A host that finds no database at its start ends, and is started anew.
        coming.remove(node);
        node.process.kill();
      }
      default -> {}
    }
  }

  private Play playing(Member node, List<String> words) {
    Play play = node.plays.get(words.get(1));
    if (play == null) {
      throw new AssertionError("Nobody has asked for " + words);
    }
    return play;
  }

  private void ended(Member node, Play play, String outcome) {
    play.begun = false;
    boolean refused = outcome.startsWith(Node.REFUSED);
    boolean atWork = refused && outcome.contains(Stories.AT_WORK);
    if (outcome.equals("done")
        || (play.unanswered && Node.isInOrderIfRepeated(outcome) && !atWork)) {
      acknowledged++;
      play.next++;
      play.unanswered = false;
      play.failures = 0;
    } else if (atWork) {
      again(node, play);
    } else if (refused) {
      complaints.add(play + ", seed world: " + outcome);
      play.next++;
    } else {
      unanswered++;
      play.unanswered = true;
      failures.merge(outcome.replaceAll("[0-9a-f-]{20,}|\\d+", "*"), 1, Integer::sum);
      if (outcome.contains(Stories.NOT_YET)) {
        node.plays.remove(play.world);
        later.add(play);
      } else {
        again(node, play);
      }
    }
  }

  /** The same command after a moment, at whichever node. */
  private void again(Member node, Play play) {
    node.plays.remove(play.world);
    play.failures++;
    if (play.failures > ATTEMPTS) {
      later.add(play);
    } else {
      play.notBefore = System.nanoTime() + BEFORE_AGAIN.toNanos();
      waiting.add(play);
    }
  }

  /** A day later all that waits for time has happened. */
  private void finishAndCheck() throws SQLException {
    Instant now;
    try (NodeProcess node = ground.launcher.start()) {
      node.await("up");
      node.open(url, Duration.ofHours(20), Pace.AFTER_LOAD);
      node.untilAllIsTried();
      for (Play play : later) {
        node.tell("play", play.story.name(), play.world, Integer.toString(play.next), "-");
        List<List<String>> said = node.await("played");
        for (List<String> words : said) {
          boolean first = words.size() > 2 && words.get(2).equals(Integer.toString(play.next));
          if (words.get(0).equals("end")
              && !words.get(3).equals("done")
              && !(first && Node.isInOrderIfRepeated(words.get(3)))) {
            complaints.add(play + " at the end: " + words);
          }
        }
      }
      now = node.untilAllIsTried();
    }
    try (Connection connection = DriverManager.getConnection(url)) {
      complaints.addAll(Checker.broken(connection, now, Set.of()));
      for (Play play : all) {
        List<String> outcome = Outcome.of(connection, play.world);
        List<String> expected = ground.outcomes.get(play.story.name());
        if (!outcome.equals(expected)) {
          complaints.add(play + " ended otherwise: " + BoundaryKills.difference(expected, outcome));
        }
      }
      List<String> incidents =
          Checker.rows(
              connection, "SELECT incident_type_ || ' ' || activity_id_ FROM act_ru_incident");
      complaints.addAll(incidents.stream().map(found -> "An incident is left: " + found).toList());
      if (!complaints.isEmpty()) {
        complaints.addAll(Checker.rows(connection, LEFT));
      }
    }
  }

  @Override
  public String toString() {
    return "%d worlds, %d commands acknowledged, %d not answered, %d stories left for the end, %s"
        .formatted(all.size(), acknowledged, unanswered, later.size(), failures);
  }
}
