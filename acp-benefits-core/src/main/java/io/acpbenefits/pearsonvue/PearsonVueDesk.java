package io.acpbenefits.pearsonvue;

import io.acpbenefits.audit.Audit;
import io.acpbenefits.audit.AuditLog;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.Operation;
import io.acpbenefits.common.Reason;
import io.acpbenefits.common.Refusal;
import io.acpbenefits.exam.ExamId;
import io.acpbenefits.examcode.CodeText;
import io.acpbenefits.examrecord.ExamOutcome;
import io.acpbenefits.examrecord.ExamRecordKind;
import io.acpbenefits.internal.Domain;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The embedded Pearson VUE from behind the counter: what it offers, which codes it takes, who came
 * and what came of it; thread-safe. By default for operators and the system.
 */
public final class PearsonVueDesk {

  private static final Set<BookingState> CONCLUDED =
      EnumSet.of(BookingState.DELIVERED, BookingState.NO_SHOW);

  private final Domain domain;
  private final Gate gate;
  private final AuditLog log;
  private final Offers offers;
  private final Vouchers vouchers;
  private final Bookings bookings;
  private final Results results;

  PearsonVueDesk(
      Domain domain,
      Gate gate,
      AuditLog log,
      Offers offers,
      Vouchers vouchers,
      Bookings bookings,
      Results results) {
    this.domain = domain;
    this.gate = gate;
    this.log = log;
    this.offers = offers;
    this.vouchers = vouchers;
    this.bookings = bookings;
    this.results = results;
  }

  /**
   * Puts an exam into the catalogue, or changes its name, price or end; bookings keep the price
   * they were made at.
   *
   * @param actor who
   * @param exam the exam
   * @throws Refusal NOT_PERMITTED
   */
  public void offer(Actor actor, CatalogueExam exam) {
    gate.requireTestCenter(actor);
    domain.run(
        () -> {
          offers.offer(exam);
          log.noted(actor, Operation.RUN_TEST_CENTER, exam.examId(), null);
        });
  }

  /**
   * Adds a test center.
   *
   * @param actor who
   * @param testCenter the test center
   * @throws Refusal NOT_PERMITTED, or ALREADY_EXISTS if the id is taken
   */
  public void addTestCenter(Actor actor, TestCenter testCenter) {
    gate.requireTestCenter(actor);
    domain.run(
        () -> {
          offers.add(testCenter);
          log.noted(actor, Operation.RUN_TEST_CENTER, testCenter.testCenterId(), null);
        });
  }

  /**
   * Adds seats at a test center.
   *
   * @param actor who
   * @param testCenter where
   * @param startsAt when; not before now
   * @param seats how many, 1 to 1,000
   * @return the slot
   * @throws Refusal NOT_PERMITTED, NOT_FOUND, INVALID_INPUT, or ALREADY_EXISTS if there is a slot
   *     at this time
   */
  public Slot addSlot(Actor actor, TestCenterId testCenter, Instant startsAt, int seats) {
    gate.requireTestCenter(actor);
    return add(actor, testCenter, startsAt, seats);
  }

  /**
   * Adds seats online.
   *
   * @param actor who
   * @param startsAt when; not before now
   * @param seats how many, 1 to 1,000
   * @return the slot
   * @throws Refusal NOT_PERMITTED, INVALID_INPUT, or ALREADY_EXISTS if there is a slot at this time
   */
  public Slot addOnlineSlot(Actor actor, Instant startsAt, int seats) {
    gate.requireTestCenter(actor);
    return add(actor, null, startsAt, seats);
  }

  private Slot add(Actor actor, @Nullable TestCenterId testCenter, Instant startsAt, int seats) {
    return domain.inTransaction(
        () -> {
          Slot slot = offers.addSlot(testCenter, startsAt, seats);
          log.noted(actor, Operation.RUN_TEST_CENTER, slot.slotId(), null);
          return slot;
        });
  }

  /**
   * Makes codes known that pay for an exam; one that is known already, for the same exam, is left
   * alone.
   *
   * @param actor who
   * @param exam the exam, which must be in the catalogue
   * @param codes the codes; stored encrypted
   * @param expiresAt exams that begin from this instant on they do not pay for
   * @return how many were new
   * @throws Refusal NOT_PERMITTED, NOT_FOUND, INVALID_INPUT, or ALREADY_EXISTS if one is known for
   *     another exam; then none is registered
   */
  public int registerVouchers(Actor actor, ExamId exam, List<CodeText> codes, Instant expiresAt) {
    gate.requireTestCenter(actor);
    offers.exam(exam);
    return domain.inTransaction(
        () -> {
          int added = vouchers.register(exam, codes, expiresAt);
          log.noted(actor, Operation.RUN_TEST_CENTER, exam, null);
          return added;
        });
  }

  /**
   * How a code stands.
   *
   * @param actor who
   * @param code the code
   * @return what is known of it
   * @throws Refusal NOT_PERMITTED or NOT_FOUND
   */
  public Voucher voucher(Actor actor, CodeText code) {
    gate.requireTestCenter(actor);
    return vouchers.get(code);
  }

  /**
   * Gives a code back that a late cancellation or a missed exam has used up; what the feed tells of
   * that booking names it still. A booking that is scheduled still keeps its candidate from booking
   * the exam anew until it is concluded.
   *
   * @param actor who
   * @param code which used code
   * @param why the reason, 1 to 500 characters; it goes to the audit
   * @return how it stands now: free, or expired if its time is over
   * @throws Refusal NOT_PERMITTED, NOT_FOUND, INVALID_INPUT, or ILLEGAL_STATE unless it is used and
   *     its booking is LATE_CANCELED, NO_SHOW, or SCHEDULED for a time that has passed
   */
  public Voucher reinstateVoucher(Actor actor, CodeText code, String why) {
    gate.requireTestCenter(actor);
    String reason = Audit.requireWhy(why);
    return domain.inTransaction(
        () -> {
          BookingId booking = vouchers.bookingOf(code);
          bookings.lockForfeiting(booking);
          vouchers.reinstate(code, booking);
          return changed(actor, code, VoucherState.USED, reason);
        });
  }

  /**
   * Lengthens the life of an unused code, one that has expired or was revoked included.
   *
   * @param actor who
   * @param code which code
   * @param until exams that begin from this instant on it does not pay for, cut to the microsecond;
   *     after the end that it had, and after now
   * @param why the reason, 1 to 500 characters; it goes to the audit
   * @return how it stands now
   * @throws Refusal NOT_PERMITTED, NOT_FOUND, INVALID_INPUT for the reason or the instant, or
   *     ILLEGAL_STATE if it is used
   */
  public Voucher extendVoucher(Actor actor, CodeText code, Instant until, String why) {
    gate.requireTestCenter(actor);
    String reason = Audit.requireWhy(why);
    return domain.inTransaction(() -> changed(actor, code, vouchers.extend(code, until), reason));
  }

  /**
   * Ends an unused code now.
   *
   * @param actor who
   * @param code which free code
   * @param why the reason, 1 to 500 characters; it goes to the audit
   * @return how it stands now: expired
   * @throws Refusal NOT_PERMITTED, NOT_FOUND, INVALID_INPUT, or ILLEGAL_STATE unless it is free
   */
  public Voucher revokeVoucher(Actor actor, CodeText code, String why) {
    gate.requireTestCenter(actor);
    String reason = Audit.requireWhy(why);
    return domain.inTransaction(
        () -> {
          vouchers.revoke(code);
          return changed(actor, code, VoucherState.FREE, reason);
        });
  }

  private Voucher changed(Actor actor, CodeText code, VoucherState from, String why) {
    Voucher now = vouchers.get(code);
    log.changed(actor, Operation.RUN_TEST_CENTER, now.voucherId(), from, now.state(), why);
    return now;
  }

  /**
   * Who is expected in a slot, or was.
   *
   * @param actor who asks
   * @param slot which slot
   * @return the paid bookings by seat, at most as many as it has seats
   * @throws Refusal NOT_PERMITTED or NOT_FOUND
   */
  public List<Booking> expectedIn(Actor actor, SlotId slot) {
    gate.requireTestCenter(actor);
    return bookings.expectedIn(offers.slot(slot).slotId());
  }

  /**
   * A candidate came and sat the exam.
   *
   * @param actor who
   * @param booking which scheduled booking
   * @param result passed or failed
   * @return the booking, DELIVERED
   * @throws Refusal NOT_PERMITTED, NOT_FOUND, INVALID_INPUT if the result says that nobody came, or
   *     ILLEGAL_STATE if it is not scheduled or its appointment is still to come
   */
  public Booking deliver(Actor actor, BookingId booking, ExamResult result) {
    if (result.outcome() == ExamOutcome.NO_SHOW) {
      throw new Refusal(Reason.INVALID_INPUT, "An exam that was sat was passed or failed.");
    }
    return conclude(actor, booking, result);
  }

  /**
   * Nobody came.
   *
   * @param actor who
   * @param booking which scheduled booking
   * @return the booking, NO_SHOW
   * @throws Refusal NOT_PERMITTED, NOT_FOUND, or ILLEGAL_STATE if it is not scheduled or its
   *     appointment is still to come
   */
  public Booking noShow(Actor actor, BookingId booking) {
    return conclude(actor, booking, new ExamResult(ExamOutcome.NO_SHOW, null));
  }

  private Booking conclude(Actor actor, BookingId id, ExamResult result) {
    gate.requireTestCenter(actor);
    return domain.inTransaction(
        () -> {
          BookingMapper.LockedRow booking = bookings.lock(id);
          bookings.require(booking, "concluded", EnumSet.of(BookingState.SCHEDULED));
          Instant appointment = offers.slot(booking.slotId()).startsAt();
          if (appointment.isAfter(domain.now())) {
            throw Refusal.of(
                Reason.ILLEGAL_STATE,
                "The booking is SCHEDULED for %s, which is still to come; it can be rescheduled or"
                    + " canceled.",
                appointment);
          }
          return tell(actor, booking, ExamRecordKind.RESULT, result, null);
        });
  }

  /**
   * Puts a result right, whether or not the feed has told it yet.
   *
   * @param actor who
   * @param booking which delivered or missed booking
   * @param result what really came of it
   * @param why the reason, 1 to 500 characters; it goes to the audit
   * @return the booking, DELIVERED or NO_SHOW
   * @throws Refusal NOT_PERMITTED, NOT_FOUND, INVALID_INPUT if that is what it says already, or
   *     ILLEGAL_STATE if there is no result or it was invalidated
   */
  public Booking correct(Actor actor, BookingId booking, ExamResult result, String why) {
    gate.requireTestCenter(actor);
    String reason = Audit.requireWhy(why);
    return domain.inTransaction(
        () -> {
          BookingMapper.LockedRow concluded = lockConcluded(booking, "corrected");
          if (result.equals(resultOf(concluded))) {
            throw new Refusal(Reason.INVALID_INPUT, "This is the result already.");
          }
          return tell(actor, concluded, ExamRecordKind.CORRECTION, result, reason);
        });
  }

  /**
   * Takes a result back for good.
   *
   * @param actor who
   * @param booking which delivered or missed booking
   * @param why the reason, 1 to 500 characters; it goes to the audit
   * @return the booking, INVALIDATED
   * @throws Refusal NOT_PERMITTED, NOT_FOUND, INVALID_INPUT, or ILLEGAL_STATE if there is no result
   *     or it was invalidated already
   */
  public Booking invalidate(Actor actor, BookingId booking, String why) {
    gate.requireTestCenter(actor);
    String reason = Audit.requireWhy(why);
    return domain.inTransaction(
        () -> {
          BookingMapper.LockedRow concluded = lockConcluded(booking, "invalidated");
          return tell(actor, concluded, ExamRecordKind.INVALIDATION, resultOf(concluded), reason);
        });
  }

  private BookingMapper.LockedRow lockConcluded(BookingId id, String what) {
    BookingMapper.LockedRow booking = bookings.lock(id);
    bookings.require(booking, what, CONCLUDED);
    return booking;
  }

  private static ExamResult resultOf(BookingMapper.LockedRow concluded) {
    return new ExamResult(Objects.requireNonNull(concluded.outcome()), concluded.score());
  }

  private Booking tell(
      Actor actor,
      BookingMapper.LockedRow from,
      ExamRecordKind kind,
      ExamResult result,
      @Nullable String why) {
    BookingState to = stateAfter(kind, result);
    bookings.conclude(from.bookingId(), to, result);
    results.append(from.bookingId(), kind, result);
    log.changed(actor, Operation.RUN_TEST_CENTER, from.bookingId(), from.state(), to, why);
    return bookings.get(from.bookingId());
  }

  private static BookingState stateAfter(ExamRecordKind kind, ExamResult result) {
    if (kind == ExamRecordKind.INVALIDATION) {
      return BookingState.INVALIDATED;
    }
    return result.outcome() == ExamOutcome.NO_SHOW ? BookingState.NO_SHOW : BookingState.DELIVERED;
  }
}
