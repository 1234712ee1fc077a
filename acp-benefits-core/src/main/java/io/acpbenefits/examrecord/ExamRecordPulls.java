package io.acpbenefits.examrecord;

import io.acpbenefits.common.Actor;
import io.acpbenefits.common.BenefitsException;
import io.acpbenefits.common.Operation;
import io.acpbenefits.common.Page;
import io.acpbenefits.common.PageRequest;
import io.acpbenefits.common.Reason;
import io.acpbenefits.common.Refusal;
import io.acpbenefits.examrecord.FeedMapper.Origin;
import io.acpbenefits.examrecord.PullMapper.PullRow;
import io.acpbenefits.internal.Domain;
import io.acpbenefits.internal.Failures;
import io.acpbenefits.internal.Rows;
import io.acpbenefits.permission.Access;
import io.acpbenefits.permission.Subject;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Pulls exam records from the source that a host plugged in; thread-safe.
 *
 * <p>The source is asked outside of any transaction; each batch is stored, and the cursor moved, in
 * one transaction. Several nodes may share one database: a claim with an end in time lets one of
 * them pull, and another go on if that one is not heard of. A failure backs off, longer each time,
 * and leaves the cursor where it was; a success begins anew. Lines that are refused are set aside.
 *
 * <p>It refuses to run inside a transaction of yours: nothing would be committed before its end,
 * and the source be waited for with the transaction open.
 */
public final class ExamRecordPulls {

  private static final int MOST_CHARACTERS_OF_A_CURSOR = 500;

  private final Domain domain;
  private final Access access;
  private final FeedLines lines;
  private final FeedName name;
  private final ExamRecordSource source;
  private final PullPolicy policy;
  private final Rows<PullMapper> rows;

  /**
   * Called by {@code AcpBenefits}.
   *
   * @param domain what features are built on
   * @param access who may do what
   * @param records take the lines
   * @param name what the source is called
   * @param source where records come from
   * @param policy the rules
   */
  public ExamRecordPulls(
      Domain domain,
      Access access,
      ExamRecords records,
      FeedName name,
      ExamRecordSource source,
      PullPolicy policy) {
    this.domain = domain;
    this.access = access;
    this.lines = records.lines();
    this.name = name;
    this.source = source;
    this.policy = policy;
    this.rows = domain.rows(PullMapper.class);
  }

  /**
   * Pulls now, whether or not it is due, until the source has nothing new.
   *
   * @param actor by default an operator or the system
   * @return what this pull's lines came to
   * @throws Refusal NOT_PERMITTED, or ILLEGAL_STATE if somebody else is pulling
   * @throws IllegalStateException inside a transaction
   * @throws RuntimeException what the source or the database throws, after it was noted; what came
   *     before it stands
   */
  public FeedCounts pull(Actor actor) {
    domain.requireNoTransaction("Pulling exam records");
    access.require(actor, Operation.RECEIVE_RECORD, Subject.PROGRAMME);
    PullRow claimed =
        claim(false)
            .orElseThrow(
                () ->
                    Refusal.of(
                        Reason.ILLEGAL_STATE,
                        "Exam records of %s are being pulled already; see its state.",
                        name));
    return pull(actor, claimed);
  }

  /**
   * Pulls if it is due and nobody else does; to be called now and then by the host, or by the
   * engine.
   *
   * @param actor by default an operator or the system
   * @return what this pull's lines came to, or empty if there was nothing to do
   * @throws Refusal NOT_PERMITTED
   * @throws IllegalStateException inside a transaction
   * @throws RuntimeException what the source or the database throws, after it was noted; what came
   *     before it stands
   */
  public Optional<FeedCounts> pullIfDue(Actor actor) {
    domain.requireNoTransaction("Pulling exam records");
    access.require(actor, Operation.RECEIVE_RECORD, Subject.PROGRAMME);
    return claim(true).map(claimed -> pull(actor, claimed));
  }

  /** The row as it stands for whoever may pull; empty if another does, or it is not due. */
  private Optional<PullRow> claim(boolean onlyIfDue) {
    return domain.inTransaction(
        () -> {
          Instant now = domain.now();
          PullRow row = lockOrMake(now);
          if (row.isClaimed(now) || (onlyIfDue && now.isBefore(row.told(now).nextAttemptAt()))) {
            return Optional.empty();
          }
          rows.one(m -> m.claim(name, domain.newId(), now.plus(policy.claim())));
          return rows.get(m -> m.lock(name));
        });
  }

  private PullRow lockOrMake(Instant now) {
    Optional<PullRow> row = rows.get(m -> m.lock(name));
    if (row.isPresent()) {
      return row.get();
    }
    rows.insertIfMissing(m -> m.insert(name, now));
    return rows.get(m -> m.lock(name)).orElseThrow();
  }

  private FeedCounts pull(Actor actor, PullRow claimed) {
    String claim = String.valueOf(claimed.claim());
    try {
      FeedCounts counts = pullAll(actor, claim, claimed.position());
      Instant now = domain.now();
      if (set(m -> m.succeeded(name, claim, now, now.plus(policy.pause()))) == 0) {
        throw lostClaim();
      }
      return counts;
    } catch (RuntimeException | Error failure) {
      note(failure, claim, claimed.failures() + 1);
      throw failure;
    }
  }

  private FeedCounts pullAll(Actor actor, String claim, @Nullable String from) {
    FeedCounts counts = FeedCounts.NONE;
    String cursor = from;
    while (true) {
      ExamRecordSource.Batch batch = source.next(cursor, policy.batch());
      requireUsable(batch, cursor);
      counts = counts.plus(store(actor, claim, batch));
      if (batch.lines().isEmpty()) {
        return counts;
      }
      cursor = batch.cursor();
    }
  }

  private void requireUsable(ExamRecordSource.Batch batch, @Nullable String before) {
    String cursor = batch.cursor();
    if (cursor != null && cursor.length() > MOST_CHARACTERS_OF_A_CURSOR) {
      throw new BenefitsException(
          "The source %s has a cursor of %d characters; it may have %d."
              .formatted(name, cursor.length(), MOST_CHARACTERS_OF_A_CURSOR));
    }
    boolean moved = cursor != null && !cursor.equals(before);
    if (!batch.lines().isEmpty() && !moved) {
      throw new BenefitsException(
          "The source %s has handed over lines without moving its cursor.".formatted(name));
    }
  }

  private FeedCounts store(Actor actor, String claim, ExamRecordSource.Batch batch) {
    return domain.inTransaction(
        () -> {
          PullRow row =
              rows.get(m -> m.lock(name))
                  .filter(r -> claim.equals(r.claim()))
                  .orElseThrow(this::lostClaim);
          FeedCounts counts = lines.take(actor, Origin.PULL, name, row.linesTaken(), batch.lines());
          // A source that has nothing new may leave its cursor out.
          String position = batch.cursor() != null ? batch.cursor() : row.position();
          rows.one(
              m -> m.advance(name, claim, position, counts, domain.now().plus(policy.claim())));
          return counts;
        });
  }

  private BenefitsException lostClaim() {
    return new BenefitsException(
        "Pulling %s took longer than its claim, and another node has gone on with it; the batch"
                .formatted(name)
            + " was not stored here.");
  }

  private void note(Throwable failure, String claim, int failures) {
    try {
      Instant now = domain.now();
      Instant next = now.plus(policy.retryAfter(failures));
      set(m -> m.failed(name, claim, failures, Failures.nameOf(failure), now, next));
    } catch (RuntimeException e) {
      failure.addSuppressed(e);
    }
  }

  private int set(Function<PullMapper, Integer> statement) {
    return domain.inTransaction(() -> rows.get(statement));
  }

  /**
   * Where the source stands.
   *
   * @param actor by default an operator or the system
   * @return what is going on, as of now
   * @throws Refusal NOT_PERMITTED
   */
  public PullState state(Actor actor) {
    access.require(actor, Operation.SEE_RECORDS, Subject.PROGRAMME);
    return state();
  }

  private PullState state() {
    Instant now = domain.now();
    return rows.get(m -> m.find(name))
        .map(row -> row.told(now))
        .orElseGet(
            () ->
                new PullState(
                    name, PullPhase.IDLE, null, FeedCounts.NONE, now, null, null, null, 0));
  }

  /**
   * The lines that were set aside.
   *
   * @param actor by default an operator or the system
   * @param page which part
   * @return in the order in which they came, with their places in their batches
   * @throws Refusal NOT_PERMITTED
   */
  public Page<FeedReport.Problem> problems(Actor actor, PageRequest page) {
    access.require(actor, Operation.SEE_RECORDS, Subject.PROGRAMME);
    return lines.problems(Origin.PULL, name, page);
  }

  /**
   * When {@link #pullIfDue} has something to do next.
   *
   * @return the instant, perhaps past
   */
  public Instant nextDue() {
    return state().nextAttemptAt();
  }

  /**
   * The rules of pulling.
   *
   * @return the policy
   */
  public PullPolicy policy() {
    return policy;
  }
}
