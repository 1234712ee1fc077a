package io.acpbenefits.pearsonvue;

import io.acpbenefits.common.AccountId;
import io.acpbenefits.exam.ExamId;
import io.acpbenefits.registration.Delivery;
import io.acpbenefits.registration.Payment;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An exam that a candidate has booked, as the exam history's details page shows it.
 *
 * <p>Source: "You can view the Candidate ID on the Exam history details page".
 *
 * @param bookingId its id
 * @param accountId the candidate
 * @param examId which exam
 * @param slotId in which slot
 * @param delivery where
 * @param testCenterId at which test center; null online
 * @param appointment when it is sat, in UTC
 * @param state where it stands now
 * @param heldUntil until when it can be checked out; says nothing afterwards
 * @param changeableUntil until when, this instant included, it can be rescheduled, and canceled at
 *     no cost
 * @param price what was paid; before the checkout, what is to be paid without a code
 * @param payment how it was paid for; null before the checkout
 * @param candidateId the Candidate ID, one for each sitting; null as long as it is not shown, which
 *     at the embedded Pearson VUE is until the checkout
 * @param result what came of it; after an invalidation, what had come of it
 */
public record Booking(
    BookingId bookingId,
    AccountId accountId,
    ExamId examId,
    SlotId slotId,
    Delivery delivery,
    @Nullable TestCenterId testCenterId,
    Instant appointment,
    BookingState state,
    Instant heldUntil,
    Instant changeableUntil,
    Price price,
    @Nullable Payment payment,
    @Nullable String candidateId,
    @Nullable ExamResult result) {

  /** Never shows the candidate's ids. */
  @Override
  public String toString() {
    return "Booking[" + bookingId + ", " + examId + ", " + state + "]";
  }
}
