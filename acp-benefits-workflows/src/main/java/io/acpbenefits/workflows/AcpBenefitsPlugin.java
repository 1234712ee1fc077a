package io.acpbenefits.workflows;

import io.acpbenefits.AcpBenefits;
import io.acpbenefits.AcpBenefitsBuilder;
import io.acpbenefits.Policies;
import io.acpbenefits.benefitcenter.BenefitCenter;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.BenefitsException;
import io.acpbenefits.common.DomainEventListener;
import io.acpbenefits.examrecord.ExamRecordSource;
import io.acpbenefits.examrecord.FeedName;
import io.acpbenefits.examrecord.PullPolicy;
import io.acpbenefits.notification.LogNotifier;
import io.acpbenefits.notification.Notifier;
import io.acpbenefits.pearsonvue.PearsonVue;
import io.acpbenefits.pearsonvue.PearsonVuePolicy;
import io.acpbenefits.persistence.Dialect;
import io.acpbenefits.persistence.RetryPolicy;
import io.acpbenefits.persistence.Schema;
import io.acpbenefits.persistence.SchemaMode;
import io.acpbenefits.secret.KeyRing;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.camunda.bpm.engine.ExternalTaskService;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.ProcessEngineConfiguration;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.interceptor.CommandExecutor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts the library on a Camunda 7 engine: its tables in the engine's database, its operations in
 * the engine's transactions, its processes deployed. One plugin serves one engine.
 *
 * <p>Set it up, add it to the engine's configuration, build the engine, then take {@link
 * #benefits()}. It alters no setting of the engine, but that {@link #countDeaths} asks for and the
 * name of MariaDB, which the engine does not know; at the start it says how many are other than
 * recommended ({@link #engineAdvice()}). A plain engine's bean map gets the library's delegates
 * beside the host's beans. In a Spring host, also import {@code
 * io.acpbenefits.workflows.spring.AcpBenefitsConfiguration}.
 *
 * <p>An operation called outside any transaction is repeated, as {@link #retries} says, if another
 * transaction has overtaken it; so work handed to {@link AcpBenefits#inTransaction} should have no
 * effects outside the database. In a Spring host, a refusal inside the host's own transaction marks
 * that for rollback, as with every operation of the engine.
 *
 * <p>The setters are for one thread before the engine is built; all else is thread-safe.
 */
public final class AcpBenefitsPlugin extends AbstractProcessEnginePlugin implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(AcpBenefitsPlugin.class);
  private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

  private final Contribution contribution;
  private final Running running = new Running();
  private final Delegates delegates;
  private final Embedding embedding = new Embedded();
  private final Incidents incidents;
  private final EngineHealth health;
  private final Upgrades upgrades;
  private final Disagreements disagreements;
  private final GetCodesWorker worker = new GetCodesWorker(embedding);
  private final List<DomainEventListener> listeners = new ArrayList<>();
  private Clock clock = Clock.systemUTC();
  private SchemaMode schemaMode = SchemaMode.MIGRATE;
  private Policies policies = Policies.DEFAULT;
  private Notifier notifier = new LogNotifier();
  private @Nullable BenefitCenter benefitCenter;
  private Consumer<AcpBenefitsBuilder> examRecords = builder -> {};
  private Consumer<AcpBenefitsBuilder> pearsonVue = builder -> {};
  private RetryPolicy retries = RetryPolicy.DEFAULT;
  private ActorResolver actors = ActorResolver.authenticatedUser();
  private @Nullable KeyRing keys;
  private boolean ownEngine;
  private boolean countDeaths;
  private volatile boolean started;
  private volatile @Nullable ProcessEngineConfigurationImpl configuration;
  private volatile @Nullable EngineTransactions transactions;
  private volatile @Nullable AcpBenefits benefits;
  private volatile @Nullable WorkerThread workerThread;

  /** Makes a plugin with the defaults that are named at the setters. */
  public AcpBenefitsPlugin() {
    this(new Processes());
  }

  /** On an engine that the library sets up itself, what differs was asked for. */
  void onOwnEngine() {
    ownEngine = true;
  }

  AcpBenefitsPlugin(Contribution contribution) {
    this.contribution = contribution;
    this.delegates = new Delegates(() -> built(transactions), running);
    contribution.register(delegates, embedding);
    this.disagreements = new Disagreements(embedding, () -> built(configuration));
    this.incidents =
        new Incidents(
            this::benefits,
            () -> built(configuration),
            embedding::flush,
            disagreements::nameAnew,
            Processes.KEYS);
    this.health = new EngineHealth(this::benefits, () -> built(configuration), incidents);
    this.upgrades = new Upgrades(embedding, () -> built(configuration), ElementChange.SHIPPED);
  }

  /**
   * Sets the keys. There is no default.
   *
   * @param keys the keys of exam codes and invitation tokens
   * @return this
   */
  public AcpBenefitsPlugin keys(KeyRing keys) {
    this.keys = keys;
    return this;
  }

  /**
   * Sets the clock of the domain. Default: the system's. The engine keeps its own.
   *
   * @param clock where "now" comes from
   * @return this
   */
  public AcpBenefitsPlugin clock(Clock clock) {
    this.clock = clock;
    return this;
  }

  /**
   * Sets what is done about the library's tables. Default: {@link SchemaMode#MIGRATE}, on one
   * connection of the engine's data source or two (H2, MySQL and MariaDB), outside of any
   * transaction.
   *
   * @param mode what to do
   * @return this
   */
  public AcpBenefitsPlugin schema(SchemaMode mode) {
    this.schemaMode = mode;
    return this;
  }

  /**
   * Sets the policies. Default: {@link Policies#DEFAULT}.
   *
   * @param policies the rules
   * @return this
   */
  public AcpBenefitsPlugin policies(Policies policies) {
    this.policies = policies;
    return this;
  }

  /**
   * Sets where exam codes come from. Default: the embedded Benefit Center.
   *
   * @param benefitCenter the port
   * @return this
   */
  public AcpBenefitsPlugin benefitCenter(BenefitCenter benefitCenter) {
    this.benefitCenter = benefitCenter;
    return this;
  }

  /**
   * Sets where exam records are pulled from. Default: nowhere; then they are only imported. A
   * {@link BenefitsEngine} pulls when that is due; elsewhere the host calls {@code pullIfDue}.
   *
   * @param name what the source is called
   * @param source the port
   * @param policy how often, and what after failures
   * @return this
   */
  public AcpBenefitsPlugin examRecords(FeedName name, ExamRecordSource source, PullPolicy policy) {
    this.examRecords = builder -> builder.examRecords(name, source, policy);
    return this;
  }

  /**
   * Sets where exams are booked. Default: nowhere.
   *
   * @param pearsonVue the port
   * @return this
   */
  public AcpBenefitsPlugin pearsonVue(PearsonVue pearsonVue) {
    this.pearsonVue = builder -> builder.pearsonVue(pearsonVue);
    return this;
  }

  /**
   * Has exams booked at the embedded Pearson VUE. Default: not.
   *
   * @param policy its rules, such as {@link PearsonVuePolicy#DEFAULT}
   * @return this
   */
  public AcpBenefitsPlugin embeddedPearsonVue(PearsonVuePolicy policy) {
    this.pearsonVue = builder -> builder.embeddedPearsonVue(policy);
    return this;
  }

  /**
   * Sets how people are told. Default: a line in the log.
   *
   * @param notifier the port
   * @return this
   */
  public AcpBenefitsPlugin notifier(Notifier notifier) {
    this.notifier = notifier;
    return this;
  }

  /**
   * Sets how often an operation is attempted that another transaction has overtaken. Default:
   * {@link RetryPolicy#DEFAULT}.
   *
   * @param retries how often
   * @return this
   */
  public AcpBenefitsPlugin retries(RetryPolicy retries) {
    this.retries = retries;
    return this;
  }

  /**
   * Adds a listener.
   *
   * @param listener hears every domain event, inside its transaction, after the processes
   * @return this
   */
  public AcpBenefitsPlugin listener(DomainEventListener listener) {
    listeners.add(listener);
    return this;
  }

  /**
   * Sets how the actor of a completed task is found. Default: {@link
   * ActorResolver#authenticatedUser()}.
   *
   * @param actors tells who acts
   * @return this
   */
  public AcpBenefitsPlugin actors(ActorResolver actors) {
    this.actors = actors;
    return this;
  }

  /**
   * Has the engine count it as a failed try when a node dies on a job, so that a job which kills
   * one node after the other ends in an incident. Default: not; this concerns all processes of the
   * engine. It puts a job executor of the library's own in place of the one that the engine would
   * make, with the same settings, so it cannot be had where the host brings one.
   *
   * @return this
   */
  public AcpBenefitsPlugin countDeaths() {
    countDeaths = true;
    return this;
  }

  /**
   * The library on the engine.
   *
   * @return the entry; the same for the plugin's whole life
   * @throws IllegalStateException if the engine is not built yet
   */
  public AcpBenefits benefits() {
    return built(benefits);
  }

  /**
   * Which of the library's processes stand still, and how to set them going.
   *
   * @return the entry; to be used when the engine is built
   */
  public Incidents incidents() {
    return incidents;
  }

  /**
   * Whether library and engine work.
   *
   * @return the entry; to be used when the engine is built
   */
  public EngineHealth health() {
    return health;
  }

  /**
   * Where processes and domain disagree, and how to make them agree.
   *
   * @return the entry; to be used when the engine is built
   */
  public Disagreements disagreements() {
    return disagreements;
  }

  /**
   * Moves running instances to the newest diagrams.
   *
   * @return the entry; to be used when the engine is built
   */
  public Upgrades upgrades() {
    return upgrades;
  }

  /**
   * Works off the external tasks of the library's diagrams that can be worked on now: asks the
   * Benefit Center for codes, outside of any transaction. To be called every few seconds from a
   * thread of the host's own, unless {@link #startWorker()} was called here or on another node.
   *
   * @return how many tasks that were, those that failed and will be tried again included
   * @throws IllegalStateException inside a transaction, or if the engine is not built yet
   */
  public int workOffExternalTasks() {
    if (built(transactions).active()) {
      throw new IllegalStateException(
          "External tasks ask somebody outside of the database: work them off outside of any"
              + " transaction.");
    }
    return worker.workOff();
  }

  /**
   * Works off external tasks on a thread of its own from now on, as {@link #workOffExternalTasks()}
   * does: at once when an application was approved on this node, else within 10 seconds. A {@link
   * BenefitsEngine} does so by itself. Idempotent.
   *
   * @return ends it, and waits up to 10 seconds for what is under way; to be closed before the
   *     engine is
   * @throws IllegalStateException if the engine is not built yet
   */
  public synchronized AutoCloseable startWorker() {
    benefits();
    WorkerThread running = workerThread;
    if (running == null) {
      running = new WorkerThread(SHORTEST_PAUSE, LONGEST_PAUSE, worker::workOff);
      workerThread = running;
      running.start();
    }
    return this::stopWorker;
  }

  GetCodesWorker worker() {
    return worker;
  }

  synchronized void stopWorker() {
    WorkerThread running = workerThread;
    if (running != null) {
      workerThread = null;
      running.close();
    }
  }

  /**
   * What the library's diagrams call by name; for containers that resolve names themselves.
   *
   * @return service task delegates and listeners by their names, unmodifiable
   */
  public Map<String, Object> delegates() {
    return delegates.byName();
  }

  /**
   * How the engine is set up beside what this library recommends. The plugin changes none of these
   * settings, since they concern the host's own processes as well.
   *
   * @return every setting that matters, in a fixed order; those that differ are not {@link
   *     EngineAdvice#followed() followed}
   * @throws IllegalStateException if the engine is not built yet
   */
  public List<EngineAdvice> engineAdvice() {
    built(benefits);
    return EngineSetting.adviceOn(built(configuration));
  }

  /** Called by the engine. */
  @Override
  public void preInit(ProcessEngineConfigurationImpl configuration) {
    if (this.configuration != null) {
      throw new BenefitsException("This plugin is on an engine already; make one per engine.");
    }
    if (keys == null) {
      throw new BenefitsException(
          "Exam codes need keys: call keys(KeyRing.ofFile(...)) on the AcpBenefitsPlugin.");
    }
    if (countDeaths) {
      if (configuration.getJobExecutor() != null) {
        throw new BenefitsException(
            "Deaths of nodes are counted by a job executor of the library's own, and this engine is"
                + " set up with a %s: do without one of them."
                    .formatted(configuration.getJobExecutor().getClass().getName()));
      }
      configuration.setJobExecutor(new BenefitsJobExecutor());
    }
    this.configuration = configuration;
    nameMariaDb(configuration);
    EngineNames.add(configuration, delegates.byName());
  }

  /** The engine would not start: it does not know the name. What it says to MySQL suits both. */
  private static void nameMariaDb(ProcessEngineConfigurationImpl configuration) {
    DataSource dataSource = configuration.getDataSource();
    if (dataSource != null
        && configuration.getDatabaseType() == null
        && Dialect.of(dataSource) == Dialect.MARIADB) {
      configuration.setDatabaseType("mysql");
    }
  }

  /**
   * Called by the engine. The library is built before the engine is: a job executor runs jobs from
   * the moment the engine exists.
   */
  @Override
  public void postInit(ProcessEngineConfigurationImpl configuration) {
    EngineTransactions onEngine =
        new EngineTransactions(configuration, HostTransactions.of(configuration), retries);
    AcpBenefitsBuilder builder =
        AcpBenefits.on(configuration.getDataSource())
            .keys(built(keys))
            .clock(clock)
            .schema(schemaMode)
            .policies(policies)
            .notifier(notifier)
            .transactions(onEngine);
    if (benefitCenter != null) {
      builder.benefitCenter(benefitCenter);
    }
    examRecords.accept(builder);
    pearsonVue.accept(builder);
    contribution.listeners(embedding).forEach(builder::listener);
    listeners.forEach(builder::listener);
    transactions = onEngine;
    benefits = builder.build();
    if (ownEngine) {
      CommandExecutor executor = configuration.getCommandExecutorSchemaOperations();
      configuration.setCommandExecutorSchemaOperations(
          new CommandExecutor() {
            @Override
            public <T> T execute(Command<T> command) {
              // An engine can be closed that has lost its database.
              return started
                  ? executor.execute(command)
                  : oneNodeAtATime(configuration, () -> executor.execute(command));
            }
          });
    }
  }

  /**
   * Does what no two nodes may that start at the same time. Of two engines that make one table, one
   * would fail; on H2 both would deploy the same diagrams.
   */
  private static <T> T oneNodeAtATime(
      ProcessEngineConfigurationImpl configuration, Supplier<T> work) {
    return ProcessEngineConfiguration.DB_SCHEMA_UPDATE_FALSE.equals(
            configuration.getDatabaseSchemaUpdate())
        ? work.get()
        : Schema.oneNodeAtATime(configuration.getDataSource(), work);
  }

  /** Called by the engine. */
  @Override
  public void postProcessEngineBuild(ProcessEngine engine) {
    started = true;
    try {
      EngineNames.check(built(configuration), delegates.byName().keySet());
      deploy(engine);
      ProcessDeployment.registerOwn(engine);
    } catch (RuntimeException failure) {
      // Nobody will get hold of the engine, whose job executor may be running.
      engine.close();
      throw failure;
    }
    report();
  }

  private void deploy(ProcessEngine engine) {
    Supplier<Boolean> work =
        () -> ProcessDeployment.deploy(engine.getRepositoryService(), contribution);
    boolean anyNew = ownEngine ? oneNodeAtATime(built(configuration), work) : work.get();
    LOG.debug("{} diagrams were deployed", anyNew ? "New" : "No new");
  }

  private void report() {
    List<EngineAdvice> differing =
        engineAdvice().stream().filter(advice -> !advice.followed()).toList();
    List<String> toAct =
        differing.stream().filter(EngineAdvice::mustAct).map(EngineAdvice::setting).toList();
    if (toAct.isEmpty() || ownEngine) {
      LOG.info(
          "ACP Benefits is on the engine, {} of whose settings are other than recommended",
          differing.size());
    } else {
      LOG.warn(
          "ACP Benefits is on the engine, {} of whose settings are other than recommended;"
              + " these need somebody to act, see engineAdvice(): {}",
          differing.size(),
          toAct);
    }
  }

  /** Refuses all further work. Close the engine first. Idempotent. */
  @Override
  public void close() {
    stopWorker();
    AcpBenefits closing = benefits;
    if (closing != null) {
      closing.close();
    }
  }

  private static <T> T built(@Nullable T part) {
    if (part == null) {
      throw new IllegalStateException(
          "The engine of this AcpBenefitsPlugin is not built: add the plugin to the engine's"
              + " configuration and build that first.");
    }
    return part;
  }

  private final class Embedded implements Embedding {

    @Override
    public AcpBenefits benefits() {
      return AcpBenefitsPlugin.this.benefits();
    }

    @Override
    public RuntimeService runtime() {
      return built(configuration).getRuntimeService();
    }

    @Override
    public TaskService tasks() {
      return built(configuration).getTaskService();
    }

    @Override
    public ExternalTaskService externalTasks() {
      return built(configuration).getExternalTaskService();
    }

    @Override
    public void wakeWorker() {
      WorkerThread thread = workerThread;
      if (thread != null) {
        built(transactions).afterCommit(thread::wake);
      }
    }

    @Override
    public IdentityService identities() {
      return built(configuration).getIdentityService();
    }

    @Override
    public Actor actor() {
      return actors.resolve(identities());
    }

    @Override
    public Running running() {
      return running;
    }

    @Override
    public boolean flush() {
      return built(transactions).flush();
    }

    @Override
    public void flushAndForget() {
      built(transactions).flushAndForget();
    }

    @Override
    public boolean inTransaction() {
      return built(transactions).active();
    }

    @Override
    public Set<String> startedHere() {
      return built(transactions).startedHere();
    }
  }
}
