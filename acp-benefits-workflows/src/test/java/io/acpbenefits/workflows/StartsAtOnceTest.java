package io.acpbenefits.workflows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.tuple;

import io.acpbenefits.TestDatabase;
import io.acpbenefits.secret.KeyRing;
import java.lang.reflect.Proxy;
import java.sql.SQLException;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.interceptor.CommandExecutor;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.junit.jupiter.api.Test;

/** Nodes start at the same time on a database without tables, and end whatever it is like. */
class StartsAtOnceTest {

  private static final int NODES = 2;
  private static final long LONGEST = 60;

  @Test
  void nodesMakeAllTablesAndDeployAllDiagramsOnce() throws Exception {
    DataSource shared = TestDatabase.empty();
    KeyRing keys = KeyRing.ephemeral();
    CyclicBarrier together = new CyclicBarrier(NODES);
    Callable<BenefitsEngine> start =
        () ->
            BenefitsEngine.on(shared)
                .keys(keys)
                .jobExecutor(false)
                .enginePlugin(new Waiting(together))
                .build();
    ExecutorService threads = Executors.newFixedThreadPool(NODES);
    try {
      for (Future<BenefitsEngine> started : threads.invokeAll(Collections.nCopies(NODES, start))) {
        try (BenefitsEngine node = started.get()) {
          assertThat(definitions(node))
              .extracting(ProcessDefinition::getKey, ProcessDefinition::getVersion)
              .containsExactlyInAnyOrder(
                  tuple(BenefitApplicationProcess.KEY, 1),
                  tuple(InvitationToApprovalProcess.KEY, 1),
                  tuple(CertificateBindingProcess.KEY, 1));
        }
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void aNodeEndsAlsoWithoutItsDatabase() {
    AtomicBoolean lost = new AtomicBoolean();
    DataSource database = FixtureProcesses.database();
    DataSource losing =
        (DataSource)
            Proxy.newProxyInstance(
                DataSource.class.getClassLoader(),
                new Class<?>[] {DataSource.class},
                (self, method, arguments) -> {
                  if (lost.get()) {
                    throw new SQLException("The database is gone");
                  }
                  return method.invoke(database, arguments);
                });
    BenefitsEngine node =
        BenefitsEngine.on(losing).keys(KeyRing.ephemeral()).jobExecutor(false).build();
    lost.set(true);

    assertThatCode(node::close).doesNotThrowAnyException();
  }

  /**
   * Has an engine wait for the others before it makes tables; what is before, a JVM does singly.
   */
  private static final class Waiting extends AbstractProcessEnginePlugin {

    private final CyclicBarrier barrier;

    Waiting(CyclicBarrier barrier) {
      this.barrier = barrier;
    }

    @Override
    public void postInit(ProcessEngineConfigurationImpl configuration) {
      CommandExecutor executor = configuration.getCommandExecutorSchemaOperations();
      configuration.setCommandExecutorSchemaOperations(
          new CommandExecutor() {
            @Override
            public <T> T execute(Command<T> command) {
              if (command == configuration.getSchemaOperationsCommand()) {
                await();
              }
              return executor.execute(command);
            }
          });
    }

    private void await() {
      try {
        barrier.await(LONGEST, TimeUnit.SECONDS);
      } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
        throw new AssertionError("The others have not come", e);
      }
    }
  }

  private static List<ProcessDefinition> definitions(BenefitsEngine node) {
    return node.processEngine().getRepositoryService().createProcessDefinitionQuery().list();
  }
}
