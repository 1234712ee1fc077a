package io.acpbenefits.pearsonvue;

import static io.acpbenefits.CoreFixture.refusal;
import static io.acpbenefits.pearsonvue.PearsonVueFixture.CODE;
import static io.acpbenefits.pearsonvue.PearsonVueFixture.FAIL;
import static io.acpbenefits.pearsonvue.PearsonVueFixture.PASS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.acpbenefits.common.Reason;
import io.acpbenefits.common.Refusal;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Every state with every step: the ones in the table lead where it says, all others are refused.
 */
class BookingLifecycleTest {

  private enum Step {
    PRICE_WITH_CODE,
    CHECK_OUT_WITH_CODE,
    CHECK_OUT_SELF_PAID,
    RESCHEDULE,
    CANCEL,
    DELIVER,
    NO_SHOW,
    CORRECT,
    INVALIDATE
  }

  private static final Map<BookingState, Map<Step, BookingState>> TABLE =
      Map.of(
          BookingState.HELD,
          Map.of(
              Step.PRICE_WITH_CODE, BookingState.HELD,
              Step.CHECK_OUT_WITH_CODE, BookingState.SCHEDULED,
              Step.CHECK_OUT_SELF_PAID, BookingState.SCHEDULED,
              Step.CANCEL, BookingState.RELEASED),
          BookingState.SCHEDULED,
          Map.of(
              Step.RESCHEDULE, BookingState.SCHEDULED,
              Step.CANCEL, BookingState.CANCELED,
              Step.DELIVER, BookingState.DELIVERED,
              Step.NO_SHOW, BookingState.NO_SHOW),
          BookingState.DELIVERED,
          Map.of(
              Step.CORRECT, BookingState.DELIVERED,
              Step.INVALIDATE, BookingState.INVALIDATED),
          BookingState.NO_SHOW,
          Map.of(
              Step.CORRECT, BookingState.DELIVERED,
              Step.INVALIDATE, BookingState.INVALIDATED));

  @TestFactory
  Stream<DynamicTest> everyPairOfStateAndStep() {
    return Arrays.stream(BookingState.values())
        .flatMap(
            state ->
                Arrays.stream(Step.values())
                    .map(step -> dynamicTest(state + " " + step, () -> walk(state, step))));
  }

  private static void walk(BookingState state, Step step) {
    PearsonVueFixture at = new PearsonVueFixture();
    Booking booking = in(at, state);
    Optional<BookingState> to =
        Optional.ofNullable(TABLE.getOrDefault(state, new EnumMap<>(Step.class)).get(step));
    assertThat(at.vue.booking(at.ann, booking.bookingId()).state()).isEqualTo(state);

    if (to.isPresent()) {
      take(at, booking, step);
    } else {
      Refusal refusal = refusal(() -> take(at, booking, step));
      assertThat(refusal.reason()).isEqualTo(Reason.ILLEGAL_STATE);
      assertThat(refusal.getMessage()).contains("is " + state);
    }
    assertThat(at.vue.booking(at.ann, booking.bookingId()).state()).isEqualTo(to.orElse(state));
  }

  /** Ann's booking in that state; a held one begins before its hold ends. */
  private static Booking in(PearsonVueFixture at, BookingState state) {
    return switch (state) {
      case HELD ->
          at.held(
              at.ann, at.desk.addSlot(at.operator, at.berlin, at.it.in(Duration.ofMinutes(10)), 1));
      case RELEASED -> at.vue.cancel(at.ann, at.held(at.ann, at.slot(7)).bookingId());
      case SCHEDULED -> at.scheduled(7);
      case CANCELED -> at.vue.cancel(at.ann, at.scheduled(7).bookingId());
      case LATE_CANCELED -> {
        Booking booking = at.scheduled(7);
        at.it.clock.set(booking.appointment());
        yield at.vue.cancel(at.ann, booking.bookingId());
      }
      case DELIVERED -> at.delivered(FAIL);
      case NO_SHOW -> {
        Booking booking = at.scheduled(7);
        at.it.clock.set(booking.appointment());
        yield at.desk.noShow(at.operator, booking.bookingId());
      }
      case INVALIDATED ->
          at.desk.invalidate(at.operator, at.delivered(PASS).bookingId(), "Another person sat it.");
    };
  }

  private static void take(PearsonVueFixture at, Booking booking, Step step) {
    BookingId id = booking.bookingId();
    at.voucher(CODE);
    SlotId other = at.slot(20).slotId();
    if (step == Step.DELIVER || step == Step.NO_SHOW) {
      at.it.clock.set(booking.appointment());
    }
    switch (step) {
      case PRICE_WITH_CODE -> at.vue.priceWith(at.ann, id, CODE);
      case CHECK_OUT_WITH_CODE -> at.vue.checkout(at.ann, id, CODE);
      case CHECK_OUT_SELF_PAID -> at.vue.checkoutSelfPaid(at.ann, id);
      case RESCHEDULE -> at.vue.reschedule(at.ann, id, other);
      case CANCEL -> at.vue.cancel(at.ann, id);
      case DELIVER -> at.desk.deliver(at.operator, id, PASS);
      case NO_SHOW -> at.desk.noShow(at.operator, id);
      case CORRECT -> at.desk.correct(at.operator, id, PASS, "Counted again.");
      case INVALIDATE -> at.desk.invalidate(at.operator, id, "Another person sat it.");
    }
  }
}
