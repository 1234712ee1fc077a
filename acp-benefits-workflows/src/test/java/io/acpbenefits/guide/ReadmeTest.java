package io.acpbenefits.guide;

import static org.assertj.core.api.Assertions.assertThat;

import io.acpbenefits.AcpBenefits;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.PageRequest;
import io.acpbenefits.partner.PartnerId;
import io.acpbenefits.secret.KeyRing;
import io.acpbenefits.workflows.AcpBenefitsPlugin;
import io.acpbenefits.workflows.BenefitsEngine;
import io.acpbenefits.workflows.spring.AcpBenefitsConfiguration;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.camunda.bpm.engine.spring.ProcessEngineFactoryBean;
import org.camunda.bpm.engine.spring.SpringProcessEngineConfiguration;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;

/** The README's code is this class's code, and it does what the README says. */
class ReadmeTest {

  @TempDir static Path folder;

  @Test
  void theReadmeShowsTheCodeThatIsRunHere() throws IOException {
    assertThat(Guide.blocks("README.md", "java"))
        .hasSize(2)
        .containsExactlyElementsOf(Guide.regions(ReadmeTest.class));
  }

  @Test
  void theFirstLinesPrintWhatTheReadmeSays() throws IOException {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    PrintStream before = System.out;
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      firstLines();
    } finally {
      System.setOut(before);
    }

    assertThat(printed.toString(StandardCharsets.UTF_8).strip())
        .isEqualTo(Guide.blocks("README.md", "text").get(0));
  }

  private static void firstLines() {
    // In the guide: the first lines
    try (BenefitsEngine engine = BenefitsEngine.inMemory().build()) {
      AcpBenefits benefits = engine.benefits();
      var olga = Actor.account("olga");
      var acme = benefits.partners().register(Actor.system(), PartnerId.of("acme"), "Acme", "Gold");
      var team = benefits.organizations().establish(Actor.system(), acme.partnerId(), olga.id());
      var link = benefits.invitations().copyLink(olga, team.organizationId());
      var request = benefits.joinRequests().submit(Actor.account("ann"), link, Map.of());
      var joined = benefits.joinRequests().approve(olga, request.requestId());
      System.out.println(joined.accountId() + " " + joined.role() + " " + joined.state());
    }
    // End
  }

  @Test
  void aSpringHostGetsTheLibraryAsABean() {
    KeyRing.createFile(folder.resolve("acp-benefits.keys"));
    try (var host =
        new AnnotationConfigApplicationContext(HostsEngine.class, HostsBenefits.class)) {
      assertThat(
              host.getBean(AcpBenefits.class)
                  .partners()
                  .all(Actor.system(), PageRequest.first(1))
                  .items())
          .isEmpty();
      assertThat(host.containsBean("acpMatchExamRecord")).isTrue();
    }
  }

  // In the guide: a Spring host
  @Configuration
  @Import(AcpBenefitsConfiguration.class)
  static class HostsBenefits {

    @Bean
    AcpBenefitsPlugin acpBenefitsPlugin() {
      return new AcpBenefitsPlugin().keys(KeyRing.ofFile(folder.resolve("acp-benefits.keys")));
    }
  }

  // End

  @Configuration
  static class HostsEngine {

    @Bean(destroyMethod = "dispose")
    JdbcConnectionPool database() {
      return JdbcConnectionPool.create("jdbc:h2:mem:readme;DB_CLOSE_DELAY=-1", "sa", "");
    }

    @Bean
    PlatformTransactionManager transactions(DataSource database) {
      return new DataSourceTransactionManager(database);
    }

    @Bean
    SpringProcessEngineConfiguration engineConfiguration(
        DataSource database, PlatformTransactionManager transactions, AcpBenefitsPlugin plugin) {
      SpringProcessEngineConfiguration configuration = new SpringProcessEngineConfiguration();
      configuration.setProcessEngineName("readme");
      configuration.setDataSource(database);
      configuration.setTransactionManager(transactions);
      configuration.setDatabaseSchemaUpdate("true");
      configuration.setJobExecutorActivate(false);
      configuration.setMetricsEnabled(false);
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
}
