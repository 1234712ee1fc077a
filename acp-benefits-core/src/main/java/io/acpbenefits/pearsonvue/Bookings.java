package io.acpbenefits.pearsonvue;

import io.acpbenefits.audit.AuditLog;
import io.acpbenefits.common.AccountId;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.Operation;
import io.acpbenefits.common.Page;
import io.acpbenefits.common.PageRequest;
import io.acpbenefits.common.Reason;
import io.acpbenefits.common.Refusal;
import io.acpbenefits.erasure.AccountErased;
import io.acpbenefits.exam.ExamId;
import io.acpbenefits.examcode.CodeText;
import io.acpbenefits.internal.Domain;
import io.acpbenefits.internal.Rows;
import io.acpbenefits.registration.Delivery;
import io.acpbenefits.registration.Payment;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What candidates do with seats. Locks are taken in one order everywhere: candidate, slots,
 * booking, voucher; and bookings of others only under the lock of their slot.
 */
final class Bookings {

  private static final Set<BookingState> FORFEITING =
      EnumSet.of(BookingState.SCHEDULED, BookingState.LATE_CANCELED, BookingState.NO_SHOW);

  private final Domain domain;
  private final AuditLog log;
  private final PearsonVuePolicy policy;
  private final ShownIds ids;
  private final Candidates candidates;
  private final Offers offers;
  private final Vouchers vouchers;
  private final Rows<BookingMapper> rows;

  Bookings(
      Domain domain,
      AuditLog log,
      PearsonVuePolicy policy,
      ShownIds ids,
      Candidates candidates,
      Offers offers,
      Vouchers vouchers) {
    this.domain = domain;
    this.log = log;
    this.policy = policy;
    this.ids = ids;
    this.candidates = candidates;
    this.offers = offers;
    this.vouchers = vouchers;
    this.rows = domain.rows(BookingMapper.class);
  }

  Booking book(Actor.Account actor, ExamId examId, SlotId slotId) {
    return domain.inTransaction(
        () -> {
          CandidateMapper.CandidateRow candidate = candidates.lock(actor.id());
          CatalogueExam exam = offers.exam(examId);
          exam.requireAlive(domain.now());
          SlotId lapsed = requireNoneOpen(candidate, examId);
          Slot slot = offers.lockAhead(slotId, lapsed);
          exam.requireAlive(slot.startsAt());
          if (slot.delivery() == Delivery.ONLINE) {
            candidates.requireTestedEquipment(candidate);
          }
          int seat = freeSeat(slot);
          BookingId id = BookingId.of(domain.newId());
          Instant now = domain.now();
          rows.get(m -> m.releaseLapsed(slotId, now));
          if (lapsed != null) {
            rows.get(m -> m.releaseLapsed(lapsed, now));
          }
          rows.one(
              m ->
                  m.insert(
                      id,
                      candidate.registrationId(),
                      examId,
                      slotId,
                      seat,
                      now.plus(policy.seatHold()),
                      exam.price().smallestUnits(),
                      exam.price().currency().getCurrencyCode(),
                      now));
          return noted(actor, null, id);
        });
  }

  /** Says in which slot the candidate had a seat for the exam and let its checkout pass, if any. */
  private @Nullable SlotId requireNoneOpen(CandidateMapper.CandidateRow candidate, ExamId exam) {
    BookingMapper.BookingRow open =
        rows.get(m -> m.open(candidate.registrationId(), exam)).orElse(null);
    if (open == null) {
      return null;
    }
    BookingState state = open.state().at(domain.now(), open.heldUntil());
    if (state != BookingState.RELEASED) {
      throw Refusal.of(
          Reason.DUPLICATE_REQUEST,
          "This candidate has a booking of exam %s that is %s; reschedule or cancel that one.",
          exam,
          state);
    }
    return open.slotId();
  }

  /** The first seat of a locked slot that nobody has. */
  private int freeSeat(Slot slot) {
    Set<Integer> taken =
        new HashSet<>(rows.get(m -> m.lockTakenSeats(slot.slotId(), domain.now())));
    for (int seat = 1; seat <= slot.capacity(); seat++) {
      if (!taken.contains(seat)) {
        return seat;
      }
    }
    throw Refusal.of(
        Reason.SEAT_TAKEN,
        "All %d seats of the slot at %s are taken; choose another slot.",
        slot.capacity(),
        slot.startsAt());
  }

  Price priceWith(AccountId account, BookingId id, CodeText code) {
    return domain.inTransaction(
        () -> {
          Own held = lockHeld(account, id);
          vouchers.lockFitting(code, held.booking().examId(), held.appointment());
          return Price.ofSmallestUnits(0, held.booking().currency());
        });
  }

  Booking checkout(Actor.Account actor, BookingId id, CodeText code) {
    return domain.inTransaction(
        () -> {
          Own held = lockHeld(actor.id(), id);
          VoucherMapper.VoucherRow voucher =
              vouchers.lockFitting(code, held.booking().examId(), held.appointment());
          vouchers.use(voucher, id);
          rows.one(m -> m.schedule(id, Payment.CODE, voucher.voucherId(), 0, ids.candidateId()));
          return noted(actor, BookingState.HELD, id);
        });
  }

  Booking checkoutSelfPaid(Actor.Account actor, BookingId id) {
    return domain.inTransaction(
        () -> {
          long price = lockHeld(actor.id(), id).booking().price();
          rows.one(m -> m.schedule(id, Payment.SELF_PAID, null, price, ids.candidateId()));
          return noted(actor, BookingState.HELD, id);
        });
  }

  private Own lockHeld(AccountId account, BookingId id) {
    return lockOwn(candidates.lock(account), id, "checked out", EnumSet.of(BookingState.HELD));
  }

  Booking reschedule(Actor.Account actor, BookingId id, SlotId slotId) {
    return domain.inTransaction(
        () -> {
          CandidateMapper.CandidateRow candidate = candidates.lock(actor.id());
          Slot to = offers.lockAhead(slotId, own(actor.id(), id).slotId());
          Own own = lockOwn(candidate, id, "rescheduled", EnumSet.of(BookingState.SCHEDULED));
          requireMovable(own, to);
          int seat = freeSeat(to);
          rows.get(m -> m.releaseLapsed(slotId, domain.now()));
          rows.one(m -> m.moveTo(id, slotId, seat));
          return noted(actor, BookingState.SCHEDULED, id);
        });
  }

  private void requireMovable(Own own, Slot to) {
    if (!isInTime(own)) {
      throw Refusal.of(
          Reason.ILLEGAL_STATE,
          "The booking is SCHEDULED for %s, which is less than %s away; it can only be canceled"
              + " now.",
          own.appointment(),
          policy.cancelInTime());
    }
    if (own.slot().slotId().equals(to.slotId())) {
      throw new Refusal(Reason.INVALID_INPUT, "The booking is in this slot; choose another one.");
    }
    if (own.slot().delivery() != to.delivery()) {
      throw Refusal.of(
          Reason.INVALID_INPUT,
          "The booking is %s; to sit the exam %s, cancel and book anew.",
          own.slot().delivery(),
          to.delivery());
    }
    offers.exam(own.booking().examId()).requireAlive(to.startsAt());
    vouchers.requireAliveAt(own.booking().bookingId(), to.startsAt());
  }

  private boolean isInTime(Own own) {
    return !domain.now().isAfter(own.appointment().minus(policy.cancelInTime()));
  }

  Booking cancel(Actor.Account actor, BookingId id) {
    return domain.inTransaction(
        () -> {
          Own own =
              lockOwn(
                  candidates.lock(actor.id()),
                  id,
                  "canceled",
                  EnumSet.of(BookingState.HELD, BookingState.SCHEDULED));
          if (own.booking().state() == BookingState.HELD) {
            rows.one(m -> m.setState(id, BookingState.RELEASED));
          } else if (isInTime(own)) {
            vouchers.free(id);
            rows.one(m -> m.setState(id, BookingState.CANCELED));
          } else {
            rows.one(m -> m.setState(id, BookingState.LATE_CANCELED));
          }
          return noted(actor, own.booking().state(), id);
        });
  }

  private Booking noted(Actor actor, @Nullable BookingState from, BookingId id) {
    Booking booking = get(id);
    log.changed(actor, Operation.USE_PEARSON_VUE, id, from, booking.state(), null);
    return booking;
  }

  /** A candidate's locked booking, and the slot it is in. */
  private record Own(BookingMapper.LockedRow booking, Slot slot) {
    Instant appointment() {
      return slot.startsAt();
    }
  }

  /** Locks a booking with which its candidate may do something still. */
  private Own lockOwn(
      CandidateMapper.CandidateRow candidate,
      BookingId id,
      String what,
      Set<BookingState> allowed) {
    BookingMapper.LockedRow booking = lock(id);
    if (!booking.registrationId().equals(candidate.registrationId())) {
      throw notFound();
    }
    require(booking, what, allowed);
    Slot slot = offers.slot(booking.slotId());
    if (slot.startsAt().isBefore(domain.now())) {
      throw Refusal.of(
          Reason.ILLEGAL_STATE,
          "The booking is %s and its appointment %s has passed; only the test center can go on"
              + " with it.",
          booking.state(),
          slot.startsAt());
    }
    return new Own(booking, slot);
  }

  BookingMapper.LockedRow lock(BookingId id) {
    return rows.get(m -> m.lock(id)).orElseThrow(Bookings::notFound);
  }

  void require(BookingMapper.LockedRow booking, String what, Set<BookingState> allowed) {
    BookingState state = booking.state().at(domain.now(), booking.heldUntil());
    if (!allowed.contains(state)) {
      throw Refusal.of(
          Reason.ILLEGAL_STATE,
          "The booking is %s; to be %s it must be one of %s.",
          state,
          what,
          allowed);
    }
  }

  /** Locks a booking that has cost its candidate the code, for whoever gives the code back. */
  void lockForfeiting(BookingId id) {
    BookingMapper.LockedRow booking = lock(id);
    require(booking, "rid of its code", FORFEITING);
    Instant appointment = offers.slot(booking.slotId()).startsAt();
    if (booking.state() == BookingState.SCHEDULED && !appointment.isBefore(domain.now())) {
      throw Refusal.of(
          Reason.ILLEGAL_STATE,
          "The booking is SCHEDULED for %s; its code can be reinstated once that has passed, or"
              + " once the booking is LATE_CANCELED or NO_SHOW.",
          appointment);
    }
  }

  void conclude(BookingId id, BookingState state, ExamResult result) {
    rows.one(m -> m.setResult(id, state, result));
  }

  void erase(AccountErased erased) {
    candidates
        .erase(erased)
        .ifPresent(
            registrationId ->
                rows.get(m -> m.withCandidateId(registrationId))
                    .forEach(id -> rows.one(m -> m.setCandidateId(id, ids.candidateId()))));
  }

  Booking get(BookingId id) {
    return shown(rows.get(m -> m.find(id)).orElseThrow(Bookings::notFound));
  }

  Booking own(AccountId account, BookingId id) {
    Booking booking = get(id);
    if (!booking.accountId().equals(account)) {
      throw notFound();
    }
    return booking;
  }

  Page<Booking> history(AccountId account, PageRequest page) {
    String registrationId = candidates.get(account).registrationId();
    return page.of(
        shownAll(rows.get(m -> m.of(registrationId, page.afterOrStart(), page.rowsToFetch()))),
        booking -> booking.bookingId().value());
  }

  List<Booking> expectedIn(SlotId slot) {
    return shownAll(rows.get(m -> m.expectedIn(slot)));
  }

  private List<Booking> shownAll(List<BookingMapper.BookingRow> found) {
    return found.stream().map(this::shown).toList();
  }

  private Booking shown(BookingMapper.BookingRow row) {
    return row.booking(domain.now(), policy.cancelInTime());
  }

  private static Refusal notFound() {
    return new Refusal(Reason.NOT_FOUND, "There is no such booking.");
  }
}
