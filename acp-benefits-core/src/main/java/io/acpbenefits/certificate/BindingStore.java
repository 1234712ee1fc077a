package io.acpbenefits.certificate;

import io.acpbenefits.audit.AuditLog;
import io.acpbenefits.common.AccountId;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.Operation;
import io.acpbenefits.common.Reason;
import io.acpbenefits.common.Refusal;
import io.acpbenefits.exam.ExamId;
import io.acpbenefits.examrecord.ExamRecords;
import io.acpbenefits.internal.Domain;
import io.acpbenefits.internal.Rows;
import io.acpbenefits.organization.Accounts;
import io.acpbenefits.registration.IdPair;
import org.jspecify.annotations.Nullable;

/**
 * The rows of bindings: what is locked in which order, and what every change of a state leaves
 * behind: audit, event.
 */
final class BindingStore {

  private final Domain domain;
  private final AuditLog log;
  private final Accounts accounts;
  private final ExamRecords records;
  final Rows<BindingMapper> rows;

  BindingStore(Domain domain, AuditLog log, Accounts accounts, ExamRecords records) {
    this.domain = domain.idType(BindingId.class, BindingId::new);
    this.log = log;
    this.accounts = accounts;
    this.records = records;
    this.rows = domain.rows(BindingMapper.class);
  }

  CertificateBinding find(BindingId id) {
    return rows.get(m -> m.find(id)).orElseThrow(BindingStore::notFound);
  }

  /** The pair first, then the account: the order in which an arriving record locks as well. */
  void lock(IdPair ids, ExamId exam, AccountId account) {
    records.lockKey(Actor.system(), ids, exam);
    accounts.lock(Actor.system(), account);
  }

  /** Everything that a binding of this account for the exam is about, then the account. */
  void lock(AccountId account, ExamId exam) {
    rows.get(m -> m.pairs(account, exam))
        .forEach(ids -> records.lockKey(Actor.system(), ids, exam));
    accounts.lock(Actor.system(), account);
  }

  CertificateBinding lock(BindingId id) {
    CertificateBinding read = find(id);
    lock(read.ids(), read.examId(), read.accountId());
    return lockRow(id);
  }

  /** Locking, because H2 may answer the same plain query with what it has answered before. */
  CertificateBinding lockRow(BindingId id) {
    return rows.get(m -> m.lock(id)).orElseThrow(BindingStore::notFound);
  }

  void insert(Actor actor, CertificateBinding binding) {
    rows.one(m -> m.insert(binding));
    log.changed(
        actor, Operation.SUBMIT_BINDING, binding.bindingId(), null, BindingState.SUBMITTED, null);
  }

  CertificateBinding move(
      Actor actor,
      Operation operation,
      CertificateBinding from,
      CertificateBinding to,
      @Nullable String why) {
    rows.one(m -> m.update(to));
    note(actor, operation, to, from.state(), why);
    publish(to, from.state());
    return to;
  }

  void note(
      Actor actor,
      Operation operation,
      CertificateBinding to,
      BindingState from,
      @Nullable String why) {
    log.changed(actor, operation, to.bindingId(), from, to.state(), why);
  }

  void publish(CertificateBinding binding, @Nullable BindingState from) {
    domain.publish(
        new BindingChanged(
            binding.bindingId(),
            binding.accountId(),
            binding.examId(),
            from,
            binding.state(),
            binding.organizationId()));
  }

  static Refusal notFound() {
    return new Refusal(Reason.NOT_FOUND, "There is no such binding.");
  }
}
