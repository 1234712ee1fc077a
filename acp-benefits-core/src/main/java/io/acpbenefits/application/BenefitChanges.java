package io.acpbenefits.application;

import io.acpbenefits.common.Actor;
import io.acpbenefits.common.Operation;
import io.acpbenefits.common.Page;
import io.acpbenefits.common.PageRequest;
import io.acpbenefits.common.Reason;
import io.acpbenefits.common.Refusal;
import io.acpbenefits.exam.ExamId;
import io.acpbenefits.exam.Exams;
import io.acpbenefits.examcode.CodeText;
import io.acpbenefits.examcode.ExamCodes;
import io.acpbenefits.internal.Domain;
import io.acpbenefits.internal.Rows;
import io.acpbenefits.partner.PartnerId;
import io.acpbenefits.permission.Access;
import io.acpbenefits.permission.Subject;
import io.acpbenefits.quota.QuotaChanged;
import java.util.List;
import java.util.Optional;

/**
 * The Benefit Change Records with their details; thread-safe. One is made for each change of a
 * quota, in its transaction; a release from a quota that has ended makes two, since what was
 * released has expired.
 *
 * <p>Source: "How to find the issued ACP/ACE Exam Code in the Benefit Center".
 */
public final class BenefitChanges {

  private final Domain domain;
  private final Access access;
  private final Exams exams;
  private final ExamCodes codes;
  private final Rows<BenefitChangeMapper> rows;
  private final Rows<BenefitApplicationMapper> applications;

  /**
   * Called by {@code AcpBenefits}.
   *
   * @param domain what features are built on
   * @param access who may do what
   * @param exams names the exams
   * @param codes shows the codes
   */
  public BenefitChanges(Domain domain, Access access, Exams exams, ExamCodes codes) {
    this.domain =
        domain
            .idType(BenefitChangeId.class, BenefitChangeId::new)
            .idType(BenefitApplicationId.class, BenefitApplicationId::new);
    this.access = access;
    this.exams = exams;
    this.codes = codes;
    this.rows = domain.rows(BenefitChangeMapper.class);
    this.applications = domain.rows(BenefitApplicationMapper.class);
    domain.on(QuotaChanged.class, this::record);
  }

  private void record(QuotaChanged event) {
    Optional<BenefitApplication> application =
        Optional.ofNullable(event.reference())
            .flatMap(id -> applications.get(m -> m.find(BenefitApplicationId.of(id))));
    BenefitChange change =
        new BenefitChange(
            BenefitChangeId.of(domain.newId()),
            event.partnerId(),
            event.quotaId(),
            event.level(),
            kind(event.act()),
            event.quantity(),
            application.map(BenefitApplication::examId).orElse(null),
            application.map(BenefitApplication::applicationId).orElse(null),
            event.madeAt(),
            event.madeBy());
    rows.one(m -> m.insert(change));
  }

  private static BenefitChange.Kind kind(QuotaChanged.Act act) {
    return switch (act) {
      case GRANTED -> BenefitChange.Kind.GRANTED;
      case ADJUSTED -> BenefitChange.Kind.ADJUSTED;
      case HELD -> BenefitChange.Kind.HELD;
      case RELEASED -> BenefitChange.Kind.RELEASED;
      case CONSUMED -> BenefitChange.Kind.CODES_ISSUED;
      case SUSPENDED -> BenefitChange.Kind.SUSPENDED;
      case RESUMED -> BenefitChange.Kind.RESUMED;
      case EXPIRED -> BenefitChange.Kind.EXPIRED;
      case REVOKED -> BenefitChange.Kind.REVOKED;
    };
  }

  /**
   * A partner's records.
   *
   * @param actor by default an owner, a manager or the platform
   * @param partner whose
   * @param filter which of them
   * @param page which part
   * @return in the order in which they were made
   * @throws Refusal NOT_PERMITTED
   */
  public Page<BenefitChange> ofPartner(
      Actor actor, PartnerId partner, BenefitChangeFilter filter, PageRequest page) {
    access.require(actor, Operation.SEE_BENEFIT_CHANGES, Subject.ofPartner(partner));
    return page.of(
        rows.get(m -> m.ofPartner(partner, filter, page.afterOrStart(), page.rowsToFetch())),
        change -> change.changeId().value());
  }

  /**
   * The details of one record: when codes were issued, the exam's name and the codes. To show a
   * code takes the permission to reveal codes as well, and is audited code by code; who has only
   * that to read the records sees no codes.
   *
   * @param actor by default an owner, a manager or the platform
   * @param id which record
   * @return the details
   * @throws Refusal NOT_PERMITTED; NOT_FOUND also if it is not the actor's to see
   */
  public BenefitChangeDetails details(Actor actor, BenefitChangeId id) {
    return domain.inTransaction(
        () -> {
          BenefitChange change = rows.get(m -> m.find(id)).orElseThrow(BenefitChanges::notFound);
          access.require(
              actor,
              Operation.SEE_BENEFIT_CHANGES,
              Subject.ofPartner(change.partnerId()),
              BenefitChanges::notFound);
          ExamId exam = change.examId();
          return new BenefitChangeDetails(
              change,
              exam == null ? null : exams.get(Actor.system(), exam).name(),
              issued(actor, change));
        });
  }

  private List<CodeText> issued(Actor actor, BenefitChange change) {
    BenefitApplicationId application = change.applicationId();
    if (change.kind() != BenefitChange.Kind.CODES_ISSUED
        || application == null
        || !access.allows(actor, Operation.REVEAL_CODE, Subject.ofPartner(change.partnerId()))) {
      return List.of();
    }
    return codes.ofApplication(Actor.system(), application.value()).stream()
        .map(code -> codes.reveal(actor, code.codeId()))
        .toList();
  }

  private static Refusal notFound() {
    return new Refusal(Reason.NOT_FOUND, "There is no such benefit change record.");
  }
}
