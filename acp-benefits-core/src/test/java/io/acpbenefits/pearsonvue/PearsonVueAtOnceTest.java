package io.acpbenefits.pearsonvue;

import static io.acpbenefits.pearsonvue.PearsonVueFixture.PASS;
import static org.assertj.core.api.Assertions.assertThat;

import io.acpbenefits.Together;
import io.acpbenefits.Together.Outcome;
import io.acpbenefits.common.Actor;
import io.acpbenefits.examcode.CodeText;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What two do at the same time happens once. */
class PearsonVueAtOnceTest {

  private static final int ROUNDS = 10;

  private final PearsonVueFixture at = new PearsonVueFixture();

  private static void assertOneWins(List<Outcome> outcomes, String refused) {
    assertThat(outcomes).containsExactlyInAnyOrder(new Outcome("DONE"), new Outcome(refused));
  }

  private Actor.Account candidate(String name) {
    Actor.Account candidate = Actor.account(name);
    at.vue.openAccount(candidate, name, name + "@example.org");
    return candidate;
  }

  @Test
  void theLastSeatGoesToOne() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      Slot slot = at.slot(30 + round, 2);
      at.scheduled(candidate("first-" + round), slot);
      Actor.Account one = candidate("one-" + round);
      Actor.Account other = candidate("other-" + round);

      assertOneWins(
          Together.run(() -> at.held(one, slot), () -> at.held(other, slot)), "SEAT_TAKEN");
      assertThat(at.vue.slot(at.ann, slot.slotId()).free()).isZero();
    }
  }

  @Test
  void theLastSeatGoesToWhoBooksOrToWhoMoves() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      Slot from = at.slot(30 + round);
      Slot last = at.slot(60 + round, 1);
      Booking moving = at.scheduled(candidate("moving-" + round), from);
      Actor.Account mover = new Actor.Account(moving.accountId());
      Actor.Account other = candidate("other-" + round);

      assertOneWins(
          Together.run(
              () -> at.vue.reschedule(mover, moving.bookingId(), last.slotId()),
              () -> at.held(other, last)),
          "SEAT_TAKEN");
    }
  }

  @Test
  void twoWhoSwapTheirSlotsWaitForEachOtherAndNotForEver() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      Slot here = at.slot(30 + round, 2);
      Slot there = at.slot(60 + round, 2);
      Booking one = at.scheduled(candidate("one-" + round), here);
      Booking other = at.scheduled(candidate("other-" + round), there);

      assertThat(
              Together.run(
                  () ->
                      at.vue.reschedule(
                          new Actor.Account(one.accountId()), one.bookingId(), there.slotId()),
                  () ->
                      at.vue.reschedule(
                          new Actor.Account(other.accountId()), other.bookingId(), here.slotId())))
          .containsOnly(new Outcome("DONE"));
    }
  }

  @Test
  void aVoucherPaysOnce() throws Exception {
    Slot slot = at.slot(30, 100);
    for (int round = 0; round < ROUNDS; round++) {
      CodeText code = CodeText.parse("ONE-USE-" + round);
      at.voucher(code);
      Actor.Account one = candidate("one-" + round);
      Actor.Account other = candidate("other-" + round);
      BookingId ones = at.held(one, slot).bookingId();
      BookingId others = at.held(other, slot).bookingId();

      assertOneWins(
          Together.run(
              () -> at.vue.checkout(one, ones, code), () -> at.vue.checkout(other, others, code)),
          "ILLEGAL_STATE");
    }
    assertThat(at.it.number("SELECT COUNT(*) FROM acp_vue_booking WHERE payment = 'CODE'"))
        .isEqualTo(ROUNDS);
  }

  @Test
  void oneCandidateHoldsOneSeatForAnExam() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      Slot here = at.slot(30 + round);
      Slot there = at.slot(60 + round);
      Actor.Account candidate = candidate("candidate-" + round);
      assertOneWins(
          Together.run(() -> at.held(candidate, here), () -> at.held(candidate, there)),
          "DUPLICATE_REQUEST");
    }
  }

  @Test
  void aHeldSeatIsCheckedOutOnce() throws Exception {
    Slot slot = at.slot(30, 100);
    for (int round = 0; round < ROUNDS; round++) {
      Actor.Account candidate = candidate("candidate-" + round);
      BookingId id = at.held(candidate, slot).bookingId();
      CodeText code = CodeText.parse("EITHER-OR-" + round);
      at.voucher(code);

      assertOneWins(
          Together.run(
              () -> at.vue.checkout(candidate, id, code),
              () -> at.vue.checkoutSelfPaid(candidate, id)),
          "ILLEGAL_STATE");
    }
  }

  @Test
  void aResultComesOnce() throws Exception {
    Slot slot = at.slot(1, 100);
    List<Booking> booked =
        IntStream.range(0, ROUNDS)
            .mapToObj(round -> at.scheduled(candidate("candidate-" + round), slot))
            .toList();
    at.it.clock.set(slot.startsAt());
    for (Booking each : booked) {
      assertOneWins(
          Together.run(
              () -> at.desk.deliver(at.operator, each.bookingId(), PASS),
              () -> at.desk.noShow(at.operator, each.bookingId())),
          "ILLEGAL_STATE");
    }
    at.it.clock.advance(Duration.ofDays(1));
    assertThat(at.told(null)).hasSize(ROUNDS);
  }
}
