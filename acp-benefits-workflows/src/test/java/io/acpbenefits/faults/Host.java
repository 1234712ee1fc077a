package io.acpbenefits.faults;

import io.acpbenefits.AcpBenefits;
import io.acpbenefits.Policies;
import io.acpbenefits.application.ApplicationPolicy;
import io.acpbenefits.benefitcenter.BenefitCenter;
import io.acpbenefits.certificate.BindingPolicy;
import io.acpbenefits.certificate.CertificatePolicy;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.Tries;
import io.acpbenefits.erasure.RetentionPolicy;
import io.acpbenefits.exam.ExamLevel;
import io.acpbenefits.examrecord.ExamRecordSource;
import io.acpbenefits.examrecord.FeedName;
import io.acpbenefits.examrecord.PullPolicy;
import io.acpbenefits.invitation.InvitationPolicy;
import io.acpbenefits.notification.NoticePolicy;
import io.acpbenefits.notification.Notifier;
import io.acpbenefits.pearsonvue.Booking;
import io.acpbenefits.pearsonvue.ExamBookingPolicy;
import io.acpbenefits.pearsonvue.PearsonVue;
import io.acpbenefits.pearsonvue.PearsonVuePolicy;
import io.acpbenefits.persistence.SchemaMode;
import io.acpbenefits.quota.QuotaPeriod;
import io.acpbenefits.quota.QuotaPolicy;
import io.acpbenefits.secret.KeyRing;
import io.acpbenefits.workflows.BenefitsEngine;
import io.acpbenefits.workflows.ExternalTasks;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.jobexecutor.DefaultJobExecutor;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The library as a node's host has built it, with a pool and ports that may fail. */
final class Host implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Host.class);

  /** The tiers of partners whose quotas follow from the tier, with how much that is. */
  static final Map<String, Long> ENTITLED = Map.of("platinum", 5L, "diamond", 9L);

  /** How the user of a task list begins who is an operator. */
  static final String OPERATOR = "operator:";

  private static final int THREADS = 40;

  /** A seat is kept until another node, whose clock is ahead, goes on with its booking. */
  private static final PearsonVuePolicy SEATS =
      new PearsonVuePolicy(
          PearsonVuePolicy.DEFAULT.feedDelay(),
          PearsonVuePolicy.DEFAULT.cancelInTime(),
          Duration.ofHours(2),
          PearsonVuePolicy.DEFAULT.equipmentCheckLife(),
          PearsonVuePolicy.DEFAULT.megabitsPerSecond());

  final Dues dues;
  private final NodeDatabase database;
  private final Trouble trouble;
  private final Outside outside;
  private final Results results;
  private final Ahead clock;
  private final AcpBenefits counters;
  private final BenefitsEngine engine;
  private final Runnable meanwhile;
  private volatile boolean open = true;

  /** Starts whatever works by itself. */
  Host(String url, Path keys, Ahead clock, CommitPoints points, Pace pace, Trouble trouble) {
    this.trouble = trouble;
    trouble.outlast(pace.lock);
    this.clock = clock;
    database = new NodeDatabase(url, points, trouble);
    dues = new Dues(url, clock);
    outside = new Outside(url);
    trouble.tell(outside::trouble);
    results = new Results(url);
    counters =
        AcpBenefits.on(database)
            .keys(KeyRing.ofFile(keys))
            .clock(clock)
            .schema(SchemaMode.NONE)
            .embeddedPearsonVue(SEATS)
            .build();
    engine =
        BenefitsEngine.on(database)
            .keys(KeyRing.ofFile(keys))
            .clock(clock)
            .schema(SchemaMode.VALIDATE)
            .policies(policies(pace))
            .actors(Host::whoActs)
            .notifier(port(Notifier.class, notice -> {}))
            .benefitCenter(
                port(BenefitCenter.class, counters.embeddedBenefitCenter().orElseThrow()))
            .pearsonVue(port(PearsonVue.class, counters.embeddedPearsonVue().orElseThrow()))
            .examRecords(
                FeedName.of("results"), port(ExamRecordSource.class, results), pulls(pace.lock))
            .lockTime(pace.lock)
            .settleEvery(Duration.ofDays(1))
            .portCallsEvery(pace.portCalls)
            .enginePlugin(new Quick())
            .build();
    Runnable externalTasks = ExternalTasks.byHand(engine);
    if (pace == Pace.STEP_BY_STEP) {
      meanwhile =
          () -> {
            externalTasks.run();
            engine.benefits().runPortCalls();
          };
    } else {
      meanwhile = () -> {};
      work(externalTasks, pace.portCalls);
    }
  }

  private static Actor whoActs(IdentityService identities) {
    String user = identities.getCurrentAuthentication().getUserId();
    return user.startsWith(OPERATOR)
        ? Actor.operator(user.substring(OPERATOR.length()))
        : Actor.account(user);
  }

  /** A port that does not answer what it is silenced about, nor whenever there is trouble. */
  @NullUnmarked
  private <T> T port(Class<T> type, T real) {
    T troubled = trouble.flaky(type, real);
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) -> {
              String name = type.getSimpleName() + "." + method.getName();
              if (outside.isSilent(name, arguments)) {
                throw new IllegalStateException("no answer");
              }
              Object answer =
                  asked(name, arguments, () -> Trouble.call(troubled, method, arguments));
              if (outside.losesAnswers(name, arguments)) {
                throw new IllegalStateException("the answer was lost");
              }
              return answer instanceof Booking booking ? shown(booking) : answer;
            }));
  }

  /** What a port is called with. */
  @FunctionalInterface
  private interface Call {
    @Nullable Object make() throws Throwable;
  }

  /** Notes what is asked for how long, where that takes long. */
  private @Nullable Object asked(String name, @Nullable Object[] arguments, Call call)
      throws Throwable {
    if (!trouble.has(Trouble.LATE)) {
      return call.make();
    }
    String number = outside.asks(name + Arrays.deepToString(arguments));
    try {
      return call.make();
    } finally {
      outside.answered(number);
    }
  }

  /** As Pearson VUE shows it, which may show the Candidate ID later. */
  private Booking shown(Booking booking) {
    return outside.isSilent("PearsonVue.candidateId", booking.accountId())
        ? new Booking(
            booking.bookingId(),
            booking.accountId(),
            booking.examId(),
            booking.slotId(),
            booking.delivery(),
            booking.testCenterId(),
            booking.appointment(),
            booking.state(),
            booking.heldUntil(),
            booking.changeableUntil(),
            booking.price(),
            booking.payment(),
            null,
            booking.result())
        : booking;
  }

  private void work(Runnable externalTasks, Duration every) {
    Thread worker =
        new Thread(
            () -> {
              while (open) {
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

  World world(String name) {
    IntConsumer passing =
        days -> {
          outside.pass(days);
          clock.days(outside.day());
        };
    return new World(
        engine, counters, results, outside, passing, meanwhile, name, new World.Noted());
  }

  /** Does what is due outside of the engine, unless that is done anyway. */
  void callPorts() {
    meanwhile.run();
  }

  /** What a person would wait days for comes in moments, unless it has to be waited for. */
  private static Policies policies(Pace pace) {
    Tries tries = new Tries(pace.pauses(), pace.lock);
    return Policies.DEFAULT
        .with(
            ApplicationPolicy.DEFAULT
                .withReview(true)
                .withAnswer(pace.lock)
                .withRetries(Duration.ofMillis(50), Duration.ofMillis(100)))
        .with(
            new BindingPolicy(
                Duration.ofMillis(300), 1, Duration.ofMillis(300), Duration.ofDays(30)))
        .with(InvitationPolicy.DEFAULT.withListedDomainsApproved(true))
        .with(CertificatePolicy.DEFAULT.withValidity(ExamLevel.ACP, Period.ofDays(30)))
        .with(
            RetentionPolicy.DEFAULT
                .keepingForms(Duration.ofDays(30))
                .keepingFormerMembers(Period.ofDays(30)))
        .with(new Entitlements())
        .with(new NoticePolicy(tries, Duration.ofDays(30)))
        .with(new ExamBookingPolicy(tries));
  }

  /** From day 40 on some partners are entitled to codes of exams that nobody grants quota for. */
  private static final class Entitlements implements QuotaPolicy {

    private final QuotaPeriod period = new QuotaPeriod(World.day(40), World.day(300));

    @Override
    public Optional<QuotaPeriod> period(Instant instant) {
      return Optional.of(period).filter(only -> instant.isBefore(only.until()));
    }

    @Override
    public OptionalLong entitlement(Standing standing) {
      Long entitled = ENTITLED.get(standing.tier());
      return entitled == null || standing.level() != ExamLevel.ACE
          ? OptionalLong.empty()
          : OptionalLong.of(entitled);
    }
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

  @Override
  public void close() {
    open = false;
    engine.close();
    counters.close();
    database.close();
  }
}
