package io.acpbenefits.examrecord;

import io.acpbenefits.audit.AuditLog;
import io.acpbenefits.common.AccountId;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.Reason;
import io.acpbenefits.common.Refusal;
import io.acpbenefits.exam.ExamId;
import io.acpbenefits.exam.Exams;
import io.acpbenefits.examcode.CodeText;
import io.acpbenefits.examcode.CodeUse;
import io.acpbenefits.examcode.ExamCode;
import io.acpbenefits.examcode.ExamCodeId;
import io.acpbenefits.internal.Domain;
import io.acpbenefits.internal.Rows;
import io.acpbenefits.permission.Access;
import io.acpbenefits.registration.ErasedIds;
import io.acpbenefits.registration.ExamRegistration;
import io.acpbenefits.registration.ExamRegistrations;
import io.acpbenefits.registration.IdPair;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The exam records that have arrived; thread-safe.
 *
 * <p>A record is identified by its pair of ids with the exam. An identical repeat changes nothing;
 * one that conflicts is kept as held. A record is taken whatever state partner, code or exam is in.
 *
 * <p>Source: "Pearson's exam data will be updated to Alibaba Cloud within 3 days".
 */
public final class ExamRecords {

  /** What receiving one line came to. */
  public enum Receipt {
    /** New, and it stands. */
    STORED,
    /** Known already, to the letter; nothing was changed. */
    REPEATED,
    /** Conflicts with a record that stands; kept beside it for an operator. */
    HELD
  }

  private final Domain domain;
  private final Exams exams;
  private final CodeUse codes;
  private final ExamRegistrations registrations;
  private final ErasedIds erasedIds;
  private final Rows<ExamRecordMapper> rows;

  /**
   * Called by {@code AcpBenefits}.
   *
   * @param domain what features are built on
   * @param access who may do what
   * @param log where it is recorded
   * @param exams what was sat
   * @param codes what it was paid with
   * @param registrations what was booked
   * @param erasedIds what stands in place of ids that were erased
   */
  public ExamRecords(
      Domain domain,
      Access access,
      AuditLog log,
      Exams exams,
      CodeUse codes,
      ExamRegistrations registrations,
      ErasedIds erasedIds) {
    this.domain = domain.idType(ExamRecordId.class, ExamRecordId::new);
    this.exams = exams;
    this.codes = codes;
    this.registrations = registrations;
    this.erasedIds = erasedIds;
    this.rows = domain.rows(ExamRecordMapper.class);
  }

  /**
   * Takes what a feed has, each line in a transaction of its own: bad lines are reported and set
   * aside, good ones stand.
   *
   * @param actor who asks
   * @param feed the feed
   * @return what came of it
   */
  public FeedReport importFrom(Actor actor, ExamRecordFeed feed) {
    Map<Receipt, Integer> counts = new EnumMap<>(Receipt.class);
    List<FeedReport.Problem> problems = new ArrayList<>();
    feed.forEach(
        row -> {
          if (row instanceof ExamRecordFeed.FeedLine.Parsed parsed) {
            try {
              counts.merge(receive(actor, parsed.line()), 1, Integer::sum);
            } catch (Refusal refusal) {
              problems.add(
                  new FeedReport.Problem(row.number(), String.valueOf(refusal.getMessage())));
            }
          } else if (row instanceof ExamRecordFeed.FeedLine.Unreadable unreadable) {
            problems.add(new FeedReport.Problem(row.number(), unreadable.problem()));
          }
        });
    return new FeedReport(
        counts.getOrDefault(Receipt.STORED, 0),
        counts.getOrDefault(Receipt.REPEATED, 0),
        counts.getOrDefault(Receipt.HELD, 0),
        List.copyOf(problems));
  }

  /**
   * Takes one record. A booking or an exam code that it names is concluded with it; a PASS makes a
   * certificate; a binding that waits for it is completed: all in one transaction.
   *
   * @param actor who asks
   * @param line the record
   * @return what came of it
   * @throws Refusal NOT_FOUND if there is no such exam
   */
  public Receipt receive(Actor actor, ExamRecordLine line) {
    return domain.inTransaction(
        () -> {
          exams.get(Actor.system(), line.examId());
          lockKey(Actor.system(), line.ids(), line.examId());
          Optional<ExamRecord> standing = standing(Actor.system(), line.ids(), line.examId());
          if (standing.isPresent()) {
            return repeat(standing.get(), line);
          }
          Links links = linksOf(line);
          ExamRecord stored = insert(line, ExamRecordState.RECEIVED, links.account());
          domain.publish(
              new ExamRecordReceived(
                  stored.recordId(), stored.examId(), stored.outcome(), links.account()));
          conclude(links, line.outcome() != ExamOutcome.NO_SHOW);
          return Receipt.STORED;
        });
  }

  private Receipt repeat(ExamRecord standing, ExamRecordLine line) {
    if (says(standing, line)
        || rows.get(m -> m.heldBeside(line.ids(), line.examId())).stream()
            .anyMatch(held -> says(held, line))) {
      return Receipt.REPEATED;
    }
    insert(line, ExamRecordState.HELD, null);
    return Receipt.HELD;
  }

  private static boolean says(ExamRecord known, ExamRecordLine line) {
    return known.outcome() == line.outcome()
        && known.takenAt().equals(line.takenAt())
        && Objects.equals(known.score(), line.score());
  }

  private ExamRecord insert(
      ExamRecordLine line, ExamRecordState state, @Nullable AccountId account) {
    ExamRecord stored =
        new ExamRecord(
            ExamRecordId.of(domain.newId()),
            line.ids().candidateId(),
            line.ids().registrationId(),
            line.examId(),
            line.takenAt(),
            line.outcome(),
            line.score(),
            state,
            domain.now(),
            account);
    rows.one(m -> m.insert(stored));
    return stored;
  }

  /** What a record is about, as far as its voucher code or its ids tell. */
  private record Links(
      @Nullable ExamRegistration registration,
      @Nullable ExamCodeId code,
      @Nullable AccountId account) {}

  private Links linksOf(ExamRecordLine line) {
    CodeText voucher = line.voucherCode();
    ExamCode code =
        voucher == null
            ? null
            : codes.byText(voucher).filter(c -> c.examId().equals(line.examId())).orElse(null);
    Optional<ExamRegistration> booked =
        code == null ? Optional.empty() : registrations.scheduledBy(Actor.system(), code.codeId());
    ExamRegistration registration =
        booked
            .or(() -> registrations.scheduledWith(Actor.system(), line.ids(), line.examId()))
            .orElse(null);
    if (registration != null) {
      return new Links(registration, registration.codeId(), registration.accountId());
    }
    return code == null
        ? new Links(null, null, null)
        : new Links(null, code.codeId(), code.holder());
  }

  private void conclude(Links links, boolean sat) {
    if (links.registration() != null) {
      registrations.conclude(Actor.system(), links.registration().examRegistrationId(), sat);
    } else if (links.code() != null && sat) {
      codes.redeem(links.code());
    } else if (links.code() != null) {
      codes.forfeit(links.code());
    }
  }

  /**
   * Says whose exam a record was, once that is known: by a binding.
   *
   * @param library only from inside other operations
   * @param id which record
   * @param account whose
   */
  public void attribute(Actor.Library library, ExamRecordId id, AccountId account) {
    rows.one(m -> m.setAccount(id, account));
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
    domain.run(
        () -> {
          if (rows.get(m -> m.lockKey(ids, exam)).isEmpty()) {
            rows.insertIfMissing(m -> m.insertKey(ids, exam));
            rows.get(m -> m.lockKey(ids, exam));
          }
        });
  }

  /**
   * The record that stands for a pair of ids.
   *
   * @param library only from inside other operations
   * @param ids the pair
   * @param exam the exam
   * @return the record, or empty
   */
  public Optional<ExamRecord> standing(Actor.Library library, IdPair ids, ExamId exam) {
    return rows.get(m -> m.standing(ids, exam))
        // Whoever it was of may have been erased since.
        .or(() -> rows.get(m -> m.standing(erasedIds.of(ids, exam), exam)));
  }

  /**
   * The records that are known to be of one account's exams.
   *
   * @param actor who asks
   * @param account whose
   * @param exam which exam
   * @return in the order of their arrival
   */
  public List<ExamRecord> of(Actor actor, AccountId account, ExamId exam) {
    return rows.get(m -> m.of(account, exam));
  }

  /**
   * The records that conflict with one that stands.
   *
   * @param actor who asks
   * @return in the order of their arrival
   */
  public List<ExamRecord> held(Actor actor) {
    return rows.get(ExamRecordMapper::held);
  }

  /**
   * Gets a record.
   *
   * @param actor who asks
   * @param id which
   * @return the record
   * @throws Refusal NOT_FOUND
   */
  public ExamRecord get(Actor actor, ExamRecordId id) {
    return rows.get(m -> m.find(id))
        .orElseThrow(() -> new Refusal(Reason.NOT_FOUND, "There is no such exam record."));
  }
}
