package io.acpbenefits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.acpbenefits.common.Actor;
import io.acpbenefits.common.BenefitsException;
import io.acpbenefits.common.DomainEvent;
import io.acpbenefits.exam.ExamLevel;
import io.acpbenefits.examcode.CodeFilter;
import io.acpbenefits.examcode.CodeText;
import io.acpbenefits.organization.OrganizationEstablished;
import io.acpbenefits.partner.PartnerId;
import io.acpbenefits.persistence.SchemaMode;
import io.acpbenefits.registration.IdPair;
import io.acpbenefits.secret.KeyRing;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

class AcpBenefitsTest {

  private static final PartnerId BETA = PartnerId.of("beta");

  @Test
  void refusesAllWorkOnceClosedAndClosesTwiceWithoutHarm() {
    AcpBenefits benefits = AcpBenefits.inMemory().build();
    benefits.partners().register(Actor.system(), BETA, "Beta", "gold");
    benefits.close();
    benefits.close();

    assertThatThrownBy(() -> benefits.partners().find(Actor.system(), BETA))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("closed");
    assertThatThrownBy(benefits::settleDue).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void closingLeavesTheHostsDatabaseAlone() {
    DataSource database = TestDatabase.fresh();
    try (AcpBenefits first = AcpBenefits.on(database).keys(KeyRing.ephemeral()).build()) {
      first.partners().register(Actor.system(), BETA, "Beta", "gold");
    }
    try (AcpBenefits second =
        AcpBenefits.on(database).keys(KeyRing.ephemeral()).schema(SchemaMode.VALIDATE).build()) {
      assertThat(second.partners().get(Actor.system(), BETA).name()).isEqualTo("Beta");
    }
  }

  @Test
  void eachLibraryInMemoryIsOnItsOwn() {
    try (AcpBenefits one = AcpBenefits.inMemory().build();
        AcpBenefits other = AcpBenefits.inMemory().build()) {
      one.partners().register(Actor.system(), BETA, "Beta", "gold");
      assertThat(other.partners().find(Actor.system(), BETA)).isEmpty();
    }
  }

  @Test
  void asksForKeysBeforeItTouchesTheDatabase() {
    CoreFixture it = new CoreFixture();
    DataSource empty = TestDatabase.empty();
    assertThatThrownBy(() -> AcpBenefits.on(empty).build())
        .isInstanceOf(BenefitsException.class)
        .hasMessageContaining("keys(");
    assertThatThrownBy(
            () -> AcpBenefits.on(empty).keys(it.keys).schema(SchemaMode.VALIDATE).build())
        .isInstanceOf(BenefitsException.class);
  }

  @Test
  void severalOperationsInOneTransactionStandOrFallTogether() {
    CoreFixture it = new CoreFixture();
    assertThatThrownBy(
            () ->
                it.benefits.inTransaction(
                    () -> {
                      it.partner(BETA, it.ann);
                      throw new IllegalStateException("host");
                    }))
        .hasMessage("host");
    assertThat(it.benefits.partners().find(Actor.system(), BETA)).isEmpty();
    assertThat(it.benefits.organizations().activeMembership(Actor.system(), it.ann)).isEmpty();
  }

  @Test
  void aListenerHearsEventsInsideTheTransactionAndVetoesByThrowing() {
    CoreFixture it = new CoreFixture();
    List<DomainEvent> heard = new ArrayList<>();
    it.benefits.addListener(
        event -> {
          heard.add(event);
          if (event instanceof OrganizationEstablished) {
            throw new IllegalStateException("veto");
          }
        });

    assertThatThrownBy(() -> it.partner(BETA, it.ann)).hasMessage("veto");

    assertThat(heard).hasAtLeastOneElementOfType(OrganizationEstablished.class);
    assertThat(it.benefits.organizations().activeMembership(Actor.system(), it.ann)).isEmpty();
    assertThat(it.benefits.partners().get(Actor.system(), BETA)).isNotNull();
  }

  @Test
  void aHostsOwnBenefitCenterTakesThePlaceOfTheEmbeddedOneAndItsTable() {
    DataSource database = TestDatabase.empty();
    CoreFixture it = new CoreFixture();
    try (AcpBenefits benefits =
        AcpBenefits.on(database)
            .keys(it.keys)
            .clock(it.clock)
            .benefitCenter((application, exam, quantity) -> List.of(CodeText.parse("HOSTCODE")))
            .build()) {
      assertThat(benefits.embeddedBenefitCenter()).isEmpty();
      benefits.partners().register(Actor.system(), it.acme, "Acme", "gold");
      benefits.organizations().establish(Actor.system(), it.acme, it.owner.id());
      benefits.exams().add(Actor.system(), it.benefits.exams().get(Actor.system(), it.cloud));
      benefits
          .quotas()
          .grant(it.operator, it.acme, ExamLevel.ACP, 9, it.start, it.start.plusSeconds(9));
      var application = benefits.applications().apply(it.owner, it.acme, it.cloud, 1);
      benefits.applications().fulfil(Actor.system(), application.applicationId());
      assertThat(
              AllPages.of(
                  page -> benefits.examCodes().ofPartner(it.owner, it.acme, CodeFilter.ALL, page)))
          .hasSize(1);

      var two = benefits.applications().apply(it.owner, it.acme, it.cloud, 2);
      assertThatThrownBy(() -> benefits.applications().fulfil(Actor.system(), two.applicationId()))
          .isInstanceOf(BenefitsException.class)
          .hasMessageContaining("handed out 1 codes");
      assertThat(benefits.quotas().ofPartner(Actor.system(), it.acme).get(0).held()).isEqualTo(2);
    }
  }

  @Test
  void tellsExactlyWhenSettlingHasSomethingToDoNext() {
    CoreFixture it = new CoreFixture();
    assertThat(it.benefits.nextDue()).isEmpty();
    it.assignedToAnn("CODE1");
    it.request(it.ben);
    it.benefits.invitations().invite(it.owner, it.organization, it.ben);
    it.benefits.bindings().submit(new Actor.Account(it.ben), it.cloud, new IdPair("C", "R"));

    List<Duration> steps = new ArrayList<>();
    for (var due = it.benefits.nextDue(); due.isPresent(); due = it.benefits.nextDue()) {
      it.clock.set(due.get().minusNanos(1000));
      assertThat(it.benefits.settleDue()).isZero();
      it.clock.set(due.get());
      steps.add(Duration.between(it.start, due.get()));
      assertThat(it.benefits.settleDue()).isPositive();
      assertThat(it.benefits.settleDue()).isZero();
    }

    // The binding's window, the invitation, the request, the ids to check; quota and code together.
    assertThat(steps).extracting(Duration::toDays).containsExactly(3L, 14L, 30L, 33L, 365L);
  }

  @Test
  void theHostsOwnStatementsShareTheTransaction() {
    CoreFixture it = new CoreFixture();
    assertThatThrownBy(
            () ->
                it.benefits.withConnection(
                    connection -> {
                      it.partner(BETA, it.ann);
                      insertHostRow(connection);
                      throw new IllegalStateException("host");
                    }))
        .hasMessage("host");
    assertThat(it.benefits.partners().find(Actor.system(), BETA)).isEmpty();
    assertThat(it.number("SELECT COUNT(*) FROM acp_record_key")).isZero();
    it.benefits.withConnection(AcpBenefitsTest::insertHostRow);
    assertThat(it.number("SELECT COUNT(*) FROM acp_record_key")).isOne();
    assertThat(it.benefits.now()).isEqualTo(it.start);
  }

  private static boolean insertHostRow(Connection connection) {
    try (Statement statement = connection.createStatement()) {
      return statement.execute(
          "INSERT INTO acp_record_key (candidate_id, registration_id, exam_id)"
              + " VALUES ('host', 'row', 'x')");
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void settlingTwiceFindsNothingTheSecondTime() {
    CoreFixture it = new CoreFixture();
    it.assignedToAnn("CODE1");
    it.request(it.ben);
    it.clock.advance(Duration.ofDays(400));
    assertThat(it.benefits.settleDue()).isEqualTo(3);
    assertThat(it.benefits.settleDue()).isZero();
  }

  @Test
  void whatCannotBeSettledDoesNotHoldUpTheRest() {
    CoreFixture it = new CoreFixture();
    it.assignedToAnn("CODE1");
    it.sql("ALTER TABLE acp_quota_entry RENAME TO acp_quota_entry_gone");
    it.clock.advance(Duration.ofDays(400));

    assertThatThrownBy(it.benefits::settleDue).hasMessageFindingMatch("(?i)acp_quota_entry");

    assertThat(it.number("SELECT COUNT(*) FROM acp_exam_code WHERE state = 'EXPIRED'")).isOne();
  }
}
