package io.acpbenefits.certificate;

import io.acpbenefits.audit.Audit;
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
import io.acpbenefits.examrecord.ExamRecordReceived;
import io.acpbenefits.examrecord.ExamRecords;
import io.acpbenefits.internal.Domain;
import io.acpbenefits.internal.DueRows;
import io.acpbenefits.internal.Rows;
import io.acpbenefits.organization.Accounts;
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
  private final Exams exams;
  private final ExamRecords records;
  private final KnownResults results;
  private final BindingPolicy policy;
  private final BindingExplainer explainer;
  private final BindingStore store;
  private final Matching matching;
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
    this.domain = domain;
    this.access = access;
    this.exams = exams;
    this.records = records;
    this.results = new KnownResults(records, certificates);
    this.policy = policy;
    this.explainer = new BindingExplainer(records, results, policy);
    this.store = new BindingStore(domain, log, accounts, records);
    this.rows = store.rows;
    this.matching =
        new Matching(
            domain,
            accounts,
            organizations,
            records,
            certificates,
            results,
            sittings,
            policy,
            store);
    domain.on(ExamRecordReceived.class, matching::complete);
    records.awaitedBy(
        Actor.system(),
        (ids, exam) ->
            rows.get(m -> m.openWith(ids, exam)).stream()
                .map(CertificateBinding::accountId)
                .toList());
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
          store.lock(ids, exam, actor.id());
          Optional<CertificateBinding> open = rows.get(m -> m.lockOpen(actor.id(), exam));
          Optional<Certificate> earned = results.earned(ids, exam);
          if (earned.isPresent()) {
            Certificate certificate = earned.get();
            if (actor.is(certificate.accountId())) {
              return rows.get(m -> m.ofCertificate(certificate.certificateId())).orElseThrow();
            }
            KnownResults.requireUnbound(certificate);
            return open.isPresent()
                ? matching.bindBy(
                    actor, Operation.SUBMIT_BINDING, open.get(), ids, certificate, null)
                : matching.bind(matching.begin(actor, exam, ids), ids, certificate, null);
          }
          if (open.isEmpty()) {
            CertificateBinding waiting = matching.begin(actor, exam, ids);
            store.note(
                Actor.system(), Operation.MATCH_BINDING, waiting, BindingState.SUBMITTED, null);
            store.publish(waiting, null);
            return waiting;
          }
          return open.get().ids().equals(ids)
              ? open.get()
              : matching.await(actor, Operation.SUBMIT_BINDING, open.get(), ids, null);
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
    return corrected(actor, id, ids, null);
  }

  /**
   * Corrects the ids of a binding whose ids are to be checked, saying why.
   *
   * @param actor whose binding it is
   * @param id which binding
   * @param ids the corrected ids
   * @param why the reason, 1 to 500 characters, without personal data; it goes to the audit
   * @return the binding: bound, or waiting for the record
   * @throws Refusal as {@link #correct(Actor.Account, BindingId, IdPair)} does, and INVALID_INPUT
   */
  public CertificateBinding correct(Actor.Account actor, BindingId id, IdPair ids, String why) {
    return corrected(actor, id, ids, Audit.requireWhy(why));
  }

  private CertificateBinding corrected(
      Actor.Account actor, BindingId id, IdPair ids, @Nullable String why) {
    CertificateBinding read = requireAccess(actor, Operation.CORRECT_BINDING, id);
    ExamId exam = read.examId();
    return domain.inTransaction(
        () -> {
          store.lock(ids, exam, read.accountId());
          CertificateBinding binding = store.lockRow(id);
          BindingState.lifecycle().require(Operation.CORRECT_BINDING, binding.state());
          Optional<Certificate> earned = results.earned(ids, exam);
          earned.ifPresent(KnownResults::requireUnbound);
          return earned
              .map(
                  found ->
                      matching.bindBy(actor, Operation.CORRECT_BINDING, binding, ids, found, why))
              .orElseGet(() -> matching.await(actor, Operation.CORRECT_BINDING, binding, ids, why));
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
    givenUp(actor, id, null);
  }

  /**
   * Gives a binding up whose ids are to be checked, saying why.
   *
   * @param actor whose binding it is, or the platform
   * @param id which binding
   * @param why the reason, 1 to 500 characters, without personal data; it goes to the audit
   * @throws Refusal as {@link #giveUp(Actor, BindingId)} does, and INVALID_INPUT
   */
  public void giveUp(Actor actor, BindingId id, String why) {
    givenUp(actor, id, Audit.requireWhy(why));
  }

  private void givenUp(Actor actor, BindingId id, @Nullable String why) {
    requireAccess(actor, Operation.GIVE_UP_BINDING, id);
    domain.run(
        () -> {
          CertificateBinding binding = store.lock(id);
          BindingState.lifecycle().require(Operation.GIVE_UP_BINDING, binding.state());
          store.move(actor, Operation.GIVE_UP_BINDING, binding, binding.failed(), why);
        });
  }

  /**
   * Locks what bindings of an account for an exam are about, in the order in which everything is
   * locked: the pairs of ids that it has submitted or that are known to be its own, then the
   * account. For whoever looks where the account stands and may then go on to {@link #match}.
   *
   * @param library only from inside other operations
   * @param account whose
   * @param exam for which exam
   */
  public void lock(Actor.Library library, AccountId account, ExamId exam) {
    domain.run(() -> store.lock(account, exam));
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
          CertificateBinding binding = store.lock(id);
          return binding.isOpen()
              ? records
                  .standing(Actor.system(), binding.ids(), binding.examId())
                  .map(record -> matching.settle(binding, record))
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
            return store.move(
                Actor.system(),
                Operation.MATCH_BINDING,
                binding,
                binding.awaiting(binding.ids(), now.plus(policy.tryAgainAfter()), tries),
                null);
          }
          boolean swapped = results.areSwapped(binding.ids(), binding.examId());
          return matching.toCheck(binding, swapped ? Reason.IDS_SWAPPED : Reason.RESULT_NOT_FOUND);
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
          CertificateBinding binding = store.lock(id);
          Instant since = binding.checkIdsSince();
          boolean due =
              binding.state() == BindingState.CHECK_IDS
                  && since != null
                  && !domain.now().isBefore(since.plus(policy.checkIds()));
          return due
              ? store.move(Actor.system(), Operation.LAPSE_BINDING, binding, binding.failed(), null)
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
    CertificateBinding before = store.lock(id);
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
    CertificateBinding binding = store.find(id);
    access.require(
        actor, operation, Subject.ofAccount(binding.accountId()), BindingStore::notFound);
    return binding;
  }
}
