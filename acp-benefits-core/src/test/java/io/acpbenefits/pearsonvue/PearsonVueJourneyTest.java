package io.acpbenefits.pearsonvue;

import static io.acpbenefits.CoreFixture.assertRefused;
import static io.acpbenefits.pearsonvue.PearsonVueFixture.CODE;
import static io.acpbenefits.pearsonvue.PearsonVueFixture.FIT;
import static io.acpbenefits.pearsonvue.PearsonVueFixture.PASS;
import static org.assertj.core.api.Assertions.assertThat;

import io.acpbenefits.CoreFixture;
import io.acpbenefits.certificate.BindingState;
import io.acpbenefits.certificate.CertificateBinding;
import io.acpbenefits.certificate.CertificateState;
import io.acpbenefits.common.PageRequest;
import io.acpbenefits.common.Reason;
import io.acpbenefits.examcode.ExamCode;
import io.acpbenefits.examcode.ExamCodeState;
import io.acpbenefits.examrecord.ExamOutcome;
import io.acpbenefits.examrecord.ExamRecordLine;
import io.acpbenefits.examrecord.ExamRecordPulls;
import io.acpbenefits.examrecord.ExamRecords.Receipt;
import io.acpbenefits.examrecord.FeedCounts;
import io.acpbenefits.registration.ExamRegistrationState;
import io.acpbenefits.registration.IdPair;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** From the profile to the bound certificate, as the source guide has it. */
class PearsonVueJourneyTest {

  private final PearsonVueFixture at = new PearsonVueFixture();
  private final CoreFixture it = at.it;
  private final ExamBookings bookings = it.benefits.examBookings().orElseThrow();

  private List<Receipt> fetch() {
    return at.told(null).stream()
        .map(line -> it.benefits.examRecords().receive(it.operator, line))
        .toList();
  }

  /** The two ids, looked up where the guide says that they are shown. */
  private IdPair shownIds(BookingId booking) {
    return new IdPair(
        Objects.requireNonNull(at.vue.booking(at.ann, booking).candidateId()),
        at.vue.profile(at.ann).registrationId());
  }

  @Test
  void bookedOnlineWithACodePassedAndBoundWithTheIdsThatAreShown() {
    ExamCode code = it.assignedToAnn(CODE.value());
    at.voucher(CODE);
    at.desk.addOnlineSlot(at.operator, it.in(Duration.ofDays(7)), 1);
    at.vue.checkEquipment(at.ann, FIT);
    Slot slot =
        at.vue
            .freeSlots(
                at.ann,
                SlotSearch.online(at.cloud, it.start, it.in(Duration.ofDays(30))),
                PageRequest.first(1))
            .items()
            .get(0);

    ExamBooking booked = bookings.bookWithCode(at.ann, at.cloud, null, slot.slotId());
    it.clock.set(slot.startsAt().plus(Duration.ofHours(2)));
    at.desk.deliver(at.operator, booked.booking().bookingId(), PASS);
    CertificateBinding waiting =
        it.benefits.bindings().submit(at.ann, at.cloud, shownIds(booked.booking().bookingId()));
    assertThat(fetch()).isEmpty();
    assertThat(waiting.state()).isEqualTo(BindingState.AWAITING_DATA);

    it.clock.advance(Duration.ofDays(1));
    assertThat(fetch()).containsExactly(Receipt.STORED);

    assertThat(it.benefits.bindings().get(it.operator, waiting.bindingId()).state())
        .isEqualTo(BindingState.BOUND);
    assertThat(it.benefits.examCodes().get(it.operator, code.codeId()).state())
        .isEqualTo(ExamCodeState.REDEEMED);
    assertThat(
            bookings.get(at.ann, booked.registration().examRegistrationId()).registration().state())
        .isEqualTo(ExamRegistrationState.DELIVERED);
    assertThat(it.benefits.certificates().tally(it.owner, it.acme))
        .singleElement()
        .satisfies(tally -> assertThat(tally.certificates()).isOne());
    assertThat(fetch()).containsExactly(Receipt.REPEATED);
  }

  @Test
  void aSelfPaidExamIsKnownByItsIdsAlone() {
    ExamBooking booked = bookings.bookSelfPaid(at.ann, at.cloud, at.slot(7).slotId());
    it.clock.set(booked.booking().appointment());
    at.desk.deliver(at.operator, booked.booking().bookingId(), PASS);
    it.clock.advance(Duration.ofDays(1));

    assertThat(fetch()).containsExactly(Receipt.STORED);

    assertThat(
            bookings.get(at.ann, booked.registration().examRegistrationId()).registration().state())
        .isEqualTo(ExamRegistrationState.DELIVERED);
    assertThat(
            it.benefits
                .bindings()
                .submit(at.ann, at.cloud, shownIds(booked.booking().bookingId()))
                .state())
        .isEqualTo(BindingState.BOUND);
  }

  @Test
  void whatIsCorrectedAndTakenBackThereIsPulledAndFollowedHere() {
    ExamBooking booked = bookings.bookSelfPaid(at.ann, at.cloud, at.slot(7).slotId());
    BookingId id = booked.booking().bookingId();
    it.clock.set(booked.booking().appointment());
    at.desk.deliver(at.operator, id, PASS);
    it.clock.advance(Duration.ofDays(1));
    ExamRecordPulls pulls = it.benefits.examRecordPulls().orElseThrow();
    assertThat(pulls.pull(it.operator).stored()).isOne();
    it.benefits.bindings().submit(at.ann, at.cloud, shownIds(id));

    at.desk.correct(at.operator, id, PearsonVueFixture.FAIL, "Counted again.");
    at.desk.invalidate(at.operator, id, "Another person sat it.");
    assertThat(pulls.pull(it.operator).lines()).isZero();
    it.clock.advance(Duration.ofDays(1));
    FeedCounts counts = pulls.pull(it.operator);

    assertThat(counts.corrected()).isOne();
    assertThat(counts.invalidated()).isOne();
    assertThat(counts.lines()).isEqualTo(2);
    assertThat(it.benefits.certificates().ofAccount(at.ann, at.ann.id()))
        .allMatch(certificate -> certificate.state() == CertificateState.REVOKED)
        .isNotEmpty();
  }

  @Test
  void aMissedExamLosesTheCodeOnBothSides() {
    ExamCode code = it.assignedToAnn(CODE.value());
    at.voucher(CODE);
    ExamBooking booked = bookings.bookWithCode(at.ann, at.cloud, null, at.slot(7).slotId());
    it.clock.set(booked.booking().appointment());
    at.desk.noShow(at.operator, booked.booking().bookingId());
    it.clock.advance(Duration.ofDays(1));

    assertThat(fetch()).containsExactly(Receipt.STORED);

    assertThat(it.benefits.examCodes().get(it.operator, code.codeId()).state())
        .isEqualTo(ExamCodeState.FORFEITED);
    assertThat(
            bookings.get(at.ann, booked.registration().examRegistrationId()).registration().state())
        .isEqualTo(ExamRegistrationState.NO_SHOW);
  }

  @Test
  void twoSittingsOfOneExamHaveDifferentIdsSoThatNeitherConflicts() {
    ExamBooking failed = bookings.bookSelfPaid(at.ann, at.cloud, at.slot(7).slotId());
    it.clock.set(failed.booking().appointment());
    at.desk.deliver(at.operator, failed.booking().bookingId(), PearsonVueFixture.FAIL);
    it.clock.advance(Duration.ofDays(1));
    assertThat(fetch()).containsExactly(Receipt.STORED);

    ExamBooking passed = bookings.bookSelfPaid(at.ann, at.cloud, at.slot(7).slotId());
    it.clock.set(passed.booking().appointment());
    at.desk.deliver(at.operator, passed.booking().bookingId(), PASS);
    it.clock.advance(Duration.ofDays(1));

    assertThat(fetch()).containsExactly(Receipt.REPEATED, Receipt.STORED);
    assertRefused(
        Reason.NOT_PASSED,
        () ->
            it.benefits
                .bindings()
                .submit(at.ann, at.cloud, shownIds(failed.booking().bookingId())));
    assertThat(
            it.benefits
                .bindings()
                .submit(at.ann, at.cloud, shownIds(passed.booking().bookingId()))
                .state())
        .isEqualTo(BindingState.BOUND);
  }

  @Test
  void whoIsErasedHereIsErasedThereAndTheExamsStay() {
    ExamBooking booked = bookings.bookSelfPaid(at.ann, at.cloud, at.slot(7).slotId());
    IdPair ids = shownIds(booked.booking().bookingId());
    it.clock.set(booked.booking().appointment());
    at.desk.deliver(at.operator, booked.booking().bookingId(), PASS);

    it.benefits.erasures().erase(it.operator, it.ann, "Asked for by the person.");

    assertRefused(Reason.NOT_FOUND, () -> at.vue.profile(at.ann));
    for (String trace :
        List.of("ann", "Ann Example", "ann@example.org", ids.registrationId(), ids.candidateId())) {
      assertThat(
              it.number(
                  """
                  SELECT COUNT(*) FROM acp_vue_candidate c
                    LEFT JOIN acp_vue_booking b ON b.registration_id = c.registration_id
                  WHERE '%s' IN (c.account_id, c.name, c.email, c.registration_id, b.candidate_id)"""
                      .formatted(trace)))
          .as(trace)
          .isZero();
    }
    it.clock.advance(Duration.ofDays(1));
    assertThat(at.told(null))
        .singleElement()
        .extracting(ExamRecordLine::outcome)
        .isEqualTo(ExamOutcome.PASS);
    at.vue.openAccount(at.ann, "Ann Again", "again@example.org");
    assertThat(at.vue.history(at.ann, PageRequest.first(9)).items()).isEmpty();
  }
}
