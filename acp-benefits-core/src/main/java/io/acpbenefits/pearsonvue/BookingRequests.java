package io.acpbenefits.pearsonvue;

import io.acpbenefits.audit.AuditLog;
import io.acpbenefits.common.AccountId;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.BenefitsException;
import io.acpbenefits.common.Operation;
import io.acpbenefits.common.Reason;
import io.acpbenefits.common.Refusal;
import io.acpbenefits.common.Tries;
import io.acpbenefits.erasure.AccountErased;
import io.acpbenefits.exam.ExamId;
import io.acpbenefits.examcode.ExamCodeId;
import io.acpbenefits.idempotency.RequestKey;
import io.acpbenefits.idempotency.RequestKeys;
import io.acpbenefits.internal.Domain;
import io.acpbenefits.internal.Failures;
import io.acpbenefits.internal.Rows;
import io.acpbenefits.pearsonvue.BookingRequestMapper.RequestRow;
import io.acpbenefits.registration.ExamRegistrationId;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What Pearson VUE is asked for, before and after the asking. Whoever asks has a claim, and records
 * what came of it only as long as nobody else has taken it over.
 */
final class BookingRequests {

  private static final String NO_ANSWER = "no answer";

  private final Domain domain;
  private final AuditLog log;
  private final RequestKeys keys;
  private final Tries tries;
  private final Rows<BookingRequestMapper> rows;

  BookingRequests(Domain domain, AuditLog log, RequestKeys keys, Tries tries) {
    domain
        .idType(ExamBookingRequestId.class, ExamBookingRequestId::new)
        .idType(BookingId.class, BookingId::new)
        .idType(SlotId.class, SlotId::new);
    this.domain = domain;
    this.log = log;
    this.keys = keys;
    this.tries = tries;
    this.rows = domain.rows(BookingRequestMapper.class);
    domain.on(AccountErased.class, this::erase);
  }

  /** Somebody else goes on with what was in hand here; what is told then is up to them. */
  static final class Overtaken extends BenefitsException {

    private static final long serialVersionUID = 1L;

    Overtaken() {
      super("Asking Pearson VUE took longer than its claim, and another node has gone on with it.");
    }
  }

  /**
   * Notes what is to be asked for, in the hand of the caller; or finds the same that was asked for
   * before and is open. The account is locked.
   *
   * @throws Refusal DUPLICATE_REQUEST if something else is asked for about this exam
   */
  RequestRow begin(RequestRow asked) {
    RequestRow open = rows.get(m -> m.lockOpen(asked.accountId(), asked.examId())).orElse(null);
    if (open != null) {
      requireSame(asked, open);
      return open;
    }
    rows.one(m -> m.insert(asked));
    log.changed(
        new Actor.Account(asked.accountId()),
        Operation.REQUEST_BOOKING,
        asked.requestId(),
        null,
        asked.state(),
        null);
    return asked;
  }

  private static void requireSame(RequestRow asked, RequestRow open) {
    boolean begun = open.step() == ExamBookingStep.CHECK_OUT;
    boolean same =
        (asked.step() == open.step() || (begun && asked.step() == ExamBookingStep.HOLD_SEAT))
            && asked.payment() == open.payment()
            && Objects.equals(asked.codeId(), open.codeId())
            && Objects.equals(asked.slotId(), open.slotId())
            && (asked.examRegistrationId() == null
                || asked.examRegistrationId().equals(open.examRegistrationId()));
    if (!same) {
      throw Refusal.of(
          Reason.DUPLICATE_REQUEST,
          "Pearson VUE is being asked for something else about exam %s; wait for the answer.",
          open.examId());
    }
  }

  /** The code of a request that is open. */
  Optional<ExamCodeId> openCode(AccountId account, ExamId exam) {
    return rows.get(m -> m.lockOpen(account, exam)).map(RequestRow::codeId);
  }

  /**
   * Whoever is erased should not be booked for any more; a seat that may be held is free again
   * soon. What has come further is finished or undone under the pseudonym.
   */
  private void erase(AccountErased erased) {
    for (RequestRow row : rows.get(m -> m.lockHolding(erased.pseudonym()))) {
      rows.one(
          m ->
              m.end(
                  row.requestId(),
                  ExamBookingRequestState.REFUSED,
                  row.lastFailure(),
                  Reason.NOT_FOUND));
      changed(Operation.REFUSE_BOOKING, row, ExamBookingRequestState.REFUSED);
    }
  }

  /** When a try that begins now is no longer waited for. */
  Instant until(int attempt) {
    return tries.nextWithoutAnswer(domain.now(), attempt);
  }

  /**
   * Takes what is open in hand, due or not, because somebody waits for it.
   *
   * @return in hand; or as it is, if another node has done it by now
   * @throws Refusal DUPLICATE_REQUEST while another node asks; why it was refused, if it was; or
   *     ILLEGAL_STATE if it was given up
   */
  RequestRow take(ExamBookingRequestId id) {
    return domain.inTransaction(
        () -> {
          RequestRow row = rows.get(m -> m.lock(id)).orElseThrow(BookingRequests::unknown);
          if (row.state() == ExamBookingRequestState.DONE) {
            return row;
          }
          if (row.state() == ExamBookingRequestState.REFUSED) {
            throw undone(row);
          }
          Instant next = row.nextAttemptAt();
          boolean asking =
              row.state() == ExamBookingRequestState.ASKING
                  && next != null
                  && domain.now().isBefore(next);
          if (asking) {
            throw new Refusal(
                Reason.DUPLICATE_REQUEST,
                "Pearson VUE is being asked for this at this moment; wait for the answer.");
          }
          ExamBookingRequestState.lifecycle().require(Operation.ASK_PEARSON_VUE, row.state());
          return claim(row);
        });
  }

  /** Takes in hand what has waited longest and is due. */
  Optional<RequestRow> next() {
    return domain.inTransaction(
        () -> {
          while (true) {
            RequestRow due = rows.get(m -> m.lockDue(domain.now())).orElse(null);
            if (due == null) {
              return Optional.empty();
            }
            if (!tries.isLast(due.attempts())) {
              return Optional.of(claim(due));
            }
            giveUp(due, NO_ANSWER);
          }
        });
  }

  private RequestRow claim(RequestRow due) {
    String claim = domain.newId();
    String failure = due.state() == ExamBookingRequestState.ASKING ? NO_ANSWER : due.lastFailure();
    rows.one(m -> m.ask(due.requestId(), claim, until(due.attempts() + 1), failure));
    changed(Operation.ASK_PEARSON_VUE, due, ExamBookingRequestState.ASKING);
    return find(due.requestId());
  }

  /** Goes on to the next step; in the transaction that records what the step before came to. */
  RequestRow advance(
      RequestRow mine,
      ExamBookingStep step,
      @Nullable ExamRegistrationId registration,
      BookingId booking,
      @Nullable Reason refusedFor) {
    requireMine(mine);
    rows.one(m -> m.advance(mine.requestId(), step, until(1), registration, booking, refusedFor));
    return find(mine.requestId());
  }

  /** Both sides agree; in the transaction that records it. */
  void done(RequestRow mine) {
    end(mine, Operation.SETTLE_BOOKING, ExamBookingRequestState.DONE, null);
  }

  /** Neither side has changed; the caller may use the request's key again. */
  void refused(RequestRow mine, Reason reason) {
    domain.run(
        () -> {
          end(mine, Operation.REFUSE_BOOKING, ExamBookingRequestState.REFUSED, reason);
          forgetKey(mine);
        });
  }

  private void end(
      RequestRow mine,
      Operation operation,
      ExamBookingRequestState to,
      @Nullable Reason refusedFor) {
    RequestRow row = requireMine(mine);
    rows.one(m -> m.end(row.requestId(), to, row.lastFailure(), refusedFor));
    changed(operation, row, to);
  }

  private void forgetKey(RequestRow row) {
    String key = row.requestKey();
    if (key != null) {
      keys.release(new Actor.Account(row.accountId()), RequestKey.of(key));
    }
  }

  /** The try was in vain; nothing if another has taken over. */
  void failed(RequestRow mine, Throwable failure) {
    domain.run(
        () ->
            rows.get(m -> m.lock(mine.requestId()))
                .filter(row -> isMine(mine, row))
                .ifPresent(row -> failed(row, Failures.nameOf(failure))));
  }

  private void failed(RequestRow row, String failure) {
    if (tries.isLast(row.attempts())) {
      giveUp(row, failure);
      return;
    }
    Instant next = tries.nextAfterFailure(domain.now(), row.attempts());
    rows.one(m -> m.await(row.requestId(), row.attempts(), next, failure));
    changed(Operation.POSTPONE_BOOKING, row, ExamBookingRequestState.OPEN);
  }

  /**
   * A seat that may have been held has long been free again, so there is nothing to find out about
   * a booking that has come no further, and the candidate may try anew.
   */
  private void giveUp(RequestRow row, String failure) {
    boolean nothingDone = row.step() == ExamBookingStep.HOLD_SEAT;
    ExamBookingRequestState to =
        nothingDone ? ExamBookingRequestState.REFUSED : ExamBookingRequestState.GIVEN_UP;
    rows.one(m -> m.end(row.requestId(), to, failure, row.refusedFor()));
    changed(nothingDone ? Operation.REFUSE_BOOKING : Operation.GIVE_UP_BOOKING, row, to);
    if (nothingDone) {
      forgetKey(row);
    }
  }

  private void changed(Operation operation, RequestRow row, ExamBookingRequestState to) {
    log.changed(Actor.system(), operation, row.requestId(), row.state(), to, null);
  }

  /** Locks it, unless another node has gone on with it meanwhile. */
  RequestRow requireMine(RequestRow mine) {
    return rows.get(m -> m.lock(mine.requestId()))
        .filter(row -> isMine(mine, row))
        .orElseThrow(Overtaken::new);
  }

  private static boolean isMine(RequestRow mine, RequestRow row) {
    return row.claim() != null && row.claim().equals(mine.claim());
  }

  RequestRow find(ExamBookingRequestId id) {
    return rows.get(m -> m.find(id)).orElseThrow(BookingRequests::unknown);
  }

  static Refusal undone(RequestRow row) {
    return new Refusal(
        row.refusedFor() == null ? Reason.ILLEGAL_STATE : row.refusedFor(),
        "This was refused before, and has been undone.");
  }

  static Refusal unknown() {
    return new Refusal(Reason.NOT_FOUND, "There is no such booking request.");
  }
}
