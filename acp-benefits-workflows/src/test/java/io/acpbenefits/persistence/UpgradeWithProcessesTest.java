package io.acpbenefits.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import io.acpbenefits.AcpBenefits;
import io.acpbenefits.common.AccountId;
import io.acpbenefits.common.Actor;
import io.acpbenefits.invitation.JoinRequestId;
import io.acpbenefits.organization.OrganizationId;
import io.acpbenefits.partner.PartnerId;
import io.acpbenefits.secret.KeyRing;
import io.acpbenefits.workflows.BenefitsEngine;
import io.acpbenefits.workflows.FixtureProcesses;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** A database in which processes wait gets the tables of the next version, and they go on. */
class UpgradeWithProcessesTest {

  private static final Actor.Account ANN = Actor.account("ann");

  private final DataSource database = FixtureProcesses.database();
  private final KeyRing keys = KeyRing.ephemeral();

  private BenefitsEngine.Builder engine() {
    return BenefitsEngine.on(database).keys(keys).jobExecutor(false);
  }

  private static long open(BenefitsEngine engine) {
    return engine.processEngine().getRuntimeService().createProcessInstanceQuery().count();
  }

  private static OrganizationId acme(AcpBenefits benefits) {
    PartnerId acme = PartnerId.of("acme");
    benefits.partners().register(Actor.system(), acme, "Acme", "gold");
    return benefits
        .organizations()
        .establish(Actor.system(), acme, AccountId.of("olga"))
        .organizationId();
  }

  @Test
  void processesThatWaitGoOnAfterTheUpgrade() {
    JoinRequestId request;
    try (BenefitsEngine older = engine().build()) {
      OrganizationId organization = acme(older.benefits());
      var link = older.benefits().invitations().copyLink(Actor.operator("otto"), organization);
      request = older.benefits().joinRequests().submit(ANN, link, Map.of()).requestId();
      assertThat(open(older)).isOne();
    }

    List<String> files = new ArrayList<>(Schema.CORE.fileNames());
    files.add("V900__next.sql");
    new Schema("core", files).apply(database, SchemaMode.MIGRATE, Clock.systemUTC());

    // It does not know the new file, as a node of the version before that starts again.
    try (BenefitsEngine again = engine().build()) {
      assertThat(open(again)).isOne();
      again.benefits().joinRequests().approve(Actor.account("olga"), request);
      var jobs = again.processEngine().getManagementService();
      jobs.executeJob(jobs.createJobQuery().messages().singleResult().getId());

      assertThat(open(again)).isZero();
      assertThat(again.benefits().organizations().activeMembership(Actor.system(), ANN.id()))
          .isPresent();
    }
  }
}
