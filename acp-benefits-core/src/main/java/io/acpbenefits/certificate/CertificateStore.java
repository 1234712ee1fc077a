package io.acpbenefits.certificate;

import io.acpbenefits.audit.AuditLog;
import io.acpbenefits.common.AccountId;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.Operation;
import io.acpbenefits.common.Reason;
import io.acpbenefits.common.Refusal;
import io.acpbenefits.examrecord.ExamRecord;
import io.acpbenefits.examrecord.ExamRecordId;
import io.acpbenefits.examrecord.ExamRecords;
import io.acpbenefits.internal.Domain;
import io.acpbenefits.internal.Rows;
import io.acpbenefits.organization.Accounts;
import io.acpbenefits.organization.OrganizationId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The rows of certificates: what is locked in which order, and what every change of a state leaves
 * behind: history, audit, event.
 */
final class CertificateStore {

  private final Domain domain;
  private final AuditLog log;
  private final Accounts accounts;
  private final ExamRecords records;
  private final Rows<CertificateMapper> rows;

  CertificateStore(Domain domain, AuditLog log, Accounts accounts, ExamRecords records) {
    this.domain = domain;
    this.log = log;
    this.accounts = accounts;
    this.records = records;
    this.rows = domain.rows(CertificateMapper.class);
  }

  <T> T get(Function<CertificateMapper, T> query) {
    return rows.get(query);
  }

  Certificate get(CertificateId id) {
    return rows.get(m -> m.find(id))
        .map(found -> found.at(domain.now()))
        .orElseThrow(CertificateStore::notFound);
  }

  /**
   * Locks a certificate: the pair of its record first, as a binding does, then its account; and
   * first writes that its validity is over if it is.
   */
  Certificate lock(CertificateId id) {
    return settled(lockStored(id));
  }

  /** Writes that a certificate's validity is over, if it is. */
  boolean expireIfDue(CertificateId id) {
    Certificate stored = lockStored(id);
    return settled(stored).state() != stored.state();
  }

  private Certificate lockStored(CertificateId id) {
    ExamRecord record = records.get(Actor.system(), get(id).recordId());
    records.lockKey(Actor.system(), record.ids(), record.examId());
    Optional<AccountId> holder = rows.get(m -> m.holder(id));
    holder.ifPresent(account -> accounts.lock(Actor.system(), account));
    return rows.get(m -> m.lock(id)).orElseThrow(CertificateStore::notFound);
  }

  private Certificate settled(Certificate stored) {
    Certificate now = stored.at(domain.now());
    Instant end = stored.validUntil();
    if (now.state() != stored.state() && end != null) {
      Operation expiry = Operation.EXPIRE_CERTIFICATE;
      move(Actor.system(), expiry, stored, now, null, end);
    }
    return now;
  }

  Optional<Certificate> lockByRecord(ExamRecordId id) {
    return rows.get(m -> m.lockByRecord(id)).map(found -> found.at(domain.now()));
  }

  List<CertificateId> standingOn(ExamRecordId id) {
    return rows.get(m -> m.standingOn(id));
  }

  List<CertificateChange> history(CertificateId id) {
    return rows.get(m -> m.history(id));
  }

  /** A new certificate; {@link #tellOf} tells of it. */
  void insert(Certificate made) {
    rows.one(m -> m.insert(made));
    note(made, domain.now());
  }

  void tellOf(Actor actor, Operation operation, Certificate made, @Nullable String why) {
    tell(actor, operation, null, made, why);
  }

  /** Writes a change that the state machine was asked about, and tells of it. */
  Certificate move(
      Actor actor, Operation operation, Certificate from, Certificate to, @Nullable String why) {
    return move(actor, operation, from, to, why, domain.now());
  }

  private Certificate move(
      Actor actor,
      Operation operation,
      Certificate from,
      Certificate to,
      @Nullable String why,
      Instant since) {
    rows.one(m -> m.update(to));
    note(to, since);
    tell(actor, operation, from.state(), to, why);
    return to;
  }

  /** Never before the change before: a record may arrive after its certificate has expired. */
  private void note(Certificate certificate, Instant since) {
    CertificateId id = certificate.certificateId();
    Instant from =
        history(id).stream()
            .map(CertificateChange::since)
            .filter(since::isBefore)
            .reduce((earlier, later) -> later)
            .orElse(since);
    rows.one(m -> m.append(new CertificateChange(domain.newId(), id, certificate.state(), from)));
  }

  private void tell(
      Actor actor,
      Operation operation,
      @Nullable CertificateState from,
      Certificate to,
      @Nullable String why) {
    log.changed(actor, operation, to.certificateId(), from, to.state(), why);
    domain.publish(
        new CertificateChanged(
            to.certificateId(),
            to.examId(),
            to.level(),
            to.accountId(),
            to.organizationId(),
            from,
            to.state()));
  }

  void bind(
      CertificateId id, AccountId account, @Nullable OrganizationId organization, Instant at) {
    rows.one(m -> m.bind(id, account, organization, at));
  }

  static Refusal notFound() {
    return new Refusal(Reason.NOT_FOUND, "There is no such certificate.");
  }
}
