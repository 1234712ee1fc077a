package io.acpbenefits.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import io.acpbenefits.AcpBenefits;
import io.acpbenefits.TestDatabase;
import io.acpbenefits.common.AccountId;
import io.acpbenefits.common.Actor;
import io.acpbenefits.exam.ExamId;
import io.acpbenefits.partner.PartnerId;
import io.acpbenefits.secret.KeyRing;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** What an older version of the library left in the database is there for the newer one. */
class SchemaUpgradeTest {

  private static final PartnerId ACME = PartnerId.of("acme");

  private final DataSource database = TestDatabase.empty();

  /** By the number of the file since which there is a table for it. */
  private static final List<List<String>> ROWS =
      List.of(
          List.of(
              "INSERT INTO acp_partner (partner_id, name, tier, state, created_at)"
                  + " VALUES ('acme', 'Acme', 'gold', 'ACTIVE', LOCALTIMESTAMP)",
              "INSERT INTO acp_exam (exam_id, name, name_key, level)"
                  + " VALUES ('cloud', 'Cloud', 'cloud', 'ACP')"),
          List.of(
              "INSERT INTO acp_account (account_id, account_key) VALUES ('ann', 'k')",
              "INSERT INTO acp_organization (organization_id, partner_id, state, created_at)"
                  + " VALUES ('o', 'acme', 'ACTIVE', LOCALTIMESTAMP)",
              "INSERT INTO acp_membership"
                  + " (membership_id, organization_id, account_id, role, state, joined_at)"
                  + " VALUES ('m', 'o', 'ann', 'OWNER', 'ACTIVE', LOCALTIMESTAMP)"));

  private void openOlder(int files) throws SQLException {
    List<String> names = Schema.CORE.fileNames().subList(0, files);
    new Schema("core", names).apply(database, SchemaMode.MIGRATE, Clock.systemUTC());
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      for (List<String> rows : ROWS.subList(0, Math.min(files, ROWS.size()))) {
        for (String row : rows) {
          statement.execute(row);
        }
      }
    }
  }

  private AcpBenefits openNewer() {
    return AcpBenefits.on(database).keys(KeyRing.ephemeral()).build();
  }

  @Test
  void theVersionBeforeThisOneIsUpgradedWithItsRows() throws SQLException {
    openOlder(Schema.CORE.fileNames().size() - 1);
    try (AcpBenefits benefits = openNewer()) {
      assertThat(benefits.partners().get(Actor.system(), ACME).name()).isEqualTo("Acme");
      assertThat(benefits.organizations().activeMembership(Actor.system(), AccountId.of("ann")))
          .isPresent();
      assertThat(benefits.exams().find(Actor.system(), ExamId.of("cloud"))).isPresent();
    }
  }

  @Test
  void soIsTheVeryFirst() throws SQLException {
    openOlder(1);
    try (AcpBenefits benefits = openNewer()) {
      assertThat(benefits.partners().get(Actor.system(), ACME).name()).isEqualTo("Acme");
      benefits.organizations().establish(Actor.system(), ACME, AccountId.of("bob"));
    }
    Schema.CORE.apply(database, SchemaMode.VALIDATE, Clock.systemUTC());
  }
}
