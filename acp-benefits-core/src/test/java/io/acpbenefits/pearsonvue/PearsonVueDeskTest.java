package io.acpbenefits.pearsonvue;

import static io.acpbenefits.CoreFixture.assertRefused;
import static io.acpbenefits.CoreFixture.refusal;
import static io.acpbenefits.pearsonvue.PearsonVueFixture.CODE;
import static io.acpbenefits.pearsonvue.PearsonVueFixture.FAIL;
import static io.acpbenefits.pearsonvue.PearsonVueFixture.FIT;
import static io.acpbenefits.pearsonvue.PearsonVueFixture.PASS;
import static org.assertj.core.api.Assertions.assertThat;

import io.acpbenefits.CoreFixture;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.Operation;
import io.acpbenefits.common.PageRequest;
import io.acpbenefits.common.Reason;
import io.acpbenefits.common.Who;
import io.acpbenefits.exam.ExamId;
import io.acpbenefits.examcode.CodeText;
import io.acpbenefits.examrecord.ExamOutcome;
import io.acpbenefits.examrecord.ExamRecordLine;
import io.acpbenefits.permission.Permissions;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class PearsonVueDeskTest {

  private static final ExamResult ABSENT = new ExamResult(ExamOutcome.NO_SHOW, null);

  private final PearsonVueFixture at = new PearsonVueFixture();

  @Test
  void vouchersAreKnownOnceAndForOneExam() {
    CodeText more = CodeText.parse("ACPX8L3N0R");
    Instant expiry = at.it.in(Duration.ofDays(30));
    assertThat(at.desk.registerVouchers(at.operator, at.cloud, List.of(CODE, CODE), expiry))
        .isOne();
    assertThat(at.desk.registerVouchers(at.operator, at.cloud, List.of(CODE, more), expiry))
        .isOne();

    Voucher known = at.desk.voucher(at.operator, CodeText.parse("[acpx7k2m9q]"));
    assertThat(known)
        .isEqualTo(new Voucher(known.voucherId(), at.cloud, VoucherState.FREE, expiry));
    CodeText third = CodeText.parse("THIRD-CODE");
    assertThat(
            refusal(
                    () ->
                        at.desk.registerVouchers(
                            at.operator, at.security, List.of(third, CODE), expiry))
                .getMessage())
        .contains("••••2M9Q")
        .doesNotContain("ACPX7K");
    assertRefused(Reason.NOT_FOUND, () -> at.desk.voucher(at.operator, third));
    at.it.clock.set(expiry);
    assertThat(at.stateOf(CODE)).isEqualTo(VoucherState.EXPIRED);
  }

  @Test
  void refusesVouchersThatCannotBe() {
    assertRefused(
        Reason.INVALID_INPUT,
        () -> at.desk.registerVouchers(at.operator, at.cloud, List.of(CODE), at.it.start));
    assertRefused(
        Reason.NOT_FOUND,
        () ->
            at.desk.registerVouchers(
                at.operator, ExamId.of("unknown"), List.of(CODE), at.it.in(Duration.ofDays(1))));
  }

  @Test
  void whoeverPaidIsExpectedInSlotOrder() {
    Slot slot = at.slot(7);
    at.held(at.ben, slot);
    Booking anns = at.scheduled(at.ann, slot);

    assertThat(at.desk.expectedIn(at.operator, slot.slotId())).containsExactly(anns);
    assertRefused(Reason.NOT_FOUND, () -> at.desk.expectedIn(at.operator, SlotId.of("unknown")));
  }

  @Test
  void aSatExamHasAResultAndKeepsItsCode() {
    Booking paid = at.paidWithCode(7);
    at.it.clock.set(paid.appointment());

    Booking sat = at.desk.deliver(at.operator, paid.bookingId(), FAIL);

    assertThat(sat.state()).isEqualTo(BookingState.DELIVERED);
    assertThat(sat.result()).isEqualTo(FAIL);
    assertThat(at.vue.booking(at.ann, paid.bookingId())).isEqualTo(sat);
    assertThat(at.stateOf(CODE)).isEqualTo(VoucherState.USED);
    assertThat(at.held(at.ann, at.slot(9)).state()).isEqualTo(BookingState.HELD);
  }

  @Test
  void whoDoesNotComeLosesTheCode() {
    Booking paid = at.paidWithCode(7);
    at.it.clock.set(paid.appointment());

    Booking missed = at.desk.noShow(at.operator, paid.bookingId());

    assertThat(missed.state()).isEqualTo(BookingState.NO_SHOW);
    assertThat(missed.result()).isEqualTo(ABSENT);
    assertThat(at.stateOf(CODE)).isEqualTo(VoucherState.USED);
  }

  @Test
  void aCodeThatAMissedExamUsedUpCanBeGivenBackOnce() {
    Booking paid = at.paidWithCode(7);
    at.it.clock.set(paid.appointment());
    at.desk.noShow(at.operator, paid.bookingId());

    Voucher back = at.desk.reinstateVoucher(at.operator, CODE, "Was in hospital.");

    assertThat(back.state()).isEqualTo(VoucherState.FREE);
    assertThat(audited(back)).containsExactly("USED>FREE Was in hospital.");
    assertThat(
            refusal(() -> at.desk.reinstateVoucher(at.operator, CODE, "Once more.")).getMessage())
        .contains("FREE", "[USED]");
    Booking anew = at.held(at.ann, at.slot(9));
    assertThat(at.vue.checkout(at.ann, anew.bookingId(), CODE).state())
        .isEqualTo(BookingState.SCHEDULED);
  }

  @Test
  void theFeedNamesTheCodeOfAMissedExamEvenOnceItWasGivenBack() {
    Booking paid = at.paidWithCode(7);
    at.it.clock.set(paid.appointment());
    at.desk.noShow(at.operator, paid.bookingId());
    at.desk.reinstateVoucher(at.operator, CODE, "Was in hospital.");
    at.it.clock.advance(PearsonVuePolicy.DEFAULT.feedDelay());

    assertThat(at.told(null)).extracting(ExamRecordLine::voucherCode).containsExactly(CODE);
  }

  @Test
  void aCodeIsGivenBackOnlyAfterItsExamAndIfThatWasNotSat() {
    Booking paid = at.paidWithCode(7);
    at.it.clock.set(paid.appointment());
    assertThat(refusal(() -> at.desk.reinstateVoucher(at.operator, CODE, "Why")))
        .hasMessageContaining("SCHEDULED")
        .hasMessageContaining("LATE_CANCELED or NO_SHOW");
    at.desk.deliver(at.operator, paid.bookingId(), FAIL);
    at.it.clock.advance(Duration.ofDays(1));
    assertRefused(Reason.ILLEGAL_STATE, () -> at.desk.reinstateVoucher(at.operator, CODE, "Why"));
    assertRefused(Reason.INVALID_INPUT, () -> at.desk.reinstateVoucher(at.operator, CODE, " "));
    assertThat(at.stateOf(CODE)).isEqualTo(VoucherState.USED);
  }

  @Test
  void aCodeWhoseExamPassedWithoutAResultCanBeGivenBack() {
    Booking paid = at.paidWithCode(7);
    at.it.clock.set(paid.appointment().plusNanos(1000));

    assertThat(at.desk.reinstateVoucher(at.operator, CODE, "The center was shut.").state())
        .isEqualTo(VoucherState.FREE);

    at.desk.noShow(at.operator, paid.bookingId());
    assertThat(at.stateOf(CODE)).isEqualTo(VoucherState.FREE);
  }

  @Test
  void anUnusedCodeLivesLongerButNeverShorter() {
    at.voucher(CODE, at.cloud, 5);
    Instant end = at.it.in(Duration.ofDays(5));
    Instant later = at.it.in(Duration.ofDays(30));
    assertRefused(Reason.INVALID_INPUT, () -> at.desk.extendVoucher(at.operator, CODE, end, "Why"));
    assertRefused(Reason.INVALID_INPUT, () -> at.desk.extendVoucher(at.operator, CODE, later, ""));

    Voucher extended = at.desk.extendVoucher(at.operator, CODE, later, "Seats ran out.");

    assertThat(extended.expiresAt()).isEqualTo(later);
    assertThat(audited(extended)).containsExactly("FREE>FREE Seats ran out.");
    Booking held = at.held(at.ann, at.slot(9));
    at.vue.checkout(at.ann, held.bookingId(), CODE);
    assertThat(
            refusal(
                () ->
                    at.desk.extendVoucher(at.operator, CODE, at.it.in(Duration.ofDays(60)), "Why")))
        .hasMessageContaining("USED")
        .hasMessageContaining("[FREE, EXPIRED]");
  }

  @Test
  void anExpiredCodeIsExtendedOnlyIntoTheFuture() {
    at.voucher(CODE, at.cloud, 5);
    at.it.clock.advance(Duration.ofDays(9));
    Instant now = at.it.clock.instant();
    assertRefused(Reason.INVALID_INPUT, () -> at.desk.extendVoucher(at.operator, CODE, now, "Why"));

    Voucher extended = at.desk.extendVoucher(at.operator, CODE, now.plusSeconds(1), "Seats.");

    assertThat(extended.state()).isEqualTo(VoucherState.FREE);
    assertThat(audited(extended)).containsExactly("EXPIRED>FREE Seats.");
  }

  @Test
  void aRevokedCodePaysForNothing() {
    at.voucher(CODE);
    Voucher revoked = at.desk.revokeVoucher(at.operator, CODE, "Given out twice.");

    assertThat(revoked.state()).isEqualTo(VoucherState.EXPIRED);
    assertThat(revoked.expiresAt()).isEqualTo(at.it.start);
    assertThat(audited(revoked)).containsExactly("FREE>EXPIRED Given out twice.");
    BookingId held = at.held(at.ann, at.slot(7)).bookingId();
    assertRefused(Reason.CODE_EXPIRED, () -> at.vue.checkout(at.ann, held, CODE));
    assertRefused(Reason.ILLEGAL_STATE, () -> at.desk.revokeVoucher(at.operator, CODE, "Why"));
  }

  @Test
  void whatWasUsedOrIsUnknownIsNotRevoked() {
    at.paidWithCode(7);
    CodeText unknown = CodeText.parse("THIRD-CODE");
    Instant later = at.it.in(Duration.ofDays(900));

    assertRefused(Reason.ILLEGAL_STATE, () -> at.desk.revokeVoucher(at.operator, CODE, "Why"));
    assertRefused(Reason.INVALID_INPUT, () -> at.desk.revokeVoucher(at.operator, CODE, ""));
    assertRefused(Reason.NOT_FOUND, () -> at.desk.revokeVoucher(at.operator, unknown, "Why"));
    assertRefused(
        Reason.NOT_FOUND, () -> at.desk.extendVoucher(at.operator, unknown, later, "Why"));
    assertRefused(Reason.NOT_FOUND, () -> at.desk.reinstateVoucher(at.operator, unknown, "Why"));
    assertThat(at.stateOf(CODE)).isEqualTo(VoucherState.USED);
  }

  private List<String> audited(Voucher voucher) {
    return at
        .it
        .benefits
        .audit()
        .of(at.operator, voucher.voucherId().value(), PageRequest.first(9))
        .items()
        .stream()
        .map(entry -> entry.fromState() + ">" + entry.toState() + " " + entry.why())
        .toList();
  }

  @Test
  void nothingIsConcludedBeforeItsTime() {
    Booking paid = at.scheduled(7);
    at.it.clock.set(paid.appointment().minusNanos(1000));

    assertRefused(Reason.ILLEGAL_STATE, () -> at.desk.deliver(at.operator, paid.bookingId(), PASS));
    assertRefused(Reason.ILLEGAL_STATE, () -> at.desk.noShow(at.operator, paid.bookingId()));
    assertThat(at.vue.booking(at.ann, paid.bookingId())).isEqualTo(paid);
  }

  @Test
  void aCorrectionTurnsANoShowIntoAResultAndBack() {
    Booking delivered = at.delivered(FAIL);
    BookingId id = delivered.bookingId();

    Booking missed = at.desk.correct(at.operator, id, ABSENT, "Mistaken for somebody else.");
    assertThat(missed.state()).isEqualTo(BookingState.NO_SHOW);
    Booking sat = at.desk.correct(at.operator, id, PASS, "Counted again.");
    assertThat(sat.state()).isEqualTo(BookingState.DELIVERED);
    assertThat(sat.result()).isEqualTo(PASS);
    Booking gone = at.desk.invalidate(at.operator, id, "Another person sat it.");
    assertThat(gone.state()).isEqualTo(BookingState.INVALIDATED);
    assertThat(gone.result()).isEqualTo(PASS);

    assertThat(at.it.benefits.audit().of(at.operator, id.value(), PageRequest.first(9)).items())
        .extracting(entry -> entry.fromState() + ">" + entry.toState() + " " + entry.why())
        .endsWith(
            "SCHEDULED>DELIVERED null",
            "DELIVERED>NO_SHOW Mistaken for somebody else.",
            "NO_SHOW>DELIVERED Counted again.",
            "DELIVERED>INVALIDATED Another person sat it.");
  }

  @Test
  void refusesResultsThatCannotBe() {
    BookingId id = at.delivered(PASS).bookingId();
    assertRefused(Reason.INVALID_INPUT, () -> at.desk.correct(at.operator, id, PASS, "Why not"));
    assertRefused(Reason.INVALID_INPUT, () -> at.desk.correct(at.operator, id, FAIL, " "));
    assertRefused(Reason.INVALID_INPUT, () -> at.desk.invalidate(at.operator, id, ""));
    assertRefused(Reason.INVALID_INPUT, () -> at.desk.deliver(at.operator, id, ABSENT));
    assertRefused(Reason.INVALID_INPUT, () -> new ExamResult(ExamOutcome.NO_SHOW, "3"));
    assertRefused(Reason.INVALID_INPUT, () -> new ExamResult(ExamOutcome.PASS, "9".repeat(51)));
    BookingId unknown = BookingId.of("unknown");
    assertRefused(Reason.NOT_FOUND, () -> at.desk.deliver(at.operator, unknown, PASS));
    assertRefused(Reason.NOT_FOUND, () -> at.desk.noShow(at.operator, unknown));
    assertRefused(Reason.NOT_FOUND, () -> at.desk.correct(at.operator, unknown, PASS, "Why"));
    assertRefused(Reason.NOT_FOUND, () -> at.desk.invalidate(at.operator, unknown, "Why"));
  }

  @Test
  void noAccountGetsBehindTheCounter() {
    Booking paid = at.scheduled(7);
    BookingId id = paid.bookingId();
    Instant later = at.it.in(Duration.ofDays(1));
    TestCenter paris =
        new TestCenter(TestCenterId.of("paris"), "Défense", "Paris", ZoneId.of("CET"));
    CatalogueExam exam = new CatalogueExam(at.cloud, "Free", Price.of("0", "USD"), null);
    at.it.clock.set(paid.appointment());

    for (Actor actor : List.of(at.ann, at.it.owner)) {
      for (ThrowingCallable attempt :
          List.<ThrowingCallable>of(
              () -> at.desk.offer(actor, exam),
              () -> at.desk.addTestCenter(actor, paris),
              () -> at.desk.addSlot(actor, at.berlin, later, 1),
              () -> at.desk.addOnlineSlot(actor, later, 1),
              () -> at.desk.registerVouchers(actor, at.cloud, List.of(CODE), later),
              () -> at.desk.voucher(actor, CODE),
              () -> at.desk.reinstateVoucher(actor, CODE, "Why"),
              () -> at.desk.extendVoucher(actor, CODE, later, "Why"),
              () -> at.desk.revokeVoucher(actor, CODE, "Why"),
              () -> at.desk.expectedIn(actor, paid.slotId()),
              () -> at.desk.deliver(actor, id, PASS),
              () -> at.desk.noShow(actor, id),
              () -> at.desk.correct(actor, id, PASS, "Why"),
              () -> at.desk.invalidate(actor, id, "Why"))) {
        assertRefused(Reason.NOT_PERMITTED, attempt);
      }
    }
    at.desk.deliver(Actor.system(), id, PASS);
  }

  @Test
  void aHostMayKeepCandidatesOut() {
    Permissions strict = Permissions.DEFAULT.allow(Operation.USE_PEARSON_VUE, Who.OPERATOR);
    CoreFixture core =
        new CoreFixture(
            builder -> builder.permissions(strict).embeddedPearsonVue(PearsonVuePolicy.DEFAULT));
    EmbeddedPearsonVue vue = core.benefits.embeddedPearsonVue().orElseThrow();
    Slot slot = vue.desk().addOnlineSlot(core.operator, core.in(Duration.ofDays(1)), 1);
    Actor.Account ann = at.ann;
    BookingId id = BookingId.of("any");
    PageRequest page = PageRequest.first(1);
    SlotSearch search = SlotSearch.online(core.cloud, core.start, core.in(Duration.ofDays(9)));

    for (ThrowingCallable attempt :
        List.<ThrowingCallable>of(
            () -> vue.openAccount(ann, "Ann", "ann@example.org"),
            () -> vue.profile(ann),
            () -> vue.exams(ann, page),
            () -> vue.testCenters(ann, page),
            () -> vue.freeSlots(ann, search, page),
            () -> vue.slot(ann, slot.slotId()),
            () -> vue.checkEquipment(ann, FIT),
            () -> vue.book(ann, core.cloud, slot.slotId()),
            () -> vue.priceWith(ann, id, CODE),
            () -> vue.checkout(ann, id, CODE),
            () -> vue.checkoutSelfPaid(ann, id),
            () -> vue.reschedule(ann, id, slot.slotId()),
            () -> vue.cancel(ann, id),
            () -> vue.history(ann, page),
            () -> vue.booking(ann, id))) {
      assertRefused(Reason.NOT_PERMITTED, attempt);
    }
    assertThat(vue.slot(core.operator, slot.slotId())).isEqualTo(slot);
  }
}
