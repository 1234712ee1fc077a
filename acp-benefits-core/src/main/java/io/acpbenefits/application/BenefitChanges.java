package io.acpbenefits.application;

import io.acpbenefits.common.Actor;
import io.acpbenefits.common.Reason;
import io.acpbenefits.common.Refusal;
import io.acpbenefits.exam.ExamId;
import io.acpbenefits.exam.Exams;
import io.acpbenefits.examcode.ExamCode;
import io.acpbenefits.examcode.ExamCodes;
import io.acpbenefits.internal.Domain;
import io.acpbenefits.internal.Rows;
import io.acpbenefits.organization.Organizations;
import io.acpbenefits.organization.Role;
import io.acpbenefits.partner.PartnerId;
import io.acpbenefits.permission.Access;
import io.acpbenefits.quota.QuotaId;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The Benefit Change Records with their details; thread-safe.
 *
 * <p>Source: "How to find the issued ACP/ACE Exam Code in the Benefit Center".
 */
public final class BenefitChanges {

  private final Domain domain;
  private final Exams exams;
  private final Organizations organizations;
  private final ExamCodes codes;
  private final Rows<BenefitChangeMapper> rows;

  /**
   * Called by {@code AcpBenefits}.
   *
   * @param domain what features are built on
   * @param access who may do what
   * @param exams names the exams
   * @param organizations who may see the records
   * @param codes shows the codes
   */
  public BenefitChanges(
      Domain domain, Access access, Exams exams, Organizations organizations, ExamCodes codes) {
    this.domain =
        domain
            .idType(BenefitChangeId.class, BenefitChangeId::new)
            .idType(BenefitApplicationId.class, BenefitApplicationId::new);
    this.exams = exams;
    this.organizations = organizations;
    this.codes = codes;
    this.rows = domain.rows(BenefitChangeMapper.class);
  }

  void record(Actor actor, BenefitApplication application, QuotaId quota, BenefitChange.Kind kind) {
    BenefitChange change =
        new BenefitChange(
            BenefitChangeId.of(domain.newId()),
            application.partnerId(),
            quota,
            kind,
            application.quantity(),
            application.examId(),
            application.applicationId(),
            domain.now(),
            actor.toString());
    rows.one(m -> m.insert(change));
  }

  /**
   * A partner's records.
   *
   * @param actor an owner, a manager or the platform
   * @param partner whose
   * @return in the order in which they were made
   * @throws Refusal NOT_PERMITTED
   */
  public List<BenefitChange> ofPartner(Actor actor, PartnerId partner) {
    requireVisible(actor, partner);
    return rows.get(m -> m.ofPartner(partner));
  }

  /**
   * The details of one record: when codes were issued, the exam's name and the codes in brackets.
   *
   * @param actor an owner, a manager or the platform
   * @param id which record
   * @return such as {@code Exam name [CODE] [CODE]}; empty if no codes were issued
   * @throws Refusal NOT_FOUND, NOT_PERMITTED
   */
  public String details(Actor actor, BenefitChangeId id) {
    BenefitChange change =
        rows.get(m -> m.find(id))
            .orElseThrow(
                () -> new Refusal(Reason.NOT_FOUND, "There is no such benefit change record."));
    requireVisible(actor, change.partnerId());
    ExamId exam = change.examId();
    BenefitApplicationId application = change.applicationId();
    if (change.kind() != BenefitChange.Kind.CODES_ISSUED || exam == null || application == null) {
      return "";
    }
    return codes.ofApplication(Actor.system(), application.value()).stream()
        .map(ExamCode::codeId)
        .map(code -> "[" + codes.reveal(actor, code).value() + "]")
        .collect(Collectors.joining(" ", exams.get(Actor.system(), exam).name() + " ", ""));
  }

  private void requireVisible(Actor actor, PartnerId partner) {
    organizations.requireRole(
        actor, organizations.ofPartner(Actor.system(), partner).organizationId(), Role.MANAGER);
  }
}
