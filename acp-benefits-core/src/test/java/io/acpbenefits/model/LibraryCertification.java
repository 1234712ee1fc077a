package io.acpbenefits.model;

import static io.acpbenefits.model.Library.actor;
import static io.acpbenefits.model.LibraryBenefits.WHY;
import static io.acpbenefits.model.World.text;

import io.acpbenefits.AcpBenefits;
import io.acpbenefits.AllPages;
import io.acpbenefits.certificate.BindingId;
import io.acpbenefits.certificate.Certificate;
import io.acpbenefits.certificate.CertificateId;
import io.acpbenefits.certificate.Tally;
import io.acpbenefits.common.AccountId;
import io.acpbenefits.common.Actor;
import io.acpbenefits.exam.ExamId;
import io.acpbenefits.examrecord.ExamRecordId;
import io.acpbenefits.organization.OrganizationId;
import io.acpbenefits.partner.PartnerId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Certificates, their binding, and the tally, by the library. */
final class LibraryCertification implements Programme.Certification {

  private final AcpBenefits benefits;
  private final Handles handles;

  LibraryCertification(AcpBenefits benefits, Handles handles) {
    this.benefits = benefits;
    this.handles = handles;
  }

  private BindingId id(String binding) {
    return handles.id(binding, BindingId.class, BindingId::of);
  }

  private CertificateId certificate(String certificate) {
    return handles.id(certificateOf(certificate), CertificateId.class, CertificateId::of);
  }

  /** A certificate is called like its record, which has the name already. */
  private static String certificateOf(String examRecord) {
    return examRecord.equals(World.NOWHERE) ? examRecord : "certificate of " + examRecord;
  }

  /** Gives the certificates that records have made their handles. */
  void meetNewOnes() {
    for (var passed : handles.all(ExamRecordId.class).entrySet()) {
      String handle = certificateOf(passed.getKey());
      if (!handles.knows(handle)) {
        benefits
            .certificates()
            .byRecord(Actor.system(), passed.getValue())
            .ifPresent(c -> handles.put(handle, c.certificateId()));
      }
    }
  }

  @Override
  public String suspend(String who, String certificate) {
    meetNewOnes();
    benefits.certificates().suspend(actor(who), certificate(certificate), WHY);
    return Programme.DONE;
  }

  @Override
  public String reinstate(String who, String certificate) {
    meetNewOnes();
    benefits.certificates().reinstate(actor(who), certificate(certificate), WHY);
    return Programme.DONE;
  }

  @Override
  public String revoke(String who, String certificate) {
    meetNewOnes();
    benefits.certificates().revoke(actor(who), certificate(certificate), WHY);
    return Programme.DONE;
  }

  @Override
  public String renew(String renewal, String who, String certificate) {
    meetNewOnes();
    handles.put(
        certificateOf(renewal),
        benefits.certificates().renew(actor(who), certificate(certificate), WHY).certificateId());
    return renewal;
  }

  @Override
  public String submit(String binding, String account, String exam, Programme.Ids ids) {
    return handles.putOrFind(
        binding,
        benefits
            .bindings()
            .submit(Actor.account(account), ExamId.of(exam), LibrarySittings.pair(ids))
            .bindingId());
  }

  @Override
  public String correct(String account, String binding, Programme.Ids ids) {
    return benefits
        .bindings()
        .correct(Actor.account(account), id(binding), LibrarySittings.pair(ids))
        .state()
        .name();
  }

  @Override
  public String giveUp(String who, String binding) {
    benefits.bindings().giveUp(actor(who), id(binding));
    return Programme.DONE;
  }

  @Override
  public String tally(String who, String partner, @Nullable Instant at) {
    PartnerId whose = PartnerId.of(partner);
    return String.join(
        ", ",
        lines(
            at == null
                ? benefits.certificates().tally(actor(who), whose)
                : benefits.certificates().tally(actor(who), whose, at)));
  }

  List<String> tally(String partner) {
    return lines(benefits.certificates().tally(Actor.system(), PartnerId.of(partner)));
  }

  private static List<String> lines(List<Tally> tallies) {
    return tallies.stream()
        .map(t -> t.examId() + " " + t.certificates() + " " + t.people())
        .toList();
  }

  List<String> certificates(String exam) {
    meetNewOnes();
    List<String> lines = new ArrayList<>();
    for (var known : handles.all(CertificateId.class).entrySet()) {
      Certificate found = benefits.certificates().get(Actor.system(), known.getValue());
      if (found.examId().equals(ExamId.of(exam))) {
        lines.add(
            Lines.of(
                List.of(
                    nameOf(found.certificateId()),
                    found.state(),
                    text(found.validUntil()),
                    text(found.accountId()),
                    partner(found.organizationId()))));
      }
    }
    lines.sort(null);
    return lines;
  }

  private String nameOf(CertificateId id) {
    return handles.of(id).replaceFirst("certificate of ", "");
  }

  private String partner(@Nullable OrganizationId organization) {
    return organization == null ? "-" : handles.of(organization).replaceFirst("organization-", "");
  }

  List<String> bindings(String account) {
    meetNewOnes();
    return AllPages.of(
            page -> benefits.bindings().ofAccount(Actor.system(), AccountId.of(account), page))
        .stream()
        .map(
            b ->
                Lines.of(
                    List.of(
                        handles.of(b.bindingId()),
                        b.examId(),
                        b.candidateId() + "/" + b.registrationId(),
                        b.state(),
                        text(b.reason()),
                        b.windowEndsAt(),
                        b.certificateId() == null ? "-" : nameOf(b.certificateId()))))
        .toList();
  }
}
