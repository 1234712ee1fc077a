package io.acpbenefits.pearsonvue;

import io.acpbenefits.CoreFixture;
import io.acpbenefits.common.Actor;
import io.acpbenefits.exam.ExamId;
import io.acpbenefits.examcode.CodeText;
import io.acpbenefits.examrecord.ExamOutcome;
import io.acpbenefits.examrecord.ExamRecordFeed.FeedLine;
import io.acpbenefits.examrecord.ExamRecordLine;
import io.acpbenefits.examrecord.ExamRecordSource.Batch;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A library with the embedded Pearson VUE: two exams, a test center, two candidates. */
final class PearsonVueFixture {

  static final CodeText CODE = CodeText.parse("ACPX7K2M9Q");
  static final ExamResult PASS = new ExamResult(ExamOutcome.PASS, "87");
  static final ExamResult FAIL = new ExamResult(ExamOutcome.FAIL, "41");
  static final Equipment FIT = new Equipment(true, true, 20);

  final CoreFixture it;
  final EmbeddedPearsonVue vue;
  final PearsonVueDesk desk;
  final Actor operator;
  final ExamId cloud;
  final ExamId security;
  final Price price = Price.of("240.00", "USD");
  final TestCenterId berlin = TestCenterId.of("berlin");
  final Actor.Account ann;
  final Actor.Account ben;

  PearsonVueFixture() {
    this(PearsonVuePolicy.DEFAULT);
  }

  PearsonVueFixture(PearsonVuePolicy policy) {
    this(new CoreFixture(builder -> builder.embeddedPearsonVue(policy)));
  }

  PearsonVueFixture(CoreFixture core) {
    it = core;
    vue = it.benefits.embeddedPearsonVue().orElseThrow();
    desk = vue.desk();
    operator = it.operator;
    cloud = it.cloud;
    security = it.security;
    ann = new Actor.Account(it.ann);
    ben = new Actor.Account(it.ben);
    desk.offer(operator, new CatalogueExam(cloud, "ACP Cloud Computing", price, null));
    desk.offer(operator, new CatalogueExam(security, "ACP Cloud Security", price, null));
    desk.addTestCenter(operator, new TestCenter(berlin, "Mitte", "Berlin", ZoneId.of("CET")));
    vue.openAccount(ann, "Ann Example", "ann@example.org");
    vue.openAccount(ben, "Ben Example", "ben@example.org");
  }

  /** A slot in Berlin that begins so many days from now. */
  Slot slot(int days, int seats) {
    return desk.addSlot(operator, berlin, it.in(Duration.ofDays(days)), seats);
  }

  Slot slot(int days) {
    return slot(days, 10);
  }

  void voucher(CodeText code) {
    voucher(code, cloud);
  }

  void voucher(CodeText code, ExamId exam) {
    voucher(code, exam, 365);
  }

  void voucher(CodeText code, ExamId exam, int days) {
    desk.registerVouchers(operator, exam, List.of(code), it.in(Duration.ofDays(days)));
  }

  Booking held(Actor.Account candidate, Slot slot) {
    return vue.book(candidate, cloud, slot.slotId());
  }

  /** Ann's self-paid booking of the cloud exam in so many days. */
  Booking scheduled(int days) {
    return scheduled(ann, slot(days));
  }

  Booking scheduled(Actor.Account candidate, Slot slot) {
    return vue.checkoutSelfPaid(candidate, held(candidate, slot).bookingId());
  }

  /** Ann's booking of the cloud exam in so many days, paid with {@link #CODE}. */
  Booking paidWithCode(int days) {
    voucher(CODE);
    return vue.checkout(ann, held(ann, slot(days)).bookingId(), CODE);
  }

  /** A booking that ann paid for, delivered a week from now. */
  Booking delivered(ExamResult result) {
    Booking booking = scheduled(7);
    it.clock.set(booking.appointment());
    return desk.deliver(operator, booking.bookingId(), result);
  }

  VoucherState stateOf(CodeText code) {
    return desk.voucher(operator, code).state();
  }

  static List<ExamRecordLine> lines(Batch batch) {
    return batch.lines().stream().map(line -> ((FeedLine.Parsed) line).line()).toList();
  }

  List<ExamRecordLine> told(@Nullable String cursor) {
    return lines(vue.next(cursor, 100));
  }
}
