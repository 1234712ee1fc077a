package io.acpbenefits.workflows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.acpbenefits.benefitcenter.BenefitCenter;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.Reason;
import io.acpbenefits.health.HealthCheck;
import io.acpbenefits.health.HealthPolicy;
import io.acpbenefits.health.HealthReport;
import io.acpbenefits.health.HealthStatus;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class EngineHealthTest {

  private static final Actor RITA = Actor.operator("rita");
  private static final BenefitCenter CENTER = mock(BenefitCenter.class);

  @RegisterExtension static final ProcessFixture on = ProcessFixture.with(CENTER);

  private static HealthReport report() {
    return on.engine.health().check(RITA, HealthPolicy.DEFAULT);
  }

  private static HealthCheck of(String name) {
    return report().checks().stream()
        .filter(check -> check.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aNewEngineIsUp() {
    assertThat(report().checks())
        .extracting(HealthCheck::name)
        .containsExactly("database", "port calls", "engine", "job executor", "incidents");
    assertThat(report().status()).isEqualTo(HealthStatus.UP);
    assertThat(of("job executor").sentence()).contains("do not run on this node");
  }

  @Test
  void aDiagramThatIsSuspendedIsDegraded() {
    var repository = on.processes().getRepositoryService();
    repository.suspendProcessDefinitionByKey(BenefitApplicationProcess.KEY);
    try {
      assertThat(of("engine").status()).isEqualTo(HealthStatus.DEGRADED);
      assertThat(of("engine").sentence()).contains(BenefitApplicationProcess.KEY);
    } finally {
      repository.activateProcessDefinitionByKey(BenefitApplicationProcess.KEY);
    }
  }

  @Test
  void aJobThatNobodyRunsIsLateAfterAWhile() {
    var applied = on.benefits.applications().apply(on.olga, on.acme, on.cloud, 1);
    on.benefits.applications().cancel(on.olga, applied.applicationId());
    assertThat(of("job executor").status()).isEqualTo(HealthStatus.UP);

    HealthPolicy strict = new HealthPolicy(0, Duration.ofDays(1), Duration.ZERO, 0);
    var before = on.job().getDuedate().toInstant().minus(Duration.ofMinutes(11));
    on.processes()
        .getManagementService()
        .setJobDuedate(on.job().getId(), java.util.Date.from(before));

    assertThat(of("job executor").status()).isEqualTo(HealthStatus.DEGRADED);
    assertThat(on.engine.health().check(RITA, strict).status()).isEqualTo(HealthStatus.DEGRADED);
  }

  @Test
  void incidentsAreDegradedBeyondTheirLimit() {
    when(CENTER.handOut(any(), any(), anyInt())).thenThrow(new IllegalStateException("down"));
    on.benefits.applications().apply(on.olga, on.acme, on.cloud, 1);
    on.time.advanceBy(Duration.ofDays(1));

    assertThat(of("incidents").status()).isEqualTo(HealthStatus.DEGRADED);
    HealthPolicy patient = new HealthPolicy(0, Duration.ofDays(1), Duration.ofDays(1), 1);
    assertThat(on.engine.health().check(RITA, patient).status()).isEqualTo(HealthStatus.UP);
  }

  @Test
  void onlyThePlatformMayAsk() {
    assertThat(
            ProcessFixture.refusal(() -> on.engine.health().check(on.olga, HealthPolicy.DEFAULT)))
        .isEqualTo(Reason.NOT_PERMITTED);
  }
}
