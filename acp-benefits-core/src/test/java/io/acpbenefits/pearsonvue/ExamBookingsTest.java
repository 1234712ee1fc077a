package io.acpbenefits.pearsonvue;

import static io.acpbenefits.CoreFixture.assertRefused;
import static io.acpbenefits.pearsonvue.PearsonVueFixture.CODE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.acpbenefits.CoreFixture;
import io.acpbenefits.Together;
import io.acpbenefits.Together.Outcome;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.BenefitsException;
import io.acpbenefits.common.PageRequest;
import io.acpbenefits.common.Reason;
import io.acpbenefits.common.Refusal;
import io.acpbenefits.examcode.ExamCode;
import io.acpbenefits.examcode.ExamCodeState;
import io.acpbenefits.idempotency.RequestKey;
import io.acpbenefits.registration.Delivery;
import io.acpbenefits.registration.ExamRegistration;
import io.acpbenefits.registration.ExamRegistrationId;
import io.acpbenefits.registration.ExamRegistrationState;
import io.acpbenefits.registration.IdPair;
import io.acpbenefits.registration.Payment;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** With the embedded Pearson VUE. */
class ExamBookingsTest {

  private final PearsonVueFixture at = new PearsonVueFixture();
  private final CoreFixture it = at.it;
  private final ExamBookings bookings = it.benefits.examBookings().orElseThrow();

  private ExamCode assignedToAnn() {
    return it.assignedToAnn(CODE.value());
  }

  private ExamBooking bookedWithCode() {
    assignedToAnn();
    at.voucher(CODE);
    return bookings.bookWithCode(at.ann, at.cloud, null, at.slot(7).slotId());
  }

  private ExamCodeState stateOf(ExamCode code) {
    return it.benefits.examCodes().get(it.operator, code.codeId()).state();
  }

  private void assertNothingWasDone() {
    assertThat(it.number("SELECT COUNT(*) FROM acp_registration")).isZero();
    assertThat(it.number("SELECT COUNT(*) FROM acp_exam_booking")).isZero();
    assertThat(it.number("SELECT COUNT(*) FROM acp_vue_booking WHERE state <> 'RELEASED'"))
        .isZero();
    assertThat(
            it.number("SELECT COUNT(*) FROM acp_exam_booking_request WHERE open_exam IS NOT NULL"))
        .isZero();
  }

  @Test
  void theSameRequestKeyBooksOnce() {
    assignedToAnn();
    at.voucher(CODE);
    SlotId slot = at.slot(7).slotId();
    SlotId other = at.slot(8).slotId();
    RequestKey key = RequestKey.of("booking-1");

    ExamBooking first = bookings.bookWithCode(at.ann, at.cloud, null, slot, key);
    ExamBooking again = bookings.bookWithCode(at.ann, at.cloud, null, slot, key);

    assertThat(again).isEqualTo(first);
    assertRefused(
        Reason.REQUEST_KEY_REUSED, () -> bookings.bookWithCode(at.ann, at.cloud, null, other, key));
    assertRefused(
        Reason.REQUEST_KEY_REUSED, () -> bookings.bookSelfPaid(at.ann, at.cloud, slot, key));
    assertThat(it.number("SELECT COUNT(*) FROM acp_vue_booking")).isOne();
  }

  @Test
  void paidByTheCandidateTheSameRequestKeyBooksOnce() {
    SlotId slot = at.slot(7).slotId();
    RequestKey key = RequestKey.of("booking-1");

    ExamBooking first = bookings.bookSelfPaid(at.ann, at.cloud, slot, key);

    assertThat(bookings.bookSelfPaid(at.ann, at.cloud, slot, key)).isEqualTo(first);
    assertThat(it.number("SELECT COUNT(*) FROM acp_vue_booking")).isOne();
  }

  @Test
  void bookedWithACodeBothSidesKnowTheSame() {
    ExamCode code = assignedToAnn();
    at.voucher(CODE);
    Slot slot = at.slot(7);

    ExamBooking booked = bookings.bookWithCode(at.ann, at.cloud, null, slot.slotId());

    ExamRegistration registration = booked.registration();
    assertThat(registration.state()).isEqualTo(ExamRegistrationState.SCHEDULED);
    assertThat(registration.payment()).isEqualTo(Payment.CODE);
    assertThat(registration.codeId()).isEqualTo(code.codeId());
    assertThat(registration.appointment()).isEqualTo(slot.startsAt());
    assertThat(registration.delivery()).isEqualTo(Delivery.TEST_CENTER);
    assertThat(registration.ids())
        .isEqualTo(
            new IdPair(
                Objects.requireNonNull(booked.booking().candidateId()),
                at.vue.profile(at.ann).registrationId()));
    assertThat(booked.booking().state()).isEqualTo(BookingState.SCHEDULED);
    assertThat(booked.booking().price()).isEqualTo(Price.of("0", "USD"));
    assertThat(stateOf(code)).isEqualTo(ExamCodeState.RESERVED);
    assertThat(at.stateOf(CODE)).isEqualTo(VoucherState.USED);
    assertThat(bookings.get(at.ann, registration.examRegistrationId())).isEqualTo(booked);
  }

  @Test
  void bookedSelfPaidItNeedsNoMembership() {
    Slot slot = at.slot(7);
    ExamBooking booked = bookings.bookSelfPaid(at.ben, at.cloud, slot.slotId());

    assertThat(booked.registration().payment()).isEqualTo(Payment.SELF_PAID);
    assertThat(booked.registration().ids()).isNotNull();
    assertThat(booked.booking().price()).isEqualTo(at.price);
    assertThat(at.vue.history(at.ben, PageRequest.first(9)).items())
        .containsExactly(booked.booking());
  }

  @Test
  void whatPearsonVueHasAgainstACodeUndoesBothSides() {
    ExamCode code = assignedToAnn();
    SlotId slot = at.slot(7).slotId();
    assertRefused(Reason.NOT_FOUND, () -> bookings.bookWithCode(at.ann, at.cloud, null, slot));
    at.voucher(CODE, at.security);
    assertRefused(
        Reason.EXAM_MISMATCH, () -> bookings.bookWithCode(at.ann, at.cloud, code.codeId(), slot));

    assertNothingWasDone();
    assertThat(stateOf(code)).isEqualTo(ExamCodeState.ASSIGNED);
  }

  @Test
  void whatCoreHasAgainstItUndoesBothSides() {
    Slot slot = at.slot(7);
    it.member(it.ann);
    assertRefused(
        Reason.NO_CODE_AVAILABLE,
        () -> bookings.bookWithCode(at.ann, at.cloud, null, slot.slotId()));
    ExamCode code = assignedToAnn();
    at.voucher(CODE, at.cloud, 400);
    Slot afterTheCode = at.slot(366);
    assertRefused(
        Reason.CODE_EXPIRED,
        () -> bookings.bookWithCode(at.ann, at.cloud, null, afterTheCode.slotId()));
    assertRefused(
        Reason.NOT_FOUND,
        () -> bookings.bookWithCode(at.ben, at.cloud, code.codeId(), slot.slotId()));

    assertNothingWasDone();
    assertThat(stateOf(code)).isEqualTo(ExamCodeState.ASSIGNED);
    assertThat(at.stateOf(CODE)).isEqualTo(VoucherState.FREE);
  }

  @Test
  void aRefusedCommandLeavesItsRequestKeyFree() {
    assignedToAnn();
    SlotId slot = at.slot(7).slotId();
    RequestKey key = RequestKey.of("booking-1");
    assertRefused(Reason.NOT_FOUND, () -> bookings.bookWithCode(at.ann, at.cloud, null, slot, key));
    at.voucher(CODE);

    ExamBooking booked = bookings.bookWithCode(at.ann, at.cloud, null, slot, key);

    assertThat(booked.registration().state()).isEqualTo(ExamRegistrationState.SCHEDULED);
  }

  @Test
  void bookingNeedsAnExamAccount() {
    SlotId slot = at.slot(7).slotId();
    assertRefused(
        Reason.NOT_FOUND, () -> bookings.bookSelfPaid(Actor.account("cleo"), at.cloud, slot));
  }

  @Test
  void rescheduledBothSidesMove() {
    ExamBooking booked = bookedWithCode();
    Slot later = at.slot(20);

    ExamBooking moved =
        bookings.reschedule(at.ann, booked.registration().examRegistrationId(), later.slotId());

    assertThat(moved.registration().appointment()).isEqualTo(later.startsAt());
    assertThat(moved.booking().appointment()).isEqualTo(later.startsAt());
    assertThat(moved.registration().ids()).isEqualTo(booked.registration().ids());
    assertThat(bookings.get(at.ann, moved.registration().examRegistrationId())).isEqualTo(moved);
  }

  @Test
  void aRefusedReschedulingMovesNeitherSide() {
    ExamBooking booked = bookedWithCode();
    ExamRegistrationId id = booked.registration().examRegistrationId();
    Slot full = at.slot(20, 1);
    at.held(at.ben, full);
    Slot other = at.slot(21);
    Slot online = at.desk.addOnlineSlot(at.operator, it.in(Duration.ofDays(20)), 1);

    assertRefused(Reason.SEAT_TAKEN, () -> bookings.reschedule(at.ann, id, full.slotId()));
    assertRefused(Reason.INVALID_INPUT, () -> bookings.reschedule(at.ann, id, online.slotId()));
    assertRefused(Reason.NOT_FOUND, () -> bookings.reschedule(at.ben, id, other.slotId()));
    assertRefused(
        Reason.INVALID_INPUT, () -> bookings.reschedule(at.ann, id, booked.booking().slotId()));
    it.clock.set(booked.booking().changeableUntil().plusNanos(1000));
    assertRefused(Reason.ILLEGAL_STATE, () -> bookings.reschedule(at.ann, id, other.slotId()));

    assertThat(bookings.get(at.ann, id)).isEqualTo(booked);
  }

  @Test
  void canceledInTimeTheCodeComesBackOnBothSides() {
    ExamBooking booked = bookedWithCode();
    it.clock.set(booked.booking().changeableUntil());

    ExamBooking canceled = bookings.cancel(at.ann, booked.registration().examRegistrationId());

    assertThat(canceled.registration().state()).isEqualTo(ExamRegistrationState.CANCELED);
    assertThat(canceled.booking().state()).isEqualTo(BookingState.CANCELED);
    assertThat(at.stateOf(CODE)).isEqualTo(VoucherState.FREE);
    assertThat(bookings.bookWithCode(at.ann, at.cloud, null, at.slot(9).slotId()).booking())
        .extracting(Booking::state)
        .isEqualTo(BookingState.SCHEDULED);
  }

  @Test
  void canceledLateTheCodeIsLostOnBothSides() {
    ExamBooking booked = bookedWithCode();
    it.clock.set(booked.booking().changeableUntil().plusNanos(1000));

    ExamBooking canceled = bookings.cancel(at.ann, booked.registration().examRegistrationId());

    assertThat(canceled.registration().state()).isEqualTo(ExamRegistrationState.LATE_CANCELED);
    assertThat(canceled.booking().state()).isEqualTo(BookingState.LATE_CANCELED);
    assertThat(at.stateOf(CODE)).isEqualTo(VoucherState.USED);
    assertThat(
            it.benefits
                .examCodes()
                .get(it.operator, Objects.requireNonNull(booked.registration().codeId()))
                .state())
        .isEqualTo(ExamCodeState.FORFEITED);
    assertRefused(
        Reason.ILLEGAL_STATE,
        () -> bookings.cancel(at.ann, booked.registration().examRegistrationId()));
  }

  @Test
  void aCodeReinstatedOnBothSidesBooksAgain() {
    ExamBooking booked = bookedWithCode();
    it.clock.set(booked.booking().changeableUntil().plusNanos(1000));
    bookings.cancel(at.ann, booked.registration().examRegistrationId());
    SlotId slot = at.slot(9).slotId();

    it.benefits
        .codeInterventions()
        .reinstate(it.operator, Objects.requireNonNull(booked.registration().codeId()), "Was ill.");
    assertRefused(Reason.ILLEGAL_STATE, () -> bookings.bookWithCode(at.ann, at.cloud, null, slot));
    at.desk.reinstateVoucher(at.operator, CODE, "Was ill.");

    ExamBooking again = bookings.bookWithCode(at.ann, at.cloud, null, slot);
    assertThat(again.registration().codeId()).isEqualTo(booked.registration().codeId());
    assertThat(again.booking().state()).isEqualTo(BookingState.SCHEDULED);
    assertThat(at.stateOf(CODE)).isEqualTo(VoucherState.USED);
  }

  @Test
  void policiesThatDisagreeAreSaidAndNothingIsCanceled() {
    PearsonVuePolicy byDefault = PearsonVuePolicy.DEFAULT;
    PearsonVueFixture strict =
        new PearsonVueFixture(
            new PearsonVuePolicy(
                byDefault.feedDelay(),
                Duration.ofDays(2),
                byDefault.seatHold(),
                byDefault.equipmentCheckLife(),
                byDefault.megabitsPerSecond()));
    ExamBookings theirs = strict.it.benefits.examBookings().orElseThrow();
    ExamBooking booked = theirs.bookSelfPaid(strict.ann, strict.cloud, strict.slot(7).slotId());
    ExamRegistrationId id = booked.registration().examRegistrationId();
    strict.it.clock.set(booked.booking().appointment().minus(Duration.ofHours(30)));

    assertThatThrownBy(() -> theirs.cancel(strict.ann, id))
        .isInstanceOf(BenefitsException.class)
        .isNotInstanceOf(Refusal.class)
        .hasMessageContaining("CodePolicy.cancelInTime");
    assertThat(theirs.get(strict.ann, id)).isEqualTo(booked);
  }

  @Test
  void whatWasNotBookedHereIsNotThere() {
    ExamBooking booked = bookedWithCode();
    ExamRegistrationId id = booked.registration().examRegistrationId();
    ExamRegistrationId elsewhere =
        it.benefits
            .registrations()
            .registerSelfPaid(at.ben, at.cloud, Delivery.ONLINE, it.in(Duration.ofDays(2)), null)
            .examRegistrationId();
    SlotId slot = at.slot(20).slotId();

    assertRefused(Reason.NOT_FOUND, () -> bookings.get(at.ben, id));
    assertRefused(Reason.NOT_FOUND, () -> bookings.cancel(at.ben, id));
    assertRefused(Reason.NOT_FOUND, () -> bookings.noteIds(at.ben, id));
    assertRefused(Reason.NOT_FOUND, () -> bookings.get(at.ben, elsewhere));
    assertRefused(Reason.NOT_FOUND, () -> bookings.reschedule(at.ben, elsewhere, slot));
    assertThat(bookings.noteIds(at.ann, id)).isEqualTo(booked);
  }

  @Test
  void ofTwoWhoWantTheLastSeatOneHasItOnBothSides() throws Exception {
    ExamCode code = assignedToAnn();
    at.voucher(CODE);
    Slot last = at.slot(7, 1);

    assertThat(
            Together.run(
                () -> bookings.bookWithCode(at.ann, at.cloud, null, last.slotId()),
                () -> bookings.bookSelfPaid(at.ben, at.cloud, last.slotId())))
        .containsExactlyInAnyOrder(new Outcome("DONE"), new Outcome("SEAT_TAKEN"));

    assertThat(it.number("SELECT COUNT(*) FROM acp_registration")).isOne();
    assertThat(it.number("SELECT COUNT(*) FROM acp_vue_booking")).isOne();
    boolean annHasIt = stateOf(code) == ExamCodeState.RESERVED;
    assertThat(at.stateOf(CODE)).isEqualTo(annHasIt ? VoucherState.USED : VoucherState.FREE);
  }

  @Test
  void onePersonWhoBooksTwiceAtOnceHasOneBooking() throws Exception {
    assignedToAnn();
    at.voucher(CODE);
    Slot slot = at.slot(7);

    assertThat(
            Together.run(
                () -> bookings.bookWithCode(at.ann, at.cloud, null, slot.slotId()),
                () -> bookings.bookSelfPaid(at.ann, at.cloud, slot.slotId())))
        .contains(new Outcome("DONE"))
        .hasSize(2)
        .doesNotHaveDuplicates();
    assertThat(it.number("SELECT COUNT(*) FROM acp_registration")).isOne();
  }
}
