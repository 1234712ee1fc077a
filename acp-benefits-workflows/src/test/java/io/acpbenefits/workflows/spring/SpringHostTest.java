package io.acpbenefits.workflows.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.acpbenefits.AcpBenefits;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.BenefitsException;
import io.acpbenefits.partner.PartnerId;
import io.acpbenefits.secret.KeyRing;
import io.acpbenefits.workflows.AcpBenefitsPlugin;
import io.acpbenefits.workflows.FixtureProcesses;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.spring.ProcessEngineFactoryBean;
import org.camunda.bpm.engine.spring.SpringProcessEngineConfiguration;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

class SpringHostTest {

  /** One for all tests, since starting it takes longer than any of them. */
  private static final AnnotationConfigApplicationContext CONTEXT =
      new AnnotationConfigApplicationContext(Host.class);

  private final PartnerId acme = PartnerId.of("acme-" + UUID.randomUUID());
  private final AcpBenefits benefits = CONTEXT.getBean(AcpBenefits.class);
  private final RuntimeService runtime = CONTEXT.getBean(ProcessEngine.class).getRuntimeService();
  private final TransactionTemplate hostTransaction =
      new TransactionTemplate(CONTEXT.getBean(PlatformTransactionManager.class));

  @AfterEach
  void endInstances() {
    runtime
        .createProcessInstanceQuery()
        .list()
        .forEach(instance -> runtime.deleteProcessInstance(instance.getId(), "the test is over"));
  }

  @AfterAll
  static void close() {
    CONTEXT.close();
  }

  @Test
  void aHostTransactionThatCommitsKeepsBoth() {
    CONTEXT.getBean(HostService.class).registerAndStart(acme, false);

    assertThat(benefits.partners().find(Actor.system(), acme)).isPresent();
    assertThat(runtime.createProcessInstanceQuery().count()).isEqualTo(1);
  }

  @Test
  void aHostTransactionThatThrowsTakesBoth() {
    HostService service = CONTEXT.getBean(HostService.class);

    assertThatThrownBy(() -> service.registerAndStart(acme, true))
        .hasMessage("the host's own failure");

    assertThat(benefits.partners().find(Actor.system(), acme)).isEmpty();
    assertThat(runtime.createProcessInstanceQuery().count()).isZero();
  }

  @Test
  void aHostTransactionThatIsMarkedForRollbackTakesBoth() {
    hostTransaction.executeWithoutResult(
        status -> {
          registerAcme();
          runtime.startProcessInstanceByKey(FixtureProcesses.ONE_TASK);
          status.setRollbackOnly();
        });

    assertThat(benefits.partners().find(Actor.system(), acme)).isEmpty();
    assertThat(runtime.createProcessInstanceQuery().count()).isZero();
  }

  @Test
  void portsAreNotCalledInsideAHostTransaction() {
    assertThatThrownBy(() -> hostTransaction.execute(status -> benefits.runPortCalls()))
        .hasMessageContaining("must not run inside a transaction");
    assertThat(benefits.runPortCalls()).isZero();
  }

  @Test
  void withoutAHostTransactionADomainOnlyWriteIsKept() {
    registerAcme();

    assertThat(benefits.partners().find(Actor.system(), acme)).isPresent();
  }

  @Test
  void withoutAHostTransactionADomainOnlyWriteThatThrowsIsRolledBack() {
    assertThatThrownBy(
            () ->
                benefits.inTransaction(
                    () -> {
                      registerAcme();
                      throw new IllegalStateException("on purpose");
                    }))
        .hasMessage("on purpose");

    assertThat(benefits.partners().find(Actor.system(), acme)).isEmpty();
  }

  @Test
  void withoutAHostTransactionAnOvertakenOneIsRepeated() {
    String instance = startOneTask();
    AtomicInteger attempts = new AtomicInteger();

    benefits.inTransaction(() -> beOvertakenOnce(instance, attempts));

    assertThat(attempts).hasValue(2);
    assertThat(benefits.partners().find(Actor.system(), acme)).isPresent();
  }

  @Test
  void anOvertakenTransactionOfTheHostIsNotRepeated() {
    String instance = startOneTask();
    AtomicInteger attempts = new AtomicInteger();

    assertThatThrownBy(
            () ->
                hostTransaction.execute(
                    status -> benefits.inTransaction(() -> beOvertakenOnce(instance, attempts))))
        .isInstanceOf(OptimisticLockingException.class);

    assertThat(attempts).hasValue(1);
    assertThat(benefits.partners().find(Actor.system(), acme)).isEmpty();
  }

  @Test
  void aRefusalThatTheDiagramCatchesDoesNotSpoilTheTransaction() {
    deploy(
        Bpmn.createExecutableProcess("refusing")
            .startEvent()
            .serviceTask("refuse")
            .camundaDelegateExpression("${refuse}")
            .boundaryEvent()
            .error("QUOTA_EXCEEDED")
            .userTask("caught")
            .endEvent()
            .done());

    runtime.startProcessInstanceByKey("refusing");

    assertThat(runtime.createProcessInstanceQuery().activityIdIn("caught").count()).isEqualTo(1);
    assertThat(benefits.partners().find(Actor.system(), FixtureProcesses.REFUSED)).isEmpty();
  }

  @Test
  void diagramsFindTheLibrarysDelegatesAndTheHostsBeans() {
    deploy(
        Bpmn.createExecutableProcess("hosts-own")
            .startEvent()
            .serviceTask()
            .camundaDelegateExpression("${hostDelegate}")
            .serviceTask()
            .camundaDelegateExpression("${mark}")
            .userTask()
            .endEvent()
            .done());

    String id = runtime.startProcessInstanceByKey("hosts-own").getId();

    assertThat(runtime.getVariables(id))
        .containsEntry("calledByHost", true)
        .containsEntry("marked", true);
  }

  @Test
  void aHostThatForgetsTheImportIsToldAtTheStart() {
    try (AnnotationConfigApplicationContext forgetful =
        new AnnotationConfigApplicationContext(WithoutImport.class)) {
      assertThatThrownBy(() -> forgetful.getBean(ProcessEngine.class))
          .hasStackTraceContaining("@Import(AcpBenefitsConfiguration.class)");
    }
  }

  @Test
  void aBeanOfTheHostWithALibrarysNameIsToldAtTheStart() {
    assertThatThrownBy(() -> new AnnotationConfigApplicationContext(TakesAName.class).close())
        .hasRootCauseInstanceOf(BenefitsException.class)
        .hasStackTraceContaining("'mark'");
  }

  private boolean beOvertakenOnce(String instance, AtomicInteger attempts) {
    registerAcme();
    runtime.setVariable(instance, "marked", "mine");
    if (attempts.incrementAndGet() == 1) {
      CompletableFuture.runAsync(() -> runtime.setVariable(instance, "marked", "theirs")).join();
    }
    return true;
  }

  private String startOneTask() {
    return runtime.startProcessInstanceByKey(FixtureProcesses.ONE_TASK).getId();
  }

  private void registerAcme() {
    benefits.partners().register(Actor.system(), acme, "Acme", "gold");
  }

  private void deploy(BpmnModelInstance model) {
    CONTEXT
        .getBean(ProcessEngine.class)
        .getRepositoryService()
        .createDeployment()
        .addModelInstance("model.bpmn", model)
        .deploy();
  }

  /** What every host has: a database, a transaction manager, an engine, and the plugin on it. */
  @Configuration
  static class WithoutImport {

    @Bean
    DataSource database() {
      return FixtureProcesses.database();
    }

    @Bean
    PlatformTransactionManager transactions(DataSource database) {
      return new DataSourceTransactionManager(database);
    }

    @Bean
    AcpBenefitsPlugin acpBenefitsPlugin() {
      return FixtureProcesses.plugin().keys(KeyRing.ephemeral());
    }

    @Bean
    SpringProcessEngineConfiguration engineConfiguration(
        DataSource database, PlatformTransactionManager transactions, AcpBenefitsPlugin plugin) {
      SpringProcessEngineConfiguration configuration = new SpringProcessEngineConfiguration();
      configuration.setProcessEngineName("spring-" + System.identityHashCode(configuration));
      configuration.setDataSource(database);
      configuration.setTransactionManager(transactions);
      configuration.setDatabaseSchemaUpdate("true");
      configuration.setJobExecutorActivate(false);
      configuration.setMetricsEnabled(false);
      configuration.setEnforceHistoryTimeToLive(false);
      configuration.setProcessEnginePlugins(List.of(plugin));
      return configuration;
    }

    @Bean
    ProcessEngineFactoryBean engine(SpringProcessEngineConfiguration configuration) {
      ProcessEngineFactoryBean factory = new ProcessEngineFactoryBean();
      factory.setProcessEngineConfiguration(configuration);
      return factory;
    }
  }

  @Configuration
  @EnableTransactionManagement
  @Import(AcpBenefitsConfiguration.class)
  static class Host extends WithoutImport {

    @Bean
    JavaDelegate hostDelegate() {
      return execution -> execution.setVariable("calledByHost", true);
    }

    @Bean
    HostService hostService(AcpBenefits benefits, ProcessEngine engine) {
      return new HostService(benefits, engine);
    }
  }

  @Configuration
  @Import(AcpBenefitsConfiguration.class)
  static class TakesAName extends WithoutImport {

    @Bean
    JavaDelegate mark() {
      return execution -> {};
    }
  }

  static class HostService {

    private final AcpBenefits benefits;
    private final ProcessEngine engine;

    HostService(AcpBenefits benefits, ProcessEngine engine) {
      this.benefits = benefits;
      this.engine = engine;
    }

    @Transactional
    public void registerAndStart(PartnerId partner, boolean fail) {
      benefits.partners().register(Actor.system(), partner, "Acme", "gold");
      engine.getRuntimeService().startProcessInstanceByKey(FixtureProcesses.ONE_TASK);
      if (fail) {
        throw new IllegalStateException("the host's own failure");
      }
    }
  }
}
