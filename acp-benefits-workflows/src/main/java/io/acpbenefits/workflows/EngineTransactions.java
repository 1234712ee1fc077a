package io.acpbenefits.workflows;

import io.acpbenefits.common.BenefitsException;
import io.acpbenefits.common.Refusal;
import io.acpbenefits.persistence.Retries;
import io.acpbenefits.persistence.RetryCounts;
import io.acpbenefits.persistence.RetryPolicy;
import io.acpbenefits.persistence.Transactions;
import java.io.Serial;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.apache.ibatis.session.SqlSession;
import org.camunda.bpm.engine.BadUserRequestException;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.cfg.TransactionState;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.db.entitymanager.DbEntityManager;
import org.camunda.bpm.engine.impl.db.entitymanager.cache.DbEntityCache;
import org.camunda.bpm.engine.impl.db.entitymanager.operation.DbOperationManager;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.interceptor.CommandContextListener;

/**
 * Core's units of work as commands of the engine, on the connection of the engine's own session, so
 * that domain rows and process steps commit or roll back together.
 *
 * <p>The one class that touches the engine's internal API for sessions.
 */
final class EngineTransactions implements Transactions {

  private final ProcessEngineConfigurationImpl configuration;
  private final BooleanSupplier transactionOfTheHost;
  private final BooleanSupplier knownOfTheHost;

  /**
   * The engine writes when its command closes, so what was changed meanwhile by somebody else shows
   * only then, after all the work is done: there is no inner part left to repeat, only the whole.
   */
  private final Retries retries;

  private final CommandContextListener settling = new Settling();
  private final Map<CommandContext, Set<String>> started = new WeakHashMap<>();

  /**
   * Runs on an engine.
   *
   * @param configuration the engine's
   * @param transactionOfTheHost tells whether the calling thread is in a transaction that neither
   *     the engine nor this library began
   * @param retries how often a command is attempted that another one has overtaken
   */
  EngineTransactions(
      ProcessEngineConfigurationImpl configuration,
      BooleanSupplier transactionOfTheHost,
      RetryPolicy retries) {
    this.configuration = configuration;
    this.transactionOfTheHost = transactionOfTheHost;
    this.knownOfTheHost = HostTransactions.known(configuration);
    this.retries = new Retries(retries, OptimisticLockingException.class::isInstance);
  }

  @Override
  public <T> T required(Function<Connection, T> work) {
    CommandContext running = Context.getCommandContext();
    if (running != null && running.getProcessEngineConfiguration() == configuration) {
      // Not through the command executor: on a Spring engine a refusal that leaves an inner
      // command marks the whole transaction for rollback, even if a boundary event catches it.
      return runOn(running, work);
    }
    // A command that joined the host's transaction is not repeated, since that transaction is lost.
    return transactionOfTheHost.getAsBoolean()
        ? runInCommand(work)
        : retries.run(() -> runInCommand(work));
  }

  @Override
  public RetryCounts retries() {
    return retries.counts();
  }

  @Override
  public boolean active() {
    CommandContext running = Context.getCommandContext();
    return (running != null && running.getProcessEngineConfiguration() == configuration)
        || knownOfTheHost.getAsBoolean();
  }

  private <T> T runInCommand(Function<Connection, T> work) {
    try {
      return configuration
          .getCommandExecutorTxRequired()
          .execute(
              context -> {
                try {
                  return runOn(context, work);
                } catch (RuntimeException failure) {
                  Refusal refusal = Refusals.in(failure);
                  throw refusal != null ? new Refused(refusal) : failure;
                }
              });
    } catch (Refused refused) {
      throw refused.refusal;
    }
  }

  private <T> T runOn(CommandContext context, Function<Connection, T> work) {
    if (!configuration.isTransactionsExternallyManaged()) {
      // The engine keeps one of equal listeners, however often core is called in this command.
      context.registerCommandContextListener(settling);
    }
    return work.apply(connection(context));
  }

  /**
   * Ends the transaction in full, where the engine itself ends it.
   *
   * <p>The engine's session commits and rolls back only if it holds changes of its own. Otherwise
   * closing it sets the connection back to auto-commit, which commits: what the domain had written
   * before an exception would stay, and a commit that fails would pass for one that succeeded.
   */
  private static final class Settling implements CommandContextListener {

    @Override
    public void onCommandContextClose(CommandContext context) {
      context
          .getTransactionContext()
          .addTransactionListener(
              TransactionState.COMMITTED, committed -> session(committed).commit(true));
    }

    @Override
    public void onCommandFailed(CommandContext context, Throwable failure) {
      session(context).rollback(true);
    }
  }

  /**
   * Writes what the engine has noted in the command that runs, so that its queries find it.
   *
   * @return false if that cannot be done now: while an instance executes, the engine may delete one
   *     thing twice and rely on being asked to write only at the end
   */
  boolean flush() {
    CommandContext running = Context.getCommandContext();
    if (running == null || running.getProcessEngineConfiguration() != configuration) {
      return true;
    }
    if (running.getCurrentJob() != null || Context.getCoreExecutionContext() != null) {
      return false;
    }
    DbEntityManager entities = running.getDbEntityManager();
    entities.flush();
    // The engine flushes once, at the end, and so keeps what it has written to be written again.
    entities.setDbOperationManager(new DbOperationManager());
    return true;
  }

  /**
   * Writes what the engine has noted, and has it read again whatever it needs next in this
   * transaction: its migration builds the tree of executions from the database, and would add to
   * the tree that an earlier step has left in memory.
   */
  void flushAndForget() {
    if (!flush()) {
      throw new IllegalStateException("An instance executes on this thread.");
    }
    CommandContext running = Objects.requireNonNull(Context.getCommandContext());
    DbEntityCache cache = running.getDbEntityManager().getDbEntityCache();
    List.copyOf(cache.getCachedEntities()).forEach(cache::remove);
  }

  /** Does something small once the transaction that runs is committed. */
  void afterCommit(Runnable action) {
    Objects.requireNonNull(Context.getCommandContext())
        .getTransactionContext()
        .addTransactionListener(TransactionState.COMMITTED, committed -> action.run());
  }

  /** The business keys of the instances that were started in the command that runs. */
  Set<String> startedHere() {
    synchronized (started) {
      return started.computeIfAbsent(
          Objects.requireNonNull(Context.getCommandContext()), command -> new HashSet<>());
    }
  }

  /**
   * Remembers the present state of the domain's rows.
   *
   * @return takes back what the domain wrote since; the engine's own changes stay
   */
  Runnable savepoint() {
    return required(EngineTransactions::savepoint);
  }

  private static Runnable savepoint(Connection connection) {
    try {
      Savepoint savepoint = connection.setSavepoint();
      return () -> rollBack(connection, savepoint);
    } catch (SQLException e) {
      throw new BenefitsException(
          "The database gave no savepoint for a task with a boundary event: " + e.getMessage(), e);
    }
  }

  private static void rollBack(Connection connection, Savepoint savepoint) {
    try {
      connection.rollback(savepoint);
    } catch (SQLException e) {
      throw new BenefitsException(
          "What a refused task had written could not be taken back: " + e.getMessage(), e);
    }
  }

  /** The connection of a command that runs; whoever asks closes nothing. */
  static Connection connection(CommandContext command) {
    return session(command).getConnection();
  }

  private static SqlSession session(CommandContext context) {
    return context.getDbSqlSession().getSqlSession();
  }

  /** The engine logs what leaves a command as an error with its stack, except this kind. */
  private static final class Refused extends BadUserRequestException {

    @Serial private static final long serialVersionUID = 1L;

    private final Refusal refusal;

    Refused(Refusal refusal) {
      super(refusal.getMessage(), refusal);
      this.refusal = refusal;
    }
  }
}
