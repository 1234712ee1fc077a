package io.acpbenefits.certificate;

import io.acpbenefits.audit.AuditLog;
import io.acpbenefits.common.AccountId;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.Operation;
import io.acpbenefits.common.Page;
import io.acpbenefits.common.PageRequest;
import io.acpbenefits.common.Reason;
import io.acpbenefits.common.Refusal;
import io.acpbenefits.exam.ExamId;
import io.acpbenefits.exam.Exams;
import io.acpbenefits.examrecord.ExamRecord;
import io.acpbenefits.examrecord.ExamRecordReceived;
import io.acpbenefits.examrecord.ExamRecords;
import io.acpbenefits.internal.Domain;
import io.acpbenefits.internal.DueRows;
import io.acpbenefits.internal.Rows;
import io.acpbenefits.organization.Accounts;
import io.acpbenefits.organization.Membership;
import io.acpbenefits.organization.OrganizationId;
import io.acpbenefits.organization.Organizations;
import io.acpbenefits.permission.Access;
import io.acpbenefits.permission.Subject;
import io.acpbenefits.registration.IdPair;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Binds certificates to accounts, once and for ever; thread-safe.
 *
 * <p>What is known decides at once: a record with exactly these ids binds or refuses, one with the
 * ids in each other's place refuses, otherwise the binding waits. It completes in the transaction
 * in which the record arrives; when the sync window is over it is tried once more, and then the ids
 * are to be checked. A record that is late and an id that is mistyped look alike.
 *
 * <p>Source: "How to link certifications to Partner Account".
 */
public final class CertificateBindings {

  private final Domain domain;
  private final Access access;
  private final AuditLog log;
  private final Exams exams;
  private final Accounts accounts;
  private final Organizations organizations;
  private final ExamRecords records;
  private final Certificates certificates;
  private final KnownResults results;
  private final Sittings sittings;
  private final BindingPolicy policy;
  private final BindingExplainer explainer;
  private final Rows<BindingMapper> rows;

  /**
   * Called by {@code AcpBenefits}.
   *
   * @param domain what features are built on
   * @param access who may do what
   * @param log where it is recorded
   * @param exams what was passed
   * @param accounts who binds
   * @param organizations what a bound certificate counts for
   * @param records where a pass is known from
   * @param certificates what is bound
   * @param sittings what the account had booked
   * @param policy the rules
   */
  public CertificateBindings(
      Domain domain,
      Access access,
      AuditLog log,
      Exams exams,
      Accounts accounts,
      Organizations organizations,
      ExamRecords records,
      Certificates certificates,
      Sittings sittings,
      BindingPolicy policy) {
    this.domain = domain.idType(BindingId.class, BindingId::new);
    this.access = access;
    this.log = log;
    this.exams = exams;
    this.accounts = accounts;
    this.organizations = organizations;
    this.records = records;
    this.certificates = certificates;
    this.results = new KnownResults(records, certificates);
    this.sittings = sittings;
    this.policy = policy;
    this.explainer = new BindingExplainer(records, results, policy);
    this.rows = domain.rows(BindingMapper.class);
    domain.on(ExamRecordReceived.class, this::complete);
  }

  /**
   * Submits Candidate ID and Registration ID for an exam's certificate. Repeating it is harmless;
   * other ids take the place of those of a binding that is still open.
   *
   * @param actor whose account it is bound to, for ever
   * @param exam of which exam
   * @param ids the ids that Pearson VUE shows
   * @return the binding: bound, or waiting for the record; see {@link
   *     CertificateBinding#attributed}
   * @throws Refusal NOT_PERMITTED, NOT_FOUND for the exam, NOT_PASSED, ALREADY_BOUND, or
   *     IDS_SWAPPED; no binding is left by a refusal
   */
  public CertificateBinding submit(Actor.Account actor, ExamId exam, IdPair ids) {
    access.require(actor, Operation.SUBMIT_BINDING, Subject.ofAccount(actor.id()));
    return domain.inTransaction(
        () -> {
          exams.get(Actor.system(), exam);
          lock(ids, exam, actor.id());
          Optional<CertificateBinding> open = rows.get(m -> m.lockOpen(actor.id(), exam));
          Optional<Certificate> earned = results.earned(ids, exam);
          if (earned.isPresent()) {
            Certificate certificate = earned.get();
            if (actor.is(certificate.accountId())) {
              return rows.get(m -> m.ofCertificate(certificate.certificateId())).orElseThrow();
            }
            KnownResults.requireUnbound(certificate);
            return open.isPresent()
                ? bindBy(actor, Operation.SUBMIT_BINDING, open.get(), ids, certificate)
                : bind(insert(actor, exam, ids), ids, certificate, null);
          }
          if (open.isEmpty()) {
            CertificateBinding waiting = insert(actor, exam, ids);
            note(Actor.system(), Operation.MATCH_BINDING, waiting, BindingState.SUBMITTED);
            publish(waiting, null);
            return waiting;
          }
          return open.get().ids().equals(ids)
              ? open.get()
              : await(actor, Operation.SUBMIT_BINDING, open.get(), ids);
        });
  }

  /**
   * Corrects the ids of a binding whose ids are to be checked.
   *
   * @param actor whose binding it is
   * @param id which binding
   * @param ids the corrected ids
   * @return the binding: bound, or waiting for the record; see {@link
   *     CertificateBinding#attributed}
   * @throws Refusal NOT_FOUND if it is not the actor's, NOT_PERMITTED, ILLEGAL_STATE unless it is
   *     in CHECK_IDS, NOT_PASSED, ALREADY_BOUND, or IDS_SWAPPED, which leave it as it is
   */
  public CertificateBinding correct(Actor.Account actor, BindingId id, IdPair ids) {
    CertificateBinding read = requireAccess(actor, Operation.CORRECT_BINDING, id);
    ExamId exam = read.examId();
    return domain.inTransaction(
        () -> {
          lock(ids, exam, read.accountId());
          CertificateBinding binding = lockRow(id);
          BindingState.lifecycle().require(Operation.CORRECT_BINDING, binding.state());
          Optional<Certificate> earned = results.earned(ids, exam);
          earned.ifPresent(KnownResults::requireUnbound);
          return earned
              .map(found -> bindBy(actor, Operation.CORRECT_BINDING, binding, ids, found))
              .orElseGet(() -> await(actor, Operation.CORRECT_BINDING, binding, ids));
        });
  }

  /**
   * Gives a binding up whose ids are to be checked.
   *
   * @param actor whose binding it is, or the platform
   * @param id which binding
   * @throws Refusal NOT_FOUND if it is not the actor's, NOT_PERMITTED, ILLEGAL_STATE unless it is
   *     in CHECK_IDS
   */
  public void giveUp(Actor actor, BindingId id) {
    requireAccess(actor, Operation.GIVE_UP_BINDING, id);
    domain.run(
        () -> {
          CertificateBinding binding = lock(id);
          BindingState.lifecycle().require(Operation.GIVE_UP_BINDING, binding.state());
          move(actor, Operation.GIVE_UP_BINDING, binding, binding.failed());
        });
  }

  /**
   * Looks for the record of a binding that waits; idempotent.
   *
   * @param library only from inside other operations
   * @param id which binding
   * @return the binding as it stands afterwards
   * @throws Refusal NOT_FOUND
   */
  public CertificateBinding match(Actor.Library library, BindingId id) {
    return domain.inTransaction(
        () -> {
          CertificateBinding binding = lock(id);
          return binding.isOpen()
              ? records
                  .standing(Actor.system(), binding.ids(), binding.examId())
                  .map(record -> settle(binding, record))
                  .orElse(binding)
              : binding;
        });
  }

  /**
   * Looks for the record once more if the sync window is over, and then has the ids checked; or
   * tries again later, as often as the policy says. Idempotent.
   *
   * @param library only from inside other operations
   * @param id which binding
   * @return the binding as it stands afterwards
   * @throws Refusal NOT_FOUND
   */
  public CertificateBinding lastTry(Actor.Library library, BindingId id) {
    return domain.inTransaction(
        () -> {
          CertificateBinding binding = match(library, id);
          Instant now = domain.now();
          if (binding.state() != BindingState.AWAITING_DATA
              || now.isBefore(binding.windowEndsAt())) {
            return binding;
          }
          int tries = binding.tries() + 1;
          if (tries < policy.tries()) {
            return move(
                Actor.system(),
                Operation.MATCH_BINDING,
                binding,
                binding.awaiting(binding.ids(), now.plus(policy.tryAgainAfter()), tries));
          }
          boolean swapped = results.areSwapped(binding.ids(), binding.examId());
          return toCheck(binding, swapped ? Reason.IDS_SWAPPED : Reason.RESULT_NOT_FOUND);
        });
  }

  /**
   * Ends a binding whose ids were not corrected in time; idempotent.
   *
   * @param library only from inside other operations
   * @param id which binding
   * @return the binding as it stands afterwards
   * @throws Refusal NOT_FOUND
   */
  public CertificateBinding lapseIfDue(Actor.Library library, BindingId id) {
    return domain.inTransaction(
        () -> {
          CertificateBinding binding = lock(id);
          Instant since = binding.checkIdsSince();
          boolean due =
              binding.state() == BindingState.CHECK_IDS
                  && since != null
                  && !domain.now().isBefore(since.plus(policy.checkIds()));
          return due
              ? move(Actor.system(), Operation.LAPSE_BINDING, binding, binding.failed())
              : binding;
        });
  }

  /**
   * Writes what has become due by time alone; idempotent.
   *
   * @return how many bindings were due
   */
  public int settleDue() {
    Instant now = domain.now();
    Instant checkedBefore = now.minus(policy.checkIds());
    return DueRows.settle(
        domain, (last, size) -> rows.get(m -> m.due(now, checkedBefore, last, size)), this::settle);
  }

  private boolean settle(BindingId id) {
    CertificateBinding before = lock(id);
    lastTry(Actor.system(), id);
    return !lapseIfDue(Actor.system(), id).equals(before);
  }

  /**
   * When bindings next become due by time alone.
   *
   * @return the instant, perhaps past, or empty
   */
  public Optional<Instant> nextDue() {
    return Stream.of(
            rows.get(BindingMapper::nextWindowEnd),
            rows.get(BindingMapper::longestChecking).map(since -> since.plus(policy.checkIds())))
        .flatMap(Optional::stream)
        .min(Comparator.naturalOrder());
  }

  /** A record has come: whoever waits for it gets it, the one who waits longest first. */
  private void complete(ExamRecordReceived event) {
    ExamRecord arrived = records.get(Actor.system(), event.recordId());
    for (CertificateBinding waiting : rows.get(m -> m.openWith(arrived.ids(), arrived.examId()))) {
      accounts.lock(Actor.system(), waiting.accountId());
      // Until the account was locked, its owner may have bound or corrected it.
      CertificateBinding now = lockRow(waiting.bindingId());
      if (now.isOpen() && now.ids().equals(arrived.ids())) {
        settle(now, arrived);
      }
    }
  }

  private CertificateBinding settle(CertificateBinding binding, ExamRecord found) {
    Optional<Certificate> earned = results.earnedBy(found);
    if (earned.isEmpty()) {
      return toCheck(binding, Reason.NOT_PASSED);
    }
    return earned.get().accountId() != null
        ? toCheck(binding, Reason.ALREADY_BOUND)
        : bind(binding, binding.ids(), earned.get(), binding.state());
  }

  private CertificateBinding toCheck(CertificateBinding binding, Reason reason) {
    return binding.state() == BindingState.CHECK_IDS && binding.reason() == reason
        ? binding
        : move(Actor.system(), Operation.CHECK_IDS, binding, binding.toCheck(reason, domain.now()));
  }

  /** Ids that somebody corrected or submitted anew, and whose record is known. */
  private CertificateBinding bindBy(
      Actor actor,
      Operation operation,
      CertificateBinding open,
      IdPair ids,
      Certificate certificate) {
    CertificateBinding anew = open.awaiting(ids, open.windowEndsAt(), open.tries());
    note(actor, operation, anew, open.state());
    return bind(anew, ids, certificate, open.state());
  }

  private CertificateBinding bind(
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
    rows.one(m -> m.update(bound));
    note(
        Actor.system(),
        Operation.BIND_CERTIFICATE,
        bound,
        told == null ? BindingState.SUBMITTED : binding.state());
    // Before the end of the sitting is told: who hears that first would take the attempt for lost.
    publish(bound, told);
    sittings.conclude(account, records.get(Actor.system(), certificate.recordId()));
    return bound;
  }

  private CertificateBinding insert(Actor.Account actor, ExamId exam, IdPair ids) {
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
    rows.one(m -> m.insert(binding));
    log.changed(
        actor, Operation.SUBMIT_BINDING, binding.bindingId(), null, BindingState.SUBMITTED, null);
    return binding;
  }

  private CertificateBinding await(
      Actor actor, Operation operation, CertificateBinding binding, IdPair ids) {
    return move(
        actor,
        operation,
        binding,
        binding.awaiting(ids, windowEnd(binding.accountId(), binding.examId()), 0));
  }

  private Instant windowEnd(AccountId account, ExamId exam) {
    return sittings.appointment(account, exam).orElse(domain.now()).plus(policy.syncWindow());
  }

  /** The pair first, then the account: the order in which an arriving record locks as well. */
  private void lock(IdPair ids, ExamId exam, AccountId account) {
    records.lockKey(Actor.system(), ids, exam);
    accounts.lock(Actor.system(), account);
  }

  private CertificateBinding lock(BindingId id) {
    CertificateBinding read = find(id);
    lock(read.ids(), read.examId(), read.accountId());
    return lockRow(id);
  }

  /** Locking, because H2 may answer the same plain query with what it has answered before. */
  private CertificateBinding lockRow(BindingId id) {
    return rows.get(m -> m.lock(id)).orElseThrow(CertificateBindings::notFound);
  }

  private CertificateBinding move(
      Actor actor, Operation operation, CertificateBinding from, CertificateBinding to) {
    rows.one(m -> m.update(to));
    note(actor, operation, to, from.state());
    publish(to, from.state());
    return to;
  }

  private void note(Actor actor, Operation operation, CertificateBinding to, BindingState from) {
    log.changed(actor, operation, to.bindingId(), from, to.state(), null);
  }

  private void publish(CertificateBinding binding, @Nullable BindingState from) {
    domain.publish(
        new BindingChanged(
            binding.bindingId(),
            binding.accountId(),
            binding.examId(),
            from,
            binding.state(),
            binding.organizationId()));
  }

  /**
   * Gets a binding.
   *
   * @param actor by default whose binding it is, or the platform
   * @param id which
   * @return the binding
   * @throws Refusal NOT_FOUND, NOT_PERMITTED for members of its holder's organization
   */
  public CertificateBinding get(Actor actor, BindingId id) {
    return requireAccess(actor, Operation.SEE_BINDINGS, id);
  }

  /**
   * Says where a binding stands, what is waited for and until when, and which id may be mistyped.
   * That is a hint and no proof, and tells nothing else of other records.
   *
   * @param actor by default whose binding it is, or the platform
   * @param id which
   * @return the explanation
   * @throws Refusal NOT_FOUND, NOT_PERMITTED for members of its holder's organization
   */
  public BindingExplanation explain(Actor actor, BindingId id) {
    return explainer.explain(requireAccess(actor, Operation.SEE_BINDINGS, id));
  }

  /**
   * The binding of an account that is neither bound nor failed.
   *
   * @param actor by default the account itself, or the platform
   * @param account whose
   * @param exam of which exam
   * @return the binding, or empty
   * @throws Refusal NOT_PERMITTED
   */
  public Optional<CertificateBinding> open(Actor actor, AccountId account, ExamId exam) {
    access.require(actor, Operation.SEE_BINDINGS, Subject.ofAccount(account));
    return rows.get(m -> m.open(account, exam));
  }

  /**
   * An account's bindings.
   *
   * @param actor by default the account itself, or the platform
   * @param account whose
   * @param page which part
   * @return in the order in which they were submitted
   * @throws Refusal NOT_PERMITTED
   */
  public Page<CertificateBinding> ofAccount(Actor actor, AccountId account, PageRequest page) {
    access.require(actor, Operation.SEE_BINDINGS, Subject.ofAccount(account));
    return page.of(
        rows.get(m -> m.ofAccount(account, page.afterOrStart(), page.rowsToFetch())),
        binding -> binding.bindingId().value());
  }

  /**
   * The binding that bound a certificate.
   *
   * @param library only from inside other operations
   * @param account to whom
   * @param certificate which
   * @return the binding, or empty if it was not bound by one of this account's
   */
  public Optional<CertificateBinding> thatBound(
      Actor.Library library, AccountId account, CertificateId certificate) {
    return rows.get(m -> m.thatBound(account, certificate));
  }

  /**
   * The rules these bindings follow.
   *
   * @return the policy
   */
  public BindingPolicy policy() {
    return policy;
  }

  private CertificateBinding requireAccess(Actor actor, Operation operation, BindingId id) {
    CertificateBinding binding = find(id);
    access.require(
        actor, operation, Subject.ofAccount(binding.accountId()), CertificateBindings::notFound);
    return binding;
  }

  private CertificateBinding find(BindingId id) {
    return rows.get(m -> m.find(id)).orElseThrow(CertificateBindings::notFound);
  }

  private static Refusal notFound() {
    return new Refusal(Reason.NOT_FOUND, "There is no such binding.");
  }
}
