package io.acpbenefits.certificate;

import static io.acpbenefits.CoreFixture.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.acpbenefits.AllPages;
import io.acpbenefits.common.AccountId;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.Page;
import io.acpbenefits.common.PageRequest;
import io.acpbenefits.common.Reason;
import io.acpbenefits.exam.ExamId;
import io.acpbenefits.exam.ExamLevel;
import io.acpbenefits.examrecord.ExamOutcome;
import io.acpbenefits.examrecord.ExamRecordId;
import io.acpbenefits.examrecord.ExamRecordLine;
import io.acpbenefits.partner.PartnerId;
import io.acpbenefits.registration.IdPair;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Who sees which certificates, bindings and candidacies. */
class CertificateReadsTest {

  private static final PageRequest PAGE = PageRequest.first(10);

  private final CertificateFixture it = new CertificateFixture();
  private final Certificates certificates = it.certificates;
  private final CertificateBindings bindings = it.bindings;
  private final Actor operator = it.core.operator;
  private final Actor stranger = Actor.account("stranger");

  private List<CertificateId> ofAcme(CertificateFilter filter) {
    return certificates.ofPartner(it.core.owner, it.core.acme, filter, PAGE).items().stream()
        .map(Certificate::certificateId)
        .toList();
  }

  @Test
  void aCertificateIsSeenByItsHolderItsOrganizationAndThePlatform() {
    Certificate certificate = it.counting();
    CertificateId id = certificate.certificateId();
    for (Actor seeing : List.of(it.ann, it.core.owner, operator, Actor.system())) {
      assertThat(certificates.get(seeing, id)).isEqualTo(certificate);
      assertThat(certificates.byNumber(seeing, certificate.number())).isEqualTo(certificate);
      assertThat(certificates.byRecord(seeing, certificate.recordId())).contains(certificate);
      assertThat(certificates.history(seeing, id)).hasSize(1);
    }
    for (Actor other : List.of(stranger, it.boss)) {
      assertRefused(Reason.NOT_FOUND, () -> certificates.get(other, id));
      assertRefused(Reason.NOT_FOUND, () -> certificates.byNumber(other, certificate.number()));
      assertRefused(Reason.NOT_FOUND, () -> certificates.history(other, id));
      assertThat(certificates.byRecord(other, certificate.recordId())).isEmpty();
    }
    Actor colleague = it.core.member(it.core.ben);
    assertRefused(Reason.NOT_PERMITTED, () -> certificates.get(colleague, id));
    assertRefused(Reason.NOT_FOUND, () -> certificates.get(operator, CertificateId.of("none")));
    assertRefused(
        Reason.NOT_FOUND, () -> certificates.byNumber(operator, CertificateNumber.of("none")));
    assertThat(certificates.byRecord(operator, ExamRecordId.of("none"))).isEmpty();
  }

  @Test
  void anUnboundCertificateIsSeenByThePlatformOnly() {
    Certificate certificate = it.unbound();
    assertThat(certificates.get(operator, certificate.certificateId())).isEqualTo(certificate);
    for (Actor account : List.of(stranger, it.core.owner, it.ann)) {
      assertRefused(Reason.NOT_FOUND, () -> certificates.get(account, certificate.certificateId()));
    }
  }

  @Test
  void managersSeeOfTheirMembersWhatIsTheirOrganizationsOrNobodys() {
    Certificate nobodys = it.bound(it.ann);
    it.core.member(it.core.ann, it.betas);
    Certificate betas = it.bound(it.ann);
    it.benefits.organizations().quit(it.ann);
    it.core.member(it.core.ann);
    Certificate acmes = it.bound(it.ann);

    assertThat(certificates.ofAccount(it.ann, it.core.ann)).containsExactly(nobodys, betas, acmes);
    assertThat(certificates.ofAccount(operator, it.core.ann)).hasSize(3);
    assertThat(certificates.ofAccount(it.core.owner, it.core.ann)).containsExactly(nobodys, acmes);
    assertRefused(Reason.NOT_PERMITTED, () -> certificates.ofAccount(it.boss, it.core.ann));
    assertRefused(Reason.NOT_PERMITTED, () -> certificates.ofAccount(stranger, it.core.ann));
    assertThat(certificates.get(it.boss, betas.certificateId())).isEqualTo(betas);
    assertRefused(Reason.NOT_FOUND, () -> certificates.get(it.boss, nobodys.certificateId()));
  }

  @Test
  void aPartnersCertificatesComePageByPage() {
    it.core.member(it.core.ann);
    List<Certificate> all = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      all.add(it.bound(it.ann));
    }
    it.bound(it.ben);

    PageRequest two = PageRequest.first(2);
    Page<Certificate> page =
        certificates.ofPartner(it.core.owner, it.core.acme, CertificateFilter.ALL, two);
    List<Certificate> read = new ArrayList<>(page.items());
    while (page.next().isPresent()) {
      page =
          certificates.ofPartner(
              it.core.owner, it.core.acme, CertificateFilter.ALL, two.then(page.next().get()));
      assertThat(page.items()).hasSizeLessThanOrEqualTo(2);
      read.addAll(page.items());
    }
    assertThat(read).containsExactlyElementsOf(all);
  }

  @Test
  void aPartnersCertificatesAreFilteredByAllConditionsTogether() {
    ExamId expert = ExamId.of("expert");
    it.core.exam(expert, "Expert", ExamLevel.ACE);
    it.core.member(it.core.ann);
    it.core.member(it.core.ben);
    Certificate anns = it.bound(it.ann);
    Certificate bens = it.bound(it.ben);
    IdPair ids = it.nextIds();
    it.benefits
        .examRecords()
        .receive(
            Actor.system(),
            new ExamRecordLine(ids, expert, it.core.start, ExamOutcome.PASS, null, null));
    Certificate higher = it.certificateOf(bindings.submit(it.ann, expert, ids));
    assertThat(higher.validUntil()).isNull();
    Certificate revoked = it.bound(it.ben);
    certificates.revoke(operator, revoked.certificateId(), "fraud");

    CertificateFilter all = CertificateFilter.ALL;
    CertificateId a = anns.certificateId();
    CertificateId b = bens.certificateId();
    CertificateId h = higher.certificateId();
    CertificateId r = revoked.certificateId();
    assertThat(ofAcme(all)).containsExactly(a, b, h, r);
    assertThat(ofAcme(all.of(expert))).containsExactly(h);
    assertThat(ofAcme(all.of(ExamLevel.ACP))).containsExactly(a, b, r);
    assertThat(ofAcme(all.of(it.core.ann))).containsExactly(a, h);
    assertThat(ofAcme(all.in(CertificateState.VALID))).containsExactly(a, b, h);
    assertThat(ofAcme(all.in(CertificateState.REVOKED))).containsExactly(r);
    assertThat(ofAcme(all.of(it.core.ben).of(it.core.cloud).in(CertificateState.VALID)))
        .containsExactly(b);

    Instant end = Objects.requireNonNull(anns.validUntil());
    assertThat(ofAcme(all.expiringBefore(end))).isEmpty();
    assertThat(ofAcme(all.expiringBefore(end.plusNanos(1000)))).containsExactly(a, b);
    assertThat(ofAcme(all.expiringBefore(end.plusNanos(1000)).of(it.core.ann).of(it.core.cloud)))
        .containsExactly(a);
    assertThat(ofAcme(all.expiringBefore(end.plusNanos(1000)).of(ExamLevel.ACE))).isEmpty();
    it.core.clock.set(end);
    assertThat(ofAcme(all.expiringBefore(end.plusNanos(1000)))).isEmpty();
    assertThat(ofAcme(all.in(CertificateState.EXPIRED))).containsExactly(a, b);
    assertThat(ofAcme(all.in(CertificateState.VALID))).containsExactly(h);
    assertThat(
            certificates
                .ofPartner(operator, it.core.acme, all.in(CertificateState.EXPIRED), PAGE)
                .items())
        .extracting(Certificate::state)
        .containsOnly(CertificateState.EXPIRED);
  }

  @Test
  void aPartnersCertificatesAreForItsOwnersAndManagers() {
    Actor member = it.core.member(it.core.ann);
    for (Actor other : List.of(member, it.boss, stranger)) {
      assertRefused(
          Reason.NOT_PERMITTED,
          () -> certificates.ofPartner(other, it.core.acme, CertificateFilter.ALL, PAGE));
      assertRefused(
          Reason.NOT_PERMITTED, () -> certificates.tally(other, it.core.acme, it.core.start));
      assertRefused(
          Reason.NOT_PERMITTED, () -> certificates.total(other, it.core.acme, ExamLevel.ACP));
    }
    assertRefused(
        Reason.NOT_FOUND,
        () -> certificates.ofPartner(operator, PartnerId.of("none"), CertificateFilter.ALL, PAGE));
  }

  @Test
  void bindingsAndCandidaciesAreThePersonsOwn() {
    it.core.member(it.core.ann);
    AccountId ann = it.core.ann;
    CertificateBinding binding = bindings.submit(it.ann, it.core.cloud, it.nextIds());
    BindingId id = binding.bindingId();
    for (Actor seeing : List.of(it.ann, operator, Actor.system())) {
      assertThat(bindings.get(seeing, id)).isEqualTo(binding);
      assertThat(bindings.open(seeing, ann, it.core.cloud)).contains(binding);
      assertThat(AllPages.of(page -> bindings.ofAccount(seeing, ann, page)))
          .containsExactly(binding);
      assertThat(it.benefits.candidacies().of(seeing, ann, it.core.cloud))
          .isEqualTo(new Candidacy(Candidacy.State.BINDING_SUBMITTED, id));
    }
    assertRefused(Reason.NOT_FOUND, () -> bindings.get(stranger, id));
    assertRefused(Reason.NOT_PERMITTED, () -> bindings.get(it.core.owner, id));
    for (Actor other : List.of(stranger, it.core.owner)) {
      assertRefused(Reason.NOT_PERMITTED, () -> bindings.open(other, ann, it.core.cloud));
      assertRefused(
          Reason.NOT_PERMITTED, () -> AllPages.of(page -> bindings.ofAccount(other, ann, page)));
      assertRefused(
          Reason.NOT_PERMITTED, () -> it.benefits.candidacies().of(other, ann, it.core.cloud));
    }
    it.core.clock.advance(Duration.ofDays(3));
    bindings.settleDue();
    assertRefused(Reason.NOT_PERMITTED, () -> bindings.giveUp(it.core.owner, id));
    assertRefused(Reason.NOT_PERMITTED, () -> bindings.correct(it.core.owner, id, it.nextIds()));
    bindings.giveUp(operator, id);
    assertThat(bindings.get(it.ann, id).state()).isEqualTo(BindingState.FAILED);
    assertThat(it.audit(id))
        .last()
        .satisfies(entry -> assertThat(entry.madeBy()).isEqualTo("operator:otto"));
  }

  @Test
  void aBindingTellsWhetherTheCertificateCountsForAnOrganization() {
    IdPair first = it.nextIds();
    IdPair second = it.nextIds();
    it.core.record(first, ExamOutcome.PASS);
    it.core.record(second, ExamOutcome.PASS);
    CertificateBinding nobodys = bindings.submit(it.ann, it.core.cloud, first);
    it.core.member(it.core.ann);
    CertificateBinding acmes = bindings.submit(it.ann, it.core.cloud, second);

    assertThat(nobodys.attributed()).isFalse();
    assertThat(acmes.attributed()).isTrue();
    assertThat(it.heard(BindingChanged.class))
        .extracting(BindingChanged::organizationId)
        .containsExactly(null, it.core.organization);
  }
}
