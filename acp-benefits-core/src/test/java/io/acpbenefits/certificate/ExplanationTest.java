package io.acpbenefits.certificate;

import static io.acpbenefits.CoreFixture.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.acpbenefits.AcpBenefits;
import io.acpbenefits.Policies;
import io.acpbenefits.certificate.Explanation.Fact;
import io.acpbenefits.certificate.Explanation.FactKind;
import io.acpbenefits.common.AccountId;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.Reason;
import io.acpbenefits.exam.Exam;
import io.acpbenefits.exam.ExamLevel;
import io.acpbenefits.organization.Role;
import io.acpbenefits.partner.PartnerId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Why a certificate counts or not: each case in its sentences, to those who may be told. */
class ExplanationTest {

  private final CertificateFixture it = new CertificateFixture();
  private final Certificates certificates = it.certificates;
  private final Actor operator = it.core.operator;

  private Explanation forAcme(CertificateFixture in, Certificate certificate) {
    return in.certificates.explain(operator, certificate.certificateId(), in.core.acme);
  }

  private Explanation forAcme(Certificate certificate) {
    return forAcme(it, certificate);
  }

  private static void assertSays(Explanation explanation, boolean counts, FactKind... facts) {
    assertThat(explanation.facts()).extracting(Fact::kind).containsExactly(facts);
    assertThat(explanation.counts()).isEqualTo(counts);
  }

  private static String sentence(Explanation explanation, FactKind kind) {
    return explanation.facts().stream()
        .filter(fact -> fact.kind() == kind)
        .map(Fact::sentence)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void countsForGoodAndNothingNeedsToChange() {
    CertificateFixture forever = new CertificateFixture(Policies.DEFAULT);
    Certificate certificate = forever.counting();
    Explanation explanation = forAcme(forever, certificate);
    assertSays(
        explanation, true, FactKind.VALID, FactKind.ATTRIBUTED_HERE, FactKind.HOLDER_IS_MEMBER);
    assertThat(sentence(explanation, FactKind.VALID)).contains("does not expire");
    assertThat(explanation.changes()).isEmpty();
    assertThat(explanation.certificateId()).isEqualTo(certificate.certificateId());
  }

  @Test
  void countsUntilItExpires() {
    Certificate certificate = it.counting();
    Explanation explanation = forAcme(certificate);
    assertSays(
        explanation, true, FactKind.VALID, FactKind.ATTRIBUTED_HERE, FactKind.HOLDER_IS_MEMBER);
    assertThat(sentence(explanation, FactKind.VALID)).contains("2028-03-01T09:00:00Z");
    assertThat(sentence(explanation, FactKind.ATTRIBUTED_HERE)).contains("2026-03-01T09:00:00Z");
    assertThat(explanation.changes()).singleElement().asString().contains("2028-03-01T09:00:00Z");
  }

  @Test
  void saysThatItExpiresSoonFromExactly90DaysBeforeOn() {
    Certificate certificate = it.counting();
    Instant soon = Objects.requireNonNull(certificate.validUntil()).minus(Duration.ofDays(90));
    it.core.clock.set(soon.minus(CertificateFixture.TICK));
    assertThat(forAcme(certificate).facts()).extracting(Fact::kind).contains(FactKind.VALID);
    it.core.clock.set(soon);
    Explanation explanation = forAcme(certificate);
    assertSays(
        explanation,
        true,
        FactKind.EXPIRES_SOON,
        FactKind.ATTRIBUTED_HERE,
        FactKind.HOLDER_IS_MEMBER);
    assertThat(explanation.changes()).singleElement().asString().contains("renewed");
  }

  @Test
  void isNotBound() {
    Explanation explanation = forAcme(it.unbound());
    assertSays(explanation, false, FactKind.VALID, FactKind.NOT_BOUND);
    assertThat(explanation.changes()).hasSize(2).last().asString().contains("Candidate ID");
  }

  @Test
  void isAttributedToNone() {
    Certificate certificate = it.bound(it.ann);
    it.core.member(it.core.ann);
    Explanation explanation = forAcme(certificate);
    assertSays(explanation, false, FactKind.VALID, FactKind.ATTRIBUTED_TO_NONE);
    assertThat(sentence(explanation, FactKind.ATTRIBUTED_TO_NONE)).contains("2026-03-01T09:00:00Z");
    assertThat(explanation.changes()).last().asString().startsWith("Nothing changes that");
    assertThat(certificates.explain(it.ann, certificate.certificateId(), null))
        .isEqualTo(explanation);
  }

  @Test
  void isAttributedElsewhereAndDoesNotSayWhere() {
    it.core.member(it.core.ann, it.betas);
    Certificate certificate = it.bound(it.ann);
    it.benefits.organizations().quit(it.ann);
    it.core.member(it.core.ann);

    CertificateId id = certificate.certificateId();
    Explanation explanation = certificates.explain(it.core.owner, id, null);
    assertSays(explanation, false, FactKind.VALID, FactKind.ATTRIBUTED_ELSEWHERE);
    assertThat(sentence(explanation, FactKind.ATTRIBUTED_ELSEWHERE))
        .contains("to another organization");
    assertThat(explanation.changes()).last().asString().startsWith("Nothing changes that");
    assertThat(explanation.toString())
        .doesNotContain(it.beta.value(), it.betas.value(), it.core.acme.value());
    assertThat(certificates.explain(it.core.owner, id, it.core.acme)).isEqualTo(explanation);
    assertRefused(Reason.NOT_PERMITTED, () -> certificates.explain(it.core.owner, id, it.beta));
  }

  @Test
  void theHolderHasLeftOrWasRemovedAndMayComeBack() {
    Certificate certificate = it.counting();
    it.benefits.organizations().quit(it.ann);
    Explanation left = forAcme(certificate);
    assertSays(left, false, FactKind.VALID, FactKind.ATTRIBUTED_HERE, FactKind.HOLDER_LEFT);
    assertThat(left.changes()).last().asString().contains("joins this organization again");

    it.core.member(it.core.ann);
    assertThat(forAcme(certificate).counts()).isTrue();
    it.benefits.organizations().remove(it.core.owner, it.core.organization, it.core.ann);
    it.core.member(it.core.ann, it.betas);
    Explanation removed = forAcme(certificate);
    assertSays(removed, false, FactKind.VALID, FactKind.ATTRIBUTED_HERE, FactKind.HOLDER_REMOVED);
    assertThat(removed.toString()).doesNotContain(it.beta.value(), it.betas.value());
  }

  @Test
  void whoHasComeBackAtANodeWhoseClockIsBehindIsAMember() {
    Certificate certificate = it.counting();
    it.benefits.organizations().quit(it.ann);
    Instant now = it.core.clock.instant();
    it.core.clock.set(now.minus(Duration.ofMinutes(5)));
    try (AcpBenefits behind =
        AcpBenefits.on(it.core.database).keys(it.core.keys).clock(it.core.clock).build()) {
      behind.organizations().admit(operator, it.core.organization, it.core.ann, Role.MEMBER);
    }
    it.core.clock.set(now);

    assertThat(forAcme(certificate).counts()).isTrue();
  }

  @Test
  void leaversCountWhereThePolicySaysSo() {
    CertificateFixture keeping =
        new CertificateFixture(CertificateFixture.POLICIES.with(TallyPolicy.LEAVERS_TOO));
    Certificate certificate = keeping.counting();
    keeping.benefits.organizations().quit(keeping.ann);
    Explanation explanation = forAcme(keeping, certificate);
    assertSays(
        explanation,
        true,
        FactKind.VALID,
        FactKind.ATTRIBUTED_HERE,
        FactKind.HOLDER_LEFT,
        FactKind.LEAVERS_COUNT);
    assertThat(explanation.changes()).hasSize(1);
  }

  @Test
  void isSuspended() {
    Certificate certificate = it.counting();
    it.core.clock.advance(Duration.ofDays(1));
    certificates.suspend(operator, certificate.certificateId(), "doubt");
    it.core.clock.advance(Duration.ofDays(1));
    Explanation explanation = forAcme(certificate);
    assertSays(
        explanation,
        false,
        FactKind.SUSPENDED,
        FactKind.ATTRIBUTED_HERE,
        FactKind.HOLDER_IS_MEMBER);
    assertThat(sentence(explanation, FactKind.SUSPENDED))
        .contains("2026-03-02T09:00:00Z")
        .doesNotContain("held", "doubt");
    assertThat(explanation.changes()).singleElement().asString().contains("reinstates");
  }

  @Test
  void hasExpired() {
    Certificate certificate = it.counting();
    it.benefits.organizations().quit(it.ann);
    it.core.clock.advance(Duration.ofDays(1000));
    Explanation explanation = forAcme(certificate);
    assertSays(
        explanation, false, FactKind.EXPIRED, FactKind.ATTRIBUTED_HERE, FactKind.HOLDER_LEFT);
    assertThat(sentence(explanation, FactKind.EXPIRED)).contains("2028-03-01T09:00:00Z");
    assertThat(explanation.changes()).singleElement().asString().contains("earns a new one");
  }

  @Test
  void wasRevoked() {
    Certificate certificate = it.unbound();
    it.core.clock.advance(Duration.ofDays(1));
    certificates.revoke(operator, certificate.certificateId(), "fraud");
    Explanation explanation = forAcme(certificate);
    assertSays(explanation, false, FactKind.REVOKED, FactKind.NOT_BOUND);
    assertThat(sentence(explanation, FactKind.REVOKED))
        .contains("2026-03-02T09:00:00Z")
        .doesNotContain("fraud");
    assertThat(explanation.changes()).singleElement().asString().contains("stays revoked");
  }

  @Test
  void wasRenewedAndSaysByWhich() {
    Certificate certificate = it.counting();
    it.core.clock.advance(Duration.ofDays(1));
    Certificate renewal = certificates.renew(operator, certificate.certificateId(), "due");
    Explanation explanation = forAcme(certificate);
    assertSays(
        explanation,
        false,
        FactKind.SUPERSEDED,
        FactKind.ATTRIBUTED_HERE,
        FactKind.HOLDER_IS_MEMBER);
    assertThat(sentence(explanation, FactKind.SUPERSEDED))
        .contains("2026-03-02T09:00:00Z", renewal.number().value());
    assertThat(explanation.changes()).singleElement().asString().contains(renewal.number().value());
    assertThat(forAcme(renewal).counts()).isTrue();
  }

  @Test
  void thatTheExamRetiredDoesNotMatter() {
    Certificate certificate = it.counting();
    Instant end = it.core.in(Duration.ofDays(1));
    it.benefits
        .exams()
        .change(operator, new Exam(it.core.cloud, "Cloud", ExamLevel.ACP, null, null, null, end));
    it.core.clock.set(end.minus(CertificateFixture.TICK));
    assertThat(forAcme(certificate).facts())
        .extracting(Fact::kind)
        .doesNotContain(FactKind.EXAM_RETIRED);
    it.core.clock.set(end);
    Explanation explanation = forAcme(certificate);
    assertSays(
        explanation,
        true,
        FactKind.VALID,
        FactKind.EXAM_RETIRED,
        FactKind.ATTRIBUTED_HERE,
        FactKind.HOLDER_IS_MEMBER);
    assertThat(sentence(explanation, FactKind.EXAM_RETIRED)).contains(end.toString());
  }

  @Test
  void isToldToTheHolderTheTwoOrganizationsConcernedAndThePlatformOnly() {
    Certificate certificate = it.counting();
    CertificateId id = certificate.certificateId();
    it.benefits.organizations().quit(it.ann);
    it.core.member(it.core.ann, it.betas);
    Actor.Account manager = it.core.member(AccountId.of("max"));
    it.benefits
        .organizations()
        .setRole(it.core.owner, it.core.organization, manager.id(), Role.MANAGER);
    Actor.Account member = it.core.member(it.core.ben);

    Explanation left = forAcme(certificate);
    for (Actor insider : List.of(it.core.owner, manager, it.ann, operator)) {
      assertThat(certificates.explain(insider, id, null)).isEqualTo(left);
      assertThat(certificates.explain(insider, id, it.core.acme)).isEqualTo(left);
    }
    for (@Nullable PartnerId betas : new @Nullable PartnerId[] {null, it.beta}) {
      assertThat(certificates.explain(it.boss, id, betas).facts())
          .extracting(Fact::kind)
          .contains(FactKind.ATTRIBUTED_ELSEWHERE);
    }
    assertThat(certificates.explain(it.ann, id, it.beta).counts()).isFalse();
    assertRefused(Reason.NOT_PERMITTED, () -> certificates.explain(it.boss, id, it.core.acme));
    assertRefused(Reason.NOT_PERMITTED, () -> certificates.explain(it.core.owner, id, it.beta));
    assertRefused(Reason.NOT_PERMITTED, () -> certificates.explain(member, id, null));
    Actor stranger = Actor.account("stranger");
    assertRefused(Reason.NOT_FOUND, () -> certificates.explain(stranger, id, null));
    assertRefused(Reason.NOT_FOUND, () -> certificates.explain(stranger, id, it.core.acme));
    assertRefused(
        Reason.NOT_FOUND,
        () -> certificates.explain(it.core.owner, it.unbound().certificateId(), null));
    assertRefused(
        Reason.NOT_FOUND, () -> certificates.explain(operator, CertificateId.of("none"), null));
    assertRefused(Reason.NOT_FOUND, () -> certificates.explain(operator, id, PartnerId.of("none")));
  }

  @Test
  void agreesWithTheTallyWhateverHappened() {
    Certificate certificate = it.counting();
    List<Runnable> steps =
        List.of(
            () -> it.benefits.organizations().quit(it.ann),
            () -> it.core.member(it.core.ann),
            () -> certificates.suspend(operator, certificate.certificateId(), "doubt"),
            () -> certificates.reinstate(operator, certificate.certificateId(), "cleared"),
            () -> it.core.clock.set(Objects.requireNonNull(certificate.validUntil())));
    boolean expected = true;
    for (Runnable step : steps) {
      assertThat(forAcme(certificate).counts())
          .isEqualTo(expected)
          .isEqualTo(!certificates.tally(operator, it.core.acme).isEmpty());
      step.run();
      expected = !expected;
    }
    assertThat(forAcme(certificate).counts()).isFalse();
    assertThat(certificates.tally(operator, it.core.acme)).isEmpty();
  }
}
