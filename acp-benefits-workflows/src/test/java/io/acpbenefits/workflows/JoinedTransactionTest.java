package io.acpbenefits.workflows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.acpbenefits.AcpBenefits;
import io.acpbenefits.common.Actor;
import io.acpbenefits.partner.PartnerId;
import io.acpbenefits.secret.KeyRing;
import javax.sql.DataSource;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.cfg.StandaloneProcessEngineConfiguration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class JoinedTransactionTest {

  private static final PartnerId ACME = PartnerId.of("acme");

  private final DataSource database = EngineFixture.database();
  private final ProcessEngine engine = engineOn(database);
  private final AcpBenefits benefits =
      AcpBenefits.on(database)
          .keys(KeyRing.ephemeral())
          .transactions(
              new EngineTransactions(
                  (ProcessEngineConfigurationImpl) engine.getProcessEngineConfiguration(),
                  () -> false))
          .build();

  private static ProcessEngine engineOn(DataSource database) {
    StandaloneProcessEngineConfiguration configuration = new StandaloneProcessEngineConfiguration();
    configuration.setDataSource(database);
    configuration.setDatabaseSchemaUpdate("true");
    configuration.setJobExecutorActivate(false);
    return configuration.buildProcessEngine();
  }

  @AfterEach
  void close() {
    engine.close();
  }

  @Test
  void aDomainOnlyWriteThatThrowsIsRolledBack() {
    assertThatThrownBy(
            () ->
                benefits.inTransaction(
                    () -> {
                      benefits.partners().register(Actor.system(), ACME, "Acme", "gold");
                      throw new IllegalStateException("on purpose");
                    }))
        .hasMessage("on purpose");

    assertThat(benefits.partners().find(ACME)).isEmpty();
  }
}
