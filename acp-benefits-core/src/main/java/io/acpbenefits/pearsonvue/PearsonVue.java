package io.acpbenefits.pearsonvue;

import io.acpbenefits.common.Actor;
import io.acpbenefits.common.Page;
import io.acpbenefits.common.PageRequest;
import io.acpbenefits.common.Refusal;
import io.acpbenefits.exam.ExamId;
import io.acpbenefits.examcode.CodeText;
import io.acpbenefits.idempotency.RequestKey;
import org.jspecify.annotations.Nullable;

/**
 * Pearson VUE, where candidates book and sit exams. A host that has access to the real one plugs in
 * its own adapter; {@link EmbeddedPearsonVue} keeps everything in the library's database.
 *
 * <p>Candidates act for themselves only: somebody else's booking is NOT_FOUND. Implementations must
 * be thread-safe; must refuse with the reasons named here, having changed nothing; must give a seat
 * that is not checked out free again by themselves; and must never log a code.
 *
 * <p>What changes something takes a request key, and must be done once for each: asked again with a
 * key that it has answered, it answers with the same booking as it stands now, and asked again with
 * one that it has refused, it looks anew. Keys belong to the candidate. A null key is none, for
 * candidates who are at the other end themselves.
 *
 * <p>The library calls this with no transaction open, once or more often with the same key, on
 * several threads and nodes, though never at the same time for one exam of one candidate unless a
 * call takes longer than {@link ExamBookingPolicy} allows.
 *
 * <p>Source: "Participate in ACP/ACE Exams".
 */
public interface PearsonVue {

  /**
   * Creates an exam account.
   *
   * @param actor whose
   * @param name as on the candidate's identity document, 1 to 200 characters
   * @param email where Pearson VUE writes to, 1 to 254 characters
   * @return the profile, which shows the Registration ID
   * @throws Refusal INVALID_INPUT, or ALREADY_EXISTS if the actor has one
   */
  CandidateProfile openAccount(Actor.Account actor, String name, String email);

  /**
   * The My Profile page.
   *
   * @param actor whose
   * @return the profile, which shows the Registration ID
   * @throws Refusal NOT_FOUND if the actor has no exam account
   */
  CandidateProfile profile(Actor.Account actor);

  /**
   * The "View exams" page.
   *
   * @param actor anyone
   * @param page which part
   * @return the exams that can be booked now, by id
   */
  Page<CatalogueExam> exams(Actor actor, PageRequest page);

  /**
   * Where exams can be sat.
   *
   * @param actor anyone
   * @param page which part
   * @return the test centers, by id
   */
  Page<TestCenter> testCenters(Actor actor, PageRequest page);

  /**
   * Slots with free seats.
   *
   * @param actor anyone
   * @param search which
   * @param page which part
   * @return by start; only slots that have not begun and at which the exam is still held
   * @throws Refusal NOT_FOUND or EXAM_RETIRED if the exam is not offered
   */
  Page<Slot> freeSlots(Actor actor, SlotSearch search, PageRequest page);

  /**
   * One slot, full or not.
   *
   * @param actor anyone
   * @param slot which
   * @return the slot
   * @throws Refusal NOT_FOUND
   */
  Slot slot(Actor actor, SlotId slot);

  /**
   * Tests the equipment for an online exam, which must have been done before booking one.
   *
   * @param actor the candidate
   * @param equipment what the candidate has
   * @return what it came to; a check that fails takes an earlier pass away
   * @throws Refusal NOT_FOUND if the actor has no exam account
   */
  EquipmentCheck checkEquipment(Actor.Account actor, Equipment equipment);

  /**
   * Chooses exam and slot, and holds a seat until the checkout.
   *
   * @param actor the candidate
   * @param exam which exam
   * @param slot in which slot
   * @param key names the command, so that sending it again does not do it again; null for none
   * @return the booking, HELD
   * @throws Refusal REQUEST_KEY_REUSED if the key was used for something else, NOT_FOUND if there
   *     is no such exam or slot or the actor has no exam account, EXAM_RETIRED, INVALID_INPUT if
   *     the slot has begun, ILLEGAL_STATE if the equipment was not tested, DUPLICATE_REQUEST if the
   *     actor has an open booking of the exam, or SEAT_TAKEN
   */
  Booking book(Actor.Account actor, ExamId exam, SlotId slot, @Nullable RequestKey key);

  /**
   * Chooses exam and slot, and holds a seat until the checkout. Without a key.
   *
   * @param actor the candidate
   * @param exam which exam
   * @param slot in which slot
   * @return the booking, HELD
   * @throws Refusal as with one
   */
  default Booking book(Actor.Account actor, ExamId exam, SlotId slot) {
    return book(actor, exam, slot, null);
  }

  /**
   * What the checkout page shows once a code was typed in; uses nothing up.
   *
   * @param actor the candidate
   * @param booking which held booking
   * @param code the code
   * @return 0 in the exam's currency
   * @throws Refusal NOT_FOUND if there is no such booking or code, EXAM_MISMATCH, CODE_EXPIRED if
   *     it has expired or will have by the appointment, or ILLEGAL_STATE if the booking is not held
   *     any more or the code was used
   */
  Price priceWith(Actor.Account actor, BookingId booking, CodeText code);

  /**
   * Pays with a code, which is used up by it.
   *
   * @param actor the candidate
   * @param booking which held booking
   * @param code the code
   * @param key names the command, so that sending it again does not do it again; null for none
   * @return the booking, SCHEDULED, at a price of 0
   * @throws Refusal REQUEST_KEY_REUSED if the key was used for something else, else as {@link
   *     #priceWith}
   */
  Booking checkout(Actor.Account actor, BookingId booking, CodeText code, @Nullable RequestKey key);

  /**
   * Pays with a code, which is used up by it. Without a key.
   *
   * @param actor the candidate
   * @param booking which held booking
   * @param code the code
   * @return the booking, SCHEDULED, at a price of 0
   * @throws Refusal as with one
   */
  default Booking checkout(Actor.Account actor, BookingId booking, CodeText code) {
    return checkout(actor, booking, code, null);
  }

  /**
   * Pays the price.
   *
   * @param actor the candidate
   * @param booking which held booking
   * @param key names the command, so that sending it again does not do it again; null for none
   * @return the booking, SCHEDULED
   * @throws Refusal REQUEST_KEY_REUSED if the key was used for something else, NOT_FOUND, or
   *     ILLEGAL_STATE if it is not held any more
   */
  Booking checkoutSelfPaid(Actor.Account actor, BookingId booking, @Nullable RequestKey key);

  /**
   * Pays the price. Without a key.
   *
   * @param actor the candidate
   * @param booking which held booking
   * @return the booking, SCHEDULED
   * @throws Refusal as with one
   */
  default Booking checkoutSelfPaid(Actor.Account actor, BookingId booking) {
    return checkoutSelfPaid(actor, booking, null);
  }

  /**
   * Moves a booking to another slot of the same delivery.
   *
   * @param actor the candidate
   * @param booking which scheduled booking
   * @param slot in which slot from now on
   * @param key names the command, so that sending it again does not do it again; null for none
   * @return the booking
   * @throws Refusal REQUEST_KEY_REUSED if the key was used for something else, NOT_FOUND,
   *     ILLEGAL_STATE if it is not scheduled or its appointment is too near, EXAM_RETIRED,
   *     INVALID_INPUT if the slot has begun or is of the other delivery, CODE_EXPIRED if the code
   *     will have by then, or SEAT_TAKEN
   */
  Booking reschedule(Actor.Account actor, BookingId booking, SlotId slot, @Nullable RequestKey key);

  /**
   * Moves a booking to another slot of the same delivery. Without a key.
   *
   * @param actor the candidate
   * @param booking which scheduled booking
   * @param slot in which slot from now on
   * @return the booking
   * @throws Refusal as with one
   */
  default Booking reschedule(Actor.Account actor, BookingId booking, SlotId slot) {
    return reschedule(actor, booking, slot, null);
  }

  /**
   * Cancels. A held seat is given up; of a scheduled one the code comes back, or the price is paid
   * back, unless it is too late for that.
   *
   * @param actor the candidate
   * @param booking which booking
   * @param key names the command, so that sending it again does not do it again; null for none
   * @return the booking, RELEASED, CANCELED or LATE_CANCELED
   * @throws Refusal REQUEST_KEY_REUSED if the key was used for something else, NOT_FOUND, or
   *     ILLEGAL_STATE if it is neither held nor scheduled, or its appointment has passed
   */
  Booking cancel(Actor.Account actor, BookingId booking, @Nullable RequestKey key);

  /**
   * Cancels. A held seat is given up; of a scheduled one the code comes back, or the price is paid
   * Without a key.
   *
   * @param actor the candidate
   * @param booking which booking
   * @return the booking, RELEASED, CANCELED or LATE_CANCELED
   * @throws Refusal as with one
   */
  default Booking cancel(Actor.Account actor, BookingId booking) {
    return cancel(actor, booking, null);
  }

  /**
   * The exam history.
   *
   * @param actor the candidate
   * @param page which part
   * @return the actor's bookings in the order of their making, each with its Candidate ID
   * @throws Refusal NOT_FOUND if the actor has no exam account
   */
  Page<Booking> history(Actor.Account actor, PageRequest page);

  /**
   * The exam history's details page of one booking.
   *
   * @param actor the candidate
   * @param booking which
   * @return the booking with its Candidate ID
   * @throws Refusal NOT_FOUND
   */
  Booking booking(Actor.Account actor, BookingId booking);
}
