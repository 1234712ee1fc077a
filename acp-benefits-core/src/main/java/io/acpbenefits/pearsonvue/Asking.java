package io.acpbenefits.pearsonvue;

import io.acpbenefits.common.Actor;
import io.acpbenefits.common.BenefitsException;
import io.acpbenefits.common.Reason;
import io.acpbenefits.common.Refusal;
import io.acpbenefits.examcode.CodeText;
import io.acpbenefits.examcode.ExamCodes;
import io.acpbenefits.idempotency.RequestKey;
import io.acpbenefits.internal.Domain;
import io.acpbenefits.internal.Rows;
import io.acpbenefits.organization.Accounts;
import io.acpbenefits.pearsonvue.BookingRequestMapper.RequestRow;
import io.acpbenefits.registration.ExamRegistration;
import io.acpbenefits.registration.ExamRegistrationId;
import io.acpbenefits.registration.ExamRegistrations;
import io.acpbenefits.registration.IdPair;
import io.acpbenefits.registration.Payment;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Asks Pearson VUE step by step, with no transaction open, and records each answer in one.
 *
 * <p>A seat is held first, then the exam is registered here, which reserves the code, then the code
 * is used up there: so it never is while somebody else could use it here. Each step has a key of
 * its own that stays the same however often it is asked.
 */
final class Asking {

  private final Domain domain;
  private final Accounts accounts;
  private final BookingRequests requests;
  private final ExamCodes codes;
  private final ExamRegistrations registrations;
  private final PearsonVue pearsonVue;
  private final Rows<ExamBookingMapper> links;

  Asking(
      Domain domain,
      Accounts accounts,
      BookingRequests requests,
      ExamCodes codes,
      ExamRegistrations registrations,
      PearsonVue pearsonVue) {
    this.domain = domain;
    this.accounts = accounts;
    this.requests = requests;
    this.codes = codes;
    this.registrations = registrations;
    this.pearsonVue = pearsonVue;
    this.links = domain.rows(ExamBookingMapper.class);
  }

  /**
   * Goes on with what the caller has in hand until both sides agree.
   *
   * @return the registration
   * @throws Refusal if one side refuses; neither has changed then, or will have once what is left
   *     to be undone was asked for again
   * @throws RuntimeException if there is no answer, after it was noted; it is asked for again
   */
  ExamRegistrationId finish(RequestRow request) {
    RequestRow mine = request;
    Refusal refusal = null;
    try {
      while (true) {
        switch (mine.step()) {
          case HOLD_SEAT -> {
            Held held = hold(mine);
            mine = held.next();
            refusal = held.refusal();
          }
          case CHECK_OUT -> {
            Refusal refused = checkOut(mine);
            if (refused == null) {
              return Objects.requireNonNull(mine.examRegistrationId());
            }
            refusal = refused;
            mine = requests.find(mine.requestId());
          }
          case GIVE_BACK -> {
            giveBack(mine);
            throw refusal != null ? refusal : BookingRequests.undone(mine);
          }
          case MOVE -> {
            Refusal refused = move(mine);
            if (refused == null) {
              return Objects.requireNonNull(mine.examRegistrationId());
            }
            refusal = refused;
            mine = requests.find(mine.requestId());
          }
          case MOVE_BACK -> {
            moveBack(mine);
            throw refusal != null ? refusal : BookingRequests.undone(mine);
          }
          case CANCEL -> {
            cancel(mine);
            return Objects.requireNonNull(mine.examRegistrationId());
          }
        }
      }
    } catch (Ended ended) {
      throw ended.refusal;
    } catch (BookingRequests.Overtaken overtaken) {
      if (refusal != null) {
        // It stands, whoever gives the seat back.
        refusal.addSuppressed(overtaken);
        throw refusal;
      }
      throw overtaken;
    } catch (RuntimeException | Error failure) {
      if (failure == refusal) {
        throw failure;
      }
      note(mine, failure);
      if (refusal != null) {
        // It stands whether or not the seat could be given back at once.
        refusal.addSuppressed(failure);
        throw refusal;
      }
      throw failure;
    }
  }

  private void note(RequestRow mine, Throwable failure) {
    try {
      requests.failed(mine, failure);
    } catch (RuntimeException e) {
      failure.addSuppressed(e);
    }
  }

  /** Refused with nothing to undo, and noted as that. */
  private static final class Ended extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Refusal refusal;

    Ended(Refusal refusal) {
      super(refusal);
      this.refusal = refusal;
    }
  }

  private Ended refused(RequestRow mine, Refusal refusal) {
    requests.refused(mine, refusal.reason());
    return new Ended(refusal);
  }

  private static RequestKey key(RequestRow mine) {
    return RequestKey.of("acp:" + mine.requestId() + ":" + mine.step());
  }

  private static Actor.Account actor(RequestRow mine) {
    return new Actor.Account(mine.accountId());
  }

  private record Held(RequestRow next, @Nullable Refusal refusal) {}

  private Held hold(RequestRow mine) {
    Actor.Account actor = actor(mine);
    Booking held;
    CodeText code;
    try {
      code = textOf(mine);
      pearsonVue.profile(actor);
      held =
          pearsonVue.book(actor, mine.examId(), Objects.requireNonNull(mine.slotId()), key(mine));
    } catch (Refusal refusal) {
      throw refused(mine, refusal);
    }
    try {
      if (held.state() != BookingState.HELD && held.state() != BookingState.SCHEDULED) {
        throw Refusal.of(Reason.ILLEGAL_STATE, "The seat is %s by now; book anew.", held.state());
      }
      if (code != null && held.state() == BookingState.HELD) {
        // Whatever Pearson VUE has against the code, it says before anything is registered.
        pearsonVue.priceWith(actor, held.bookingId(), code);
      }
      return new Held(recorded(mine, () -> register(mine, held)), null);
    } catch (Refusal refusal) {
      RequestRow back =
          recorded(
              mine,
              () ->
                  requests.advance(
                      mine, ExamBookingStep.GIVE_BACK, null, held.bookingId(), refusal.reason()));
      return new Held(back, refusal);
    }
  }

  /**
   * Records an answer, unless another node has gone on meanwhile, which has recorded it then. The
   * account is locked first, as everywhere.
   *
   * @throws BookingRequests.Overtaken if another node has
   */
  private <T> T recorded(RequestRow mine, Supplier<T> work) {
    return domain.inTransaction(
        () -> {
          accounts.lock(Actor.system(), mine.accountId());
          requests.requireMine(mine);
          return work.get();
        });
  }

  private @Nullable CodeText textOf(RequestRow mine) {
    return mine.codeId() == null ? null : codes.reveal(actor(mine), mine.codeId());
  }

  private RequestRow register(RequestRow mine, Booking held) {
    Actor.Account actor = actor(mine);
    ExamRegistration registration =
        mine.payment() == Payment.CODE
            ? registrations.registerWithCode(
                actor, mine.examId(), mine.codeId(), held.delivery(), held.appointment(), null)
            : registrations.registerSelfPaid(
                actor, mine.examId(), held.delivery(), held.appointment(), null);
    links.one(m -> m.insert(registration.examRegistrationId(), held.bookingId()));
    return requests.advance(
        mine, ExamBookingStep.CHECK_OUT, registration.examRegistrationId(), held.bookingId(), null);
  }

  /** Null once it is paid for; else why it was refused, and what was registered is taken back. */
  private @Nullable Refusal checkOut(RequestRow mine) {
    Actor.Account actor = actor(mine);
    BookingId booking = Objects.requireNonNull(mine.bookingId());
    ExamRegistrationId registration = Objects.requireNonNull(mine.examRegistrationId());
    Booking paid;
    try {
      CodeText code = textOf(mine);
      paid =
          code != null
              ? pearsonVue.checkout(actor, booking, code, key(mine))
              : pearsonVue.checkoutSelfPaid(actor, booking, key(mine));
    } catch (Refusal refusal) {
      Booking seen = pearsonVue.booking(actor, booking);
      if (isUnpaid(seen)) {
        recorded(
            mine,
            () -> {
              registrations.takeBack(Actor.system(), registration);
              return requests.advance(
                  mine, ExamBookingStep.GIVE_BACK, registration, booking, refusal.reason());
            });
        return refusal;
      }
      paid = seen;
    }
    if (isUnpaid(paid)) {
      throw new BenefitsException(
          "Pearson VUE says of booking %s that it was checked out, and that it is %s."
              .formatted(booking, paid.state()));
    }
    String candidateId = paid.candidateId();
    IdPair ids =
        candidateId == null
            ? null
            : new IdPair(candidateId, pearsonVue.profile(actor).registrationId());
    domain.run(
        () -> {
          if (ids != null && registrations.get(Actor.system(), registration).ids() == null) {
            registrations.noteIds(actor, registration, ids);
          }
          requests.done(mine);
        });
    return null;
  }

  private static boolean isUnpaid(Booking booking) {
    return booking.state() == BookingState.HELD || booking.state() == BookingState.RELEASED;
  }

  private void giveBack(RequestRow mine) {
    BookingId booking = Objects.requireNonNull(mine.bookingId());
    try {
      pearsonVue.cancel(actor(mine), booking, key(mine));
    } catch (Refusal refusal) {
      // A seat whose time is over has been given back by itself.
      if (refusal.reason() != Reason.NOT_FOUND && isOpen(mine, booking)) {
        throw refusal;
      }
    }
    requests.refused(mine, Objects.requireNonNull(mine.refusedFor()));
  }

  private boolean isOpen(RequestRow mine, BookingId booking) {
    BookingState state = pearsonVue.booking(actor(mine), booking).state();
    return state == BookingState.HELD || state == BookingState.SCHEDULED;
  }

  /** Null once it is moved on both sides; else why not here, and it is to be moved back. */
  private @Nullable Refusal move(RequestRow mine) {
    Actor.Account actor = actor(mine);
    BookingId booking = Objects.requireNonNull(mine.bookingId());
    ExamRegistrationId registration = Objects.requireNonNull(mine.examRegistrationId());
    SlotId slot = Objects.requireNonNull(mine.slotId());
    Booking moved;
    try {
      moved = pearsonVue.reschedule(actor, booking, slot, key(mine));
    } catch (Refusal refusal) {
      moved = pearsonVue.booking(actor, booking);
      if (!moved.slotId().equals(slot)) {
        throw refused(mine, refusal);
      }
    }
    Booking there = moved;
    try {
      recorded(
          mine,
          () -> {
            registrations.moved(Actor.system(), actor, registration, there.appointment());
            return done(mine);
          });
      return null;
    } catch (Refusal refusal) {
      recorded(
          mine,
          () ->
              requests.advance(
                  mine, ExamBookingStep.MOVE_BACK, registration, booking, refusal.reason()));
      return refusal;
    }
  }

  private void moveBack(RequestRow mine) {
    pearsonVue.reschedule(
        actor(mine),
        Objects.requireNonNull(mine.bookingId()),
        Objects.requireNonNull(mine.formerSlotId()),
        key(mine));
    requests.refused(mine, Objects.requireNonNull(mine.refusedFor()));
  }

  private void cancel(RequestRow mine) {
    Actor.Account actor = actor(mine);
    BookingId booking = Objects.requireNonNull(mine.bookingId());
    ExamRegistrationId registration = Objects.requireNonNull(mine.examRegistrationId());
    Booking theirs;
    try {
      theirs = pearsonVue.cancel(actor, booking, key(mine));
    } catch (Refusal refusal) {
      theirs = pearsonVue.booking(actor, booking);
      if (theirs.state() != BookingState.CANCELED && theirs.state() != BookingState.LATE_CANCELED) {
        throw refused(mine, refusal);
      }
    }
    boolean inTime = theirs.state() == BookingState.CANCELED;
    recorded(
        mine,
        () -> {
          registrations.canceled(Actor.system(), actor, registration, inTime);
          return done(mine);
        });
  }

  private RequestRow done(RequestRow mine) {
    requests.done(mine);
    return mine;
  }
}
