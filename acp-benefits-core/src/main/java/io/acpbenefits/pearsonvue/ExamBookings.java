package io.acpbenefits.pearsonvue;

import io.acpbenefits.audit.AuditLog;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.BenefitsException;
import io.acpbenefits.common.Operation;
import io.acpbenefits.common.Reason;
import io.acpbenefits.common.Refusal;
import io.acpbenefits.exam.ExamId;
import io.acpbenefits.examcode.CodeUse;
import io.acpbenefits.examcode.ExamCodeId;
import io.acpbenefits.examcode.ExamCodes;
import io.acpbenefits.idempotency.RequestKey;
import io.acpbenefits.idempotency.RequestKeys;
import io.acpbenefits.internal.Domain;
import io.acpbenefits.internal.Rows;
import io.acpbenefits.organization.Accounts;
import io.acpbenefits.pearsonvue.BookingRequestMapper.RequestRow;
import io.acpbenefits.permission.Access;
import io.acpbenefits.permission.Subject;
import io.acpbenefits.registration.ExamRegistration;
import io.acpbenefits.registration.ExamRegistrationId;
import io.acpbenefits.registration.ExamRegistrationState;
import io.acpbenefits.registration.ExamRegistrations;
import io.acpbenefits.registration.IdPair;
import io.acpbenefits.registration.Payment;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Books exams at Pearson VUE and registers them here, in one go: both sides agree afterwards, or
 * neither has changed; thread-safe.
 *
 * <p>Pearson VUE is asked with no transaction open, so everything here refuses to run inside of one
 * with an {@link IllegalStateException}. What is to be asked is committed before ({@link
 * ExamBookingRequest}). If Pearson VUE gives no answer, whatever it throws leaves the operation,
 * and what became of it is open for the moment: {@link ExamBookingRequests#resume} asks again, and
 * so does the same call made again. Then it is finished, or undone on both sides.
 *
 * <p>Source: "Participate in ACP/ACE Exams".
 */
public final class ExamBookings {

  private final Domain domain;
  private final Access access;
  private final RequestKeys keys;
  private final Accounts accounts;
  private final ExamCodes codes;
  private final CodeUse codeUse;
  private final ExamRegistrations registrations;
  private final PearsonVue pearsonVue;
  private final BookingRequests asked;
  private final Asking asking;
  private final ExamBookingRequests requests;
  private final Rows<ExamBookingMapper> rows;

  /**
   * Called by {@code AcpBenefits}.
   *
   * @param domain what features are built on
   * @param access who may do what
   * @param log where it is recorded
   * @param keys what was asked for before
   * @param accounts who sits exams
   * @param codes what they are paid with
   * @param codeUse which of them fits
   * @param registrations core's side
   * @param pearsonVue the other side
   * @param policy the rules of asking it
   */
  public ExamBookings(
      Domain domain,
      Access access,
      AuditLog log,
      RequestKeys keys,
      Accounts accounts,
      ExamCodes codes,
      CodeUse codeUse,
      ExamRegistrations registrations,
      PearsonVue pearsonVue,
      ExamBookingPolicy policy) {
    this.domain = domain;
    this.access = access;
    this.keys = keys;
    this.accounts = accounts;
    this.codes = codes;
    this.codeUse = codeUse;
    this.registrations = registrations;
    this.pearsonVue = pearsonVue;
    this.asked = new BookingRequests(domain, log, keys, policy.tries());
    this.asking = new Asking(domain, accounts, asked, codes, registrations, pearsonVue);
    this.requests =
        new ExamBookingRequests(domain, access, log, accounts, registrations, asked, asking);
    this.rows = domain.rows(ExamBookingMapper.class);
  }

  /**
   * What Pearson VUE is asked for and has not settled; for the root, which hands it out.
   *
   * @param library only from inside the library
   * @return the entry
   */
  public ExamBookingRequests requests(Actor.Library library) {
    return requests;
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
   *     {@link PearsonVue#priceWith} refuses, and DUPLICATE_REQUEST while something else is asked
   *     for about this exam
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
    return book(
        actor, exam, Payment.CODE, code, slot, key, Arrays.asList("code", exam, code, slot));
  }

  /**
   * Books an exam that the candidate pays for.
   *
   * @param actor the candidate, a member or not
   * @param exam which exam
   * @param slot in which slot
   * @return both sides; the booking names the price
   * @throws Refusal whatever {@link ExamRegistrations#registerSelfPaid} or {@link PearsonVue#book}
   *     refuses, and DUPLICATE_REQUEST while something else is asked for about this exam
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
    return book(actor, exam, Payment.SELF_PAID, null, slot, key, List.of("self-paid", exam, slot));
  }

  private ExamBooking book(
      Actor.Account actor,
      ExamId exam,
      Payment payment,
      @Nullable ExamCodeId code,
      SlotId slot,
      @Nullable RequestKey key,
      List<?> payload) {
    domain.requireNoTransaction("Booking an exam at Pearson VUE");
    access.require(actor, Operation.REGISTER_EXAM, Subject.ofAccount(actor.id()));
    String claim = domain.newId();
    RequestRow request =
        keys.once(
            actor,
            key,
            Operation.REGISTER_EXAM,
            payload,
            made -> made.requestId().value(),
            id -> asked.find(ExamBookingRequestId.of(id)),
            () -> {
              accounts.lock(Actor.system(), actor.id());
              ExamCodeId used = payment == Payment.CODE ? usable(actor, exam, code) : null;
              return asked.begin(
                  asking(
                      claim,
                      actor,
                      exam,
                      ExamBookingStep.HOLD_SEAT,
                      payment,
                      used,
                      slot,
                      null,
                      null,
                      null,
                      key));
            });
    return finish(actor, claim, request);
  }

  private ExamCodeId usable(Actor.Account actor, ExamId exam, @Nullable ExamCodeId code) {
    if (code != null) {
      return codes.get(actor, code).codeId();
    }
    // With a request that is open already the code may be reserved.
    return asked.openCode(actor.id(), exam).orElseGet(() -> codeUse.assignedFor(actor.id(), exam));
  }

  private RequestRow asking(
      String claim,
      Actor.Account actor,
      ExamId exam,
      ExamBookingStep step,
      @Nullable Payment payment,
      @Nullable ExamCodeId code,
      @Nullable SlotId slot,
      @Nullable SlotId former,
      @Nullable ExamRegistrationId registration,
      @Nullable BookingId booking,
      @Nullable RequestKey key) {
    return new RequestRow(
        ExamBookingRequestId.of(domain.newId()),
        actor.id(),
        exam,
        step,
        payment,
        code,
        slot,
        former,
        registration,
        booking,
        key == null ? null : key.value(),
        ExamBookingRequestState.ASKING,
        domain.now(),
        1,
        asked.until(1),
        claim,
        null,
        null);
  }

  /** Goes on with what was noted by this call, or by an earlier one that had no answer. */
  private ExamBooking finish(Actor.Account actor, String claim, RequestRow request) {
    boolean isDone = request.state() == ExamBookingRequestState.DONE;
    boolean isAsFound = isDone || claim.equals(request.claim());
    RequestRow mine = isAsFound ? request : asked.take(request.requestId());
    return mine.state() == ExamBookingRequestState.DONE
        ? get(actor, Objects.requireNonNull(mine.examRegistrationId()))
        : get(actor, asking.finish(mine));
  }

  /**
   * Moves the appointment to another slot.
   *
   * @param actor the candidate
   * @param id which registration
   * @param slot in which slot from now on, of the same delivery
   * @return both sides
   * @throws Refusal NOT_FOUND if it was not booked here by the actor, INVALID_INPUT if it is in
   *     that slot already, DUPLICATE_REQUEST while something else is asked for about this exam;
   *     else whatever {@link ExamRegistrations#reschedule} or {@link PearsonVue#reschedule} refuses
   */
  public ExamBooking reschedule(Actor.Account actor, ExamRegistrationId id, SlotId slot) {
    domain.requireNoTransaction("Rescheduling an exam at Pearson VUE");
    BookingId booking = bookingOf(actor, id);
    Slot to = pearsonVue.slot(actor, slot);
    Booking former = pearsonVue.booking(actor, booking);
    String claim = domain.newId();
    RequestRow request =
        domain.inTransaction(
            () -> {
              accounts.lock(Actor.system(), actor.id());
              ExamRegistration registration =
                  registrations.requireMovable(Actor.system(), actor, id, to.startsAt());
              RequestRow noted =
                  asked.begin(
                      asking(
                          claim,
                          actor,
                          registration.examId(),
                          ExamBookingStep.MOVE,
                          null,
                          null,
                          slot,
                          former.slotId(),
                          id,
                          booking,
                          null));
              if (claim.equals(noted.claim())) {
                requireElsewhere(registration, former, to);
              }
              return noted;
            });
    return finish(actor, claim, request);
  }

  /** What both sides have done already is not asked for again. */
  private static void requireElsewhere(ExamRegistration registration, Booking there, Slot to) {
    if (there.slotId().equals(to.slotId()) && registration.appointment().equals(to.startsAt())) {
      throw new Refusal(Reason.INVALID_INPUT, "The booking is in this slot; choose another one.");
    }
  }

  /**
   * Cancels: in time the code comes back on both sides, later it is lost on both.
   *
   * @param actor the candidate
   * @param id which registration
   * @return both sides, CANCELED or LATE_CANCELED
   * @throws Refusal NOT_FOUND if it was not booked here by the actor, DUPLICATE_REQUEST while
   *     something else is asked for about this exam; else whatever {@link ExamRegistrations#cancel}
   *     or {@link PearsonVue#cancel} refuses
   * @throws BenefitsException if one side would call it late and the other not: their policies
   *     differ
   */
  public ExamBooking cancel(Actor.Account actor, ExamRegistrationId id) {
    domain.requireNoTransaction("Canceling an exam at Pearson VUE");
    BookingId booking = bookingOf(actor, id);
    Booking theirs = pearsonVue.booking(actor, booking);
    ExamId exam = registrations.get(actor, id).examId();
    String claim = domain.newId();
    RequestRow request =
        domain.inTransaction(
            () -> {
              accounts.lock(Actor.system(), actor.id());
              RequestRow noted =
                  asked.begin(
                      asking(
                          claim,
                          actor,
                          exam,
                          ExamBookingStep.CANCEL,
                          null,
                          null,
                          null,
                          null,
                          id,
                          booking,
                          null));
              if (claim.equals(noted.claim())) {
                requireAgreement(
                    id,
                    registrations.requireCancelable(Actor.system(), actor, id),
                    !domain.now().isAfter(theirs.changeableUntil()));
              }
              return noted;
            });
    return finish(actor, claim, request);
  }

  private static void requireAgreement(
      ExamRegistrationId id, ExamRegistrationState here, boolean inTime) {
    if (inTime != (here == ExamRegistrationState.CANCELED)) {
      throw new BenefitsException(
          ("Registration %s would be %s here, but Pearson VUE takes the cancellation for %s. Let"
                  + " CodePolicy.cancelInTime be what Pearson VUE goes by.")
              .formatted(id, here, inTime ? "timely" : "late"));
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
    domain.requireNoTransaction("Noting the ids that Pearson VUE shows");
    Booking booking = pearsonVue.booking(actor, bookingOf(actor, id));
    String candidateId = booking.candidateId();
    if (candidateId != null && registrations.get(actor, id).ids() == null) {
      IdPair ids = new IdPair(candidateId, pearsonVue.profile(actor).registrationId());
      registrations.noteIds(actor, id, ids);
    }
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
    domain.requireNoTransaction("Looking a booking up at Pearson VUE");
    BookingId booking = bookingOf(actor, id);
    return new ExamBooking(registrations.get(actor, id), pearsonVue.booking(actor, booking));
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
