package io.acpbenefits.examcode;

import io.acpbenefits.audit.AuditLog;
import io.acpbenefits.common.AccountId;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.Operation;
import io.acpbenefits.common.PageRequest;
import io.acpbenefits.common.Reason;
import io.acpbenefits.common.Refusal;
import io.acpbenefits.exam.ExamId;
import io.acpbenefits.internal.Domain;
import io.acpbenefits.internal.Rows;
import io.acpbenefits.organization.OrganizationId;
import io.acpbenefits.partner.PartnerId;
import io.acpbenefits.secret.Vault;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Codes as rows: sealed on the way in, opened on the way out, each change recorded and told as an
 * event.
 */
final class CodeStore {

  private final Domain domain;
  private final AuditLog log;
  private final Rows<ExamCodeMapper> rows;
  private final Vault vault;

  CodeStore(Domain domain, AuditLog log, Rows<ExamCodeMapper> rows, Vault vault) {
    this.domain = domain;
    this.log = log;
    this.rows = rows;
    this.vault = vault;
  }

  ExamCode add(
      Actor actor, Operation operation, ExamCode code, CodeText text, @Nullable String reference) {
    requireUnknown(text);
    rows.one(
        m ->
            m.insert(
                code,
                reference,
                vault.seal(text.value(), belongsTo(code)),
                vault.lookup(text.value()),
                vault.lookupKeyId()));
    log.changed(actor, operation, code.codeId(), null, code.state(), null);
    domain.publish(new ExamCodeChanged(code.codeId(), code.examId(), null, code.state(), null));
    return code;
  }

  /** Whose a known code is, is nobody's business: the sentence is the same for one's own. */
  void requireUnknown(CodeText text) {
    if (findByText(text).isPresent()) {
      throw known(text);
    }
  }

  static Refusal known(CodeText text) {
    return Refusal.of(Reason.ALREADY_EXISTS, "The exam code %s is known already.", text.masked());
  }

  /** Writes the new state of a locked code, records who led it there, and tells of it. */
  ExamCode move(
      Actor actor, Operation operation, ExamCode from, ExamCode to, @Nullable String why) {
    rows.one(m -> m.update(to, domain.now()));
    log.changed(actor, operation, to.codeId(), from.state(), to.state(), why);
    AccountId concerned = to.holder() != null ? to.holder() : from.holder();
    domain.publish(
        new ExamCodeChanged(to.codeId(), to.examId(), from.state(), to.state(), concerned));
    return to;
  }

  /** Writes what is no change of state, and is told otherwise. */
  void note(ExamCode code) {
    rows.one(m -> m.update(code, domain.now()));
  }

  /** Lets no open code of an exam live longer than that; ends are no state, so none is told. */
  void endBy(ExamId exam, Instant end) {
    rows.get(m -> m.endBy(exam, end, domain.now()));
  }

  /**
   * Refuses an operation that the code does not allow as it stands now.
   *
   * @throws Refusal CODE_EXPIRED if its life is what stands in the way, else ILLEGAL_STATE
   */
  void require(Operation operation, ExamCode code) {
    ExamCode now = code.at(domain.now());
    if (now.state() == ExamCodeState.EXPIRED) {
      throw expired(now);
    }
    ExamCodeState.lifecycle().require(operation, now.state());
  }

  /** Refuses if the code's life is over, whatever became of it. */
  void requireAlive(ExamCode code) {
    if (code.isOver(domain.now())) {
      throw expired(code);
    }
  }

  private static Refusal expired(ExamCode code) {
    return Refusal.of(
        Reason.CODE_EXPIRED,
        "The exam code is %s and its life ended at %s.",
        code.state(),
        code.expiresAt());
  }

  CodeText reveal(ExamCode code) {
    return new CodeText(vault.open(rows.get(m -> m.secret(code.codeId())), belongsTo(code)));
  }

  private static String belongsTo(ExamCode code) {
    return "code:" + code.codeId() + ":" + code.organizationId();
  }

  ExamCode find(ExamCodeId id) {
    return rows.get(m -> m.find(id)).orElseThrow(CodeStore::notFound);
  }

  ExamCode now(ExamCodeId id) {
    return find(id).at(domain.now());
  }

  Optional<ExamCode> findByText(CodeText text) {
    return rows.get(m -> m.findByLookup(vault.lookup(text.value())));
  }

  ExamCode lock(ExamCodeId id) {
    return rows.get(m -> m.lock(id)).orElseThrow(CodeStore::notFound);
  }

  /**
   * A free code, past those that others are just taking. Only if there is none these are waited
   * for: who takes them may give them back, and then there was one all the time.
   */
  Optional<ExamCode> lockFree(PartnerId partner, ExamId exam) {
    Instant now = domain.now();
    return rows.get(m -> m.claimFree(partner, exam, now))
        .or(() -> rows.get(m -> m.lockFree(partner, exam, now)));
  }

  /** The code that would be assigned if that many were taken before. */
  Optional<ExamCode> nextFree(PartnerId partner, ExamId exam, int skip) {
    return rows.get(m -> m.nextFree(partner, exam, domain.now(), skip));
  }

  List<ExamCode> openOf(AccountId holder) {
    return asOfNow(rows.get(m -> m.openOf(holder))).stream()
        .filter(code -> code.state() != ExamCodeState.EXPIRED)
        .toList();
  }

  /** Codes that are stored as held by the account although their life is over. */
  List<ExamCodeId> expired(AccountId holder) {
    return asOfNow(rows.get(m -> m.openOf(holder))).stream()
        .filter(code -> code.state() == ExamCodeState.EXPIRED)
        .map(ExamCode::codeId)
        .toList();
  }

  List<ExamCode> heldIn(OrganizationId organization, AccountId holder, ExamCodeState state) {
    return rows.get(m -> m.heldIn(organization, holder, state));
  }

  List<ExamCode> ofHolder(AccountId holder, PageRequest page) {
    return asOfNow(rows.get(m -> m.ofHolder(holder, page.afterOrStart(), page.rowsToFetch())));
  }

  List<ExamCode> ofPartner(PartnerId partner, CodeFilter filter, PageRequest page) {
    return asOfNow(
        rows.get(
            m -> m.page(partner, filter, domain.now(), page.afterOrStart(), page.rowsToFetch())));
  }

  List<ExamCode> toDecide(PartnerId partner, PageRequest page) {
    return rows.get(
        m -> m.toDecide(partner, domain.now(), page.afterOrStart(), page.rowsToFetch()));
  }

  List<ExamCodeId> openOfPartner(PartnerId partner) {
    return rows.get(m -> m.openOfPartner(partner));
  }

  List<ExamCode> ofApplication(String reference) {
    return asOfNow(rows.get(m -> m.ofApplication(reference)));
  }

  Optional<String> reference(ExamCodeId id) {
    return rows.get(m -> m.reference(id));
  }

  List<ExamCodeId> due(String last, int size) {
    return rows.get(m -> m.due(domain.now(), last, size));
  }

  Optional<Instant> nextDue() {
    return rows.get(ExamCodeMapper::nextDue);
  }

  private List<ExamCode> asOfNow(List<ExamCode> codes) {
    return codes.stream().map(code -> code.at(domain.now())).toList();
  }

  static Refusal notFound() {
    return new Refusal(Reason.NOT_FOUND, "There is no such exam code.");
  }
}
