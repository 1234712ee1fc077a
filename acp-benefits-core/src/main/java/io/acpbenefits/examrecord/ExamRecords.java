package io.acpbenefits.examrecord;

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
import io.acpbenefits.examcode.CodeUse;
import io.acpbenefits.examrecord.FeedMapper.FeedRow;
import io.acpbenefits.examrecord.FeedMapper.Origin;
import io.acpbenefits.internal.Domain;
import io.acpbenefits.internal.Rows;
import io.acpbenefits.organization.Accounts;
import io.acpbenefits.permission.Access;
import io.acpbenefits.permission.Subject;
import io.acpbenefits.registration.ErasedIds;
import io.acpbenefits.registration.ExamRegistrations;
import io.acpbenefits.registration.IdPair;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * The exam records that have arrived; thread-safe.
 *
 * <p>{@code RECEIVED ⇄ HELD, → INVALIDATED}, see {@link ExamRecordState#lifecycle()}. A record is
 * identified by its pair of ids with the exam; of all that is said of one identity, one record
 * stands at most. A record is taken whatever state partner, code or exam is in. What a line does to
 * what was said before of the same identity:
 *
 * <ul>
 *   <li>RESULT: the first word stands. One that says the same as any earlier one is a repeat and
 *       changes nothing, also when the earlier one was corrected or invalidated since; any other is
 *       held. So a late result never takes the place of a correction or an invalidation by itself.
 *   <li>CORRECTION: stands; whatever stood or was held before is invalidated with it. If only the
 *       score or the time differ, the record that stands keeps its id and what was earned with it,
 *       a bound certificate too, and what it said before is kept as an invalidated record.
 *   <li>INVALIDATION: whatever stands or is held is invalidated. One that comes before any result
 *       is remembered, and the result is held.
 *   <li>A correction or invalidation to the letter of an earlier one that was overtaken since is
 *       held, once: it may be an old file that is read again.
 * </ul>
 *
 * <p>Where the candidate's ids have been erased, what comes later under them is still known to
 * belong to what came before, and is stored without them.
 *
 * <p>What a record has concluded (a booking, an exam code) stays as it is when the record is held,
 * corrected or invalidated later; certificates follow. What follows is told as {@link
 * ExamRecordReceived}, {@link ExamRecordInvalidated} and {@link ExamRecordAmended}.
 *
 * <p>Source: "Pearson's exam data will be updated to Alibaba Cloud within 3 days".
 */
public final class ExamRecords {

  /** What receiving one line came to. */
  public enum Receipt {
    /** The first word of its identity, and it stands. */
    STORED,
    /** Stands in place of what was said before. */
    CORRECTED,
    /** Took away what was said before. */
    INVALIDATED,
    /** Known already, to the letter; nothing was changed. */
    REPEATED,
    /** Contradicts what was said before; kept beside it for an operator. */
    HELD
  }

  private final Domain domain;
  private final Access access;
  private final RecordStore store;
  private final RecordLinks links;
  private final RecordIntake intake;
  private final FeedLines lines;
  private final Rows<ExamRecordMapper> rows;

  /**
   * Called by {@code AcpBenefits}.
   *
   * @param domain what features are built on
   * @param access who may do what
   * @param log where it is recorded
   * @param exams what was sat
   * @param accounts whom records concern
   * @param codes what it was paid with
   * @param registrations what was booked
   * @param erasedIds what stands in place of ids that were erased
   */
  public ExamRecords(
      Domain domain,
      Access access,
      AuditLog log,
      Exams exams,
      Accounts accounts,
      CodeUse codes,
      ExamRegistrations registrations,
      ErasedIds erasedIds) {
    this.domain = domain;
    this.access = access;
    this.store = new RecordStore(domain, log, erasedIds);
    this.links = new RecordLinks(codes, registrations);
    this.intake = new RecordIntake(exams, store, links);
    this.lines = new FeedLines(domain, accounts, intake, store);
    this.rows = store.rows();
  }

  /**
   * Takes what a file has, of any size and holding only a few hundred lines in memory at a time.
   *
   * <p>Lines are taken 200 at a time in one transaction, with the position behind them: bad lines
   * are set aside, good ones stand, and each line counts once whatever happens. A run that ended
   * before its time (a crash, a feed that broke off, a line that failed unexpectedly) is taken up
   * by calling this again with the same name and the file from its beginning: it goes on behind the
   * last line taken. A file that has grown meanwhile is taken on; one that was finished is left
   * alone. Whether the lines taken are still the same is checked by what they say, so columns may
   * change places.
   *
   * <p>Call it outside of any transaction, so that each chunk commits by itself. Two imports of one
   * name at a time do no harm: the one that comes second to a chunk is refused.
   *
   * @param actor by default an operator or the system
   * @param name what the file is called from now on, one name for each file
   * @param feed the file
   * @return what it came to, over all runs
   * @throws Refusal NOT_PERMITTED; INVALID_INPUT if lines that were taken before have changed or
   *     are gone, and then nothing was changed; ILLEGAL_STATE if another import of the name is
   *     under way
   */
  public FeedReport importFrom(Actor actor, FeedName name, ExamRecordFeed feed) {
    access.require(actor, Operation.RECEIVE_RECORD, Subject.PROGRAMME);
    new FeedRun(domain, lines, actor, name).take(feed);
    return new FeedReport(
        lines.rows().get(m -> m.find(name)).orElseThrow().counts(),
        lines.problems(Origin.FILE, name, PageRequest.first(FeedReport.MOST_PROBLEMS)).items());
  }

  /**
   * How far a file has been taken.
   *
   * @param actor by default an operator or the system
   * @param name what it is called
   * @return where its import stands, or empty if none was begun
   * @throws Refusal NOT_PERMITTED
   */
  public Optional<FeedImport> imported(Actor actor, FeedName name) {
    access.require(actor, Operation.SEE_RECORDS, Subject.PROGRAMME);
    return lines.rows().get(m -> m.find(name)).map(FeedRow::told);
  }

  /**
   * How far all files have been taken.
   *
   * @param actor by default an operator or the system
   * @param page which part
   * @return in the order of their names
   * @throws Refusal NOT_PERMITTED
   */
  public Page<FeedImport> imports(Actor actor, PageRequest page) {
    access.require(actor, Operation.SEE_RECORDS, Subject.PROGRAMME);
    Page<FeedRow> found =
        page.of(
            lines.rows().get(m -> m.all(page.afterOrStart(), page.rowsToFetch())),
            row -> row.feedName().value());
    return new Page<>(found.items().stream().map(FeedRow::told).toList(), found.next());
  }

  /**
   * The lines of a file that were set aside.
   *
   * @param actor by default an operator or the system
   * @param name what the file is called
   * @param page which part
   * @return in the file's order
   * @throws Refusal NOT_PERMITTED
   */
  public Page<FeedReport.Problem> problems(Actor actor, FeedName name, PageRequest page) {
    access.require(actor, Operation.SEE_RECORDS, Subject.PROGRAMME);
    return lines.problems(Origin.FILE, name, page);
  }

  /**
   * Takes one line. A booking or an exam code that it names is concluded with it; a PASS makes a
   * certificate; a binding that waits for it is completed: all in one transaction.
   *
   * @param actor by default an operator or the system
   * @param line what is said
   * @return what came of it
   * @throws Refusal NOT_PERMITTED, or NOT_FOUND if there is no such exam
   */
  public Receipt receive(Actor actor, ExamRecordLine line) {
    access.require(actor, Operation.RECEIVE_RECORD, Subject.PROGRAMME);
    return domain.inTransaction(() -> intake.take(actor, line));
  }

  /**
   * Holds a record that stands, for as long as it is in doubt.
   *
   * @param actor by default an operator or the system
   * @param id which record
   * @param why the reason, 1 to 500 characters; it goes to the audit
   * @return the record
   * @throws Refusal NOT_PERMITTED, NOT_FOUND, INVALID_INPUT, or ILLEGAL_STATE unless it stands
   */
  public ExamRecord hold(Actor actor, ExamRecordId id, String why) {
    return move(actor, Operation.HOLD_RECORD, id, ExamRecordState.HELD, why);
  }

  /**
   * Takes a record's word away for good, whether it stands or is held.
   *
   * @param actor by default an operator or the system
   * @param id which record
   * @param why the reason, 1 to 500 characters; it goes to the audit
   * @return the record
   * @throws Refusal NOT_PERMITTED, NOT_FOUND, INVALID_INPUT, or ILLEGAL_STATE if it is invalidated
   */
  public ExamRecord invalidate(Actor actor, ExamRecordId id, String why) {
    return move(actor, Operation.INVALIDATE_RECORD, id, ExamRecordState.INVALIDATED, why);
  }

  private ExamRecord move(
      Actor actor, Operation operation, ExamRecordId id, ExamRecordState to, String why) {
    return domain.inTransaction(
        () -> {
          ExamRecord record = lock(actor, operation, id);
          String reason = Audit.requireWhy(why);
          return store.move(actor, operation, record, record.with(to, record.accountId()), reason);
        });
  }

  /**
   * Lets a held record stand. What it says then has the consequences of a record that has just
   * arrived.
   *
   * @param actor by default an operator or the system
   * @param id which record
   * @param why the reason, 1 to 500 characters; it goes to the audit
   * @return the record
   * @throws Refusal NOT_PERMITTED, NOT_FOUND, INVALID_INPUT, or ILLEGAL_STATE if it is not held, if
   *     another record stands for its ids, or if it is the word that there is no result
   */
  public ExamRecord release(Actor actor, ExamRecordId id, String why) {
    return letStand(actor, id, why, false);
  }

  /**
   * Lets a held record stand in place of the one that stands, if one does, which is invalidated
   * with it. Whatever was earned with that one is lost, also where only the score differs: to keep
   * it, invalidate the held one.
   *
   * @param actor by default an operator or the system
   * @param id which record
   * @param why the reason, 1 to 500 characters; it goes to the audit
   * @return the record
   * @throws Refusal NOT_PERMITTED, NOT_FOUND, INVALID_INPUT, or ILLEGAL_STATE if it is not held, or
   *     if it is the word that there is no result
   */
  public ExamRecord standInstead(Actor actor, ExamRecordId id, String why) {
    access.require(actor, Operation.INVALIDATE_RECORD, Subject.PROGRAMME);
    return letStand(actor, id, why, true);
  }

  private ExamRecord letStand(Actor actor, ExamRecordId id, String why, boolean instead) {
    return domain.inTransaction(
        () -> {
          ExamRecord held = lock(actor, Operation.RELEASE_RECORD, id);
          String reason = Audit.requireWhy(why);
          if (held.kind() == ExamRecordKind.INVALIDATION) {
            throw new Refusal(
                Reason.ILLEGAL_STATE,
                "The record is HELD and says that there is no result, so it cannot stand; to follow"
                    + " it, invalidate the record that stands, and this one.");
          }
          Optional<ExamRecord> standing =
              RecordStore.standingOf(store.lockKnown(held.ids(), held.examId()));
          if (standing.isPresent() && !instead) {
            throw new Refusal(
                Reason.ILLEGAL_STATE,
                "The record is HELD, and another one stands for the same ids; hold or invalidate"
                    + " that one first, or let this one stand instead.");
          }
          standing.ifPresent(
              other ->
                  store.move(
                      actor,
                      Operation.INVALIDATE_RECORD,
                      other,
                      other.with(ExamRecordState.INVALIDATED, other.accountId()),
                      reason));
          return stand(actor, held, standing, reason);
        });
  }

  private ExamRecord stand(
      Actor actor, ExamRecord held, Optional<ExamRecord> before, String reason) {
    RecordLinks.Link link = links.of(held);
    AccountId account =
        Optional.ofNullable(held.accountId())
            .or(() -> Optional.ofNullable(link.account()))
            .or(() -> before.map(ExamRecord::accountId))
            .orElse(null);
    ExamRecord stands =
        store.move(
            actor,
            Operation.RELEASE_RECORD,
            held,
            held.with(ExamRecordState.RECEIVED, account),
            reason);
    links.conclude(link, held.outcome());
    return stands;
  }

  private ExamRecord lock(Actor actor, Operation operation, ExamRecordId id) {
    require(actor, operation, store.find(id));
    ExamRecord record = store.lock(id);
    ExamRecordState.lifecycle().require(operation, record.state());
    return record;
  }

  private void require(Actor actor, Operation operation, ExamRecord record) {
    access.require(
        actor, operation, Subject.PROGRAMME.concerning(record.accountId()), RecordStore::notFound);
  }

  /**
   * Says whose exam a record was, once that is known: by a binding.
   *
   * @param library only from inside other operations
   * @param id which record
   * @param account whose
   */
  public void attribute(Actor.Library library, ExamRecordId id, AccountId account) {
    store.attribute(id, account);
  }

  /**
   * Tells who waits for records: asked before several are taken in one transaction, so that all
   * whom they concern are locked in one order.
   *
   * @param library only the library itself
   * @param waiting finds the accounts that wait for a record of a pair of ids, which is locked, and
   *     an exam
   */
  public void awaitedBy(
      Actor.Library library, BiFunction<IdPair, ExamId, List<AccountId>> waiting) {
    intake.awaitedBy(waiting);
  }

  /**
   * Locks a pair of ids with its exam until the transaction ends: both a record that arrives and a
   * binding that looks for it begin with this, so that neither misses the other.
   *
   * @param library only from inside other operations
   * @param ids the pair
   * @param exam the exam
   */
  public void lockKey(Actor.Library library, IdPair ids, ExamId exam) {
    store.lockKey(ids, exam);
  }

  /**
   * What is known of a pair of ids: the record that stands. Where none does and nothing is held,
   * the last one that was invalidated.
   *
   * @param library only from inside other operations
   * @param ids the pair
   * @param exam the exam
   * @return the record, RECEIVED or INVALIDATED; empty if none has come or it is in doubt
   */
  public Optional<ExamRecord> standing(Actor.Library library, IdPair ids, ExamId exam) {
    return store.standing(ids, exam);
  }

  /**
   * Whether one id of a pair stands in the record of another pair. Says nothing else of that
   * record, and nothing of the pair itself.
   *
   * @param library only from inside other operations
   * @param ids the pair
   * @param exam the exam
   * @return which of the ids; NONE for ids that were erased
   */
  public HalfMatch halfMatch(Actor.Library library, IdPair ids, ExamId exam) {
    return store.halfMatch(ids, exam);
  }

  /**
   * Everything that was said of the identity of a record, itself too.
   *
   * @param actor by default an operator or the system
   * @param id which record
   * @return in the order of its arrival
   * @throws Refusal NOT_FOUND, NOT_PERMITTED
   */
  public List<ExamRecord> history(Actor actor, ExamRecordId id) {
    ExamRecord record = get(actor, id);
    return rows.get(m -> m.known(record.ids(), record.examId()));
  }

  /**
   * The records that stand and are known to be of one account's exams.
   *
   * @param actor by default an operator or the system
   * @param account whose
   * @param exam which exam
   * @return in the order of their arrival
   * @throws Refusal NOT_PERMITTED
   */
  public List<ExamRecord> of(Actor actor, AccountId account, ExamId exam) {
    access.require(actor, Operation.SEE_RECORDS, Subject.ofAccount(account));
    return rows.get(m -> m.of(account, exam));
  }

  /**
   * The records that are held and wait for an operator.
   *
   * @param actor by default an operator or the system
   * @param page which part
   * @return in the order of their arrival
   * @throws Refusal NOT_PERMITTED
   */
  public Page<ExamRecord> held(Actor actor, PageRequest page) {
    access.require(actor, Operation.SEE_RECORDS, Subject.PROGRAMME);
    return page.of(
        rows.get(m -> m.held(page.afterOrStart(), page.rowsToFetch())),
        record -> record.recordId().value());
  }

  /**
   * Gets a record.
   *
   * @param actor by default an operator or the system
   * @param id which
   * @return the record
   * @throws Refusal NOT_FOUND, also if it is not the actor's to see, or NOT_PERMITTED for the
   *     person concerned and colleagues
   */
  public ExamRecord get(Actor actor, ExamRecordId id) {
    ExamRecord record = store.find(id);
    require(actor, Operation.SEE_RECORDS, record);
    return record;
  }

  FeedLines lines() {
    return lines;
  }
}
