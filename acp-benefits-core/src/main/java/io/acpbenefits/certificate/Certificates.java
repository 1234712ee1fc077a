package io.acpbenefits.certificate;

import io.acpbenefits.audit.AuditLog;
import io.acpbenefits.common.AccountId;
import io.acpbenefits.common.Actor;
import io.acpbenefits.exam.Exam;
import io.acpbenefits.exam.Exams;
import io.acpbenefits.examrecord.ExamOutcome;
import io.acpbenefits.examrecord.ExamRecord;
import io.acpbenefits.examrecord.ExamRecordId;
import io.acpbenefits.examrecord.ExamRecordReceived;
import io.acpbenefits.examrecord.ExamRecords;
import io.acpbenefits.internal.Domain;
import io.acpbenefits.internal.Rows;
import io.acpbenefits.organization.OrganizationId;
import io.acpbenefits.organization.Organizations;
import io.acpbenefits.organization.Role;
import io.acpbenefits.partner.PartnerId;
import io.acpbenefits.permission.Access;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The certificates and what they count for; thread-safe. A PASS makes one, unbound, in the
 * transaction of its record.
 */
public final class Certificates {

  private final Domain domain;
  private final Exams exams;
  private final ExamRecords records;
  private final Organizations organizations;
  private final TallyPolicy policy;
  private final Rows<CertificateMapper> rows;

  /**
   * Called by {@code AcpBenefits}.
   *
   * @param domain what features are built on
   * @param access who may do what
   * @param log where it is recorded
   * @param exams what was passed
   * @param records what certificates stand on
   * @param organizations what they count for
   * @param policy whose count
   */
  public Certificates(
      Domain domain,
      Access access,
      AuditLog log,
      Exams exams,
      ExamRecords records,
      Organizations organizations,
      TallyPolicy policy) {
    this.domain = domain.idType(CertificateId.class, CertificateId::new);
    this.exams = exams;
    this.records = records;
    this.organizations = organizations;
    this.policy = policy;
    this.rows = domain.rows(CertificateMapper.class);
    domain.on(ExamRecordReceived.class, this::create);
  }

  private void create(ExamRecordReceived event) {
    if (event.outcome() != ExamOutcome.PASS) {
      return;
    }
    ExamRecord passed = records.get(Actor.system(), event.recordId());
    Exam exam = exams.get(Actor.system(), event.examId());
    Certificate certificate =
        new Certificate(
            CertificateId.of(domain.newId()),
            passed.recordId(),
            exam.examId(),
            exam.level(),
            CertificateState.VALID,
            passed.takenAt(),
            null,
            null,
            null);
    rows.one(m -> m.insert(certificate));
  }

  Optional<Certificate> lockByRecord(ExamRecordId id) {
    return rows.get(m -> m.lockByRecord(id));
  }

  /**
   * The certificate that a record earned.
   *
   * @param actor who asks
   * @param id which record
   * @return the certificate, or empty
   */
  public Optional<Certificate> byRecord(Actor actor, ExamRecordId id) {
    return rows.get(m -> m.byRecord(id));
  }

  void bind(
      CertificateId id, AccountId account, @Nullable OrganizationId organization, Instant at) {
    rows.one(m -> m.bind(id, account, organization, at));
  }

  /**
   * The certificates that are bound to an account ("My Certificate").
   *
   * @param actor who asks
   * @param account whose
   * @return in the order in which they were obtained
   */
  public List<Certificate> ofAccount(Actor actor, AccountId account) {
    return rows.get(m -> m.ofAccount(account));
  }

  /**
   * What counts for a partner now, self-paid exams too.
   *
   * @param actor an owner, a manager or the platform
   * @param partner for whom
   * @return by exam; exams that nothing counts of are left out
   * @throws io.acpbenefits.common.Refusal NOT_FOUND, NOT_PERMITTED
   */
  public List<Tally> tally(Actor actor, PartnerId partner) {
    OrganizationId organization = organizations.ofPartner(Actor.system(), partner).organizationId();
    organizations.requireRole(actor, organization, Role.MANAGER);
    return switch (policy) {
      case ACTIVE_MEMBERS -> rows.get(m -> m.tallyOfMembers(organization));
      case LEAVERS_TOO -> rows.get(m -> m.tallyOfAll(organization));
    };
  }
}
