package io.acpbenefits.faults;

import io.acpbenefits.AcpBenefits;
import io.acpbenefits.Policies;
import io.acpbenefits.application.ApplicationPolicy;
import io.acpbenefits.benefitcenter.BenefitCenter;
import io.acpbenefits.certificate.BindingPolicy;
import io.acpbenefits.common.Refusal;
import io.acpbenefits.common.Tries;
import io.acpbenefits.examrecord.ExamRecordSource;
import io.acpbenefits.examrecord.FeedName;
import io.acpbenefits.examrecord.PullPolicy;
import io.acpbenefits.notification.NoticePolicy;
import io.acpbenefits.notification.Notifier;
import io.acpbenefits.pearsonvue.ExamBookingPolicy;
import io.acpbenefits.pearsonvue.PearsonVue;
import io.acpbenefits.pearsonvue.PearsonVuePolicy;
import io.acpbenefits.persistence.SchemaMode;
import io.acpbenefits.secret.KeyRing;
import io.acpbenefits.workflows.BenefitsEngine;
import io.acpbenefits.workflows.ExternalTasks;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.jobexecutor.DefaultJobExecutor;
import org.camunda.bpm.engine.impl.util.ClockUtil;
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
  static final String TODAY = "faults.today";
  private static final Duration PATIENCE = Duration.ofSeconds(40);
  private static final int THREADS = 40;
  private static final long MILLIS = 1_000_000;

  /** A seat is kept until another node, whose clock is ahead, goes on with its booking. */
  private static final PearsonVuePolicy SEATS =
      new PearsonVuePolicy(
          PearsonVuePolicy.DEFAULT.feedDelay(),
          PearsonVuePolicy.DEFAULT.cancelInTime(),
          Duration.ofHours(2),
          PearsonVuePolicy.DEFAULT.equipmentCheckLife(),
          PearsonVuePolicy.DEFAULT.megabitsPerSecond());

  private final PrintStream out;
  private final Path keys;
  private final CommitPoints points = new CommitPoints();
  private final Ahead clock = new Ahead();
  private @Nullable NodeDatabase database;
  private volatile @Nullable BenefitsEngine engine;
  private @Nullable AcpBenefits counters;
  private @Nullable Results results;
  private Runnable meanwhile = () -> {};
  private @Nullable Dues dues;

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

  /** A clock that can be put forward, and the engine's with it. */
  private static final class Ahead extends Clock {

    private volatile Duration ahead = Duration.ZERO;

    void set(Duration time) {
      ahead = time;
      ClockUtil.offset(time.toMillis());
    }

    @Override
    public Instant instant() {
      return Instant.now().plus(ahead);
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      throw new UnsupportedOperationException();
    }
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
      case "open" ->
          open(
              order[1],
              Duration.parse(order[2]),
              Duration.parse(order[3]),
              Duration.parse(order[4]),
              Trouble.parse(order[5]));
      case "play" ->
          play(
              Stories.named(order[1]),
              order[2],
              Integer.parseInt(order[3]),
              order[4].equals("-") ? null : CommitPoints.Point.parse(order[4]));
      case "calm" -> calm();
      case "later" -> {
        clock.set(clock.ahead.plus(Duration.parse(order[1])));
        say("later");
      }
      case "run" -> run(Stories.named(order[1]), order[2], Integer.parseInt(order[3]));
      case "close" -> close();
      case "exit" -> System.exit(0);
      default -> throw new IllegalArgumentException(order[0]);
    }
  }

  private BenefitsEngine engine() {
    return Objects.requireNonNull(engine, "not open");
  }

  private World world(String name) {
    return new World(
        engine().benefits(),
        Objects.requireNonNull(counters),
        Objects.requireNonNull(results),
        meanwhile,
        name);
  }

  private Dues dues() {
    if (dues == null) {
      throw new IllegalStateException("not open");
    }
    return dues;
  }

  private void open(
      String url, Duration ahead, Duration lock, Duration portCalls, Trouble trouble) {
    clock.set(ahead);
    NodeDatabase pool = new NodeDatabase(url, points, trouble);
    database = pool;
    dues = new Dues(url, clock);
    AcpBenefits apart =
        AcpBenefits.on(pool)
            .keys(KeyRing.ofFile(keys))
            .clock(clock)
            .schema(SchemaMode.NONE)
            .embeddedPearsonVue(SEATS)
            .build();
    counters = apart;
    results = new Results(url);
    BenefitsEngine.Builder builder =
        BenefitsEngine.on(pool)
            .keys(KeyRing.ofFile(keys))
            .clock(clock)
            .schema(SchemaMode.VALIDATE)
            .policies(policies(lock))
            .notifier(trouble.flaky(Notifier.class, notice -> {}))
            .examRecords(
                FeedName.of("results"),
                trouble.flaky(ExamRecordSource.class, new Results(url)),
                pulls(lock))
            .lockTime(lock)
            .settleEvery(Duration.ofDays(1))
            .portCallsEvery(portCalls)
            .enginePlugin(new Quick());
    if (trouble.has(Trouble.PORTS)) {
      builder
          .benefitCenter(
              trouble.flaky(BenefitCenter.class, apart.embeddedBenefitCenter().orElseThrow()))
          .pearsonVue(trouble.flaky(PearsonVue.class, apart.embeddedPearsonVue().orElseThrow()));
    } else {
      builder.embeddedPearsonVue(SEATS);
    }
    BenefitsEngine built = builder.build();
    engine = built;
    work(ExternalTasks.byHand(built), portCalls);
    say("open");
  }

  /** Works off external tasks, as often as ports are called; else when a story waits. */
  private void work(Runnable externalTasks, Duration every) {
    meanwhile =
        () -> {
          externalTasks.run();
          engine().benefits().runPortCalls();
        };
    if (every.compareTo(Duration.ofHours(1)) > 0) {
      return;
    }
    meanwhile = () -> {};
    Thread worker =
        new Thread(
            () -> {
              BenefitsEngine mine = engine;
              while (engine == mine) {
                try {
                  externalTasks.run();
                } catch (RuntimeException failure) {
                  LOG.warn("External tasks could not be worked off", failure);
                }
                LockSupport.parkNanos(every.toNanos());
              }
            },
            "worker");
    worker.setDaemon(true);
    worker.start();
  }

  /** Everything that a person would wait days for comes in moments. */
  private static Policies policies(Duration answer) {
    Tries tries =
        new Tries(
            List.of(
                Duration.ofMillis(100),
                Duration.ofSeconds(1),
                Duration.ofSeconds(10),
                Duration.ofMinutes(5)),
            answer);
    return Policies.DEFAULT
        .with(
            ApplicationPolicy.DEFAULT
                .withReview(true)
                .withAnswer(answer)
                .withRetries(Duration.ofMillis(50), Duration.ofMillis(100)))
        .with(
            new BindingPolicy(
                Duration.ofMillis(300), 1, Duration.ofMillis(300), Duration.ofDays(30)))
        .with(new NoticePolicy(tries, Duration.ofDays(30)))
        .with(new ExamBookingPolicy(tries));
  }

  private static PullPolicy pulls(Duration claim) {
    Duration moment = Duration.ofMillis(200);
    return new PullPolicy(5, moment, moment, Duration.ofSeconds(1), claim);
  }

  /** A job executor that does not let anybody wait. */
  private static final class Quick extends AbstractProcessEnginePlugin {

    @Override
    public void preInit(ProcessEngineConfigurationImpl configuration) {
      configuration.setDatabaseSchemaUpdate("false");
      configuration.setHistoryCleanupEnabled(false);
      // A thread for each job that stands still at a commit.
      DefaultJobExecutor executor = (DefaultJobExecutor) configuration.getJobExecutor();
      executor.setCorePoolSize(THREADS);
      executor.setMaxPoolSize(THREADS);
      configuration.getJobExecutor().setWaitTimeInMillis(10);
      configuration.getJobExecutor().setMaxWait(50);
      configuration.getJobExecutor().setBackoffTimeInMillis(5);
      configuration.getJobExecutor().setMaxBackoff(50);
    }
  }

  /** Plays a story from a step on, up to its end or to a point, where a thread stays for ever. */
  private void play(Story story, String name, int from, CommitPoints.@Nullable Point stop) {
    Set<String> before = dues().now();
    CountDownLatch stopped = points.watch(stop);
    CountDownLatch ended = new CountDownLatch(1);
    World world = world(name);
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
      say("stopped");
    } else if (ended.getCount() > 0) {
      say("stuck");
    } else {
      if (stop == null) {
        passed.forEach(
            at ->
                say(
                    "point",
                    at.point().toString(),
                    at.what(),
                    at.alone() ? "alone" : "one of many"));
      }
      say("played");
    }
  }

  private void play(Story story, World world, int from, Set<String> before, CountDownLatch ended) {
    try {
      List<Story.Step> steps = story.steps();
      for (int i = from; i < steps.size(); i++) {
        pause();
        points.step(steps.get(i).name());
        say("begin", world.name(), Integer.toString(i), steps.get(i).name());
        String outcome = outcome(steps.get(i), world);
        say("end", world.name(), Integer.toString(i), outcome);
        if (outcome.startsWith("failed")) {
          return;
        }
        if (!calls(before)) {
          say("restless", String.join(", ", dues().now()));
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
    Set<String> due = dues().now();
    while (!before.containsAll(due)) {
      if (System.nanoTime() > late) {
        return false;
      }
      if (due.stream().anyMatch(id -> Dues.isOfPort(id) && !before.contains(id))) {
        meanwhile.run();
      }
      pause();
      due = dues().now();
    }
    return true;
  }

  private static String outcome(Story.Step step, World world) {
    try {
      step.command().accept(world);
      return "done";
    } catch (Refusal refusal) {
      return "refused " + refusal.reason() + " " + refusal.getMessage();
    } catch (RuntimeException failure) {
      LOG.warn("{} failed", step.name(), failure);
      return "failed " + failure;
    }
  }

  private void calm() {
    boolean quiet = dues().awaitNone(Set.of(), Duration.ofMinutes(1));
    say(
        quiet ? "calm" : "restless",
        quiet ? "" : String.join(", ", dues().now()),
        Integer.toString(dues().failing()),
        clock.instant().toString());
  }

  /** Plays a story beside others, without waiting for anything that the story does not wait for. */
  private void run(Story story, String name, int from) {
    World world = world(name);
    Thread player =
        new Thread(
            () -> {
              List<Story.Step> steps = story.steps();
              for (int i = from; i < steps.size(); i++) {
                say("begin", name, Integer.toString(i), steps.get(i).name());
                String outcome = outcome(steps.get(i), world);
                say("end", name, Integer.toString(i), outcome);
                if (ends(outcome)) {
                  return;
                }
              }
              say("over", name);
            },
            "player-" + name);
    player.setDaemon(true);
    player.start();
  }

  /** Whether a story that is run stops here, for the command to be given again. */
  static boolean ends(String outcome) {
    return outcome.startsWith("failed") || outcome.contains(Stories.AT_WORK);
  }

  private void close() {
    BenefitsEngine closing = engine;
    engine = null;
    if (closing != null) {
      closing.close();
    }
    if (counters != null) {
      counters.close();
    }
    if (database != null) {
      database.close();
    }
    say("closed");
  }
}
