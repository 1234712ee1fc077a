package io.acpbenefits.pearsonvue;

import static io.acpbenefits.CoreFixture.assertRefused;
import static io.acpbenefits.pearsonvue.PearsonVueFixture.CODE;
import static org.assertj.core.api.Assertions.assertThat;

import io.acpbenefits.common.Page;
import io.acpbenefits.common.PageRequest;
import io.acpbenefits.common.Reason;
import io.acpbenefits.exam.ExamId;
import io.acpbenefits.examcode.CodeText;
import io.acpbenefits.registration.Delivery;
import io.acpbenefits.registration.Payment;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class BookingsTest {

  private final PearsonVueFixture at = new PearsonVueFixture();

  @Test
  void aHeldSeatShowsThePriceAndNoCandidateIdYet() {
    Slot slot = at.slot(7, 1);
    Booking held = at.held(at.ann, slot);

    assertThat(held.state()).isEqualTo(BookingState.HELD);
    assertThat(held.appointment()).isEqualTo(slot.startsAt());
    assertThat(held.delivery()).isEqualTo(Delivery.TEST_CENTER);
    assertThat(held.testCenterId()).isEqualTo(at.berlin);
    assertThat(held.price()).isEqualTo(at.price);
    assertThat(held.payment()).isNull();
    assertThat(held.candidateId()).isNull();
    assertThat(held.heldUntil()).isEqualTo(at.it.in(Duration.ofMinutes(20)));
    assertThat(held.changeableUntil()).isEqualTo(slot.startsAt().minus(Duration.ofHours(24)));
    assertRefused(Reason.SEAT_TAKEN, () -> at.held(at.ben, slot));
  }

  @Test
  void aSeatThatIsNotCheckedOutInTimeIsSomebodyElses() {
    Slot slot = at.slot(7, 1);
    Booking anns = at.held(at.ann, slot);
    at.it.clock.advance(Duration.ofMinutes(20).minusNanos(1000));
    assertRefused(Reason.SEAT_TAKEN, () -> at.held(at.ben, slot));
    at.it.clock.advance(Duration.ofNanos(1000));

    assertThat(at.vue.booking(at.ann, anns.bookingId()).state()).isEqualTo(BookingState.RELEASED);
    assertThat(at.scheduled(at.ben, slot).state()).isEqualTo(BookingState.SCHEDULED);
    assertRefused(Reason.ILLEGAL_STATE, () -> at.vue.checkoutSelfPaid(at.ann, anns.bookingId()));
    at.held(at.ann, at.slot(8));
  }

  @Test
  void paidByTheCandidateItShowsThePriceAndTheCandidateId() {
    Booking paid = at.scheduled(7);

    assertThat(paid.state()).isEqualTo(BookingState.SCHEDULED);
    assertThat(paid.payment()).isEqualTo(Payment.SELF_PAID);
    assertThat(paid.price()).isEqualTo(at.price);
    assertThat(paid.candidateId()).matches("C\\d{12}");
    assertThat(paid.toString()).doesNotContain(String.valueOf(paid.candidateId()), "ann");
  }

  @Test
  void aCodeMakesThePriceZeroAndIsUsedUp() {
    at.voucher(CODE);
    Booking held = at.held(at.ann, at.slot(7));

    assertThat(at.vue.priceWith(at.ann, held.bookingId(), CODE)).isEqualTo(Price.of("0", "USD"));
    assertThat(at.stateOf(CODE)).isEqualTo(VoucherState.FREE);
    Booking paid = at.vue.checkout(at.ann, held.bookingId(), CODE);

    assertThat(paid.payment()).isEqualTo(Payment.CODE);
    assertThat(paid.price()).isEqualTo(Price.of("0", "USD"));
    assertThat(at.stateOf(CODE)).isEqualTo(VoucherState.USED);
    Booking bens = at.held(at.ben, at.slot(8));
    assertRefused(Reason.ILLEGAL_STATE, () -> at.vue.checkout(at.ben, bens.bookingId(), CODE));
  }

  @Test
  void refusesCodesThatDoNotPayForThisExam() {
    CodeText other = CodeText.parse("OTHER-EXAM");
    CodeText shortLived = CodeText.parse("SHORT-LIVED");
    at.voucher(other, at.security);
    Booking held = at.held(at.ann, at.slot(7));
    at.desk.registerVouchers(at.operator, at.cloud, List.of(shortLived), held.appointment());

    assertRefused(Reason.EXAM_MISMATCH, () -> at.vue.checkout(at.ann, held.bookingId(), other));
    assertRefused(Reason.CODE_EXPIRED, () -> at.vue.checkout(at.ann, held.bookingId(), shortLived));
    assertRefused(Reason.NOT_FOUND, () -> at.vue.checkout(at.ann, held.bookingId(), CODE));
    assertRefused(Reason.EXAM_MISMATCH, () -> at.vue.priceWith(at.ann, held.bookingId(), other));
    assertThat(at.vue.booking(at.ann, held.bookingId())).isEqualTo(held);
    assertThat(at.stateOf(other)).isEqualTo(VoucherState.FREE);
  }

  @Test
  void whatIsSomebodyElsesIsNotThere() {
    at.voucher(CODE);
    BookingId bens = at.held(at.ben, at.slot(7)).bookingId();
    SlotId slot = at.slot(8).slotId();

    assertRefused(Reason.NOT_FOUND, () -> at.vue.booking(at.ann, bens));
    assertRefused(Reason.NOT_FOUND, () -> at.vue.priceWith(at.ann, bens, CODE));
    assertRefused(Reason.NOT_FOUND, () -> at.vue.checkout(at.ann, bens, CODE));
    assertRefused(Reason.NOT_FOUND, () -> at.vue.checkoutSelfPaid(at.ann, bens));
    assertRefused(Reason.NOT_FOUND, () -> at.vue.reschedule(at.ann, bens, slot));
    assertRefused(Reason.NOT_FOUND, () -> at.vue.cancel(at.ann, bens));
    assertRefused(Reason.NOT_FOUND, () -> at.vue.cancel(at.ann, BookingId.of("unknown")));
    assertThat(at.vue.booking(at.ben, bens).state()).isEqualTo(BookingState.HELD);
  }

  @Test
  void refusesASecondOpenBookingOfTheExam() {
    Slot slot = at.slot(7);
    at.scheduled(at.ann, slot);

    assertRefused(Reason.DUPLICATE_REQUEST, () -> at.held(at.ann, at.slot(8)));
    assertThat(at.vue.book(at.ann, at.security, slot.slotId()).state())
        .isEqualTo(BookingState.HELD);
  }

  @Test
  void refusesExamsAndSlotsThatAreNotThere() {
    Slot slot = at.slot(7);
    assertRefused(Reason.NOT_FOUND, () -> at.vue.book(at.ann, ExamId.of("unknown"), slot.slotId()));
    assertRefused(Reason.NOT_FOUND, () -> at.vue.book(at.ann, at.cloud, SlotId.of("unknown")));
    at.it.clock.set(slot.startsAt().plusNanos(1000));
    assertRefused(Reason.INVALID_INPUT, () -> at.held(at.ann, slot));
  }

  @Test
  void rescheduledItLeavesItsOldSeatAndKeepsTheCandidateId() {
    Slot from = at.slot(7, 1);
    Booking paid = at.scheduled(at.ann, from);
    Slot to = at.slot(9, 1);

    Booking moved = at.vue.reschedule(at.ann, paid.bookingId(), to.slotId());

    assertThat(moved.appointment()).isEqualTo(to.startsAt());
    assertThat(moved.slotId()).isEqualTo(to.slotId());
    assertThat(moved.state()).isEqualTo(BookingState.SCHEDULED);
    assertThat(moved.candidateId()).isEqualTo(paid.candidateId());
    assertThat(moved.changeableUntil()).isEqualTo(to.startsAt().minus(Duration.ofHours(24)));
    assertThat(at.vue.slot(at.ann, from.slotId()).free()).isOne();
    assertRefused(Reason.SEAT_TAKEN, () -> at.held(at.ben, to));
    at.held(at.ben, from);
  }

  @Test
  void refusesToRescheduleToWhereItCannotBe() {
    Booking paid = at.paidWithCode(7);
    Slot full = at.slot(8, 1);
    at.held(at.ben, full);
    Slot online = at.desk.addOnlineSlot(at.operator, at.it.in(Duration.ofDays(8)), 1);
    Slot afterTheCode = at.slot(365);
    Slot afterTheExam = at.slot(300);
    at.desk.offer(
        at.operator, new CatalogueExam(at.cloud, "Cloud", at.price, afterTheExam.startsAt()));

    BookingId id = paid.bookingId();
    assertRefused(Reason.SEAT_TAKEN, () -> at.vue.reschedule(at.ann, id, full.slotId()));
    assertRefused(Reason.INVALID_INPUT, () -> at.vue.reschedule(at.ann, id, online.slotId()));
    assertRefused(Reason.INVALID_INPUT, () -> at.vue.reschedule(at.ann, id, paid.slotId()));
    assertRefused(Reason.NOT_FOUND, () -> at.vue.reschedule(at.ann, id, SlotId.of("unknown")));
    assertRefused(Reason.EXAM_RETIRED, () -> at.vue.reschedule(at.ann, id, afterTheExam.slotId()));
    at.desk.offer(at.operator, new CatalogueExam(at.cloud, "Cloud", at.price, null));
    assertRefused(Reason.CODE_EXPIRED, () -> at.vue.reschedule(at.ann, id, afterTheCode.slotId()));
    assertThat(at.vue.booking(at.ann, id)).isEqualTo(paid);
  }

  @Test
  void canceledAtTheLastMomentInTimeTheCodeIsFree() {
    Booking paid = at.paidWithCode(7);
    at.it.clock.set(paid.changeableUntil());

    assertThat(at.vue.cancel(at.ann, paid.bookingId()).state()).isEqualTo(BookingState.CANCELED);
    assertThat(at.stateOf(CODE)).isEqualTo(VoucherState.FREE);
    assertThat(at.vue.slot(at.ann, paid.slotId()).free()).isEqualTo(10);
    Booking again = at.held(at.ann, at.slot(7));
    assertThat(at.vue.checkout(at.ann, again.bookingId(), CODE).candidateId())
        .isNotEqualTo(paid.candidateId());
  }

  @Test
  void aMomentLaterTheCodeIsUsedUpAndTheSeatIsFreeAllTheSame() {
    Booking paid = at.paidWithCode(7);
    Slot other = at.slot(9);
    at.it.clock.set(paid.changeableUntil().plusNanos(1000));
    assertRefused(
        Reason.ILLEGAL_STATE, () -> at.vue.reschedule(at.ann, paid.bookingId(), other.slotId()));

    assertThat(at.vue.cancel(at.ann, paid.bookingId()).state())
        .isEqualTo(BookingState.LATE_CANCELED);
    assertThat(at.stateOf(CODE)).isEqualTo(VoucherState.USED);
    assertThat(at.vue.slot(at.ann, paid.slotId()).free()).isEqualTo(10);
    assertThat(at.held(at.ann, other).state()).isEqualTo(BookingState.HELD);
  }

  @Test
  void onceTheAppointmentHasPassedTheCandidateCanChangeNothing() {
    Booking paid = at.scheduled(7);
    Slot other = at.slot(9);
    at.it.clock.set(paid.appointment().plusNanos(1000));

    assertRefused(Reason.ILLEGAL_STATE, () -> at.vue.cancel(at.ann, paid.bookingId()));
    assertRefused(
        Reason.ILLEGAL_STATE, () -> at.vue.reschedule(at.ann, paid.bookingId(), other.slotId()));
  }

  @Test
  void theHistoryListsOnesOwnBookingsPageByPage() {
    Booking first = at.scheduled(7);
    Booking canceled = at.vue.cancel(at.ann, first.bookingId());
    Booking second = at.scheduled(8);
    at.scheduled(at.ben, at.slot(9));

    Page<Booking> page = at.vue.history(at.ann, PageRequest.first(1));
    assertThat(page.items()).containsExactly(canceled);
    assertThat(at.vue.history(at.ann, PageRequest.first(1).then(page.next().orElseThrow())).items())
        .containsExactly(second);
    assertThat(second.candidateId()).isNotEqualTo(first.candidateId());
  }

  @Test
  void everyStepIsInTheAudit() {
    Booking paid = at.scheduled(7);
    at.vue.reschedule(at.ann, paid.bookingId(), at.slot(8).slotId());
    at.vue.cancel(at.ann, paid.bookingId());

    assertThat(
            at.it
                .benefits
                .audit()
                .of(at.operator, paid.bookingId().value(), PageRequest.first(9))
                .items())
        .extracting(entry -> entry.fromState() + ">" + entry.toState() + " " + entry.madeBy())
        .containsExactly(
            "null>HELD account:ann",
            "HELD>SCHEDULED account:ann",
            "SCHEDULED>SCHEDULED account:ann",
            "SCHEDULED>CANCELED account:ann");
  }
}
