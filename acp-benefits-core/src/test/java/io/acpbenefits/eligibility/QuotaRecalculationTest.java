package io.acpbenefits.eligibility;

import static io.acpbenefits.CoreFixture.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.acpbenefits.AcpBenefits;
import io.acpbenefits.CoreFixture;
import io.acpbenefits.Policies;
import io.acpbenefits.SettableClock;
import io.acpbenefits.Together;
import io.acpbenefits.application.BenefitApplicationId;
import io.acpbenefits.application.BenefitChange;
import io.acpbenefits.application.BenefitChangeFilter;
import io.acpbenefits.audit.AuditEntry;
import io.acpbenefits.certificate.Certificate;
import io.acpbenefits.common.AccountId;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.Operation;
import io.acpbenefits.common.PageRequest;
import io.acpbenefits.common.Reason;
import io.acpbenefits.exam.ExamId;
import io.acpbenefits.exam.ExamLevel;
import io.acpbenefits.examrecord.ExamOutcome;
import io.acpbenefits.examrecord.ExamRecordLine;
import io.acpbenefits.partner.PartnerId;
import io.acpbenefits.quota.CertificateEligibility;
import io.acpbenefits.quota.CertificateEligibility.Counted;
import io.acpbenefits.quota.CertificateEligibility.Steps;
import io.acpbenefits.quota.Quota;
import io.acpbenefits.quota.QuotaEntry;
import io.acpbenefits.quota.QuotaEntry.Kind;
import io.acpbenefits.quota.QuotaId;
import io.acpbenefits.quota.QuotaPeriods;
import io.acpbenefits.quota.QuotaPolicy;
import io.acpbenefits.quota.QuotaState;
import io.acpbenefits.quota.Quotas;
import io.acpbenefits.registration.IdPair;
import io.acpbenefits.secret.KeyRing;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Gold: 10 codes of level ACP and 2 more per certificate, at most 14. Silver: 4 and 1, at most 9.
 */
class QuotaRecalculationTest {

  private static final Instant NEW_YEAR = Instant.parse("2027-01-01T00:00:00Z");
  private static final CertificateEligibility POLICY =
      CertificateEligibility.in(QuotaPeriods.calendarYears(), Counted.CERTIFICATES)
          .with(ExamLevel.ACP, "gold", new Steps(10, 2, 1, 14))
          .with(ExamLevel.ACP, "silver", new Steps(4, 1, 1, 9));

  private final CoreFixture it = new CoreFixture(Policies.DEFAULT.with(POLICY));
  private final Quotas quotas = it.benefits.quotas();
  private int candidates;

  private void assertGranted(long granted) {
    assertThat(it.onlyQuota().granted()).isEqualTo(granted);
    assertThat(quotas.check(it.operator)).isEmpty();
  }

  private List<QuotaEntry> ledger() {
    return quotas.ledger(Actor.system(), it.onlyQuota().quotaId(), PageRequest.first(100)).items();
  }

  /** A member passes an exam and binds the certificate. */
  private Certificate certified(AccountId account, ExamId exam) {
    IdPair ids = new IdPair("C-" + ++candidates, "R-" + candidates);
    it.benefits
        .examRecords()
        .receive(
            Actor.system(),
            new ExamRecordLine(ids, exam, it.clock.instant(), ExamOutcome.PASS, null, null));
    it.benefits.bindings().submit(new Actor.Account(account), exam, ids);
    List<Certificate> all = it.benefits.certificates().ofAccount(Actor.system(), account);
    return all.get(all.size() - 1);
  }

  private BenefitApplicationId apply(int quantity) {
    return it.benefits.applications().apply(it.owner, it.acme, it.cloud, quantity).applicationId();
  }

  @Test
  void aPartnerGetsItsTiersBaseForThePeriodWhenItIsRegistered() {
    Quota quota = it.onlyQuota();
    assertThat(quota.validFrom()).isEqualTo(Instant.parse("2026-01-01T00:00:00Z"));
    assertThat(quota.validUntil()).isEqualTo(NEW_YEAR);
    assertThat(quota.level()).isEqualTo(ExamLevel.ACP);
    assertThat(quota.state()).isEqualTo(QuotaState.ACTIVE);
    assertGranted(10);
    assertThat(ledger())
        .extracting(
            QuotaEntry::kind, QuotaEntry::quantity, QuotaEntry::reference, QuotaEntry::madeBy)
        .containsExactly(tuple(Kind.GRANT, 10L, "policy", "system"));
  }

  @Test
  void followsCertificatesAsTheyComeAndGo() {
    it.member(it.ann);
    Certificate certificate = certified(it.ann, it.cloud);
    assertGranted(12);
    it.benefits.certificates().suspend(it.operator, certificate.certificateId(), "looked into");
    assertGranted(10);
    it.benefits.certificates().reinstate(it.operator, certificate.certificateId(), "fine");
    assertGranted(12);
    it.benefits.certificates().revoke(it.operator, certificate.certificateId(), "fraud");
    assertGranted(10);
    assertThat(ledger())
        .extracting(QuotaEntry::kind, QuotaEntry::quantity, QuotaEntry::madeBy)
        .containsExactly(
            tuple(Kind.GRANT, 10L, "system"),
            tuple(Kind.ADJUST, 2L, "system"),
            tuple(Kind.ADJUST, -2L, "system"),
            tuple(Kind.ADJUST, 2L, "system"),
            tuple(Kind.ADJUST, -2L, "system"));
  }

  @Test
  void followsMembersAsTheyComeAndGoUpToTheCap() {
    it.member(it.ann);
    certified(it.ann, it.cloud);
    certified(it.ann, it.security);
    assertGranted(14);
    it.member(it.ben);
    certified(it.ben, it.cloud);
    assertGranted(14);
    it.benefits.organizations().remove(it.owner, it.organization, it.ann);
    assertGranted(12);
    it.member(it.ann);
    assertGranted(14);
  }

  @Test
  void aCertificateOfSomebodyElsewhereChangesNothingHere() {
    certified(it.ann, it.cloud);
    assertGranted(10);
    assertThat(ledger()).hasSize(1);
  }

  @Test
  void followsTheTier() {
    it.benefits.partners().describe(it.operator, it.acme, "Acme", "silver");
    assertGranted(4);
    it.benefits.partners().describe(it.operator, it.acme, "Acme", "gold");
    assertGranted(10);
  }

  @Test
  void refusesATierThatThePolicyDoesNotKnowAndLeavesNothingOfIt() {
    PartnerId beta = PartnerId.of("beta");
    it.benefits.inTransaction(
        () -> {
          assertRefused(
              Reason.INVALID_INPUT,
              () -> it.benefits.partners().register(it.operator, beta, "Beta", "bronze"));
          assertRefused(
              Reason.INVALID_INPUT,
              () -> it.benefits.partners().describe(it.operator, it.acme, "Acme", "bronze"));
          return true;
        });
    assertThat(it.benefits.partners().find(it.operator, beta)).isEmpty();
    assertThat(it.benefits.partners().get(it.operator, it.acme).tier()).isEqualTo("gold");
    assertGranted(10);
  }

  @Test
  void nobodyIsKeptInAnOrganizationByATierThatThePolicyDoesNotKnow() {
    it.member(it.ann);
    certified(it.ann, it.cloud);
    it.sql("UPDATE acp_partner SET tier = 'bronze'");
    it.benefits.organizations().remove(it.owner, it.organization, it.ann);
    assertGranted(12);
    assertRefused(
        Reason.INVALID_INPUT,
        () -> it.benefits.quotaRecalculation().recalculate(it.operator, it.acme));
  }

  @Test
  void neverTakesAwayWhatIsHeldOrConsumedAndCatchesUpOnceItIsReleased() {
    it.stock("CODE1", "CODE2", "CODE3");
    it.benefits.applications().fulfil(Actor.system(), apply(3));
    BenefitApplicationId open = apply(4);
    it.benefits.partners().describe(it.operator, it.acme, "Acme", "silver");
    assertGranted(7);
    assertThat(it.onlyQuota().available()).isZero();

    it.benefits.applications().cancel(it.owner, open);
    assertGranted(4);
    assertThat(it.onlyQuota().available()).isOne();
    assertThat(ledger().get(ledger().size() - 1))
        .extracting(QuotaEntry::kind, QuotaEntry::quantity)
        .containsExactly(Kind.ADJUST, -3L);
  }

  @Test
  void whatPeopleAdjustedStaysOnTop() {
    QuotaId id = it.onlyQuota().quotaId();
    quotas.adjust(it.operator, id, 5, "a promise");
    it.benefits.quotaRecalculation().recalculate(it.operator, it.acme);
    assertGranted(15);
    it.member(it.ann);
    certified(it.ann, it.cloud);
    assertGranted(17);
    quotas.adjust(it.operator, id, -17, "a punishment");
    it.benefits.partners().describe(it.operator, it.acme, "Acme", "silver");
    assertGranted(0);
  }

  @Test
  void aRecalculationIsInTheAuditAndInTheBenefitChangeRecords() {
    it.benefits.partners().describe(it.operator, it.acme, "Acme", "silver");
    assertThat(
            it.benefits
                .audit()
                .of(it.operator, it.onlyQuota().quotaId().value(), PageRequest.first(9))
                .items())
        .extracting(AuditEntry::operation, AuditEntry::madeBy)
        .containsExactly(
            tuple(Operation.GRANT_QUOTA, "system"), tuple(Operation.RECALCULATE_QUOTA, "system"));
    assertThat(
            it.benefits
                .benefitChanges()
                .ofPartner(it.owner, it.acme, BenefitChangeFilter.ALL, PageRequest.first(9))
                .items())
        .extracting(BenefitChange::kind, BenefitChange::quantity)
        .containsExactly(
            tuple(BenefitChange.Kind.GRANTED, 10L), tuple(BenefitChange.Kind.ADJUSTED, -6L));
  }

  @Test
  void whoIsEntitledToOneCodeGetsItAndWhoIsEntitledToNoneGetsNoQuota() {
    CertificateEligibility none =
        CertificateEligibility.in(QuotaPeriods.calendarYears(), Counted.CERTIFICATES);
    CoreFixture first =
        new CoreFixture(
            Policies.DEFAULT.with(none.with(ExamLevel.ACP, "gold", new Steps(0, 1, 1, 9))));
    assertThat(first.benefits.quotas().ofPartner(first.operator, first.acme)).isEmpty();
    try (AcpBenefits benefits =
        AcpBenefits.on(first.database)
            .keys(first.keys)
            .clock(first.clock)
            .policies(
                Policies.DEFAULT.with(none.with(ExamLevel.ACP, "gold", new Steps(1, 1, 1, 9))))
            .build()) {
      assertThat(benefits.quotaRecalculation().recalculate(first.operator, first.acme))
          .containsExactly(first.onlyQuota())
          .extracting(Quota::granted)
          .containsExactly(1L);
    }
  }

  @Test
  void doesNothingWhereNothingChanges() {
    it.benefits.quotaRecalculation().recalculate(it.operator, it.acme);
    assertThat(it.benefits.quotaRecalculation().recalculate(Actor.system(), it.acme))
        .containsExactly(it.onlyQuota());
    assertThat(ledger()).hasSize(1);
  }

  @Test
  void leavesARevokedQuotaRevokedButFollowsASuspendedOne() {
    quotas.suspend(it.operator, it.onlyQuota().quotaId(), "looked into");
    it.benefits.partners().describe(it.operator, it.acme, "Acme", "silver");
    assertGranted(4);
    quotas.revoke(it.operator, it.onlyQuota().quotaId(), "not fine");
    it.benefits.partners().describe(it.operator, it.acme, "Acme", "gold");
    assertGranted(4);
    assertThat(quotas.ofPartner(it.operator, it.acme))
        .extracting(Quota::state)
        .containsExactly(QuotaState.REVOKED);
  }

  @Test
  void anExplicitGrantForAnotherPeriodComesBeforeThePolicy() {
    CoreFixture plain = new CoreFixture();
    plain.quota(ExamLevel.ACP, 3);
    try (AcpBenefits benefits =
        AcpBenefits.on(plain.database)
            .keys(plain.keys)
            .clock(plain.clock)
            .policies(Policies.DEFAULT.with(POLICY))
            .build()) {
      assertThat(benefits.quotaRecalculation().recalculate(plain.operator, plain.acme)).isEmpty();
      assertThat(plain.onlyQuota().granted()).isEqualTo(3);
    }
  }

  @Test
  void countsPeopleIfThePolicySaysSo() {
    CoreFixture byPeople =
        new CoreFixture(
            Policies.DEFAULT.with(
                CertificateEligibility.in(QuotaPeriods.calendarYears(), Counted.PEOPLE)
                    .with(ExamLevel.ACP, "gold", new Steps(10, 1, 1, 99))));
    byPeople.member(byPeople.ann);
    for (ExamId exam : List.of(byPeople.cloud, byPeople.security)) {
      IdPair ids = new IdPair("C-" + exam, "R-" + exam);
      byPeople
          .benefits
          .examRecords()
          .receive(
              Actor.system(),
              new ExamRecordLine(
                  ids, exam, byPeople.clock.instant(), ExamOutcome.PASS, null, null));
      byPeople.benefits.bindings().submit(new Actor.Account(byPeople.ann), exam, ids);
    }
    assertThat(byPeople.onlyQuota().granted()).isEqualTo(11);
  }

  @Test
  void aNewPeriodIsBegunOnceForEveryPartnerWhenItIsDue() {
    it.benefits.settleDue();
    PartnerId beta = PartnerId.of("beta");
    it.partner(beta, AccountId.of("boss"));
    it.benefits.partners().describe(it.operator, beta, "Beta", "silver");
    it.member(it.ann);
    certified(it.ann, it.cloud);
    assertThat(it.benefits.quotaRecalculation().nextDue()).contains(NEW_YEAR);

    it.clock.set(NEW_YEAR.minusNanos(1000));
    assertThat(it.benefits.quotaRecalculation().settleDue()).isZero();
    it.clock.set(NEW_YEAR);
    assertThat(it.benefits.quotaRecalculation().nextDue()).contains(NEW_YEAR);
    assertThat(it.benefits.quotaRecalculation().settleDue()).isEqualTo(2);
    assertThat(it.benefits.quotaRecalculation().settleDue()).isZero();
    assertThat(it.benefits.quotaRecalculation().nextDue())
        .contains(Instant.parse("2028-01-01T00:00:00Z"));

    assertThat(quotas.ofPartner(it.operator, it.acme))
        .extracting(Quota::granted, Quota::state)
        .containsExactly(tuple(12L, QuotaState.EXPIRED), tuple(12L, QuotaState.ACTIVE));
    assertThat(quotas.ofPartner(it.operator, beta))
        .extracting(Quota::granted)
        .containsExactly(4L, 4L);
  }

  @Test
  void aHostThatTurnsToThePolicyHasItsPartnersQuotasGrantedAtTheFirstSettling() {
    CoreFixture plain = new CoreFixture();
    try (AcpBenefits benefits =
        AcpBenefits.on(plain.database)
            .keys(plain.keys)
            .clock(plain.clock)
            .policies(Policies.DEFAULT.with(POLICY))
            .build()) {
      assertThat(benefits.nextDue()).contains(Instant.parse("2026-01-01T00:00:00Z"));
      benefits.settleDue();
      assertThat(plain.onlyQuota().granted()).isEqualTo(10);
    }
  }

  @Test
  void nothingIsGrantedBeforeTheFirstPeriod() {
    QuotaPolicy later =
        CertificateEligibility.in(
                new QuotaPeriods(LocalDate.parse("2026-04-01"), 1, ChronoUnit.MONTHS),
                Counted.CERTIFICATES)
            .with(ExamLevel.ACP, "gold", new Steps(10, 2, 1, 14));
    CoreFixture early = new CoreFixture(Policies.DEFAULT.with(later));
    Instant april = Instant.parse("2026-04-01T00:00:00Z");
    assertThat(early.benefits.quotaRecalculation().nextDue()).contains(april);
    assertThat(early.benefits.quotaRecalculation().settleDue()).isZero();
    assertThat(early.benefits.quotas().ofPartner(early.operator, early.acme)).isEmpty();
    early.clock.set(april);
    early.benefits.settleDue();
    assertThat(early.onlyQuota().validUntil()).isEqualTo(Instant.parse("2026-05-01T00:00:00Z"));
  }

  @Test
  void underExplicitGrantsNothingIsDoneOrDue() {
    CoreFixture plain = new CoreFixture();
    QuotaRecalculation none = plain.benefits.quotaRecalculation();
    assertThat(none.policy()).isSameAs(QuotaPolicy.EXPLICIT_GRANTS);
    assertThat(none.nextDue()).isEmpty();
    assertThat(none.settleDue()).isZero();
    assertThat(none.recalculate(plain.operator, plain.acme)).isEmpty();
    plain.benefits.partners().describe(plain.operator, plain.acme, "Acme", "any word");
  }

  @Test
  void onlyThePlatformHasQuotasRecalculated() {
    QuotaRecalculation recalculation = it.benefits.quotaRecalculation();
    assertRefused(Reason.NOT_PERMITTED, () -> recalculation.recalculate(it.owner, it.acme));
    assertRefused(
        Reason.NOT_FOUND, () -> recalculation.recalculate(it.operator, PartnerId.of("x")));
  }

  @Test
  void aTerminatedPartnersQuotasAreRevokedItsApplicationsCanceledAndNothingIsGrantedAnyMore() {
    BenefitApplicationId open = apply(4);
    var draft = it.benefits.applications().draft(it.owner, it.acme, it.cloud, 1).applicationId();
    it.stock("CODE1");
    BenefitApplicationId done = apply(1);
    it.benefits.applications().fulfil(Actor.system(), done);
    quotas.grant(
        it.operator, it.acme, ExamLevel.ACP, 5, NEW_YEAR, NEW_YEAR.plus(Duration.ofDays(365)));
    it.benefits.partners().terminate(it.operator, it.acme, "left");

    assertThat(List.of(open, draft, done))
        .extracting(id -> it.benefits.applications().get(Actor.system(), id).state().name())
        .containsExactly("CANCELED", "CANCELED", "FULFILLED");
    assertThat(quotas.ofPartner(it.operator, it.acme))
        .extracting(Quota::state, Quota::available, Quota::held, Quota::consumed, Quota::expired)
        .containsExactly(
            tuple(QuotaState.REVOKED, 0L, 0L, 1L, 9L), tuple(QuotaState.REVOKED, 0L, 0L, 0L, 5L));
    assertThat(quotas.check(it.operator)).isEmpty();

    it.benefits.quotaRecalculation().recalculate(it.operator, it.acme);
    it.clock.set(NEW_YEAR);
    it.benefits.settleDue();
    assertThat(quotas.ofPartner(it.operator, it.acme)).hasSize(2);
    assertRefused(
        Reason.PARTNER_SUSPENDED,
        () -> it.benefits.applications().draft(it.operator, it.acme, it.cloud, 1));
  }

  @Test
  void aSuspendedPartnersQuotaStillFollowsAndExpires() {
    it.member(it.ann);
    it.benefits.partners().suspend(it.operator, it.acme, "unpaid");
    certified(it.ann, it.cloud);
    assertGranted(12);
    it.clock.set(NEW_YEAR);
    assertThat(it.onlyQuota().expired()).isEqualTo(12);
  }

  @Test
  void twoCertificatesBoundAtATimeBothCount() throws Exception {
    for (int round = 0; round < 5; round++) {
      CoreFixture two =
          new CoreFixture(
              Policies.DEFAULT.with(
                  CertificateEligibility.in(QuotaPeriods.calendarYears(), Counted.CERTIFICATES)
                      .with(ExamLevel.ACP, "gold", new Steps(0, 3, 2, 99))));
      two.member(two.ann);
      two.member(two.ben);
      IdPair anns = new IdPair("C-1", "R-1");
      IdPair bens = new IdPair("C-2", "R-2");
      two.record(anns, ExamOutcome.PASS);
      two.record(bens, ExamOutcome.PASS);
      assertThat(
              Together.run(
                  () -> two.benefits.bindings().submit(new Actor.Account(two.ann), two.cloud, anns),
                  () ->
                      two.benefits.bindings().submit(new Actor.Account(two.ben), two.cloud, bens)))
          .extracting(Together.Outcome::name)
          .containsOnly("DONE");
      assertThat(two.onlyQuota().granted()).isEqualTo(3);
    }
  }

  @Test
  void moreThanOnePageOfPartnersIsBegun() {
    CoreFixture plain = new CoreFixture();
    for (int i = 0; i < 501; i++) {
      plain.benefits.partners().register(it.operator, PartnerId.of("p" + i), "P", "gold");
    }
    SettableClock clock = plain.clock;
    try (AcpBenefits benefits =
        AcpBenefits.on(plain.database)
            .keys(KeyRing.ephemeral())
            .clock(clock)
            .policies(Policies.DEFAULT.with(POLICY))
            .build()) {
      assertThat(benefits.quotaRecalculation().settleDue()).isEqualTo(502);
    }
    assertThat(plain.number("SELECT COUNT(*) FROM acp_quota")).isEqualTo(502);
  }
}
