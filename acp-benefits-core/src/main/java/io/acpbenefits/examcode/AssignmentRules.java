package io.acpbenefits.examcode;

import io.acpbenefits.common.AccountId;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.Reason;
import io.acpbenefits.common.Refusal;
import io.acpbenefits.exam.ExamId;
import io.acpbenefits.exam.Exams;
import io.acpbenefits.internal.Domain;
import io.acpbenefits.organization.Membership;
import io.acpbenefits.organization.OrganizationId;
import io.acpbenefits.organization.Organizations;
import io.acpbenefits.partner.PartnerId;
import io.acpbenefits.partner.Partners;
import java.util.Optional;

/** Who may hold a code of which partner for which exam; writes nothing. */
final class AssignmentRules {

  private final Domain domain;
  private final Partners partners;
  private final Exams exams;
  private final Organizations organizations;
  private final CodeStore store;

  AssignmentRules(
      Domain domain, Partners partners, Exams exams, Organizations organizations, CodeStore store) {
    this.domain = domain;
    this.partners = partners;
    this.exams = exams;
    this.organizations = organizations;
    this.store = store;
  }

  /** Refuses unless the partner may hand out codes and the exam can still be sat. */
  void requireOpen(PartnerId partner, ExamId exam) {
    partners.get(Actor.system(), partner).requireActive();
    exams.get(Actor.system(), exam).requireAlive(domain.now());
  }

  /**
   * Refuses unless the account is a member of the partner's and holds no open code for it: a first
   * look, which locks nothing.
   */
  void requireCandidate(PartnerId partner, ExamId exam, AccountId account) {
    organizations.requireMember(Actor.system(), organizationOf(partner), account);
    requireNoOpenCode(partner, exam, account);
  }

  /** The same for good; the account is locked. */
  void lockCandidate(PartnerId partner, ExamId exam, AccountId account) {
    organizations.lockMember(Actor.system(), organizationOf(partner), account);
    requireNoOpenCode(partner, exam, account);
  }

  private OrganizationId organizationOf(PartnerId partner) {
    return organizations.ofPartner(Actor.system(), partner).organizationId();
  }

  private void requireNoOpenCode(PartnerId partner, ExamId exam, AccountId account) {
    openCode(partner, exam, account)
        .ifPresent(
            held -> {
              throw Refusal.of(
                  Reason.CODE_ALREADY_HELD,
                  "This member holds an open code for exam %s already%s.",
                  exam,
                  held.state() == ExamCodeState.RESERVED && held.isOverdue(domain.now())
                      ? "; the result of its exam is overdue: release or revoke it first"
                      : "");
            });
  }

  Optional<ExamCode> openCode(PartnerId partner, ExamId exam, AccountId account) {
    return store.openOf(account).stream()
        .filter(code -> code.examId().equals(exam) && code.partnerId().equals(partner))
        .findFirst();
  }

  static Refusal noneLeft(PartnerId partner, ExamId exam) {
    return Refusal.of(
        Reason.NO_CODE_AVAILABLE,
        "Partner %s has no issued code for exam %s left; apply for more.",
        partner,
        exam);
  }

  /**
   * A code whose exam did not take place: its holder's again, or the partner's if that one left.
   */
  ExamCode freed(ExamCode code) {
    AccountId holder = code.holder();
    return holder != null && isMember(code.organizationId(), holder)
        ? code.with(ExamCodeState.ASSIGNED, holder, null)
        : code.with(ExamCodeState.ISSUED, null, null);
  }

  private boolean isMember(OrganizationId organization, AccountId account) {
    return organizations
        .activeMembership(Actor.system(), account)
        .map(Membership::organizationId)
        .filter(organization::equals)
        .isPresent();
  }
}
