package io.acpbenefits.pearsonvue;

import static io.acpbenefits.CoreFixture.assertRefused;
import static io.acpbenefits.pearsonvue.PearsonVueFixture.CODE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.acpbenefits.CoreFixture;
import io.acpbenefits.TestDatabase;
import io.acpbenefits.common.PageRequest;
import io.acpbenefits.common.Reason;
import io.acpbenefits.examcode.ExamCode;
import io.acpbenefits.examcode.ExamCodeState;
import io.acpbenefits.registration.ExamRegistrationId;
import io.acpbenefits.registration.ExamRegistrationState;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** With an adapter of the host's: Pearson VUE is another library's, in another database. */
class HostsPearsonVueTest {

  private final PearsonVueFixture there = new PearsonVueFixture();
  private final List<String> called = new ArrayList<>();
  private String broken = "";
  private boolean hidesCandidateId;

  private final CoreFixture here =
      new CoreFixture(builder -> builder.pearsonVue(adapter()).clock(there.it.clock));
  private final ExamBookings bookings = here.benefits.examBookings().orElseThrow();

  private PearsonVue adapter() {
    return (PearsonVue)
        Proxy.newProxyInstance(
            PearsonVue.class.getClassLoader(),
            new Class<?>[] {PearsonVue.class},
            (proxy, method, arguments) -> {
              called.add(method.getName());
              if (method.getName().equals(broken)) {
                throw new IllegalStateException("Pearson VUE does not answer");
              }
              try {
                Object answer = method.invoke(there.vue, arguments);
                return answer instanceof Booking booking && hidesCandidateId
                    ? withoutCandidateId(booking)
                    : answer;
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private static Booking withoutCandidateId(Booking booking) {
    return new Booking(
        booking.bookingId(),
        booking.accountId(),
        booking.examId(),
        booking.slotId(),
        booking.delivery(),
        booking.testCenterId(),
        booking.appointment(),
        booking.state(),
        booking.heldUntil(),
        booking.changeableUntil(),
        booking.price(),
        booking.payment(),
        null,
        booking.result());
  }

  private ExamBooking bookedSelfPaid() {
    return bookings.bookSelfPaid(there.ann, there.cloud, there.slot(7).slotId());
  }

  private List<Booking> history() {
    return there.vue.history(there.ann, PageRequest.first(9)).items();
  }

  private void assertNothingIsRegistered() {
    assertThat(here.number("SELECT COUNT(*) FROM acp_registration")).isZero();
    assertThat(here.number("SELECT COUNT(*) FROM acp_exam_booking")).isZero();
  }

  @Test
  void theLibraryMakesNoTablesForIt() {
    CoreFixture without =
        new CoreFixture(TestDatabase.empty(), builder -> builder.pearsonVue(adapter()));
    assertThat(here.benefits.embeddedPearsonVue()).isEmpty();
    assertThat(here.benefits.pearsonVue().orElseThrow().profile(there.ann))
        .isEqualTo(there.vue.profile(there.ann));
    assertThat(without.tables("acp_vue")).isZero();
    assertThat(new CoreFixture().benefits.examBookings()).isEmpty();
  }

  @Test
  void bookedRescheduledAndCanceledBothSidesAgree() {
    ExamBooking booked = bookedSelfPaid();
    ExamRegistrationId id = booked.registration().examRegistrationId();
    Slot later = there.slot(9);

    ExamBooking moved = bookings.reschedule(there.ann, id, later.slotId());
    assertThat(moved.registration().appointment()).isEqualTo(later.startsAt());
    assertThat(moved.booking().appointment()).isEqualTo(later.startsAt());
    ExamBooking canceled = bookings.cancel(there.ann, id);

    assertThat(canceled.registration().state()).isEqualTo(ExamRegistrationState.CANCELED);
    assertThat(history()).containsExactly(canceled.booking());
    assertThat(bookings.get(there.ann, id)).isEqualTo(canceled);
  }

  @Test
  void theIdsAreNotedOnceTheCandidateIdIsShown() {
    hidesCandidateId = true;
    ExamBooking booked = bookedSelfPaid();
    ExamRegistrationId id = booked.registration().examRegistrationId();
    assertThat(booked.registration().ids()).isNull();
    assertThat(bookings.noteIds(there.ann, id).registration().ids()).isNull();

    hidesCandidateId = false;

    assertThat(bookings.noteIds(there.ann, id).registration().candidateId())
        .isEqualTo(history().get(0).candidateId());
    assertThat(bookings.get(there.ann, id).registration().registrationId())
        .isEqualTo(there.vue.profile(there.ann).registrationId());
  }

  @Test
  void whatCoreRefusesIsGivenUpThereBeforeAnythingIsPaid() {
    ExamCode code = here.assignedToAnn(CODE.value());
    there.voucher(CODE, there.cloud, 400);
    Slot afterTheCode = there.slot(366);

    assertRefused(
        Reason.CODE_EXPIRED,
        () -> bookings.bookWithCode(there.ann, there.cloud, null, afterTheCode.slotId()));

    assertNothingIsRegistered();
    assertThat(called).contains("priceWith", "cancel").doesNotContain("checkout");
    assertThat(history()).extracting(Booking::state).containsExactly(BookingState.RELEASED);
    assertThat(here.benefits.examCodes().get(here.operator, code.codeId()).state())
        .isEqualTo(ExamCodeState.ASSIGNED);
  }

  @Test
  void whatPearsonVueRefusesIsNotRegistered() {
    here.assignedToAnn(CODE.value());
    SlotId slot = there.slot(7).slotId();

    assertRefused(
        Reason.NOT_FOUND, () -> bookings.bookWithCode(there.ann, there.cloud, null, slot));

    assertNothingIsRegistered();
    there.voucher(CODE);
    bookings.bookWithCode(there.ann, there.cloud, null, slot);
    assertThat(history())
        .extracting(Booking::state)
        .containsExactly(BookingState.RELEASED, BookingState.SCHEDULED);
  }

  @Test
  void aPearsonVueThatDoesNotAnswerChangesNothingHere() {
    for (String step : List.of("profile", "book", "checkoutSelfPaid")) {
      broken = step;
      assertThatThrownBy(this::bookedSelfPaid).hasMessage("Pearson VUE does not answer");
      assertNothingIsRegistered();
      there.it.clock.advance(PearsonVuePolicy.DEFAULT.seatHold());
    }
    broken = "";
    ExamBooking booked = bookedSelfPaid();
    ExamRegistrationId id = booked.registration().examRegistrationId();
    Slot later = there.slot(9);

    for (String step : Set.of("booking", "cancel")) {
      broken = step;
      assertThatThrownBy(() -> bookings.cancel(there.ann, id))
          .hasMessage("Pearson VUE does not answer");
    }
    for (String step : Set.of("slot", "reschedule")) {
      broken = step;
      assertThatThrownBy(() -> bookings.reschedule(there.ann, id, later.slotId()))
          .hasMessage("Pearson VUE does not answer");
    }
    broken = "";
    assertThat(bookings.get(there.ann, id)).isEqualTo(booked);
  }
}
