package io.acpbenefits.certificate;

import io.acpbenefits.common.AccountId;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.Operation;
import io.acpbenefits.common.Reason;
import io.acpbenefits.exam.ExamId;
import io.acpbenefits.examrecord.ExamRecord;
import io.acpbenefits.examrecord.ExamRecordReceived;
import io.acpbenefits.examrecord.ExamRecords;
import io.acpbenefits.internal.Domain;
import io.acpbenefits.organization.Accounts;
import io.acpbenefits.organization.Membership;
import io.acpbenefits.organization.OrganizationId;
import io.acpbenefits.organization.Organizations;
import io.acpbenefits.registration.IdPair;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Brings bindings and records together: what becomes of a binding when its record is known, and how
 * long one waits whose record is not. Whoever calls has locked the binding, or its account.
 */
final class Matching {

  private final Domain domain;
  private final Accounts accounts;
  private final Organizations organizations;
  private final ExamRecords records;
  private final Certificates certificates;
  private final KnownResults results;
  private final Sittings sittings;
  private final BindingPolicy policy;
  private final BindingStore store;

  Matching(
      Domain domain,
      Accounts accounts,
      Organizations organizations,
      ExamRecords records,
      Certificates certificates,
      KnownResults results,
      Sittings sittings,
      BindingPolicy policy,
      BindingStore store) {
    this.domain = domain;
    this.accounts = accounts;
    this.organizations = organizations;
    this.records = records;
    this.certificates = certificates;
    this.results = results;
    this.sittings = sittings;
    this.policy = policy;
    this.store = store;
  }

  /** A record has come: whoever waits for it gets it, the one who waits longest first. */
  void complete(ExamRecordReceived event) {
    ExamRecord arrived = records.get(Actor.system(), event.recordId());
    List<CertificateBinding> all = store.rows.get(m -> m.openWith(arrived.ids(), arrived.examId()));
    accounts.lockInOrder(Actor.system(), all.stream().map(CertificateBinding::accountId));
    for (CertificateBinding waiting : all) {
      // Until the account was locked, its owner may have bound or corrected it.
      CertificateBinding now = store.lockRow(waiting.bindingId());
      if (now.isOpen() && now.ids().equals(arrived.ids())) {
        settle(now, arrived);
      }
    }
  }

  CertificateBinding settle(CertificateBinding binding, ExamRecord found) {
    Optional<Certificate> earned = results.earnedBy(found);
    if (earned.isEmpty()) {
      return toCheck(binding, Reason.NOT_PASSED);
    }
    return earned.get().accountId() != null
        ? toCheck(binding, Reason.ALREADY_BOUND)
        : bind(binding, binding.ids(), earned.get(), binding.state());
  }

  CertificateBinding toCheck(CertificateBinding binding, Reason reason) {
    return binding.state() == BindingState.CHECK_IDS && binding.reason() == reason
        ? binding
        : store.move(
            Actor.system(),
            Operation.CHECK_IDS,
            binding,
            binding.toCheck(reason, domain.now()),
            null);
  }

  /** Ids that somebody corrected or submitted anew, and whose record is known. */
  CertificateBinding bindBy(
      Actor actor,
      Operation operation,
      CertificateBinding open,
      IdPair ids,
      Certificate certificate,
      @Nullable String why) {
    CertificateBinding anew = open.awaiting(ids, open.windowEndsAt(), open.tries());
    store.note(actor, operation, anew, open.state(), why);
    return bind(anew, ids, certificate, open.state());
  }

  CertificateBinding bind(
      CertificateBinding binding,
      IdPair ids,
      Certificate certificate,
      @Nullable BindingState told) {
    AccountId account = binding.accountId();
    OrganizationId organization =
        organizations
            .activeMembership(Actor.system(), account)
            .map(Membership::organizationId)
            .orElse(null);
    Instant now = domain.now();
    certificates.bind(certificate.certificateId(), account, organization, now);
    CertificateBinding bound = binding.bound(ids, certificate.certificateId(), organization, now);
    store.rows.one(m -> m.update(bound));
    store.note(
        Actor.system(),
        Operation.BIND_CERTIFICATE,
        bound,
        told == null ? BindingState.SUBMITTED : binding.state(),
        null);
    // Before the end of the sitting is told: who hears that first would take the attempt for lost.
    store.publish(bound, told);
    sittings.conclude(account, records.get(Actor.system(), certificate.recordId()));
    return bound;
  }

  CertificateBinding begin(Actor.Account actor, ExamId exam, IdPair ids) {
    CertificateBinding binding =
        new CertificateBinding(
            BindingId.of(domain.newId()),
            actor.id(),
            exam,
            ids.candidateId(),
            ids.registrationId(),
            BindingState.AWAITING_DATA,
            Reason.RESULT_NOT_FOUND,
            domain.now(),
            windowEnd(actor.id(), exam),
            0,
            null,
            null,
            null,
            null);
    store.insert(actor, binding);
    return binding;
  }

  CertificateBinding await(
      Actor actor,
      Operation operation,
      CertificateBinding binding,
      IdPair ids,
      @Nullable String why) {
    return store.move(
        actor,
        operation,
        binding,
        binding.awaiting(ids, windowEnd(binding.accountId(), binding.examId()), 0),
        why);
  }

  private Instant windowEnd(AccountId account, ExamId exam) {
    return sittings.appointment(account, exam).orElse(domain.now()).plus(policy.syncWindow());
  }
}
