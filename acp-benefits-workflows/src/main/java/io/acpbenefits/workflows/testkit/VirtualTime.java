package io.acpbenefits.workflows.testkit;

import io.acpbenefits.AcpBenefits;
import io.acpbenefits.common.Actor;
import io.acpbenefits.pearsonvue.ExamBookingRequests;
import io.acpbenefits.workflows.AcpBenefitsPlugin;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.cfg.ProcessEnginePlugin;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.jspecify.annotations.Nullable;

/**
 * A clock that stands still until it is moved, for the domain and for process engines, and that
 * runs the engines' jobs as they become due on its way, works off the external tasks and makes the
 * port calls of the libraries on them.
 *
 * <p>The engine's clock is one for the whole JVM, so only one of these can be open at a time; close
 * it to give the engines the system's time back. All attached engines must have their job executors
 * off. For one thread, except {@link #clock()}, which all may read.
 *
 * <p>The domain keeps time to the microsecond, the engine to the millisecond. The engine's clock
 * shows the domain's time rounded up, so that a timer never ends before the domain's own period of
 * the same length; a job runs when the domain's clock has reached its due date, neither earlier nor
 * never.
 */
public final class VirtualTime implements AutoCloseable {

  private static final AtomicReference<@Nullable VirtualTime> OPEN = new AtomicReference<>();

  private final SteppingClock clock;
  private final List<EngineJobs> engines = new ArrayList<>();
  private final List<AcpBenefitsPlugin> libraries = new ArrayList<>();

  private VirtualTime(Instant start) {
    this.clock = new SteppingClock(start);
  }

  /**
   * Stops the time.
   *
   * @param start the first "now"; what is finer than a microsecond is cut off
   * @return the time, to be closed
   * @throws IllegalStateException if another virtual time is open in this JVM
   */
  public static VirtualTime startingAt(Instant start) {
    VirtualTime time = new VirtualTime(start.truncatedTo(ChronoUnit.MICROS));
    if (!OPEN.compareAndSet(null, time)) {
      throw new IllegalStateException(
          "Another VirtualTime is open, and engines have only one clock: close it first.");
    }
    time.set(time.now());
    return time;
  }

  /**
   * Also runs the jobs of this engine, after those of the engines attached before where both are
   * due at the same instant, works off the external tasks of the libraries on it, and makes their
   * port calls but for the pulling of exam records, which a test does itself.
   *
   * @param engine an engine without an active job executor
   * @return this
   * @throws IllegalArgumentException if its job executor is active
   */
  public VirtualTime attach(ProcessEngine engine) {
    ProcessEngineConfigurationImpl configuration =
        (ProcessEngineConfigurationImpl) engine.getProcessEngineConfiguration();
    if (configuration.getJobExecutor().isActive()) {
      throw new IllegalArgumentException(
          "The job executor of engine '%s' is active and would run jobs by itself: turn it off."
              .formatted(engine.getName()));
    }
    engines.add(new EngineJobs(engine));
    for (ProcessEnginePlugin plugin : configuration.getProcessEnginePlugins()) {
      if (plugin instanceof AcpBenefitsPlugin library) {
        libraries.add(library);
      }
    }
    return this;
  }

  /**
   * The clock to build the library with.
   *
   * @return a clock in UTC that follows this time
   */
  public Clock clock() {
    return clock;
  }

  /**
   * The present instant.
   *
   * @return to the microsecond
   */
  public Instant now() {
    return clock.instant();
  }

  /**
   * Runs every job that is due now, and those that become due by it, while the clock stands still.
   * In order of their due dates (jobs without one: of their creation), then of their ids, which
   * count up in an engine with the default id generator. A job that fails loses a retry and is
   * tried again if it still has one and no later due date; its exception is the engine's to keep.
   * External tasks of the libraries are worked off after each round of jobs, and counted as jobs.
   * What ports are to be called for is done whenever no job is due any more.
   *
   * @return how many jobs ran, failed tries included
   * @throws IllegalStateException if it does not come to an end: some process goes in circles
   */
  public int runDueJobs() {
    int total = 0;
    int ran;
    do {
      ran = 0;
      for (EngineJobs engine : engines) {
        ran += engine.runRound(now());
      }
      for (AcpBenefitsPlugin library : libraries) {
        ran += library.workOffExternalTasks();
      }
      if (ran == 0) {
        callPorts();
        ran = engines.stream().mapToInt(engine -> engine.runRound(now())).sum();
      }
      total += ran;
      if (total > EngineJobs.MOST_AT_ONE_INSTANT) {
        throw new IllegalStateException(
            "More than %d jobs ran at %s and others are due: a process goes in circles."
                .formatted(EngineJobs.MOST_AT_ONE_INSTANT, now()));
      }
    } while (ran > 0);
    return total;
  }

  private Stream<AcpBenefits> benefits() {
    return libraries.stream().map(AcpBenefitsPlugin::benefits);
  }

  private void callPorts() {
    for (AcpBenefits benefits : benefits().toList()) {
      benefits.examBookingRequests().ifPresent(requests -> requests.resume(Actor.system()));
      benefits.applications().giveBack(Actor.system());
      benefits.notices().deliver(Actor.system());
    }
  }

  /**
   * Lets the time pass: goes from due date to due date and runs what is due there, then to the
   * target, and runs what is due exactly then.
   *
   * @param target not before now; what is finer than a microsecond is cut off
   * @return how many jobs ran, failed tries included
   * @throws IllegalArgumentException if the target has passed
   */
  public int advanceTo(Instant target) {
    Instant end = target.truncatedTo(ChronoUnit.MICROS);
    if (end.isBefore(now())) {
      throw new IllegalArgumentException(
          "Time does not run backwards: it is %s, later than %s.".formatted(now(), end));
    }
    int ran = runDueJobs();
    for (Optional<Instant> next = nextDue(); isBy(next, end); next = nextDue()) {
      set(next.orElseThrow());
      ran += runDueJobs();
    }
    set(end);
    return ran + runDueJobs();
  }

  /**
   * Lets a span of time pass, see {@link #advanceTo}.
   *
   * @param duration not negative
   * @return how many jobs ran, failed tries included
   */
  public int advanceBy(Duration duration) {
    return advanceTo(now().plus(duration));
  }

  /** Gives the engines the system's time back. Idempotent. */
  @Override
  public void close() {
    if (OPEN.compareAndSet(this, null)) {
      ClockUtil.reset();
    }
  }

  private static boolean isBy(Optional<Instant> due, Instant end) {
    return due.isPresent() && !due.get().isAfter(end);
  }

  /**
   * When the next job of the engines, or the next port call, becomes due.
   *
   * @return an instant after now, or empty if nothing waits for its time
   */
  public Optional<Instant> nextDue() {
    Stream<Instant> jobs = engines.stream().flatMap(engine -> engine.nextDueAfter(now()).stream());
    Stream<Instant> calls =
        benefits()
            .flatMap(
                benefits ->
                    Stream.of(
                        benefits.notices().nextDue(),
                        benefits.applications().nextDue(),
                        benefits.examBookingRequests().flatMap(ExamBookingRequests::nextDue)))
            .flatMap(Optional::stream)
            .filter(due -> due.isAfter(now()));
    return Stream.concat(jobs, calls).min(Instant::compareTo);
  }

  private void set(Instant now) {
    if (OPEN.get() != this) {
      throw new IllegalStateException("This VirtualTime is closed.");
    }
    clock.set(now);
    ClockUtil.setCurrentTime(EngineJobs.notBefore(now));
  }
}
