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
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

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
  private static final Duration LONGEST = Duration.ofMinutes(3);
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
  private final List<Story> stories;
  private final List<Member> nodes = new ArrayList<>();
  private final Deque<Member> coming = new ArrayDeque<>();
  private final Deque<Play> waiting = new ArrayDeque<>();
  private final List<Play> later = new ArrayList<>();
  private final List<Play> all = new ArrayList<>();
  private final Map<String, Integer> failures = new LinkedHashMap<>();
  private final List<String> complaints = new ArrayList<>();
  private int neverOpened;
  private int acknowledged;
  private int unanswered;

  /** A node, and which stories it plays. */
  private static final class Member {
    final NodeProcess process;
    final boolean ahead;
    final Map<String, Play> plays = new HashMap<>();
    boolean open;

    Member(NodeProcess process, boolean ahead) {
      this.process = process;
      this.ahead = ahead;
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
    @Nullable Member last;

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
   * @param apart how far the clocks of two nodes are apart; if they are, each command of a story is
   *     given to the other node than the one before
   * @param stories which ones are played
   */
  UnderLoad(Ground ground, long seed, String trouble, Duration apart, List<Story> stories) {
    this.ground = ground;
    this.random = new Random(seed);
    this.url = ground.server.fresh();
    this.trouble = trouble;
    this.apart = apart;
    this.stories = stories;
  }

  Random random() {
    return random;
  }

  /** What is the case beside the library, which nodes have noted. */
  Outside outside() {
    return new Outside(url);
  }

  String database() {
    return url.replaceFirst(".*/", "").replaceFirst("\\?.*", "");
  }

  Server server() {
    return ground.server;
  }

  /** Plays under so many blows; all that went wrong. */
  List<String> under(int blows, Blow blow) throws Exception {
    return under(blows, blow, () -> true);
  }

  /** Plays under so many blows, and more until it was enough, at most a few minutes long. */
  List<String> under(int blows, Blow blow, BooleanSupplier enough) throws Exception {
    long late = System.nanoTime() + LONGEST.toNanos();
    try {
      for (int i = 0; i < blows || (System.nanoTime() < late && !enough.getAsBoolean()); i++) {
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
    // Whose clock is ahead hangs on whom a node follows.
    int most = apart.isZero() ? NODES + 1 : NODES;
    while (coming.size() + nodes.size() < most) {
      boolean isOneAhead = Stream.concat(nodes.stream(), coming.stream()).anyMatch(m -> m.ahead);
      coming.add(new Member(ground.launcher.start(), !isOneAhead));
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
      while (node.plays.size() < PLAYERS) {
        Optional<Play> next = nextFor(node, more);
        if (next.isEmpty()) {
          break;
        }
        Play play = next.get();
        play.last = node;
        node.plays.put(play.world, play);
        node.process.tell(
            "run",
            play.story.name(),
            play.world,
            Integer.toString(play.next),
            apart.isZero() ? Node.TO_THE_END : "1");
      }
    }
    Node.pause();
  }

  private Optional<Play> nextFor(Member node, boolean more) {
    Optional<Play> found =
        waiting.stream()
            .filter(play -> play.notBefore - System.nanoTime() <= 0)
            .filter(play -> apart.isZero() || play.last != node)
            .findFirst();
    found.ifPresent(waiting::remove);
    boolean isTimeForMore = more && waiting.size() < NODES * PLAYERS;
    return found.isPresent() || !isTimeForMore ? found : Optional.of(another());
  }

  private Play another() {
    Play play = new Play(stories.get(random.nextInt(stories.size())), "w" + (all.size() + 1));
    all.add(play);
    return play;
  }

  private void hear(Member node, List<String> words) {
    switch (words.get(0)) {
      case "up" -> {
        Duration ahead = node.ahead ? apart : Duration.ZERO;
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
      case "paused" -> waiting.add(Objects.requireNonNull(node.plays.remove(words.get(1))));
      case NodeProcess.GONE -> {
        if (nodes.contains(node)) {
          complaints.add("a node has died by itself, see " + node.process.log());
        }
      }
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
