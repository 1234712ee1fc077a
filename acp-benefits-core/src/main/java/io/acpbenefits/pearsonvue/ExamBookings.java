package io.acpbenefits.pearsonvue;

import io.acpbenefits.common.Actor;
import io.acpbenefits.common.BenefitsException;
import io.acpbenefits.common.Operation;
import io.acpbenefits.common.Reason;
import io.acpbenefits.common.Refusal;
import io.acpbenefits.exam.ExamId;
import io.acpbenefits.examcode.CodeText;
import io.acpbenefits.examcode.CodeUse;
import io.acpbenefits.examcode.ExamCodeId;
import io.acpbenefits.examcode.ExamCodes;
import io.acpbenefits.idempotency.RequestKey;
import io.acpbenefits.idempotency.RequestKeys;
import io.acpbenefits.internal.Domain;
import io.acpbenefits.internal.Rows;
import io.acpbenefits.organization.Accounts;
import io.acpbenefits.registration.ExamRegistration;
import io.acpbenefits.registration.ExamRegistrationId;
import io.acpbenefits.registration.ExamRegistrationState;
import io.acpbenefits.registration.ExamRegistrations;
import io.acpbenefits.registration.IdPair;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Books exams at Pearson VUE and registers them here, in one go: both sides agree afterwards, or
 * neither has changed; thread-safe.
 *
 * <p>Core's side is done first, because it can be undone: a port that refuses takes it back. With
 * the embedded Pearson VUE both are one transaction. With a host's adapter, what is left open is a
 * commit that fails after Pearson VUE has agreed: the booking then stands in Pearson VUE's history
 * only, and a seat that was held lapses by itself.
 *
 * <p>Source: "Participate in ACP/ACE Exams".
 */
public final class ExamBookings {

  private final Domain domain;
  private final RequestKeys keys;
  private final Accounts accounts;
  private final ExamCodes codes;
  private final CodeUse codeUse;
  private final ExamRegistrations registrations;
  private final PearsonVue pearsonVue;
  private final Rows<ExamBookingMapper> rows;

  /**
   * Called by {@code AcpBenefits}.
   *
   * @param domain what features are built on
   * @param keys what was asked for before
   * @param accounts who sits exams
   * @param codes what they are paid with
   * @param codeUse which of them fits
   * @param registrations core's side
   * @param pearsonVue the other side
   */
  public ExamBookings(
      Domain domain,
      RequestKeys keys,
      Accounts accounts,
      ExamCodes codes,
      CodeUse codeUse,
      ExamRegistrations registrations,
      PearsonVue pearsonVue) {
    this.domain = domain.idType(BookingId.class, BookingId::new);
    this.keys = keys;
    this.accounts = accounts;
    this.codes = codes;
    this.codeUse = codeUse;
    this.registrations = registrations;
    this.pearsonVue = pearsonVue;
    this.rows = domain.rows(ExamBookingMapper.class);
  }

  /**
   * Books an exam and pays with an exam code.
   *
   * @param actor the candidate
   * @param exam which exam
   * @param code which code, or null for the one that is assigned to the candidate
   * @param slot in which slot
   * @return both sides; the code is reserved here and used up there
   * @throws Refusal whatever {@link ExamRegistrations#registerWithCode}, {@link PearsonVue#book} or
   *     {@link PearsonVue#priceWith} refuses
   */
  public ExamBooking bookWithCode(
      Actor.Account actor, ExamId exam, @Nullable ExamCodeId code, SlotId slot) {
    return bookWithCode(actor, exam, code, slot, null);
  }

  /**
   * Books an exam and pays with an exam code, once for each request key.
   *
   * @param actor the candidate
   * @param exam which exam
   * @param code which code, or null for the one that is assigned to the candidate
   * @param slot in which slot
   * @param key the request's key; null for none
   * @return both sides, of the first request with this key as they stand now
   * @throws Refusal like the one without a key, and REQUEST_KEY_REUSED
   */
  public ExamBooking bookWithCode(
      Actor.Account actor,
      ExamId exam,
      @Nullable ExamCodeId code,
      SlotId slot,
      @Nullable RequestKey key) {
    return once(
        actor,
        key,
        Arrays.asList("code", exam, code, slot),
        () -> bookPaidWithCode(actor, exam, code, slot));
  }

  private ExamBooking once(
      Actor.Account actor,
      @Nullable RequestKey key,
      List<?> payload,
      Supplier<ExamBooking> command) {
    return keys.once(
        actor,
        key,
        Operation.REGISTER_EXAM,
        payload,
        made -> made.registration().examRegistrationId().value(),
        id -> get(actor, ExamRegistrationId.of(id)),
        command);
  }

  private ExamBooking bookPaidWithCode(
      Actor.Account actor, ExamId exam, @Nullable ExamCodeId code, SlotId slot) {
    return domain.allOrNothing(
        () -> {
          accounts.lock(Actor.system(), actor.id());
          ExamCodeId used = code != null ? code : codeUse.assignedFor(actor.id(), exam);
          CodeText text = codes.reveal(actor, used);
          String registrationId = pearsonVue.profile(actor).registrationId();
          Booking held = pearsonVue.book(actor, exam, slot);
          return givingUpOnRefusal(
              actor,
              held,
              () -> {
                // Whatever Pearson VUE has against the code, it says before anything is written.
                pearsonVue.priceWith(actor, held.bookingId(), text);
                ExamRegistration registration =
                    registrations.registerWithCode(
                        actor, exam, used, held.delivery(), held.appointment(), null);
                Booking paid = pearsonVue.checkout(actor, held.bookingId(), text);
                return link(actor, registration, paid, registrationId);
              });
        });
  }

  /**
   * Books an exam that the candidate pays for.
   *
   * @param actor the candidate, a member or not
   * @param exam which exam
   * @param slot in which slot
   * @return both sides; the booking names the price
   * @throws Refusal whatever {@link ExamRegistrations#registerSelfPaid} or {@link PearsonVue#book}
   *     refuses
   */
  public ExamBooking bookSelfPaid(Actor.Account actor, ExamId exam, SlotId slot) {
    return bookSelfPaid(actor, exam, slot, null);
  }

  /**
   * Books an exam that the candidate pays for, once for each request key.
   *
   * @param actor the candidate, a member or not
   * @param exam which exam
   * @param slot in which slot
   * @param key the request's key; null for none
   * @return both sides, of the first request with this key as they stand now
   * @throws Refusal like the one without a key, and REQUEST_KEY_REUSED
   */
  public ExamBooking bookSelfPaid(
      Actor.Account actor, ExamId exam, SlotId slot, @Nullable RequestKey key) {
    return once(
        actor, key, List.of("self-paid", exam, slot), () -> bookAndPayOneself(actor, exam, slot));
  }

  private ExamBooking bookAndPayOneself(Actor.Account actor, ExamId exam, SlotId slot) {
    return domain.allOrNothing(
        () -> {
          accounts.lock(Actor.system(), actor.id());
          String registrationId = pearsonVue.profile(actor).registrationId();
          Booking held = pearsonVue.book(actor, exam, slot);
          return givingUpOnRefusal(
              actor,
              held,
              () -> {
                ExamRegistration registration =
                    registrations.registerSelfPaid(
                        actor, exam, held.delivery(), held.appointment(), null);
                Booking paid = pearsonVue.checkoutSelfPaid(actor, held.bookingId());
                return link(actor, registration, paid, registrationId);
              });
        });
  }

  /** A seat that is held for nothing keeps others away, and the candidate from trying again. */
  private ExamBooking givingUpOnRefusal(
      Actor.Account actor, Booking held, Supplier<ExamBooking> work) {
    try {
      return work.get();
    } catch (Refusal refusal) {
      try {
        pearsonVue.cancel(actor, held.bookingId());
      } catch (RuntimeException alsoFailed) {
        refusal.addSuppressed(alsoFailed);
      }
      throw refusal;
    }
  }

  private ExamBooking link(
      Actor.Account actor, ExamRegistration registration, Booking booking, String registrationId) {
    rows.one(m -> m.insert(registration.examRegistrationId(), booking.bookingId()));
    return withIds(actor, registration, booking, registrationId);
  }

  /**
   * Moves the appointment to another slot.
   *
   * @param actor the candidate
   * @param id which registration
   * @param slot in which slot from now on, of the same delivery
   * @return both sides
   * @throws Refusal NOT_FOUND if it was not booked here by the actor; else whatever {@link
   *     ExamRegistrations#reschedule} or {@link PearsonVue#reschedule} refuses
   */
  public ExamBooking reschedule(Actor.Account actor, ExamRegistrationId id, SlotId slot) {
    return domain.allOrNothing(
        () -> {
          BookingId booking = lockOwn(actor, id);
          Slot to = pearsonVue.slot(actor, slot);
          ExamRegistration moved = registrations.reschedule(actor, id, to.startsAt());
          return new ExamBooking(moved, pearsonVue.reschedule(actor, booking, slot));
        });
  }

  /**
   * Cancels: in time the code comes back on both sides, later it is lost on both.
   *
   * @param actor the candidate
   * @param id which registration
   * @return both sides, CANCELED or LATE_CANCELED
   * @throws Refusal NOT_FOUND if it was not booked here by the actor; else whatever {@link
   *     ExamRegistrations#cancel} or {@link PearsonVue#cancel} refuses
   * @throws BenefitsException if one side would call it late and the other not: their policies
   *     differ
   */
  public ExamBooking cancel(Actor.Account actor, ExamRegistrationId id) {
    return domain.allOrNothing(
        () -> {
          BookingId booking = lockOwn(actor, id);
          boolean inTime =
              !domain.now().isAfter(pearsonVue.booking(actor, booking).changeableUntil());
          ExamRegistration canceled = registrations.cancel(actor, id);
          requireAgreement(canceled, inTime);
          Booking theirs = pearsonVue.cancel(actor, booking);
          requireAgreement(canceled, theirs.state() == BookingState.CANCELED);
          return new ExamBooking(canceled, theirs);
        });
  }

  private static void requireAgreement(ExamRegistration canceled, boolean inTime) {
    if (inTime != (canceled.state() == ExamRegistrationState.CANCELED)) {
      throw new BenefitsException(
          ("Registration %s would be %s here, but Pearson VUE takes the cancellation for %s. Let"
                  + " CodePolicy.cancelInTime be what Pearson VUE goes by.")
              .formatted(
                  canceled.examRegistrationId(), canceled.state(), inTime ? "timely" : "late"));
    }
  }

  /**
   * Notes the candidate's ids on the registration if Pearson VUE shows both by now; the embedded
   * one does from the start.
   *
   * @param actor the candidate
   * @param id which registration
   * @return both sides
   * @throws Refusal NOT_FOUND if it was not booked here by the actor
   */
  public ExamBooking noteIds(Actor.Account actor, ExamRegistrationId id) {
    return domain.inTransaction(
        () -> {
          Booking booking = pearsonVue.booking(actor, lockOwn(actor, id));
          String registrationId = pearsonVue.profile(actor).registrationId();
          return withIds(actor, registrations.get(actor, id), booking, registrationId);
        });
  }

  private ExamBooking withIds(
      Actor.Account actor, ExamRegistration registration, Booking booking, String registrationId) {
    String candidateId = booking.candidateId();
    if (candidateId == null || registration.ids() != null) {
      return new ExamBooking(registration, booking);
    }
    ExamRegistrationId id = registration.examRegistrationId();
    registrations.noteIds(actor, id, new IdPair(candidateId, registrationId));
    return new ExamBooking(registrations.get(actor, id), booking);
  }

  /**
   * Both sides as they stand now.
   *
   * @param actor the candidate
   * @param id which registration
   * @return both sides
   * @throws Refusal NOT_FOUND if it was not booked here by the actor
   */
  public ExamBooking get(Actor.Account actor, ExamRegistrationId id) {
    return domain.inTransaction(
        () ->
            new ExamBooking(
                registrations.get(actor, id), pearsonVue.booking(actor, bookingOf(actor, id))));
  }

  private BookingId lockOwn(Actor.Account actor, ExamRegistrationId id) {
    accounts.lock(Actor.system(), actor.id());
    return bookingOf(actor, id);
  }

  private BookingId bookingOf(Actor.Account actor, ExamRegistrationId id) {
    return rows.get(m -> m.bookingOf(id))
        .filter(booking -> registrations.get(actor, id).accountId().equals(actor.id()))
        .orElseThrow(
            () ->
                new Refusal(
                    Reason.NOT_FOUND, "There is no such exam registration with a booking."));
  }
}
