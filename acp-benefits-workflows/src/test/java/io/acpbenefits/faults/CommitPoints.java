package io.acpbenefits.faults;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.persistence.entity.JobEntity;
import org.jspecify.annotations.Nullable;

/**
 * Every commit of a node that wrote something, named by what the stack says committed it, and a
 * thread that stops for ever at the one that was asked for, so that the node can be killed there.
 */
final class CommitPoints {

  private static final String JOB = "job ";
  private static final List<String> PORT_CALLS = List.of("runPortCalls", "workOffExternalTasks");
  private static final String TAKES_UP_JOBS = "job acquisition";
  private static final String HOST = "the host itself";

  /** What holds rows that all worlds need: the one of a source of records, or free tasks. */
  private static final List<String> HELD_ALONE = List.of("Pull", "Feed", "workOffExternalTasks");

  private static final String PULLS = "ExamRecordPulls.";

  private static final List<String> NOT_TELLING =
      List.of(
          ".faults.",
          ".persistence.",
          ".internal.",
          "EngineTransactions",
          "AcpBenefits$",
          "ExternalTasks");
  static final String PLAYER = "player";

  private final Map<String, Integer> seenInStep = new HashMap<>();
  private final List<Passed> passed = new ArrayList<>();
  private final Set<Thread> standing = new HashSet<>();
  private @Nullable String step;
  private boolean watching;
  private @Nullable Point stopAt;
  private @Nullable Passed stoppedAt;
  private CountDownLatch stopped = new CountDownLatch(1);

  /**
   * The moment right before or right after a commit.
   *
   * @param what the same for commits that are the same in all stories: of a command the step, which
   *     commit of it and what the audit calls it, else the name with what is written and entered
   * @param after whether it is the moment after
   */
  record Point(String what, boolean after) {

    private static final String AFTER = "after ";
    private static final String BEFORE = "before ";

    static Point parse(String text) {
      return text.startsWith(AFTER)
          ? new Point(text.substring(AFTER.length()), true)
          : new Point(text.substring(BEFORE.length()), false);
    }

    @Override
    public String toString() {
      return (after ? AFTER : BEFORE) + what;
    }
  }

  /**
   * A point that was passed.
   *
   * @param point where
   * @param alone whether who stands there keeps other worlds of the node from going on
   * @param operations what the audit says that the transaction does
   * @param commands which commands are going on
   * @param nodes which nodes of diagrams are entered
   */
  record Passed(
      Point point,
      boolean alone,
      List<String> operations,
      List<String> commands,
      List<String> nodes) {

    /** The same for points at which a node need be killed but once. */
    String kind() {
      return point + " of " + commands;
    }

    Passed after() {
      return new Passed(new Point(point.what(), true), alone, operations, commands, nodes);
    }
  }

  /**
   * What a transaction has written.
   *
   * @param operations as the audit calls it
   * @param nodes the ids of nodes of diagrams that were entered
   * @param statements the same for the same statements, whatever their values
   */
  record Written(List<String> operations, List<String> nodes, String statements) {}

  /** What a commit is, as JDBC sees it. */
  @FunctionalInterface
  interface Commit<E extends Exception> {
    void run() throws E;
  }

  /** Counts anew; earlier threads that have stopped stay where they are. */
  synchronized CountDownLatch watch(@Nullable Point stop) {
    seenInStep.clear();
    passed.clear();
    watching = true;
    stopAt = stop;
    stopped = new CountDownLatch(1);
    return stopped;
  }

  synchronized List<Passed> unwatch() {
    watching = false;
    stopAt = null;
    return List.copyOf(passed);
  }

  /** Where a thread has stopped. */
  synchronized Passed stoppedAt() {
    return Objects.requireNonNull(stoppedAt, "nobody has stopped");
  }

  /** Whether the step that is named has had a commit of its own. */
  synchronized boolean hasCommitted() {
    return !seenInStep.isEmpty();
  }

  /** Names what is done now; without a name its own commits are none to stop at. */
  synchronized void step(@Nullable String name) {
    step = name;
    seenInStep.clear();
  }

  <E extends Exception> void commit(Written written, Commit<E> commit) throws E {
    Passed before = next(written);
    if (before == null) {
      commit.run();
      return;
    }
    reached(before);
    commit.run();
    reached(before.after());
  }

  private synchronized @Nullable Passed next(Written written) {
    if (!watching) {
      return null;
    }
    List<StackWalker.StackFrame> stack = StackWalker.getInstance().walk(Stream::toList);
    String label = label(stack);
    boolean inStep = Thread.currentThread().getName().equals(PLAYER) && !isDoneByItself(label);
    if (inStep && step == null) {
      return null;
    }
    String what =
        inStep
            ? "%s: %s %d %s"
                .formatted(
                    step, label, seenInStep.merge(label, 1, Integer::sum), written.operations())
            : "%s %s %s %s"
                .formatted(label, written.operations(), written.nodes(), written.statements());
    return new Passed(
        new Point(what, false),
        isHeldAlone(label, inStep),
        written.operations(),
        Commands.on(stack),
        written.nodes());
  }

  private static boolean isDoneByItself(String label) {
    return label.startsWith(JOB) || PORT_CALLS.stream().anyMatch(label::contains);
  }

  private static boolean isHeldAlone(String label, boolean inStep) {
    if (inStep) {
      return label.startsWith(PULLS);
    }
    return !isDoneByItself(label)
        || label.equals(TAKES_UP_JOBS)
        || HELD_ALONE.stream().anyMatch(label::contains);
  }

  synchronized boolean isStopped(Thread thread) {
    return standing.contains(thread);
  }

  private void reached(Passed passing) {
    CountDownLatch stop;
    synchronized (this) {
      passed.add(passing);
      if (!passing.point().equals(stopAt)) {
        return;
      }
      stopAt = null;
      stoppedAt = passing;
      standing.add(Thread.currentThread());
      stop = stopped;
    }
    stop.countDown();
    stayForEver();
  }

  private static void stayForEver() {
    while (true) {
      try {
        Thread.sleep(Long.MAX_VALUE);
      } catch (InterruptedException inVain) {
        // It ends with the node.
      }
    }
  }

  private static String label(List<StackWalker.StackFrame> stack) {
    CommandContext command = Context.getCommandContext();
    JobEntity job = command == null ? null : command.getCurrentJob();
    if (job != null) {
      return JOB + job.getJobHandlerType() + " " + job.getActivityId();
    }
    List<String> frames =
        stack.stream()
            .filter(frame -> frame.getClassName().startsWith("io.acpbenefits."))
            .filter(frame -> NOT_TELLING.stream().noneMatch(frame.getClassName()::contains))
            .map(CommitPoints::name)
            .toList();
    if (frames.isEmpty()) {
      return Thread.currentThread().getName().equals(PLAYER) ? HOST : TAKES_UP_JOBS;
    }
    String inner = frames.get(0);
    String outer = frames.get(frames.size() - 1);
    return inner.equals(outer) ? outer : outer + " > " + inner;
  }

  private static String name(StackWalker.StackFrame frame) {
    String type = frame.getClassName();
    String simple = type.substring(type.lastIndexOf('.') + 1);
    String method =
        frame.getMethodName().replaceFirst("^lambda\\$", "").replaceFirst("\\$\\d+$", "");
    return simple + "." + method;
  }
}
