package io.acpbenefits.pearsonvue;

import static io.acpbenefits.CoreFixture.assertRefused;
import static io.acpbenefits.pearsonvue.PearsonVueFixture.CODE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.acpbenefits.AcpBenefits;
import io.acpbenefits.CoreFixture;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.PageRequest;
import io.acpbenefits.common.Reason;
import io.acpbenefits.common.Refusal;
import io.acpbenefits.examcode.ExamCodeState;
import io.acpbenefits.health.HealthCheck;
import io.acpbenefits.health.HealthPolicy;
import io.acpbenefits.health.HealthStatus;
import io.acpbenefits.idempotency.RequestKey;
import io.acpbenefits.registration.ExamRegistrationId;
import io.acpbenefits.registration.ExamRegistrationState;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Pearson VUE, another library's in another database, fails in every way at every call: each time
 * both sides agree in the end, and nothing has happened twice.
 */
class ExamBookingFaultsTest {

  private static final PageRequest TEN = PageRequest.first(10);
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration CLAIM = ExamBookingPolicy.DEFAULT.tries().claim();

  /** What goes wrong at one call. */
  private enum Fault {
    /** Pearson VUE is not reached. */
    BEFORE,
    /** It has done it, and its answer is lost. */
    AFTER,
    /** The network delivers the call twice. */
    TWICE,
    /** The network delivers the call once another node has asked for the same, and is done. */
    LATE,
    /** The answer comes once another node has asked for the same, and is done. */
    ANSWERED_LATE,
    /** The process ends before Pearson VUE is reached. */
    KILLED_BEFORE,
    /** The process ends when Pearson VUE has done it. */
    KILLED_AFTER;

    boolean kills() {
      return this == KILLED_BEFORE || this == KILLED_AFTER;
    }

    boolean isLate() {
      return this == LATE || this == ANSWERED_LATE;
    }

    boolean comesFirst() {
      return this == BEFORE || this == KILLED_BEFORE;
    }
  }

  /** Two libraries: one that books, and one whose embedded Pearson VUE it books at. */
  private static final class World {

    final PearsonVueFixture there = new PearsonVueFixture();
    final List<String> asked = new ArrayList<>();
    String broken = "";
    Fault fault = Fault.BEFORE;
    final CoreFixture here =
        new CoreFixture(builder -> builder.pearsonVue(adapter()).clock(there.it.clock));
    AcpBenefits node = here.benefits;
    Slot slot = there.slot(7);
    Slot later = there.slot(9);

    World() {
      here.assignedToAnn(CODE.value());
      there.voucher(CODE);
    }

    PearsonVue adapter() {
      return (PearsonVue)
          Proxy.newProxyInstance(
              PearsonVue.class.getClassLoader(),
              new Class<?>[] {PearsonVue.class},
              (proxy, method, arguments) -> call(method, arguments));
    }

    private Object call(Method method, Object[] arguments) throws Throwable {
      // Refuses inside of a transaction of the library that books.
      node.notices().deliver(Actor.system());
      asked.add(method.getName());
      boolean fails = method.getName().equals(broken);
      if (fails) {
        broken = "";
      }
      if (fails && fault.comesFirst()) {
        throw lost();
      }
      if (fails && fault == Fault.LATE) {
        takeOver();
      }
      Object answer = invoke(method, arguments);
      if (fails && fault == Fault.ANSWERED_LATE) {
        takeOver();
      }
      if (fails && fault.isLate()) {
        return answer;
      }
      if (fails && fault == Fault.TWICE) {
        return invoke(method, arguments);
      }
      if (fails) {
        throw lost();
      }
      return answer;
    }

    private RuntimeException lost() {
      if (fault.kills()) {
        node.close();
      }
      return new IllegalStateException("Pearson VUE does not answer");
    }

    private Object invoke(Method method, Object[] arguments) throws Throwable {
      try {
        return method.invoke(there.vue, arguments);
      } catch (InvocationTargetException e) {
        throw e.getCause();
      }
    }

    ExamBookings bookings() {
      return node.examBookings().orElseThrow();
    }

    void start() {
      node = anotherNode();
    }

    private AcpBenefits anotherNode() {
      return nodeOn(here.database);
    }

    AcpBenefits nodeOn(DataSource database) {
      return AcpBenefits.on(database)
          .keys(here.keys)
          .clock(there.it.clock)
          .pearsonVue(adapter())
          .build();
    }

    private void takeOver() {
      there.it.clock.advance(CLAIM);
      try (AcpBenefits other = anotherNode()) {
        other.runPortCalls();
      }
    }

    /** Fails at one call, and goes on as a host does. */
    void failing(String call, Fault how, Runnable work) {
      broken = call;
      fault = how;
      Throwable failure = catchThrowable(work::run);
      assertThat(broken).as("%s was not called", call).isEmpty();
      if (how == Fault.TWICE) {
        assertThat(failure).isNull();
      } else if (how.isLate()) {
        assertThat(failure)
            .hasMessageContaining("took longer than its claim, and another node has gone on");
      } else {
        assertThat(failure)
            .hasMessageMatching("Pearson VUE does not answer|This AcpBenefits is closed.");
      }
      if (how.kills()) {
        start();
        assertThat(node.runPortCalls()).as("before the claim has lapsed").isZero();
        there.it.clock.advance(CLAIM);
      } else {
        there.it.clock.advance(MINUTE);
      }
      node.runPortCalls();
      assertThat(node.examBookingRequests().orElseThrow().nextDue()).isEmpty();
      assertThat(node.examBookingRequests().orElseThrow().stuck(here.operator, TEN).items())
          .isEmpty();
    }

    List<BookingState> statesThere() {
      return there.vue.history(there.ann, TEN).items().stream().map(Booking::state).toList();
    }

    ExamRegistrationId onlyRegistration() {
      assertThat(here.number("SELECT COUNT(*) FROM acp_registration")).isOne();
      return ExamRegistrationId.of(here.text("SELECT exam_registration_id FROM acp_registration"));
    }

    /** Both sides say this, of the one booking that there is. */
    ExamBooking agreed(ExamRegistrationState here, BookingState there) {
      ExamBooking booking = bookings().get(this.there.ann, onlyRegistration());
      assertThat(statesThere()).containsExactly(there);
      assertThat(booking.registration().state()).isEqualTo(here);
      assertThat(booking.booking().state()).isEqualTo(there);
      assertThat(booking.registration().appointment()).isEqualTo(booking.booking().appointment());
      return booking;
    }

    ExamCodeState codeHere() {
      return ExamCodeState.valueOf(here.text("SELECT state FROM acp_exam_code"));
    }

    VoucherState codeThere() {
      return there.stateOf(CODE);
    }
  }

  private static Stream<DynamicTest> each(Case what, String... calls) {
    return Stream.of(calls)
        .flatMap(
            call ->
                Stream.of(Fault.values())
                    .map(
                        fault ->
                            DynamicTest.dynamicTest(
                                call + " " + fault, () -> what.run(call, fault))));
  }

  /** One call that fails in one way. */
  @FunctionalInterface
  private interface Case {
    void run(String call, Fault fault);
  }

  @TestFactory
  Stream<DynamicTest> aBookingWithACodeIsFinishedOnce() {
    return each(
        (call, fault) -> {
          World on = new World();
          on.failing(
              call,
              fault,
              () ->
                  on.bookings().bookWithCode(on.there.ann, on.there.cloud, null, on.slot.slotId()));

          ExamBooking booked = on.agreed(ExamRegistrationState.SCHEDULED, BookingState.SCHEDULED);
          assertThat(booked.registration().ids()).isNotNull();
          assertThat(on.codeHere()).isEqualTo(ExamCodeState.RESERVED);
          assertThat(on.codeThere()).isEqualTo(VoucherState.USED);
        },
        "profile",
        "book",
        "priceWith",
        "checkout");
  }

  @TestFactory
  Stream<DynamicTest> aSelfPaidBookingIsFinishedOnceAndPaidOnce() {
    return each(
        (call, fault) -> {
          World on = new World();
          on.failing(
              call,
              fault,
              () -> on.bookings().bookSelfPaid(on.there.ann, on.there.cloud, on.slot.slotId()));

          on.agreed(ExamRegistrationState.SCHEDULED, BookingState.SCHEDULED);
          assertThat(on.codeHere()).isEqualTo(ExamCodeState.ASSIGNED);
          assertThat(on.codeThere()).isEqualTo(VoucherState.FREE);
        },
        "profile",
        "book",
        "checkoutSelfPaid");
  }

  private static void unanswered(Runnable work) {
    assertThatThrownBy(work::run).hasMessage("Pearson VUE does not answer");
  }

  private static World booked() {
    World on = new World();
    on.bookings().bookWithCode(on.there.ann, on.there.cloud, null, on.slot.slotId());
    return on;
  }

  @TestFactory
  Stream<DynamicTest> whatIsMovedIsMovedOnBothSides() {
    return each(
        (call, fault) -> {
          World on = booked();
          on.failing(
              call,
              fault,
              () ->
                  on.bookings().reschedule(on.there.ann, on.onlyRegistration(), on.later.slotId()));

          ExamBooking moved = on.agreed(ExamRegistrationState.SCHEDULED, BookingState.SCHEDULED);
          assertThat(moved.booking().slotId()).isEqualTo(on.later.slotId());
        },
        "reschedule");
  }

  @TestFactory
  Stream<DynamicTest> whatIsCanceledIsCanceledOnBothSides() {
    return each(
        (call, fault) -> {
          World on = booked();
          on.failing(call, fault, () -> on.bookings().cancel(on.there.ann, on.onlyRegistration()));

          on.agreed(ExamRegistrationState.CANCELED, BookingState.CANCELED);
          assertThat(on.codeHere()).isEqualTo(ExamCodeState.ASSIGNED);
          assertThat(on.codeThere()).isEqualTo(VoucherState.FREE);
        },
        "cancel");
  }

  /** The last instant at which canceling is free passes before the lost answer is asked for. */
  @Test
  void aCancellationCountsFromWhenPearsonVueHadItNotFromWhenItsAnswerCame() {
    World on = booked();
    on.there.it.clock.set(on.slot.startsAt().minus(Duration.ofHours(24)));
    on.failing(
        "cancel", Fault.AFTER, () -> on.bookings().cancel(on.there.ann, on.onlyRegistration()));

    on.agreed(ExamRegistrationState.CANCELED, BookingState.CANCELED);
  }

  @TestFactory
  Stream<DynamicTest> aSeatWhoseBookingIsRefusedIsGivenBackHoweverThatFails() {
    return Stream.of(Fault.values())
        .map(
            fault ->
                DynamicTest.dynamicTest(
                    fault.name(),
                    () -> {
                      World on = new World();
                      Slot afterTheCode = on.there.slot(366);
                      on.there.desk.extendVoucher(
                          on.there.operator, CODE, on.there.it.in(Duration.ofDays(800)), "longer");
                      on.broken = "cancel";
                      on.fault = fault;

                      Throwable failure =
                          catchThrowable(
                              () ->
                                  on.bookings()
                                      .bookWithCode(
                                          on.there.ann,
                                          on.there.cloud,
                                          null,
                                          afterTheCode.slotId()));

                      // The refusal is told, whether or not the seat could be given back at once.
                      assertThat(failure)
                          .isInstanceOfSatisfying(
                              Refusal.class,
                              refusal ->
                                  assertThat(refusal.reason()).isEqualTo(Reason.CODE_EXPIRED));
                      if (fault.kills()) {
                        on.start();
                      }
                      on.there.it.clock.advance(CLAIM);
                      on.node.runPortCalls();
                      assertThat(on.statesThere()).containsExactly(BookingState.RELEASED);
                      assertThat(on.here.number("SELECT COUNT(*) FROM acp_registration")).isZero();
                      assertThat(on.here.text("SELECT state FROM acp_exam_booking_request"))
                          .isEqualTo("REFUSED");
                      assertThat(on.codeHere()).isEqualTo(ExamCodeState.ASSIGNED);
                      assertThat(on.codeThere()).isEqualTo(VoucherState.FREE);
                    }));
  }

  @Test
  void aSeatWhoseTimeIsOverBeforeItIsPaidIsTakenBackHereAndTheCodeComesBack() {
    World on = new World();
    on.broken = "checkout";
    on.fault = Fault.BEFORE;
    unanswered(
        () -> on.bookings().bookWithCode(on.there.ann, on.there.cloud, null, on.slot.slotId()));
    assertThat(on.codeHere()).isEqualTo(ExamCodeState.RESERVED);

    on.there.it.clock.advance(PearsonVuePolicy.DEFAULT.seatHold());
    on.node.runPortCalls();

    on.agreed(ExamRegistrationState.CANCELED, BookingState.RELEASED);
    assertThat(on.codeHere()).isEqualTo(ExamCodeState.ASSIGNED);
    assertThat(on.codeThere()).isEqualTo(VoucherState.FREE);
    ExamBooking again =
        on.bookings().bookWithCode(on.there.ann, on.there.cloud, null, on.slot.slotId());
    assertThat(again.booking().state()).isEqualTo(BookingState.SCHEDULED);
  }

  @Test
  void whoeverMakesTheSameCallAgainGetsWhatBecameOfTheFirst() {
    for (Supplier<RequestKey> key :
        List.<Supplier<RequestKey>>of(() -> null, () -> RequestKey.of("mine"))) {
      World on = new World();
      on.broken = "checkout";
      on.fault = Fault.AFTER;
      unanswered(
          () ->
              on.bookings()
                  .bookWithCode(on.there.ann, on.there.cloud, null, on.slot.slotId(), key.get()));
      assertRefused(
          Reason.DUPLICATE_REQUEST,
          () -> on.bookings().bookSelfPaid(on.there.ann, on.there.cloud, on.later.slotId()));
      assertRefused(
          Reason.DUPLICATE_REQUEST,
          () -> on.bookings().cancel(on.there.ann, on.onlyRegistration()));

      ExamBooking booked =
          on.bookings()
              .bookWithCode(on.there.ann, on.there.cloud, null, on.slot.slotId(), key.get());

      assertThat(on.agreed(ExamRegistrationState.SCHEDULED, BookingState.SCHEDULED))
          .isEqualTo(booked);
      assertThat(on.node.runPortCalls()).isZero();
    }
  }

  /** Whenever that is: each connection is a chance for the other node. */
  @Test
  void whoeverMakesTheSameCallAgainIsAnsweredThoughAnotherNodeHasJustFinishedIt() {
    for (int connections = 1; connections <= 6; connections++) {
      World on = new World();
      RequestKey key = RequestKey.of("mine");
      on.broken = "checkout";
      on.fault = Fault.AFTER;
      unanswered(
          () ->
              on.bookings()
                  .bookWithCode(on.there.ann, on.there.cloud, null, on.slot.slotId(), key));
      on.there.it.clock.advance(MINUTE);
      AtomicInteger left = new AtomicInteger(Integer.MAX_VALUE);
      AcpBenefits other = on.node;
      on.node =
          on.nodeOn(
              beforeAConnection(
                  on.here.database,
                  () -> {
                    if (left.decrementAndGet() == 0) {
                      other.runPortCalls();
                    }
                  }));
      left.set(connections);

      ExamBooking booked =
          on.bookings().bookWithCode(on.there.ann, on.there.cloud, null, on.slot.slotId(), key);

      assertThat(on.agreed(ExamRegistrationState.SCHEDULED, BookingState.SCHEDULED))
          .isEqualTo(booked);
    }
  }

  private static DataSource beforeAConnection(DataSource database, Runnable work) {
    return (DataSource)
        Proxy.newProxyInstance(
            DataSource.class.getClassLoader(),
            new Class<?>[] {DataSource.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("getConnection")) {
                work.run();
              }
              return method.invoke(database, arguments);
            });
  }

  @Test
  void whatHasNoAnswerInTheEndIsLeftToAPerson() {
    World on = booked();
    ExamRegistrationId id = on.onlyRegistration();
    ExamBookingRequests requests = on.node.examBookingRequests().orElseThrow();
    on.fault = Fault.BEFORE;
    on.broken = "cancel";
    unanswered(() -> on.bookings().cancel(on.there.ann, id));
    for (Duration pause : ExamBookingPolicy.DEFAULT.tries().pauses()) {
      on.there.it.clock.advance(pause);
      on.broken = "cancel";
      on.node.runPortCalls();
    }
    on.broken = "";
    ExamBookingRequest stuck = requests.stuck(on.here.operator, TEN).items().get(0);
    assertThat(stuck.state()).isEqualTo(ExamBookingRequestState.GIVEN_UP);
    assertThat(stuck.step()).isEqualTo(ExamBookingStep.CANCEL);
    assertThat(stuck.nextStep()).contains("retry", "abandon");
    assertThat(stuck.lastFailure()).isEqualTo("java.lang.IllegalStateException");
    assertThat(requests.nextDue()).isEmpty();
    assertThat(requests.count(on.here.operator, ExamBookingRequestState.GIVEN_UP)).isOne();
    assertThat(on.node.health().check(on.here.operator, HealthPolicy.DEFAULT).checks())
        .filteredOn(check -> check.name().equals("port calls"))
        .extracting(HealthCheck::status)
        .containsExactly(HealthStatus.DEGRADED);
    assertRefused(Reason.ILLEGAL_STATE, () -> on.bookings().cancel(on.there.ann, id));
    assertRefused(
        Reason.NOT_PERMITTED, () -> requests.retry(on.here.owner, stuck.requestId(), "please"));

    requests.retry(on.here.operator, stuck.requestId(), "Pearson VUE is back.");
    on.node.runPortCalls();

    on.agreed(ExamRegistrationState.CANCELED, BookingState.CANCELED);
    assertThat(requests.get(on.here.operator, stuck.requestId()).state())
        .isEqualTo(ExamBookingRequestState.DONE);
  }

  @Test
  void aBookingThatNeverHadAnAnswerIsRefusedInTheEndAndTheCandidateMayTryAnew() {
    World on = new World();
    Runnable book =
        () -> on.bookings().bookSelfPaid(on.there.ann, on.there.cloud, on.slot.slotId());
    on.fault = Fault.BEFORE;
    on.broken = "book";
    unanswered(book);
    for (Duration pause : ExamBookingPolicy.DEFAULT.tries().pauses()) {
      on.there.it.clock.advance(pause);
      on.broken = "book";
      on.node.runPortCalls();
    }
    on.broken = "";

    assertThat(on.here.text("SELECT state FROM acp_exam_booking_request")).isEqualTo("REFUSED");
    book.run();
    on.agreed(ExamRegistrationState.SCHEDULED, BookingState.SCHEDULED);
  }

  @Test
  void everyCallHappensOutsideOfTransactionsAndNothingIsAskedInside() {
    World on = booked();
    ExamRegistrationId id = on.onlyRegistration();
    on.asked.clear();
    ExamBookings bookings = on.bookings();
    List<Runnable> all =
        List.of(
            () -> bookings.bookWithCode(on.there.ann, on.there.cloud, null, on.slot.slotId()),
            () -> bookings.bookSelfPaid(on.there.ann, on.there.cloud, on.slot.slotId()),
            () -> bookings.reschedule(on.there.ann, id, on.later.slotId()),
            () -> bookings.cancel(on.there.ann, id),
            () -> bookings.noteIds(on.there.ann, id),
            () -> bookings.get(on.there.ann, id),
            () -> on.node.examBookingRequests().orElseThrow().resume(Actor.system()));
    for (Runnable each : all) {
      Throwable refused =
          catchThrowable(
              () ->
                  on.node.inTransaction(
                      () -> {
                        each.run();
                        return true;
                      }));
      assertThat(refused)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("must not run inside a transaction");
    }
    assertThat(on.asked).isEmpty();

    bookings.noteIds(on.there.ann, id);
    bookings.reschedule(on.there.ann, id, on.later.slotId());
    bookings.cancel(on.there.ann, id);
    bookings.bookSelfPaid(on.there.ann, on.there.cloud, on.slot.slotId());
    // The adapter itself looks whether a transaction is open, at each of these.
    assertThat(Set.copyOf(on.asked))
        .contains("booking", "slot", "reschedule", "cancel", "profile", "book", "checkoutSelfPaid");
  }

  @Test
  void movingThatIsRefusedHereIsMovedBackThere() {
    World on = booked();
    ExamRegistrationId id = on.onlyRegistration();
    on.broken = "reschedule";
    on.fault = Fault.AFTER;
    unanswered(() -> on.bookings().reschedule(on.there.ann, id, on.later.slotId()));
    assertThat(on.there.vue.history(on.there.ann, TEN).items().get(0).slotId())
        .isEqualTo(on.later.slotId());
    // Meanwhile the code's life has become shorter than the new appointment is away.
    on.here.sql(
        "UPDATE acp_exam_code SET expires_at = TIMESTAMP '"
            + on.slot.startsAt().plusSeconds(1).toString().replace("T", " ").replace("Z", "")
            + "'");

    on.there.it.clock.advance(MINUTE);
    on.node.runPortCalls();

    ExamBooking stays = on.agreed(ExamRegistrationState.SCHEDULED, BookingState.SCHEDULED);
    assertThat(stays.booking().slotId()).isEqualTo(on.slot.slotId());
    assertThat(
            on.here.text(
                "SELECT refused_for FROM acp_exam_booking_request WHERE step <> 'CHECK_OUT'"))
        .isEqualTo("CODE_EXPIRED");
  }

  @Test
  void whoIsErasedWhileASeatIsAskedForIsNotBookedForAnyMore() {
    World on = new World();
    on.broken = "book";
    on.fault = Fault.BEFORE;
    unanswered(() -> on.bookings().bookSelfPaid(on.there.ann, on.there.cloud, on.slot.slotId()));

    on.node.erasures().erase(on.here.operator, on.there.ann.id(), "asked for");
    on.there.it.clock.advance(MINUTE);

    assertThat(on.node.runPortCalls()).isZero();
    assertThat(on.statesThere()).isEmpty();
    assertThat(on.here.text("SELECT state FROM acp_exam_booking_request")).isEqualTo("REFUSED");
    assertThat(
            on.here.number(
                "SELECT COUNT(*) FROM acp_exam_booking_request WHERE account_id = 'ann'"))
        .isZero();
  }

  @Test
  void whatAnOperatorHasSettledIsAskedForNoMoreAndItsRegistrationTakenBack() {
    World on = new World();
    on.broken = "checkout";
    on.fault = Fault.BEFORE;
    unanswered(
        () -> on.bookings().bookWithCode(on.there.ann, on.there.cloud, null, on.slot.slotId()));
    ExamBookingRequests requests = on.node.examBookingRequests().orElseThrow();
    ExamBookingRequest stuck = requests.stuck(on.here.operator, TEN).items().get(0);

    requests.abandon(on.here.operator, stuck.requestId(), "Settled by phone.");

    assertThat(on.node.runPortCalls()).isZero();
    assertThat(requests.stuck(on.here.operator, TEN).items()).isEmpty();
    assertThat(on.codeHere()).isEqualTo(ExamCodeState.ASSIGNED);
    assertThat(on.here.text("SELECT state FROM acp_registration")).isEqualTo("CANCELED");
  }
}
