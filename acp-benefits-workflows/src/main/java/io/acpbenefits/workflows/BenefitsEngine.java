package io.acpbenefits.workflows;

import io.acpbenefits.AcpBenefits;
import io.acpbenefits.Policies;
import io.acpbenefits.benefitcenter.BenefitCenter;
import io.acpbenefits.common.DomainEventListener;
import io.acpbenefits.examrecord.ExamRecordSource;
import io.acpbenefits.examrecord.FeedName;
import io.acpbenefits.examrecord.PullPolicy;
import io.acpbenefits.internal.MemoryDatabase;
import io.acpbenefits.notification.Notifier;
import io.acpbenefits.pearsonvue.PearsonVue;
import io.acpbenefits.pearsonvue.PearsonVuePolicy;
import io.acpbenefits.persistence.RetryPolicy;
import io.acpbenefits.persistence.SchemaMode;
import io.acpbenefits.secret.KeyRing;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.ProcessEngineConfiguration;
import org.camunda.bpm.engine.impl.cfg.ProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.StandaloneProcessEngineConfiguration;

/**
 * The library with a process engine of its own, for plain Java.
 *
 * <p>Several may live in one JVM, each on its own database. Thread-safe; close it to stop the
 * engine.
 */
public final class BenefitsEngine implements AutoCloseable {

  private final ProcessEngine engine;
  private final AcpBenefitsPlugin plugin;
  private final Settling settling;
  private final Runnable giveUpDatabase;
  private final AtomicBoolean closed = new AtomicBoolean();

  private BenefitsEngine(Builder builder) {
    this.plugin = builder.plugin;
    this.giveUpDatabase = builder.giveUpDatabase;
    this.engine = builder.configuration().buildProcessEngine();
    ProcessDeployment.registerAll(engine);
    DueDates.giveToAll(engine, builder.dataSource);
    this.settling = new Settling(plugin.benefits());
    if (builder.jobExecutor) {
      settling.every(builder.settleEvery, builder.portCallsEvery);
      plugin.startWorker();
    }
  }

  /**
   * Starts building on a database, where the tables of the library and of the engine are created or
   * brought up to date.
   *
   * @param dataSource the database; pooled, READ COMMITTED, with at least two connections for each
   *     thread that works at the same time
   * @return the builder
   */
  public static Builder on(DataSource dataSource) {
    return new Builder(dataSource, () -> {}, new AcpBenefitsPlugin());
  }

  /** With other diagrams than the shipped ones. */
  static Builder on(DataSource dataSource, Contribution contribution) {
    return new Builder(dataSource, () -> {}, new AcpBenefitsPlugin(contribution));
  }

  /**
   * Starts building on a new H2 database in memory with new keys; both are gone after {@link
   * #close()}. Needs H2 on the class path.
   *
   * @return the builder
   */
  public static Builder inMemory() {
    MemoryDatabase database = MemoryDatabase.open();
    return new Builder(database.dataSource(), database::close, new AcpBenefitsPlugin())
        .keys(KeyRing.ephemeral());
  }

  /**
   * The domain's operations.
   *
   * @return the library
   */
  public AcpBenefits benefits() {
    return plugin.benefits();
  }

  /**
   * The engine that runs the processes, for task lists and for processes of the host's own.
   *
   * @return the engine
   */
  public ProcessEngine processEngine() {
    return engine;
  }

  AcpBenefitsPlugin plugin() {
    return plugin;
  }

  /**
   * Which of the library's processes stand still, and how to set them going.
   *
   * @return the entry
   */
  public Incidents incidents() {
    return plugin.incidents();
  }

  /**
   * Whether library and engine work.
   *
   * @return the entry
   */
  public EngineHealth health() {
    return plugin.health();
  }

  /**
   * Where processes and domain disagree, and how to make them agree.
   *
   * @return the entry
   */
  public Disagreements disagreements() {
    return plugin.disagreements();
  }

  /**
   * Moves running instances to the newest diagrams.
   *
   * @return the entry
   */
  public Upgrades upgrades() {
    return plugin.upgrades();
  }

  /**
   * How the engine is set up. It follows every recommendation, unless a plugin of the host's own
   * has changed a setting or the job executor is off.
   *
   * @return every setting that matters, in a fixed order
   */
  public List<EngineAdvice> engineAdvice() {
    return plugin.engineAdvice();
  }

  /**
   * Stops the engine, waiting for running jobs; then a database in memory is given up. Idempotent.
   */
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      settling.close();
      plugin.stopWorker();
      engine.close();
      plugin.close();
      giveUpDatabase.run();
    }
  }

  /** Collects what {@link BenefitsEngine} is built with; every default is named at its method. */
  public static final class Builder {

    private final AcpBenefitsPlugin plugin;
    private final DataSource dataSource;
    private final Runnable giveUpDatabase;
    private final List<ProcessEnginePlugin> hostPlugins = new ArrayList<>();
    private boolean jobExecutor = true;
    private Duration settleEvery = Duration.ofMinutes(1);
    private Duration portCallsEvery = Duration.ofSeconds(5);
    private Duration lockTime = Duration.ofMinutes(5);

    private Builder(DataSource dataSource, Runnable giveUpDatabase, AcpBenefitsPlugin plugin) {
      this.dataSource = dataSource;
      this.giveUpDatabase = giveUpDatabase;
      this.plugin = plugin;
      plugin.onOwnEngine();
    }

    /**
     * Sets the keys. Default in memory: new ones; on a database there is none.
     *
     * @param keys the keys of exam codes and invitation tokens
     * @return this
     */
    public Builder keys(KeyRing keys) {
      plugin.keys(keys);
      return this;
    }

    /**
     * Sets the clock of the domain. Default: the system's. The engine's timers follow the system's
     * clock, except under the test kit's {@code VirtualTime}.
     *
     * @param clock where "now" comes from
     * @return this
     */
    public Builder clock(Clock clock) {
      plugin.clock(clock);
      return this;
    }

    /**
     * Sets what is done about the library's tables. Default: {@link SchemaMode#MIGRATE}.
     *
     * @param mode what to do
     * @return this
     */
    public Builder schema(SchemaMode mode) {
      plugin.schema(mode);
      return this;
    }

    /**
     * Sets the policies. Default: {@link Policies#DEFAULT}.
     *
     * @param policies the rules
     * @return this
     */
    public Builder policies(Policies policies) {
      plugin.policies(policies);
      return this;
    }

    /**
     * Sets where exam codes come from. Default: the embedded Benefit Center.
     *
     * @param benefitCenter the port
     * @return this
     */
    public Builder benefitCenter(BenefitCenter benefitCenter) {
      plugin.benefitCenter(benefitCenter);
      return this;
    }

    /**
     * Sets where exam records are pulled from. Default: nowhere; then they are only imported. While
     * the job executor is on, they are pulled when that is due, see {@link #portCallsEvery}.
     *
     * @param name what the source is called
     * @param source the port
     * @param policy how often, and what after failures
     * @return this
     */
    public Builder examRecords(FeedName name, ExamRecordSource source, PullPolicy policy) {
      plugin.examRecords(name, source, policy);
      return this;
    }

    /**
     * Sets where exams are booked. Default: nowhere.
     *
     * @param pearsonVue the port
     * @return this
     */
    public Builder pearsonVue(PearsonVue pearsonVue) {
      plugin.pearsonVue(pearsonVue);
      return this;
    }

    /**
     * Has exams booked at the embedded Pearson VUE. Default: not.
     *
     * @param policy its rules, such as {@link PearsonVuePolicy#DEFAULT}
     * @return this
     */
    public Builder embeddedPearsonVue(PearsonVuePolicy policy) {
      plugin.embeddedPearsonVue(policy);
      return this;
    }

    /**
     * Sets how people are told. Default: a line in the log.
     *
     * @param notifier the port
     * @return this
     */
    public Builder notifier(Notifier notifier) {
      plugin.notifier(notifier);
      return this;
    }

    /**
     * Sets how often an operation is attempted that another transaction has overtaken. Default:
     * {@link RetryPolicy#DEFAULT}.
     *
     * @param retries how often
     * @return this
     */
    public Builder retries(RetryPolicy retries) {
      plugin.retries(retries);
      return this;
    }

    /**
     * Adds a listener.
     *
     * @param listener hears every domain event, inside its transaction
     * @return this
     */
    public Builder listener(DomainEventListener listener) {
      plugin.listener(listener);
      return this;
    }

    /**
     * Sets how the actor of a completed task is found. Default: the engine's authenticated user.
     *
     * @param actors tells who acts
     * @return this
     */
    public Builder actors(ActorResolver actors) {
      plugin.actors(actors);
      return this;
    }

    /**
     * Sets whether threads run timers, asynchronous steps and external tasks. Default: true.
     * Without, somebody else must, such as the test kit's {@code VirtualTime} or another node.
     *
     * @param active true to run them here
     * @return this
     */
    public Builder jobExecutor(boolean active) {
      this.jobExecutor = active;
      return this;
    }

    /**
     * Sets how often {@link AcpBenefits#settleDue()} is called while the job executor is on.
     * Default: every minute.
     *
     * @param pause between two calls, at least a millisecond
     * @return this
     */
    public Builder settleEvery(Duration pause) {
      this.settleEvery = checked(pause);
      return this;
    }

    /**
     * Sets how often {@link AcpBenefits#runPortCalls()} is called while the job executor is on.
     * Default: every 5 seconds.
     *
     * @param pause between two calls, at least a millisecond
     * @return this
     */
    public Builder portCallsEvery(Duration pause) {
      this.portCallsEvery = checked(pause);
      return this;
    }

    private static Duration checked(Duration pause) {
      if (pause.toMillis() < 1) {
        throw new IllegalArgumentException("The pause must be at least a millisecond: " + pause);
      }
      return pause;
    }

    /**
     * Sets how long a node holds the jobs it has taken up. Default: 5 minutes. It must be longer
     * than the slowest step of a process, ports included, with the steps that wait before it. After
     * a node was killed, another takes up its jobs when this has passed; after a clean {@link
     * BenefitsEngine#close()} at once.
     *
     * @param lockTime at least a second, at most a day
     * @return this
     */
    public Builder lockTime(Duration lockTime) {
      if (lockTime.compareTo(Duration.ofSeconds(1)) < 0
          || lockTime.compareTo(Duration.ofDays(1)) > 0) {
        throw new IllegalArgumentException(
            "The lock time must be from a second to a day: " + lockTime);
      }
      this.lockTime = lockTime;
      return this;
    }

    /**
     * Adds a plugin of the host's own to the engine's configuration. It may change any setting that
     * is made here, see {@link BenefitsEngine#engineAdvice()}; the job executor itself should stay,
     * since it counts the nodes that die on a job.
     *
     * @param hosts the plugin
     * @return this
     */
    public Builder enginePlugin(ProcessEnginePlugin hosts) {
      hostPlugins.add(hosts);
      return this;
    }

    /**
     * Prepares the tables, starts the engine and deploys the processes.
     *
     * @return the library on its engine, ready
     * @throws io.acpbenefits.common.BenefitsException if keys are missing or the tables do not fit
     */
    public BenefitsEngine build() {
      try {
        return new BenefitsEngine(this);
      } catch (RuntimeException | Error failure) {
        giveUpDatabase.run();
        throw failure;
      }
    }

    private StandaloneProcessEngineConfiguration configuration() {
      StandaloneProcessEngineConfiguration engine = new StandaloneProcessEngineConfiguration();
      // The engine keeps a register of all engines in the JVM by their names.
      engine.setProcessEngineName("acp-benefits-" + UUID.randomUUID());
      engine.setDataSource(dataSource);
      engine.setDatabaseSchemaUpdate(ProcessEngineConfiguration.DB_SCHEMA_UPDATE_TRUE);
      engine.setJobExecutor(new BenefitsJobExecutor());
      EngineSetting.applyAll(engine);
      engine.getJobExecutor().setLockTimeInMillis(Math.toIntExact(lockTime.toMillis()));
      engine.setJobExecutorActivate(jobExecutor);
      // Its jobs are for nodes that run jobs.
      engine.setHistoryCleanupEnabled(jobExecutor);
      engine.setDbMetricsReporterActivate(false);
      engine.getProcessEnginePlugins().add(plugin);
      engine.getProcessEnginePlugins().addAll(hostPlugins);
      return engine;
    }
  }
}
