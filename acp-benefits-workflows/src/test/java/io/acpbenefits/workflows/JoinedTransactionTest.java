package io.acpbenefits.workflows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.acpbenefits.common.Actor;
import io.acpbenefits.common.Refusal;
import io.acpbenefits.partner.PartnerId;
import io.acpbenefits.persistence.RetryPolicy;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class JoinedTransactionTest {

  private final PartnerId acme = PartnerId.of("acme-" + UUID.randomUUID());

  /** One for all tests, since starting it takes longer than any of them. */
  private static final PlainHost HOST = new PlainHost();

  @AfterEach
  void endInstances() {
    HOST.endInstances();
  }

  @AfterAll
  static void close() {
    HOST.close();
  }

  @Test
  void aDomainOnlyWriteIsKept() {
    registerAcme();

    assertThat(HOST.benefits().partners().find(Actor.system(), acme)).isPresent();
  }

  @Test
  void aDomainOnlyWriteThatThrowsIsRolledBack() {
    assertThatThrownBy(
            () ->
                HOST.benefits()
                    .inTransaction(
                        () -> {
                          registerAcme();
                          throw new IllegalStateException("on purpose");
                        }))
        .hasMessage("on purpose");

    assertThat(HOST.benefits().partners().find(Actor.system(), acme)).isEmpty();
  }

  @Test
  void aDomainOnlyWriteInACommandOfTheEngineThatThrowsIsRolledBack() {
    HOST.deploy(
        Bpmn.createExecutableProcess("failing")
            .startEvent()
            .serviceTask()
            .camundaDelegateExpression("${registerAndFail}")
            .endEvent()
            .done());

    assertThatThrownBy(() -> HOST.runtime().startProcessInstanceByKey("failing"))
        .hasMessage("failed on purpose");

    assertThat(HOST.benefits().partners().find(Actor.system(), FixtureProcesses.FAILED)).isEmpty();
  }

  @Test
  void portsAreNotCalledInsideACommandOfTheEngineOrATransactionOfTheLibrary() {
    HOST.deploy(
        Bpmn.createExecutableProcess("calling-ports")
            .startEvent()
            .serviceTask()
            .camundaDelegateExpression("${callPorts}")
            .endEvent()
            .done());

    assertThatThrownBy(() -> HOST.runtime().startProcessInstanceByKey("calling-ports"))
        .hasMessageContaining("must not run inside a transaction");
    assertThatThrownBy(() -> HOST.benefits().inTransaction(HOST.benefits()::runPortCalls))
        .hasMessageContaining("must not run inside a transaction");
    assertThat(HOST.benefits().runPortCalls()).isZero();
  }

  @Test
  void aDomainWriteAndAProcessStartAreKeptTogether() {
    HOST.benefits()
        .inTransaction(
            () -> {
              registerAcme();
              return HOST.runtime().startProcessInstanceByKey(FixtureProcesses.ONE_TASK);
            });

    assertThat(HOST.benefits().partners().find(Actor.system(), acme)).isPresent();
    assertThat(HOST.runtime().createProcessInstanceQuery().count()).isEqualTo(1);
  }

  @Test
  void aDomainWriteAndAProcessStartThatThrowAreBothRolledBack() {
    assertThatThrownBy(
            () ->
                HOST.benefits()
                    .inTransaction(
                        () -> {
                          registerAcme();
                          HOST.runtime().startProcessInstanceByKey(FixtureProcesses.ONE_TASK);
                          throw new IllegalStateException("on purpose");
                        }))
        .hasMessage("on purpose");

    assertThat(HOST.benefits().partners().find(Actor.system(), acme)).isEmpty();
    assertThat(HOST.runtime().createProcessInstanceQuery().count()).isZero();
  }

  @Test
  void anEngineFailureAtFlushTakesTheDomainWriteWithIt() {
    saveUser("same");
    AtomicBoolean workReturned = new AtomicBoolean();

    assertThatThrownBy(
            () ->
                HOST.benefits()
                    .inTransaction(
                        () -> {
                          registerAcme();
                          saveUser("same");
                          workReturned.set(true);
                          return true;
                        }))
        .isInstanceOf(ProcessEngineException.class)
        .rootCause()
        .isInstanceOfSatisfying(
            SQLException.class, unique -> assertThat(unique.getSQLState()).startsWith("23"));

    assertThat(workReturned).isTrue();
    assertThat(HOST.benefits().partners().find(Actor.system(), acme)).isEmpty();
  }

  @Test
  void aNestedTransactionJoinsTheOuterOne() {
    assertThatThrownBy(
            () ->
                HOST.benefits()
                    .inTransaction(
                        () -> {
                          HOST.benefits()
                              .inTransaction(
                                  () -> {
                                    registerAcme();
                                    return true;
                                  });
                          assertThat(HOST.benefits().partners().find(Actor.system(), acme))
                              .isPresent();
                          throw new IllegalStateException("after the inner one");
                        }))
        .hasMessage("after the inner one");

    assertThat(HOST.benefits().partners().find(Actor.system(), acme)).isEmpty();
  }

  @Test
  void anOvertakenTransactionIsRepeatedAsAWhole() {
    String instance = startOneTask();
    AtomicInteger attempts = new AtomicInteger();

    HOST.benefits()
        .inTransaction(
            () -> {
              registerAcme();
              HOST.runtime().setVariable(instance, "marked", "mine");
              if (attempts.incrementAndGet() == 1) {
                overtake(instance);
              }
              return true;
            });

    assertThat(attempts).hasValue(2);
    assertThat(HOST.benefits().partners().find(Actor.system(), acme)).isPresent();
    assertThat(HOST.runtime().getVariable(instance, "marked")).isEqualTo("mine");
  }

  @Test
  void aTransactionThatIsAlwaysOvertakenGivesUpAndKeepsNothing() {
    String instance = startOneTask();
    AtomicInteger attempts = new AtomicInteger();

    assertThatThrownBy(
            () ->
                HOST.benefits()
                    .inTransaction(
                        () -> {
                          registerAcme();
                          HOST.runtime().setVariable(instance, "marked", "mine");
                          attempts.incrementAndGet();
                          overtake(instance);
                          return true;
                        }))
        .isInstanceOf(OptimisticLockingException.class);

    assertThat(attempts).hasValue(RetryPolicy.DEFAULT.attempts());
    assertThat(HOST.benefits().partners().find(Actor.system(), acme)).isEmpty();
    assertThat(HOST.runtime().getVariable(instance, "marked")).isEqualTo("theirs");
  }

  @Test
  void aCommitThatFailsReachesTheCaller() {
    BrittleDatabase database = new BrittleDatabase(FixtureProcesses.database());
    try (PlainHost other = new PlainHost(database.dataSource(), Map.of())) {
      database.failToCommit(true);
      assertThatThrownBy(
              () -> other.benefits().partners().register(Actor.system(), acme, "Acme", "gold"))
          .hasStackTraceContaining("the database went away");
      database.failToCommit(false);
      assertThat(other.benefits().partners().find(Actor.system(), acme)).isEmpty();
    }
  }

  @Test
  void aRefusalComesThroughAsItIsAndIsNotLoggedAsAnError() {
    PrintStream before = System.err;
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    registerAcme();
    System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
    try {
      assertThatThrownBy(this::registerAcme).isInstanceOf(Refusal.class).hasNoCause();
    } finally {
      System.setErr(before);
    }
    assertThat(log.toString(StandardCharsets.UTF_8)).isEmpty();
  }

  @Test
  void twoEnginesInOneJvmShareNothing() {
    try (PlainHost other = new PlainHost()) {
      registerAcme();
      startOneTask();

      assertThat(other.benefits().partners().find(Actor.system(), acme)).isEmpty();
      assertThat(other.runtime().createProcessInstanceQuery().count()).isZero();
      assertThat(HOST.configuration.getBeans()).isNotSameAs(other.configuration.getBeans());
    }
  }

  private void registerAcme() {
    HOST.benefits().partners().register(Actor.system(), acme, "Acme", "gold");
  }

  private String startOneTask() {
    return HOST.runtime().startProcessInstanceByKey(FixtureProcesses.ONE_TASK).getId();
  }

  private void overtake(String instance) {
    CompletableFuture.runAsync(() -> HOST.runtime().setVariable(instance, "marked", "theirs"))
        .join();
  }

  private void saveUser(String id) {
    var identities = HOST.engine.getIdentityService();
    identities.saveUser(identities.newUser(id));
  }
}
