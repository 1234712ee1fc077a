package io.acpbenefits.certificate;

import io.acpbenefits.AcpBenefits;
import io.acpbenefits.CoreFixture;
import io.acpbenefits.Policies;
import io.acpbenefits.audit.AuditEntry;
import io.acpbenefits.common.AccountId;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.DomainEvent;
import io.acpbenefits.common.Identifier;
import io.acpbenefits.common.PageRequest;
import io.acpbenefits.exam.ExamLevel;
import io.acpbenefits.examrecord.ExamOutcome;
import io.acpbenefits.organization.OrganizationId;
import io.acpbenefits.partner.PartnerId;
import io.acpbenefits.registration.IdPair;
import java.time.Duration;
import java.time.Period;
import java.util.ArrayList;
import java.util.List;

/** Two partners, people, and certificates that are valid for two years. */
final class CertificateFixture {

  static final Period VALIDITY = Period.ofYears(2);
  static final Policies POLICIES =
      Policies.DEFAULT.with(CertificatePolicy.DEFAULT.withValidity(ExamLevel.ACP, VALIDITY));
  static final Duration TICK = Duration.ofNanos(1000);

  final CoreFixture core;
  final AcpBenefits benefits;
  final Certificates certificates;
  final CertificateBindings bindings;
  final List<DomainEvent> events = new ArrayList<>();
  final PartnerId beta = PartnerId.of("beta");
  final Actor.Account boss = new Actor.Account(AccountId.of("boss"));
  final OrganizationId betas;
  final Actor.Account ann;
  final Actor.Account ben;
  private int sittings;

  CertificateFixture() {
    this(POLICIES);
  }

  CertificateFixture(Policies policies) {
    core = new CoreFixture(policies);
    benefits = core.benefits;
    certificates = benefits.certificates();
    bindings = benefits.bindings();
    betas = core.partner(beta, boss.id());
    ann = new Actor.Account(core.ann);
    ben = new Actor.Account(core.ben);
    benefits.addListener(events::add);
  }

  /** The account passes the cloud exam now and binds the certificate. */
  Certificate bound(Actor.Account account) {
    IdPair ids = nextIds();
    core.record(ids, ExamOutcome.PASS);
    return certificateOf(bindings.submit(account, core.cloud, ids));
  }

  /** Ann is a member of acme and has a certificate that counts. */
  Certificate counting() {
    core.member(core.ann);
    return bound(ann);
  }

  Certificate unbound() {
    IdPair ids = nextIds();
    core.record(ids, ExamOutcome.PASS);
    return ofPair(ids);
  }

  IdPair nextIds() {
    return new IdPair("C-" + ++sittings, "R-" + sittings);
  }

  /** The one that the record of this pair earned. */
  Certificate ofPair(IdPair ids) {
    return benefits
        .examRecords()
        .standing(Actor.system(), ids, core.cloud)
        .flatMap(record -> certificates.byRecord(Actor.system(), record.recordId()))
        .orElseThrow();
  }

  Certificate certificateOf(CertificateBinding binding) {
    CertificateId id = binding.certificateId();
    if (id == null) {
      throw new AssertionError("not bound: " + binding);
    }
    return now(id);
  }

  Certificate now(CertificateId id) {
    return certificates.get(Actor.system(), id);
  }

  Certificate now(Certificate certificate) {
    return now(certificate.certificateId());
  }

  List<CertificateState> history(Certificate certificate) {
    return certificates.history(Actor.system(), certificate.certificateId()).stream()
        .map(CertificateChange::state)
        .toList();
  }

  List<AuditEntry> audit(Identifier subject) {
    return benefits.audit().of(Actor.system(), subject.value(), PageRequest.first(100)).items();
  }

  <E extends DomainEvent> List<E> heard(Class<E> type) {
    return events.stream().filter(type::isInstance).map(type::cast).toList();
  }
}
