package io.acpbenefits.workflows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.acpbenefits.common.Actor;
import io.acpbenefits.common.Refusal;
import io.acpbenefits.partner.PartnerId;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class JoinedTransactionTest {

  private static final PartnerId ACME = PartnerId.of("acme");

  private final PlainHost host = new PlainHost();

  @AfterEach
  void close() {
    host.close();
  }

  @Test
  void aDomainOnlyWriteIsKept() {
    registerAcme();

    assertThat(host.benefits().partners().find(ACME)).isPresent();
  }

  @Test
  void aDomainOnlyWriteThatThrowsIsRolledBack() {
    assertThatThrownBy(
            () ->
                host.benefits()
                    .inTransaction(
                        () -> {
                          registerAcme();
                          throw new IllegalStateException("on purpose");
                        }))
        .hasMessage("on purpose");

    assertThat(host.benefits().partners().find(ACME)).isEmpty();
  }

  @Test
  void aDomainOnlyWriteInACommandOfTheEngineThatThrowsIsRolledBack() {
    host.deploy(
        Bpmn.createExecutableProcess("failing")
            .startEvent()
            .serviceTask()
            .camundaDelegateExpression("${registerAndFail}")
            .endEvent()
            .done());

    assertThatThrownBy(() -> host.runtime().startProcessInstanceByKey("failing"))
        .hasMessage("failed on purpose");

    assertThat(host.benefits().partners().find(FixtureProcesses.FAILED)).isEmpty();
  }

  @Test
  void aDomainWriteAndAProcessStartAreKeptTogether() {
    host.benefits()
        .inTransaction(
            () -> {
              registerAcme();
              return host.runtime().startProcessInstanceByKey(FixtureProcesses.ONE_TASK);
            });

    assertThat(host.benefits().partners().find(ACME)).isPresent();
    assertThat(host.runtime().createProcessInstanceQuery().count()).isEqualTo(1);
  }

  @Test
  void aDomainWriteAndAProcessStartThatThrowAreBothRolledBack() {
    assertThatThrownBy(
            () ->
                host.benefits()
                    .inTransaction(
                        () -> {
                          registerAcme();
                          host.runtime().startProcessInstanceByKey(FixtureProcesses.ONE_TASK);
                          throw new IllegalStateException("on purpose");
                        }))
        .hasMessage("on purpose");

    assertThat(host.benefits().partners().find(ACME)).isEmpty();
    assertThat(host.runtime().createProcessInstanceQuery().count()).isZero();
  }

  @Test
  void anEngineFailureAtFlushTakesTheDomainWriteWithIt() {
    saveUser("same");
    AtomicBoolean workReturned = new AtomicBoolean();

    assertThatThrownBy(
            () ->
                host.benefits()
                    .inTransaction(
                        () -> {
                          registerAcme();
                          saveUser("same");
                          workReturned.set(true);
                          return true;
                        }))
        .isInstanceOf(ProcessEngineException.class)
        .hasStackTraceContaining("IntegrityConstraintViolation");

    assertThat(workReturned).isTrue();
    assertThat(host.benefits().partners().find(ACME)).isEmpty();
  }

  @Test
  void aNestedTransactionJoinsTheOuterOne() {
    assertThatThrownBy(
            () ->
                host.benefits()
                    .inTransaction(
                        () -> {
                          host.benefits()
                              .inTransaction(
                                  () -> {
                                    registerAcme();
                                    return true;
                                  });
                          assertThat(host.benefits().partners().find(ACME)).isPresent();
                          throw new IllegalStateException("after the inner one");
                        }))
        .hasMessage("after the inner one");

    assertThat(host.benefits().partners().find(ACME)).isEmpty();
  }

  @Test
  void anOvertakenTransactionIsRepeatedAsAWhole() {
    String instance = startOneTask();
    AtomicInteger attempts = new AtomicInteger();

    host.benefits()
        .inTransaction(
            () -> {
              registerAcme();
              host.runtime().setVariable(instance, "marked", "mine");
              if (attempts.incrementAndGet() == 1) {
                overtake(instance);
              }
              return true;
            });

    assertThat(attempts).hasValue(2);
    assertThat(host.benefits().partners().find(ACME)).isPresent();
    assertThat(host.runtime().getVariable(instance, "marked")).isEqualTo("mine");
  }

  @Test
  void aTransactionThatIsAlwaysOvertakenGivesUpAndKeepsNothing() {
    String instance = startOneTask();
    AtomicInteger attempts = new AtomicInteger();

    assertThatThrownBy(
            () ->
                host.benefits()
                    .inTransaction(
                        () -> {
                          registerAcme();
                          host.runtime().setVariable(instance, "marked", "mine");
                          attempts.incrementAndGet();
                          overtake(instance);
                          return true;
                        }))
        .isInstanceOf(OptimisticLockingException.class);

    assertThat(attempts).hasValue(3);
    assertThat(host.benefits().partners().find(ACME)).isEmpty();
    assertThat(host.runtime().getVariable(instance, "marked")).isEqualTo("theirs");
  }

  @Test
  void aCommitThatFailsReachesTheCaller() {
    BrittleDatabase database = new BrittleDatabase(FixtureProcesses.database());
    try (PlainHost other = new PlainHost(database.dataSource(), Map.of())) {
      database.failToCommit(true);
      assertThatThrownBy(
              () -> other.benefits().partners().register(Actor.system(), ACME, "Acme", "gold"))
          .hasStackTraceContaining("the database went away");
      database.failToCommit(false);
      assertThat(other.benefits().partners().find(ACME)).isEmpty();
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

      assertThat(other.benefits().partners().find(ACME)).isEmpty();
      assertThat(other.runtime().createProcessInstanceQuery().count()).isZero();
      assertThat(host.configuration.getBeans()).isNotSameAs(other.configuration.getBeans());
    }
  }

  private void registerAcme() {
    host.benefits().partners().register(Actor.system(), ACME, "Acme", "gold");
  }

  private String startOneTask() {
    return host.runtime().startProcessInstanceByKey(FixtureProcesses.ONE_TASK).getId();
  }

  private void overtake(String instance) {
    CompletableFuture.runAsync(() -> host.runtime().setVariable(instance, "marked", "theirs"))
        .join();
  }

  private void saveUser(String id) {
    var identities = host.engine.getIdentityService();
    identities.saveUser(identities.newUser(id));
  }
}
