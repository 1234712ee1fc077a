package io.acpbenefits.erasure;

import static io.acpbenefits.CoreFixture.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.acpbenefits.AllPages;
import io.acpbenefits.CoreFixture;
import io.acpbenefits.Policies;
import io.acpbenefits.TestDatabase;
import io.acpbenefits.audit.AuditEntry;
import io.acpbenefits.certificate.BindingState;
import io.acpbenefits.certificate.Certificate;
import io.acpbenefits.common.AccountId;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.Operation;
import io.acpbenefits.common.PageRequest;
import io.acpbenefits.common.Reason;
import io.acpbenefits.exam.ExamLevel;
import io.acpbenefits.examcode.CodeFilter;
import io.acpbenefits.examcode.ExamCodeState;
import io.acpbenefits.examrecord.ExamOutcome;
import io.acpbenefits.examrecord.ExamRecords.Receipt;
import io.acpbenefits.invitation.ApplicantFilter;
import io.acpbenefits.organization.MemberFilter;
import io.acpbenefits.registration.Delivery;
import io.acpbenefits.registration.IdPair;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Period;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ErasuresTest {

  private static final String HER_ID = "xenia.zwetkowa@example.org";
  private static final AccountId XENIA = AccountId.of(HER_ID);
  private static final IdPair IDS = new IdPair("CAND-778899", "REG-112233");
  private static final String WHY = "asked for by letter of 2 March";

  private final CoreFixture it = new CoreFixture();
  private final Actor.Account xenia = new Actor.Account(XENIA);

  /** A member with everything that the library can know of one. */
  private Certificate certified() {
    it.quota(ExamLevel.ACP, 10);
    it.codes("XENIA-CODE-0001", "XENIA-CODE-0002");
    it.benefits.invitations().invite(it.owner, it.organization, XENIA);
    it.request(XENIA);
    it.benefits
        .joinRequests()
        .approve(
            it.operator,
            it.benefits
                .joinRequests()
                .latest(Actor.system(), it.organization, XENIA)
                .orElseThrow()
                .requestId());
    it.assigned(XENIA);
    it.benefits
        .registrations()
        .registerWithCode(xenia, it.cloud, null, Delivery.ONLINE, it.in(Duration.ofHours(1)), IDS);
    it.clock.advance(Duration.ofHours(2));
    it.record(IDS, ExamOutcome.PASS);
    it.benefits.bindings().submit(xenia, it.cloud, IDS);
    it.assigned(XENIA);
    return it.benefits.certificates().ofAccount(Actor.system(), XENIA).get(0);
  }

  private Erasure erase() {
    return it.benefits.erasures().erase(it.operator, XENIA, WHY);
  }

  @Test
  void afterwardsNoColumnOfAnyTableKnowsThePerson() throws SQLException {
    certified();
    assertThat(placesOf(HER_ID)).as("it was known before").hasSizeGreaterThan(6);
    assertThat(placesOf(IDS.candidateId())).hasSizeGreaterThan(2);

    erase();

    assertThat(placesOf(HER_ID)).isEmpty();
    assertThat(placesOf(IDS.candidateId())).isEmpty();
    assertThat(placesOf(IDS.registrationId())).isEmpty();
  }

  /** Every text column of every table of the library, whatever will be added. */
  private List<String> placesOf(String text) throws SQLException {
    List<String> places = new ArrayList<>();
    try (Connection connection = it.database.getConnection();
        Statement columns = connection.createStatement();
        ResultSet each =
            columns.executeQuery(
                "SELECT table_name, column_name FROM information_schema.columns"
                    + " WHERE table_schema = '%s' AND LOWER(data_type) LIKE '%%char%%'"
                        .formatted(TestDatabase.schema(connection)))) {
      while (each.next()) {
        try (Statement query = connection.createStatement();
            ResultSet found =
                query.executeQuery(
                    "SELECT COUNT(*) FROM "
                        + each.getString(1)
                        + " WHERE "
                        + each.getString(2)
                        + " LIKE '%"
                        + text
                        + "%'")) {
          found.next();
          if (found.getInt(1) > 0) {
            places.add(each.getString(1) + "." + each.getString(2));
          }
        }
      }
    }
    return places;
  }

  @Test
  void whatThePersonFilledInIsDeleted() throws SQLException {
    it.sql(
        "INSERT INTO acp_join_request_field (request_id, name, content) VALUES ('"
            + it.request(XENIA).requestId()
            + "', 'Full name', 'Xenia Zwetkowa')");

    erase();

    assertThat(placesOf("Zwetkowa")).isEmpty();
  }

  @Test
  void thePersonLeavesAndTheOpenCodeComesBack() {
    certified();

    Erasure erasure = erase();

    assertThat(it.benefits.organizations().activeMembership(Actor.system(), XENIA)).isEmpty();
    assertThat(it.benefits.organizations().activeMembership(Actor.system(), erasure.pseudonym()))
        .isEmpty();
    assertThat(
            AllPages.of(
                page -> it.benefits.examCodes().ofPartner(it.owner, it.acme, CodeFilter.ALL, page)))
        .extracting(code -> code.state())
        .containsExactlyInAnyOrder(ExamCodeState.REDEEMED, ExamCodeState.ISSUED);
  }

  @Test
  void theCertificateStaysBoundToThePseudonymSoThatNobodyElseBindsIt() {
    Certificate before = certified();

    Erasure erasure = erase();

    Certificate after =
        it.benefits.certificates().ofAccount(Actor.system(), erasure.pseudonym()).get(0);
    assertThat(after.certificateId()).isEqualTo(before.certificateId());
    assertThat(after.organizationId()).isEqualTo(it.organization);
    Actor.Account ben = it.member(it.ben);
    assertRefused(Reason.ALREADY_BOUND, () -> it.benefits.bindings().submit(ben, it.cloud, IDS));
  }

  @Test
  void aRepeatOfTheRecordIsStillKnown() throws SQLException {
    certified();
    it.clock.set(it.start.plus(Duration.ofHours(2)));

    erase();

    assertThat(it.record(IDS, ExamOutcome.PASS)).isEqualTo(Receipt.REPEATED);
    assertThat(it.record(IDS, ExamOutcome.FAIL)).isEqualTo(Receipt.HELD);
  }

  @Test
  void openRequestsAndInvitationsAreClosed() {
    it.request(XENIA);
    it.benefits.invitations().invite(it.owner, it.organization, XENIA);

    erase();

    assertThat(
            it.benefits
                .joinRequests()
                .applicants(it.owner, it.organization, ApplicantFilter.OPEN, PageRequest.first(10))
                .items())
        .isEmpty();
  }

  @Test
  void theLastOwnerIsNotErasedAndNothingIsChanged() {
    assertRefused(
        Reason.LAST_OWNER, () -> it.benefits.erasures().erase(it.operator, it.owner.id(), WHY));

    assertThat(it.benefits.organizations().activeMembership(Actor.system(), it.owner.id()))
        .isPresent();
  }

  @Test
  void refusesWhomItDoesNotKnowAndWhoMayNot() {
    assertRefused(Reason.NOT_FOUND, this::erase);
    it.member(XENIA);
    assertRefused(Reason.NOT_PERMITTED, () -> it.benefits.erasures().erase(it.owner, XENIA, WHY));
    assertRefused(
        Reason.INVALID_INPUT, () -> it.benefits.erasures().erase(it.operator, XENIA, " "));
  }

  @Test
  void isRecordedWithoutThePerson() {
    it.member(XENIA);

    Erasure erasure = erase();

    AuditEntry entry =
        it.benefits
            .audit()
            .all(it.operator, Operation.ERASE_ACCOUNT, PageRequest.first(10))
            .items()
            .get(0);
    assertThat(entry.subjectId()).isEqualTo(erasure.pseudonym().value());
    assertThat(entry.why()).isEqualTo(WHY);
    assertThat(entry.madeBy()).isEqualTo("operator:otto");
    assertThat(erasure.erasedAt()).isEqualTo(it.clock.instant());
  }

  @Test
  void whatThePersonGaveAsReasonsStaysUnderThePseudonym() {
    it.benefits.organizations().quit(it.member(XENIA), "moved to another city");

    Erasure erasure = erase();

    AuditEntry entry =
        it.benefits
            .audit()
            .all(it.operator, Operation.QUIT_ORGANIZATION, PageRequest.first(10))
            .items()
            .get(0);
    assertThat(entry.why()).isEqualTo("moved to another city");
    assertThat(entry.madeBy()).isEqualTo("account:" + erasure.pseudonym());
  }

  @Test
  void theHostHearsOfItAndItsFailureUndoesIt() {
    it.member(XENIA);
    it.benefits.addListener(
        event -> {
          if (event instanceof AccountErased erased) {
            assertThat(erased.accountId()).isEqualTo(XENIA);
            assertThat(erased.toString()).doesNotContain(HER_ID);
            throw new IllegalStateException("host");
          }
        });

    assertThatThrownBy(this::erase).hasMessage("host");

    assertThat(it.benefits.organizations().activeMembership(Actor.system(), XENIA)).isPresent();
  }

  @Test
  void erasingThePseudonymAgainTakesWhatHasComeSince() throws SQLException {
    it.quota(ExamLevel.ACP, 10);
    it.codes("XENIA-CODE-0001");
    it.member(XENIA);
    it.assigned(XENIA);
    it.benefits
        .registrations()
        .registerWithCode(xenia, it.cloud, null, Delivery.ONLINE, it.in(Duration.ofHours(1)), IDS);
    Erasure erasure = erase();
    it.clock.advance(Duration.ofHours(2));
    it.record(IDS, ExamOutcome.PASS);

    it.benefits.erasures().erase(it.operator, erasure.pseudonym(), WHY);

    assertThat(placesOf(HER_ID)).isEmpty();
  }

  @Test
  void theSameIdMayComeBackAsANewAccount() {
    certified();
    erase();

    it.member(XENIA);

    assertThat(it.benefits.certificates().ofAccount(Actor.system(), XENIA)).isEmpty();
  }

  @Test
  void aBindingThatWaitedLapses() {
    it.member(XENIA);
    it.benefits.bindings().submit(xenia, it.cloud, IDS);

    Erasure erasure = erase();
    it.clock.advance(Duration.ofDays(4));
    it.benefits.settleDue();
    it.clock.advance(Duration.ofDays(31));
    it.benefits.settleDue();

    assertThat(
            AllPages.of(
                page ->
                    it.benefits.bindings().ofAccount(Actor.system(), erasure.pseudonym(), page)))
        .extracting(binding -> binding.state())
        .containsExactly(BindingState.FAILED);
  }

  @Test
  void formsAndRequestKeysAreErasedWhenTheirTimeIsOver() throws SQLException {
    var request = it.request(XENIA);
    it.sql(
        "INSERT INTO acp_join_request_field (request_id, name, content) VALUES ('"
            + request.requestId()
            + "', 'Full name', 'Xenia Zwetkowa')");
    it.benefits.joinRequests().reject(it.operator, request.requestId());

    it.clock.advance(Duration.ofDays(180).minusNanos(1000));
    assertThat(it.benefits.erasures().applyRetention(Actor.system())).isZero();
    it.clock.advance(Duration.ofNanos(1000));
    assertThat(it.benefits.erasures().applyRetention(Actor.system())).isEqualTo(1);

    assertThat(placesOf("Zwetkowa")).isEmpty();
    assertRefused(Reason.NOT_PERMITTED, () -> it.benefits.erasures().applyRetention(it.owner));
  }

  @Test
  void formerMembersAreErasedByThemselvesIfThePolicySaysSo() {
    CoreFixture kept =
        new CoreFixture(
            Policies.DEFAULT.with(RetentionPolicy.DEFAULT.keepingFormerMembers(Period.ofYears(1))));
    kept.member(XENIA);
    kept.member(kept.ann);
    kept.benefits.organizations().quit(xenia);

    kept.clock.advance(Duration.ofDays(365).minusNanos(1000));
    assertThat(kept.benefits.erasures().applyRetention(Actor.system())).isZero();
    kept.clock.advance(Duration.ofNanos(1000));
    assertThat(kept.benefits.settleDue()).isEqualTo(1);

    assertThat(
            kept.benefits
                .organizations()
                .members(Actor.system(), kept.organization, MemberFilter.ALL, PageRequest.first(10))
                .items())
        .extracting(member -> member.accountId())
        .contains(kept.ann, kept.owner.id())
        .doesNotContain(XENIA);
    assertThat(kept.benefits.settleDue()).isZero();
  }

  @Test
  void refusesTimesThatMakeNoSense() {
    assertRefused(
        Reason.INVALID_INPUT, () -> RetentionPolicy.DEFAULT.keepingForms(Duration.ofDays(-1)));
    assertRefused(
        Reason.INVALID_INPUT, () -> RetentionPolicy.DEFAULT.keepingRequestKeys(Duration.ZERO));
    assertRefused(
        Reason.INVALID_INPUT, () -> RetentionPolicy.DEFAULT.keepingFormerMembers(Period.ZERO));
  }
}
