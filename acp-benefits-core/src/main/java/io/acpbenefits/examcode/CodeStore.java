package io.acpbenefits.examcode;

import io.acpbenefits.common.AccountId;
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

/** Codes as rows: sealed on the way in, opened on the way out, each change told as an event. */
final class CodeStore {

  private final Domain domain;
  private final Rows<ExamCodeMapper> rows;
  private final Vault vault;

  CodeStore(Domain domain, Rows<ExamCodeMapper> rows, Vault vault) {
    this.domain = domain;
    this.rows = rows;
    this.vault = vault;
  }

  ExamCode add(ExamCode code, CodeText text, String reference) {
    String lookup = vault.lookup(text.value());
    if (rows.get(m -> m.findByLookup(lookup)).isPresent()) {
      throw Refusal.of(Reason.ALREADY_EXISTS, "The exam code %s is known already.", text.masked());
    }
    rows.one(
        m ->
            m.insert(
                code,
                reference,
                vault.seal(text.value(), belongsTo(code)),
                lookup,
                vault.lookupKeyId()));
    domain.publish(new ExamCodeChanged(code.codeId(), code.examId(), null, code.state(), null));
    return code;
  }

  /** Writes the new state of a locked code and tells of it. */
  ExamCode move(ExamCode from, ExamCode to) {
    rows.one(m -> m.update(to, domain.now()));
    AccountId concerned = to.holder() != null ? to.holder() : from.holder();
    domain.publish(
        new ExamCodeChanged(to.codeId(), to.examId(), from.state(), to.state(), concerned));
    return to;
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

  Optional<ExamCode> findByText(CodeText text) {
    return rows.get(m -> m.findByLookup(vault.lookup(text.value())));
  }

  ExamCode lock(ExamCodeId id) {
    return rows.get(m -> m.lock(id)).orElseThrow(CodeStore::notFound);
  }

  Optional<ExamCode> lockFree(PartnerId partner, ExamId exam) {
    return rows.get(m -> m.lockFree(partner, exam, domain.now()));
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

  List<ExamCode> assignedIn(OrganizationId organization, AccountId holder) {
    return rows.get(m -> m.assignedIn(organization, holder));
  }

  List<ExamCode> ofPartner(PartnerId partner) {
    return asOfNow(rows.get(m -> m.ofPartner(partner)));
  }

  List<ExamCode> ofApplication(String reference) {
    return asOfNow(rows.get(m -> m.ofApplication(reference)));
  }

  List<ExamCodeId> due() {
    return rows.get(m -> m.due(domain.now()));
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
