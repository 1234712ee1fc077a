package io.acpbenefits.workflows;

import java.sql.Connection;
import org.apache.ibatis.session.Configuration;
import org.apache.ibatis.session.SqlSession;
import org.apache.ibatis.session.defaults.DefaultSqlSession;
import org.apache.ibatis.session.defaults.DefaultSqlSessionFactory;
import org.apache.ibatis.transaction.Transaction;
import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.jspecify.annotations.Nullable;

/**
 * Has the engines of a JVM share what is read of the engine's own SQL: reading it took half of the
 * time that starting one takes, and hundreds are started. Only for engines whose settings for SQL
 * are the default, on what the tests run on. The first one reads it as any engine does.
 */
final class ParsedOnce extends AbstractProcessEnginePlugin {

  private static volatile @Nullable Configuration read;

  @Override
  public void preInit(ProcessEngineConfigurationImpl engine) {
    Configuration shared = read;
    if (shared != null) {
      engine.setSqlSessionFactory(new OnItsDatabase(shared, engine));
    }
  }

  @Override
  public void postInit(ProcessEngineConfigurationImpl engine) {
    if (read == null) {
      read = engine.getSqlSessionFactory().getConfiguration();
    }
  }

  /** What is read names the database of the engine that read it. */
  private static final class OnItsDatabase extends DefaultSqlSessionFactory {

    private final ProcessEngineConfigurationImpl engine;

    OnItsDatabase(Configuration read, ProcessEngineConfigurationImpl engine) {
      super(read);
      this.engine = engine;
    }

    @Override
    public SqlSession openSession() {
      return on(engine.getTransactionFactory().newTransaction(engine.getDataSource(), null, false));
    }

    @Override
    public SqlSession openSession(Connection connection) {
      return on(engine.getTransactionFactory().newTransaction(connection));
    }

    private SqlSession on(Transaction transaction) {
      Configuration configuration = getConfiguration();
      return new DefaultSqlSession(
          configuration,
          configuration.newExecutor(transaction, configuration.getDefaultExecutorType()),
          false);
    }
  }
}
