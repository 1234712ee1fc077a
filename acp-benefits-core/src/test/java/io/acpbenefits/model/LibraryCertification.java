package io.acpbenefits.model;

import static io.acpbenefits.model.Library.actor;
import static io.acpbenefits.model.World.text;

import io.acpbenefits.AcpBenefits;
import io.acpbenefits.certificate.BindingId;
import io.acpbenefits.certificate.CertificateBinding;
import io.acpbenefits.common.AccountId;
import io.acpbenefits.common.Actor;
import io.acpbenefits.exam.ExamId;
import io.acpbenefits.examrecord.ExamRecordId;
import io.acpbenefits.organization.OrganizationId;
import io.acpbenefits.partner.PartnerId;
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

  @Override
  public String submit(String binding, String account, String exam, Programme.Ids ids) {
    CertificateBinding submitted =
        benefits
            .bindings()
            .submit(Actor.account(account), ExamId.of(exam), LibrarySittings.pair(ids));
    if (handles.of(submitted.bindingId()).startsWith("unknown")) {
      handles.put(binding, submitted.bindingId());
    }
    return handles.of(submitted.bindingId());
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
  public String tally(String who, String partner) {
    return String.join(", ", tally(actor(who), partner));
  }

  List<String> tally(Actor actor, String partner) {
    return benefits.certificates().tally(actor, PartnerId.of(partner)).stream()
        .map(t -> t.examId() + " " + t.certificates() + " " + t.people())
        .toList();
  }

  List<String> certificates(String exam) {
    List<String> lines = new ArrayList<>();
    for (var passed : handles.all(ExamRecordId.class).entrySet()) {
      benefits
          .certificates()
          .byRecord(Actor.system(), passed.getValue())
          .filter(c -> c.examId().equals(ExamId.of(exam)))
          .ifPresent(
              c ->
                  lines.add(
                      Lines.of(
                          List.of(
                              passed.getKey(),
                              c.state(),
                              text(c.accountId()),
                              partner(c.organizationId())))));
    }
    return lines;
  }

  private String partner(@Nullable OrganizationId organization) {
    return organization == null ? "-" : handles.of(organization).replaceFirst("organization-", "");
  }

  List<String> bindings(String account) {
    return benefits.bindings().ofAccount(Actor.system(), AccountId.of(account)).stream()
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
                        b.certificateId() == null ? "-" : certificate(b))))
        .toList();
  }

  /** The certificate's record has a handle, the certificate none of its own. */
  private String certificate(CertificateBinding bound) {
    return benefits.certificates().ofAccount(Actor.system(), bound.accountId()).stream()
        .filter(c -> c.certificateId().equals(bound.certificateId()))
        .map(c -> handles.of(c.recordId()))
        .findFirst()
        .orElse("none");
  }
}
