package io.acpbenefits.pearsonvue;

import io.acpbenefits.audit.Audit;
import io.acpbenefits.audit.AuditLog;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.Operation;
import io.acpbenefits.common.Page;
import io.acpbenefits.common.PageRequest;
import io.acpbenefits.common.Refusal;
import io.acpbenefits.internal.Domain;
import io.acpbenefits.internal.Failures;
import io.acpbenefits.internal.Rows;
import io.acpbenefits.organization.Accounts;
import io.acpbenefits.pearsonvue.BookingRequestMapper.RequestRow;
import io.acpbenefits.permission.Access;
import io.acpbenefits.permission.Subject;
import io.acpbenefits.registration.ExamRegistrations;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What Pearson VUE is asked for, from before the first call until both sides agree or neither has
 * changed; thread-safe. What a process leaves behind that dies, or that got no answer, is asked for
 * again here with the same keys.
 */
public final class ExamBookingRequests {

  private static final Logger LOG = LoggerFactory.getLogger(ExamBookingRequests.class);
  private static final int MOST_AT_ONCE = 1000;

  private final Domain domain;
  private final Access access;
  private final AuditLog log;
  private final Accounts accounts;
  private final ExamRegistrations registrations;
  private final BookingRequests requests;
  private final Asking asking;
  private final Rows<BookingRequestMapper> rows;

  ExamBookingRequests(
      Domain domain,
      Access access,
      AuditLog log,
      Accounts accounts,
      ExamRegistrations registrations,
      BookingRequests requests,
      Asking asking) {
    this.domain = domain;
    this.access = access;
    this.log = log;
    this.accounts = accounts;
    this.registrations = registrations;
    this.requests = requests;
    this.asking = asking;
    this.rows = domain.rows(BookingRequestMapper.class);
  }

  /**
   * Goes on with what is due. To be called every few seconds, as {@code AcpBenefits.runPortCalls}
   * does; several nodes may at the same time.
   *
   * @param system the library
   * @return how many came to their end, at most {@value #MOST_AT_ONCE} are tried at once
   * @throws IllegalStateException inside a transaction
   */
  public int resume(Actor.Library system) {
    domain.requireNoTransaction("Going on with what Pearson VUE is asked for");
    int ended = 0;
    for (int tried = 0; tried < MOST_AT_ONCE; tried++) {
      Optional<RequestRow> mine = requests.next();
      if (mine.isEmpty()) {
        break;
      }
      if (resume(mine.get())) {
        ended++;
      }
    }
    return ended;
  }

  private boolean resume(RequestRow mine) {
    try {
      asking.finish(mine);
    } catch (Refusal refusal) {
      LOG.debug("Booking request {} was refused: {}", mine.requestId(), refusal.reason());
    } catch (RuntimeException failure) {
      // What it came to stands in its row; the message may hold anything.
      LOG.debug("Booking request {} went wrong", mine.requestId(), failure);
      LOG.warn("Booking request {}: {}", mine.requestId(), Failures.nameOf(failure));
    }
    ExamBookingRequestState state = requests.find(mine.requestId()).state();
    return state == ExamBookingRequestState.DONE || state == ExamBookingRequestState.REFUSED;
  }

  /**
   * Has Pearson VUE asked again now, from the first try on.
   *
   * @param actor by default an operator or the system
   * @param id which
   * @param why the reason, 1 to 500 characters; it goes to the audit
   * @return the request, OPEN
   * @throws Refusal NOT_PERMITTED, INVALID_INPUT, NOT_FOUND, or ILLEGAL_STATE unless it is open or
   *     was given up
   */
  public ExamBookingRequest retry(Actor actor, ExamBookingRequestId id, String why) {
    access.require(actor, Operation.RETRY_BOOKING, Subject.PROGRAMME);
    String reason = Audit.requireWhy(why);
    return domain.inTransaction(
        () -> {
          RequestRow row = lock(Operation.RETRY_BOOKING, id);
          rows.one(m -> m.await(id, 0, domain.now(), row.lastFailure()));
          log.changed(
              actor,
              Operation.RETRY_BOOKING,
              id,
              row.state(),
              ExamBookingRequestState.OPEN,
              reason);
          return requests.find(id).told();
        });
  }

  /**
   * Ends what was settled with Pearson VUE by hand. Nothing more is asked; a registration whose
   * checkout is open is taken back, any other stays as it is.
   *
   * @param actor by default an operator or the system
   * @param id which
   * @param why the reason, 1 to 500 characters; it goes to the audit
   * @return the request, ABANDONED
   * @throws Refusal NOT_PERMITTED, INVALID_INPUT, NOT_FOUND, or ILLEGAL_STATE unless it is open or
   *     was given up
   */
  public ExamBookingRequest abandon(Actor actor, ExamBookingRequestId id, String why) {
    access.require(actor, Operation.ABANDON_BOOKING, Subject.PROGRAMME);
    String reason = Audit.requireWhy(why);
    return domain.inTransaction(
        () -> {
          accounts.lock(Actor.system(), requests.find(id).accountId());
          RequestRow row = lock(Operation.ABANDON_BOOKING, id);
          if (row.step() == ExamBookingStep.CHECK_OUT) {
            registrations.takeBack(
                Actor.system(), Objects.requireNonNull(row.examRegistrationId()));
          }
          ExamBookingRequestState to = ExamBookingRequestState.ABANDONED;
          rows.one(m -> m.end(id, to, row.lastFailure(), row.refusedFor()));
          log.changed(actor, Operation.ABANDON_BOOKING, id, row.state(), to, reason);
          return requests.find(id).told();
        });
  }

  private RequestRow lock(Operation operation, ExamBookingRequestId id) {
    RequestRow row = rows.get(m -> m.lock(id)).orElseThrow(BookingRequests::unknown);
    ExamBookingRequestState.lifecycle().require(operation, row.state());
    return row;
  }

  /**
   * One request.
   *
   * @param actor by default an operator or the system
   * @param id which
   * @return the request
   * @throws Refusal NOT_PERMITTED or NOT_FOUND
   */
  public ExamBookingRequest get(Actor actor, ExamBookingRequestId id) {
    access.require(actor, Operation.SEE_BOOKING_REQUESTS, Subject.PROGRAMME);
    return requests.find(id).told();
  }

  /**
   * The requests that somebody should look at: those given up, and those that had no answer and
   * will be asked for again.
   *
   * @param actor by default an operator or the system
   * @param page which part
   * @return in the order in which they were made, each with its failure and its next try
   * @throws Refusal NOT_PERMITTED
   */
  public Page<ExamBookingRequest> stuck(Actor actor, PageRequest page) {
    access.require(actor, Operation.SEE_BOOKING_REQUESTS, Subject.PROGRAMME);
    return page.of(
        rows.get(m -> m.stuck(page.afterOrStart(), page.rowsToFetch())).stream()
            .map(RequestRow::told)
            .toList(),
        request -> request.requestId().value());
  }

  /**
   * How many requests are in one state.
   *
   * @param actor by default an operator or the system
   * @param state which state
   * @return the number
   * @throws Refusal NOT_PERMITTED
   */
  public long count(Actor actor, ExamBookingRequestState state) {
    access.require(actor, Operation.SEE_BOOKING_REQUESTS, Subject.PROGRAMME);
    return rows.get(m -> m.count(state));
  }

  /**
   * When {@link #resume} has something to do next.
   *
   * @return the instant, perhaps past, or empty if nothing is open
   */
  public Optional<Instant> nextDue() {
    return rows.get(BookingRequestMapper::nextDue);
  }
}
