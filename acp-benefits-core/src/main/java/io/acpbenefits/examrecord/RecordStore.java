package io.acpbenefits.examrecord;

import io.acpbenefits.audit.AuditLog;
import io.acpbenefits.common.AccountId;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.Operation;
import io.acpbenefits.common.Reason;
import io.acpbenefits.common.Refusal;
import io.acpbenefits.exam.ExamId;
import io.acpbenefits.internal.Domain;
import io.acpbenefits.internal.Rows;
import io.acpbenefits.registration.ErasedIds;
import io.acpbenefits.registration.IdPair;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Records as rows: each change written to the audit and told as an event. */
final class RecordStore {

  private final Domain domain;
  private final AuditLog log;
  private final ErasedIds erasedIds;
  private final Rows<ExamRecordMapper> rows;

  RecordStore(Domain domain, AuditLog log, ErasedIds erasedIds) {
    this.domain = domain.idType(ExamRecordId.class, ExamRecordId::new);
    this.log = log;
    this.erasedIds = erasedIds;
    this.rows = domain.rows(ExamRecordMapper.class);
  }

  Rows<ExamRecordMapper> rows() {
    return rows;
  }

  void lockKey(IdPair ids, ExamId exam) {
    domain.run(
        () -> {
          if (rows.get(m -> m.lockKey(ids, exam)).isEmpty()) {
            rows.insertIfMissing(m -> m.insertKey(ids, exam));
            rows.get(m -> m.lockKey(ids, exam));
          }
        });
  }

  /** The record, behind the lock of its ids. */
  ExamRecord lock(ExamRecordId id) {
    ExamRecord found = find(id);
    lockKey(found.ids(), found.examId());
    return rows.get(m -> m.lock(id)).orElseThrow(RecordStore::notFound);
  }

  ExamRecord find(ExamRecordId id) {
    return rows.get(m -> m.find(id)).orElseThrow(RecordStore::notFound);
  }

  /** Everything that was ever said of a pair of ids; behind the lock of the pair. */
  List<ExamRecord> lockKnown(IdPair ids, ExamId exam) {
    return rows.get(m -> m.lockKnown(ids, exam));
  }

  /** The ids that a line's identity is kept under: what replaced them, if they were erased. */
  IdPair lockIdentity(ExamRecordLine line) {
    lockKey(line.ids(), line.examId());
    IdPair erased = erasedIds.of(line.ids(), line.examId());
    if (rows.get(m -> m.lockKnown(line.ids(), line.examId())).isEmpty()
        && !rows.get(m -> m.known(erased, line.examId())).isEmpty()) {
      lockKey(erased, line.examId());
      return erased;
    }
    return line.ids();
  }

  /** To whom anything that was said of a pair of ids belongs. */
  Stream<AccountId> ownersOf(IdPair ids, ExamId exam) {
    return rows.get(m -> m.known(ids, exam)).stream()
        .map(ExamRecord::accountId)
        .flatMap(Stream::ofNullable);
  }

  Optional<ExamRecord> standing(IdPair ids, ExamId exam) {
    List<ExamRecord> underIds = rows.get(m -> m.known(ids, exam));
    List<ExamRecord> known =
        underIds.isEmpty() ? rows.get(m -> m.known(erasedIds.of(ids, exam), exam)) : underIds;
    boolean inDoubt = known.stream().anyMatch(r -> r.state() == ExamRecordState.HELD);
    return standingOf(known)
        .or(() -> inDoubt ? Optional.empty() : known.stream().reduce((earlier, last) -> last));
  }

  /** All erased records share a Candidate ID, which says nothing. */
  HalfMatch halfMatch(IdPair ids, ExamId exam) {
    if (erasedIds.of(ids, exam).candidateId().equals(ids.candidateId())) {
      return HalfMatch.NONE;
    }
    int halves = rows.get(m -> m.halves(ids, exam));
    return HalfMatch.of((halves & 1) != 0, (halves & 2) != 0);
  }

  /** Once it is known whose exam it was, that holds for all that was said of it. */
  void attribute(ExamRecordId id, AccountId account) {
    domain.run(
        () -> {
          ExamRecord record = find(id);
          rows.one(m -> m.setAccount(id, account));
          attributeAllTo(record.with(ExamRecordState.RECEIVED, account));
        });
  }

  /** What is in doubt tells of itself only. */
  private void attributeAllTo(ExamRecord stands) {
    AccountId account = stands.accountId();
    if (account != null && stands.state() == ExamRecordState.RECEIVED) {
      rows.run(m -> m.setMissingAccount(stands.ids(), stands.examId(), account));
    }
  }

  static Optional<ExamRecord> standingOf(List<ExamRecord> known) {
    return known.stream().filter(r -> r.state() == ExamRecordState.RECEIVED).findFirst();
  }

  ExamRecord add(
      Actor actor,
      ExamRecordLine line,
      ExamRecordState state,
      @Nullable AccountId account,
      RecordLinks.Link link) {
    return add(
        actor,
        new ExamRecord(
            ExamRecordId.of(domain.newId()),
            line.ids().candidateId(),
            line.ids().registrationId(),
            line.examId(),
            line.takenAt(),
            line.outcome(),
            line.score(),
            line.kind(),
            state,
            domain.now(),
            account,
            link.code()));
  }

  private ExamRecord add(Actor actor, ExamRecord row) {
    rows.one(m -> m.insert(row));
    attributeAllTo(row);
    log.changed(actor, Operation.RECEIVE_RECORD, row.recordId(), null, row.state(), null);
    return row;
  }

  /** Lets the standing record say what the line says; what it said before is kept beside it. */
  void amend(
      Actor actor,
      ExamRecord standing,
      ExamRecordLine line,
      @Nullable AccountId account,
      RecordLinks.Link link) {
    add(
        actor,
        new ExamRecord(
            ExamRecordId.of(domain.newId()),
            standing.candidateId(),
            standing.registrationId(),
            standing.examId(),
            standing.takenAt(),
            standing.outcome(),
            standing.score(),
            standing.kind(),
            ExamRecordState.INVALIDATED,
            standing.receivedAt(),
            standing.accountId(),
            standing.codeId()));
    rows.one(
        m ->
            m.update(
                new ExamRecord(
                    standing.recordId(),
                    standing.candidateId(),
                    standing.registrationId(),
                    standing.examId(),
                    line.takenAt(),
                    line.outcome(),
                    line.score(),
                    line.kind(),
                    ExamRecordState.RECEIVED,
                    domain.now(),
                    account,
                    link.code() != null ? link.code() : standing.codeId())));
    log.noted(actor, Operation.RECEIVE_RECORD, standing.recordId(), null);
    domain.publish(
        new ExamRecordAmended(standing.recordId(), standing.examId(), standing.outcome()));
  }

  void received(ExamRecord stands) {
    domain.publish(
        new ExamRecordReceived(
            stands.recordId(), stands.examId(), stands.outcome(), stands.accountId()));
  }

  ExamRecord move(
      Actor actor, Operation operation, ExamRecord from, ExamRecord to, @Nullable String why) {
    rows.one(m -> m.update(to));
    attributeAllTo(to);
    log.changed(actor, operation, to.recordId(), from.state(), to.state(), why);
    if (to.state() == ExamRecordState.RECEIVED) {
      received(to);
    } else {
      domain.publish(new ExamRecordInvalidated(to.recordId(), to.examId(), to.state()));
    }
    return to;
  }

  static Refusal notFound() {
    return new Refusal(Reason.NOT_FOUND, "There is no such exam record.");
  }
}
