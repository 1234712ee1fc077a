package io.acpbenefits.certificate;

import static io.acpbenefits.CoreFixture.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.acpbenefits.CoreFixture;
import io.acpbenefits.Policies;
import io.acpbenefits.common.AccountId;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.Reason;
import io.acpbenefits.exam.ExamLevel;
import io.acpbenefits.examrecord.ExamOutcome;
import io.acpbenefits.organization.OrganizationId;
import io.acpbenefits.partner.PartnerId;
import io.acpbenefits.registration.IdPair;
import org.junit.jupiter.api.Test;

class TallyTest {

  private final CoreFixture it = new CoreFixture();
  private int sittings;

  /** The account passes the cloud exam and binds its certificate. */
  private Certificate certificate(CoreFixture in, AccountId account) {
    IdPair ids = new IdPair("C-" + ++sittings, "R-1");
    in.record(ids, ExamOutcome.PASS);
    in.benefits.bindings().submit(new Actor.Account(account), in.cloud, ids);
    return in.benefits.certificates().ofAccount(Actor.system(), account).stream()
        .reduce((first, last) -> last)
        .orElseThrow();
  }

  private void assertTally(CoreFixture in, long certificates, long people) {
    assertThat(in.benefits.certificates().tally(in.owner, in.acme))
        .containsExactly(new Tally(in.acme, in.cloud, ExamLevel.ACP, certificates, people));
  }

  @Test
  void countsCertificatesAndThePeopleWhoHoldThem() {
    it.member(it.ann);
    it.member(it.ben);
    certificate(it, it.ann);
    certificate(it, it.ann);
    certificate(it, it.ben);
    it.record(new IdPair("unbound", "x"), ExamOutcome.PASS);
    assertTally(it, 3, 2);
  }

  @Test
  void joiningLaterDoesNotAttribute() {
    Certificate certificate = certificate(it, it.ann);
    assertThat(certificate.organizationId()).isNull();
    it.member(it.ann);
    assertThat(it.benefits.certificates().ofAccount(Actor.system(), it.ann))
        .containsExactly(certificate);
    assertThat(it.benefits.certificates().tally(it.owner, it.acme)).isEmpty();
  }

  @Test
  void attributionIsFixedAtBinding() {
    Actor.Account boss = new Actor.Account(AccountId.of("boss"));
    PartnerId beta = PartnerId.of("beta");
    OrganizationId betas = it.partner(beta, boss.id());
    Actor.Account ann = it.member(it.ann);
    certificate(it, it.ann);
    it.benefits.organizations().quit(ann);
    it.member(it.ann, betas);

    assertThat(it.benefits.certificates().tally(it.owner, it.acme)).isEmpty();
    assertThat(it.benefits.certificates().tally(boss, beta)).isEmpty();
    assertThat(it.benefits.certificates().ofAccount(Actor.system(), it.ann))
        .extracting(Certificate::organizationId)
        .containsExactly(it.organization);

    it.benefits.organizations().quit(ann);
    it.member(it.ann);
    assertTally(it, 1, 1);
  }

  @Test
  void theMembershipThatCountsIsTheOneWhenTheRecordArrives() {
    IdPair ids = new IdPair("C", "R");
    it.benefits.bindings().submit(new Actor.Account(it.ann), it.cloud, ids);
    it.member(it.ann);
    it.record(ids, ExamOutcome.PASS);
    assertTally(it, 1, 1);
  }

  @Test
  void aLeaverDropsOutUnlessThePolicyKeepsLeavers() {
    CoreFixture keeping = new CoreFixture(Policies.DEFAULT.with(TallyPolicy.LEAVERS_TOO));
    for (CoreFixture each : new CoreFixture[] {it, keeping}) {
      each.member(each.ann);
      certificate(each, each.ann);
      assertTally(each, 1, 1);
      each.benefits.organizations().quit(new Actor.Account(each.ann));
    }
    assertThat(it.benefits.certificates().tally(it.owner, it.acme)).isEmpty();
    assertTally(keeping, 1, 1);
  }

  @Test
  void onlyValidCertificatesCount() {
    it.member(it.ann);
    Certificate revoked = certificate(it, it.ann);
    certificate(it, it.ann);
    it.benefits.certificates().revoke(it.operator, revoked.certificateId(), "a mistake");
    assertTally(it, 1, 1);
  }

  @Test
  void isOnlyForThePartnersOwnersAndManagers() {
    Actor.Account ann = it.member(it.ann);
    assertRefused(Reason.NOT_PERMITTED, () -> it.benefits.certificates().tally(ann, it.acme));
    assertRefused(
        Reason.NOT_PERMITTED, () -> it.benefits.certificates().tally(it.owner, PartnerId.of("x")));
    assertRefused(
        Reason.NOT_FOUND, () -> it.benefits.certificates().tally(it.operator, PartnerId.of("x")));
    assertThat(it.benefits.certificates().tally(it.operator, it.acme)).isEmpty();
  }
}
