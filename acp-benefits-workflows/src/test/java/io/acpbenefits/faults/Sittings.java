package io.acpbenefits.faults;

import static io.acpbenefits.faults.World.RITA;

import io.acpbenefits.common.Reason;
import io.acpbenefits.common.Refusal;
import io.acpbenefits.examrecord.ExamOutcome;
import io.acpbenefits.pearsonvue.BookingId;
import io.acpbenefits.pearsonvue.Equipment;
import io.acpbenefits.pearsonvue.ExamResult;
import io.acpbenefits.pearsonvue.VoucherState;

/** What a test center tells of exams once their day has come. It needs a database to itself. */
final class Sittings {

  private static final String WHY = "seen on the list";

  private Sittings() {}

  static Story story() {
    return new Story("sittings")
        .after(booked())
        .then(
            "deliver",
            w -> Stories.desk(w).deliver(RITA, booking(w, "ann"), result(ExamOutcome.PASS)))
        .then(
            "correct result",
            w -> Stories.desk(w).correct(RITA, booking(w, "ann"), result(ExamOutcome.FAIL), WHY))
        .then("invalidate result", w -> Stories.desk(w).invalidate(RITA, booking(w, "ann"), WHY))
        .then("nobody comes", w -> Stories.desk(w).noShow(RITA, booking(w, "bob")))
        .then("reinstate voucher", Sittings::reinstate)
        .then(
            "mark no-show",
            w ->
                w.benefits()
                    .registrations()
                    .markNoShow(RITA, w.registration("ivo").examRegistrationId(), WHY));
  }

  private static Story booked() {
    return new Story("booked")
        .with(Stories.atPearsonVue())
        .then("book", w -> book(w, "ann"))
        .then(
            "open account of bob",
            w ->
                w.benefits()
                    .pearsonVue()
                    .orElseThrow()
                    .openAccount(w.person("bob"), "Bob", "bob@example.org"))
        .then(
            "check equipment of bob",
            w ->
                w.benefits()
                    .pearsonVue()
                    .orElseThrow()
                    .checkEquipment(w.person("bob"), new Equipment(true, true, 100)))
        .then("assign bob", w -> Stories.assign(w, "bob", "2"))
        .then("book for bob", w -> book(w, "bob"))
        .then("register ivo", w -> Stories.selfPaid(w, "ivo"))
        .then("three weeks pass", w -> w.passing().accept(22));
  }

  private static void book(World w, String who) {
    w.benefits()
        .examBookings()
        .orElseThrow()
        .bookWithCode(w.person(who), w.exam(), null, Stories.slot(w, 0), w.key("book-" + who));
  }

  private static BookingId booking(World w, String who) {
    return w.counters()
        .embeddedPearsonVue()
        .orElseThrow()
        .history(w.person(who), Stories.PAGE)
        .items()
        .get(0)
        .bookingId();
  }

  private static ExamResult result(ExamOutcome outcome) {
    return new ExamResult(outcome, null);
  }

  /** The one that nobody came with; the other was used. */
  private static void reinstate(World w) {
    w.texts("IMP", 5).stream()
        .filter(code -> Stories.desk(w).voucher(RITA, code).state() == VoucherState.USED)
        .forEach(
            code -> {
              try {
                Stories.desk(w).reinstateVoucher(RITA, code, WHY);
              } catch (Refusal refusal) {
                if (refusal.reason() != Reason.ILLEGAL_STATE) {
                  throw refusal;
                }
              }
            });
  }
}
