package io.acpbenefits.registration;

import static io.acpbenefits.CoreFixture.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.acpbenefits.CoreFixture;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.Reason;
import io.acpbenefits.exam.ExamId;
import io.acpbenefits.examcode.ExamCode;
import io.acpbenefits.examcode.ExamCodeId;
import io.acpbenefits.examcode.ExamCodeState;
import io.acpbenefits.examrecord.ExamOutcome;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ExamRegistrationsTest {

  private static final Duration WEEK = Duration.ofDays(7);
  private static final Duration TICK = Duration.ofNanos(1000);
  private static final Instant CODE_ENDS = Instant.parse("2027-03-01T09:00:00Z");

  private final CoreFixture it = new CoreFixture();
  private final ExamRegistrations registrations = it.benefits.registrations();
  private final Actor.Account ann = new Actor.Account(it.ann);
  private final Actor.Account ben = new Actor.Account(it.ben);
  private ExamCodeId code = ExamCodeId.of("none");

  @BeforeEach
  void assign() {
    code = it.assignedToAnn("CODE1").codeId();
  }

  private ExamRegistration book(Instant appointment) {
    return registrations.registerWithCode(
        ann, it.cloud, null, Delivery.TEST_CENTER, appointment, null);
  }

  private ExamRegistration selfPaid(Actor.Account actor, ExamId exam, Instant appointment) {
    return registrations.registerSelfPaid(actor, exam, Delivery.ONLINE, appointment, null);
  }

  private ExamCode codeNow() {
    return it.benefits.examCodes().get(Actor.system(), code);
  }

  private void assertCode(ExamCodeState state) {
    assertThat(codeNow().state()).isEqualTo(state);
  }

  private ExamRegistrationState state(ExamRegistration registration) {
    return registrations.get(Actor.system(), registration.examRegistrationId()).state();
  }

  @Test
  void bookingReservesTheCandidatesCodeUntilTheResultMustHaveCome() {
    Instant appointment = it.in(WEEK);
    ExamRegistration registration = book(appointment);

    assertThat(registration.codeId()).isEqualTo(code);
    assertThat(registrations.get(Actor.system(), registration.examRegistrationId()))
        .isEqualTo(registration);
    assertThat(registrations.of(Actor.system(), it.ann, it.cloud)).containsExactly(registration);
    assertCode(ExamCodeState.RESERVED);
    assertThat(codeNow().reservedUntil()).isEqualTo(appointment.plus(Duration.ofDays(3)));
  }

  @Test
  void anyoneBooksAnExamThatTheyPayFor() {
    IdPair ids = new IdPair(" C-1 ", "R-1");
    ExamRegistration registration =
        registrations.registerSelfPaid(ben, it.security, Delivery.ONLINE, it.in(WEEK), ids);
    assertThat(registration.codeId()).isNull();
    assertThat(registration.ids()).isEqualTo(new IdPair("C-1", "R-1"));
    assertThat(registration.payment()).isEqualTo(Payment.SELF_PAID);
    assertThat(registration + " " + ids).doesNotContain("C-1", "R-1");
  }

  @Test
  void refusesACodeForAnotherExam() {
    assertRefused(
        Reason.EXAM_MISMATCH,
        () ->
            registrations.registerWithCode(
                ann, it.security, null, Delivery.ONLINE, it.in(WEEK), null));
    assertRefused(
        Reason.EXAM_MISMATCH,
        () ->
            registrations.registerWithCode(
                ann, it.security, code, Delivery.ONLINE, it.in(WEEK), null));
    assertCode(ExamCodeState.ASSIGNED);
  }

  @Test
  void refusesACodeThatIsNotTheCandidates() {
    assertRefused(
        Reason.NO_CODE_AVAILABLE,
        () ->
            registrations.registerWithCode(
                ben, it.cloud, null, Delivery.ONLINE, it.in(WEEK), null));
    for (ExamCodeId id : new ExamCodeId[] {code, ExamCodeId.of("x")}) {
      assertRefused(
          Reason.NOT_FOUND,
          () ->
              registrations.registerWithCode(
                  ben, it.cloud, id, Delivery.ONLINE, it.in(WEEK), null));
    }
    book(it.in(WEEK));
    assertRefused(Reason.NO_CODE_AVAILABLE, () -> book(it.in(WEEK)));
    assertRefused(
        Reason.ILLEGAL_STATE,
        () ->
            registrations.registerWithCode(
                ann, it.cloud, code, Delivery.ONLINE, it.in(WEEK), null));
  }

  @Test
  void theAppointmentLiesBeforeTheCodesEnd() {
    assertRefused(Reason.CODE_EXPIRED, () -> book(CODE_ENDS));
    assertCode(ExamCodeState.ASSIGNED);
    ExamRegistration registration = book(CODE_ENDS.minus(TICK));
    assertRefused(
        Reason.CODE_EXPIRED,
        () -> registrations.reschedule(ann, registration.examRegistrationId(), CODE_ENDS));
  }

  @Test
  void anExpiredCodeIsOfNoUseEvenByItsId() {
    it.clock.set(CODE_ENDS);
    assertRefused(Reason.NO_CODE_AVAILABLE, () -> book(it.in(WEEK)));
    assertRefused(
        Reason.CODE_EXPIRED,
        () ->
            registrations.registerWithCode(
                ann, it.cloud, code, Delivery.ONLINE, it.in(WEEK), null));
  }

  @Test
  void refusesAppointmentsThatHavePassedAndExamsThatDoNotExist() {
    assertRefused(Reason.INVALID_INPUT, () -> book(it.start.minus(TICK)));
    assertRefused(Reason.NOT_FOUND, () -> selfPaid(ann, ExamId.of("x"), it.in(WEEK)));
    assertThat(book(it.start).appointment()).isEqualTo(it.start);
  }

  @Test
  void refusesAnExamThatHasEndedOrWillHaveByTheAppointment() {
    Instant end = it.in(WEEK);
    ExamId retiring = it.retiringExam(it.start.plusSeconds(1), end);
    assertRefused(Reason.EXAM_RETIRED, () -> selfPaid(ann, retiring, end));
    ExamRegistration registration = selfPaid(ann, retiring, end.minus(TICK));
    assertRefused(
        Reason.EXAM_RETIRED,
        () -> registrations.reschedule(ann, registration.examRegistrationId(), end));
    it.clock.set(end);
    assertRefused(Reason.EXAM_RETIRED, () -> selfPaid(ann, retiring, end.plus(WEEK)));
  }

  @Test
  void reschedulingMovesTheReservation() {
    ExamRegistration registration = book(it.in(WEEK));
    Instant later = it.in(WEEK.multipliedBy(2));

    ExamRegistration moved =
        registrations.reschedule(ann, registration.examRegistrationId(), later);

    assertThat(moved.appointment()).isEqualTo(later);
    assertThat(registrations.get(Actor.system(), registration.examRegistrationId()))
        .isEqualTo(moved);
    assertThat(codeNow().reservedUntil()).isEqualTo(later.plus(Duration.ofDays(3)));
    assertRefused(
        Reason.INVALID_INPUT,
        () -> registrations.reschedule(ann, moved.examRegistrationId(), it.start.minus(TICK)));
  }

  @Test
  void cancelingExactly24HoursAheadReturnsTheCode() {
    ExamRegistration registration = book(it.in(WEEK));
    it.clock.advance(WEEK.minus(Duration.ofHours(24)));

    registrations.cancel(ann, registration.examRegistrationId());

    assertThat(state(registration)).isEqualTo(ExamRegistrationState.CANCELED);
    assertThat(codeNow())
        .extracting(ExamCode::state, ExamCode::holder, ExamCode::reservedUntil)
        .containsExactly(ExamCodeState.ASSIGNED, it.ann, null);
  }

  @Test
  void cancelingAnInstantLaterForfeitsTheCode() {
    ExamRegistration registration = book(it.in(WEEK));
    it.clock.advance(WEEK.minus(Duration.ofHours(24)).plus(TICK));

    registrations.cancel(ann, registration.examRegistrationId());

    assertThat(state(registration)).isEqualTo(ExamRegistrationState.LATE_CANCELED);
    assertThat(codeNow())
        .extracting(ExamCode::state, ExamCode::holder, ExamCode::reservedUntil)
        .containsExactly(ExamCodeState.FORFEITED, it.ann, null);
    assertThat(it.benefits.examCodes().openCodes(Actor.system(), it.ann)).isEmpty();
  }

  @Test
  void cancelingASelfPaidExamTouchesNoCode() {
    ExamRegistration registration = selfPaid(ann, it.cloud, it.in(WEEK));
    registrations.cancel(ann, registration.examRegistrationId());
    assertThat(state(registration)).isEqualTo(ExamRegistrationState.CANCELED);
    assertCode(ExamCodeState.ASSIGNED);
  }

  @Test
  void aCodeOfALeaverComesBackToThePartner() {
    ExamRegistration registration = book(it.in(WEEK));
    it.benefits.organizations().quit(ann);
    registrations.cancel(ann, registration.examRegistrationId());
    assertThat(codeNow())
        .extracting(ExamCode::state, ExamCode::holder)
        .containsExactly(ExamCodeState.ISSUED, null);
  }

  @Test
  void onlyTheCandidateChangesABooking() {
    ExamRegistrationId id = book(it.in(WEEK)).examRegistrationId();
    assertRefused(Reason.NOT_FOUND, () -> registrations.cancel(ben, id));
    assertRefused(Reason.NOT_FOUND, () -> registrations.reschedule(ben, id, it.in(WEEK)));
    assertRefused(
        Reason.NOT_FOUND, () -> registrations.get(Actor.system(), ExamRegistrationId.of("x")));
    assertCode(ExamCodeState.RESERVED);
  }

  @Test
  void aBookingThatIsOverCannotBeChanged() {
    ExamRegistrationId canceled = book(it.in(WEEK)).examRegistrationId();
    registrations.cancel(ann, canceled);
    assertRefused(Reason.ILLEGAL_STATE, () -> registrations.cancel(ann, canceled));
    assertRefused(Reason.ILLEGAL_STATE, () -> registrations.reschedule(ann, canceled, it.in(WEEK)));

    ExamRegistration passed = book(it.in(WEEK));
    it.clock.advance(WEEK.plus(TICK));
    assertRefused(
        Reason.ILLEGAL_STATE, () -> registrations.cancel(ann, passed.examRegistrationId()));
    assertRefused(
        Reason.ILLEGAL_STATE,
        () -> registrations.reschedule(ann, passed.examRegistrationId(), it.in(WEEK)));
    assertThat(state(passed)).isEqualTo(ExamRegistrationState.SCHEDULED);
  }

  @Test
  void aReservedCodeOutlivesItsEndOnlyWhileTheResultMayStillCome() {
    book(CODE_ENDS.minus(Duration.ofDays(1)));
    it.clock.set(CODE_ENDS.plus(Duration.ofDays(2)).minus(TICK));
    assertCode(ExamCodeState.RESERVED);
    assertThat(it.benefits.examCodes().settleDue()).isZero();

    it.clock.advance(TICK);
    assertCode(ExamCodeState.EXPIRED);
    assertThat(it.benefits.examCodes().settleDue()).isOne();
    assertCode(ExamCodeState.EXPIRED);
  }

  @Test
  void aResultThatComesAfterACodesEndButWithinTheWindowRedeemsIt() {
    Instant appointment = CODE_ENDS.minus(Duration.ofDays(1));
    IdPair ids = new IdPair("C-1", "R-1");
    registrations.registerWithCode(ann, it.cloud, code, Delivery.ONLINE, appointment, ids);
    it.clock.set(CODE_ENDS.plus(Duration.ofDays(2)).minus(TICK));
    it.record(ids, ExamOutcome.FAIL);
    assertCode(ExamCodeState.REDEEMED);
    it.clock.advance(WEEK);
    assertCode(ExamCodeState.REDEEMED);
  }

  @Test
  void whetherExpiryWasWrittenMakesNoDifferenceToAResultThatComesTooLate() {
    IdPair ids = new IdPair("C-1", "R-1");
    it.codes("CODE2");
    it.member(it.ben);
    ExamCodeId other = it.assigned(it.ben).codeId();
    Instant appointment = CODE_ENDS.minus(Duration.ofDays(1));
    registrations.registerWithCode(ann, it.cloud, code, Delivery.ONLINE, appointment, ids);
    IdPair bens = new IdPair("C-2", "R-2");
    registrations.registerWithCode(ben, it.cloud, other, Delivery.ONLINE, appointment, bens);
    it.clock.set(CODE_ENDS.plus(Duration.ofDays(2)));

    it.record(ids, ExamOutcome.PASS);
    it.benefits.settleDue();
    it.record(bens, ExamOutcome.PASS);

    assertCode(ExamCodeState.EXPIRED);
    assertThat(it.benefits.examCodes().get(Actor.system(), other).state())
        .isEqualTo(ExamCodeState.EXPIRED);
    assertThat(registrations.of(Actor.system(), it.ann, it.cloud))
        .extracting(ExamRegistration::state)
        .containsExactly(ExamRegistrationState.DELIVERED);
  }

  @Test
  void refusesIdsThatPearsonVueWouldNotShow() {
    for (String id : new String[] {"", "  ", "a\u0007b", "x".repeat(201)}) {
      assertRefused(Reason.INVALID_INPUT, () -> new IdPair(id, "R-1"));
      assertRefused(Reason.INVALID_INPUT, () -> new IdPair("C-1", id));
    }
  }

  @Test
  void idsCanBeNotedOnceByTheCandidate() {
    ExamRegistrations registrations = it.benefits.registrations();
    Actor.Account zoe = Actor.account("zoe");
    ExamRegistrationId id =
        registrations
            .registerSelfPaid(zoe, it.cloud, Delivery.ONLINE, it.in(Duration.ofDays(1)), null)
            .examRegistrationId();
    IdPair ids = new IdPair("C-9", "R-9");

    assertRefused(Reason.NOT_FOUND, () -> registrations.noteIds(Actor.account("other"), id, ids));
    registrations.noteIds(zoe, id, ids);
    registrations.noteIds(zoe, id, ids);

    assertThat(registrations.get(Actor.system(), id).ids()).isEqualTo(ids);
    assertRefused(
        Reason.ILLEGAL_STATE, () -> registrations.noteIds(zoe, id, new IdPair("C-8", "R-9")));
  }
}
