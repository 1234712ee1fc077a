package io.acpbenefits.pearsonvue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.acpbenefits.CoreFixture;
import io.acpbenefits.Lifecycle;
import io.acpbenefits.audit.AuditEntry;
import io.acpbenefits.audit.AuditLog;
import io.acpbenefits.common.AccountId;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.Operation;
import io.acpbenefits.common.PageRequest;
import io.acpbenefits.common.Reason;
import io.acpbenefits.common.Tries;
import io.acpbenefits.exam.ExamId;
import io.acpbenefits.examcode.ExamCodeId;
import io.acpbenefits.idempotency.RequestKeys;
import io.acpbenefits.internal.Domain;
import io.acpbenefits.pearsonvue.BookingRequestMapper.RequestRow;
import io.acpbenefits.persistence.Dialect;
import io.acpbenefits.persistence.JdbcTransactions;
import io.acpbenefits.registration.ExamRegistrationId;
import io.acpbenefits.secret.Vault;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class ExamBookingRequestLifecycleTest {

  /** A cancellation, whose booking at Pearson VUE nobody ever asks about. */
  private static final class Noted {

    final PearsonVueFixture at = new PearsonVueFixture();
    final CoreFixture it = at.it;
    final ExamBookingRequests entry = it.benefits.examBookingRequests().orElseThrow();
    final BookingRequests requests;
    RequestRow mine;

    Noted() {
      ExamBooking booked =
          it.benefits
              .examBookings()
              .orElseThrow()
              .bookSelfPaid(at.ann, at.cloud, at.slot(7).slotId());
      Domain domain =
          new Domain(new JdbcTransactions(it.database), Dialect.of(it.database), it.clock);
      domain
          .idType(AccountId.class, AccountId::new)
          .idType(ExamId.class, ExamId::new)
          .idType(ExamCodeId.class, ExamCodeId::new)
          .idType(ExamRegistrationId.class, ExamRegistrationId::new);
      requests =
          new BookingRequests(
              domain,
              new AuditLog(domain),
              new RequestKeys(domain, new Vault(it.keys)),
              Tries.DEFAULT);
      RequestRow asked =
          new RequestRow(
              ExamBookingRequestId.of(domain.newId()),
              at.ann.id(),
              at.cloud,
              ExamBookingStep.CANCEL,
              null,
              null,
              null,
              null,
              booked.registration().examRegistrationId(),
              booked.booking().bookingId(),
              null,
              ExamBookingRequestState.ASKING,
              it.clock.instant(),
              1,
              requests.until(1),
              "mine",
              null,
              null);
      mine = domain.inTransaction(() -> requests.begin(asked));
    }

    /** The next try in vain will have been the last. */
    void lastTry() {
      it.sql("UPDATE acp_exam_booking_request SET attempts = 7 WHERE step = 'CANCEL'");
    }

    void fail() {
      requests.failed(mine, new IllegalStateException("on purpose"));
    }

    /** What is recorded by somebody who has nothing in hand is left alone. */
    void quietly(Runnable step) {
      Throwable failure = catchThrowable(step::run);
      if (failure != null) {
        assertThat(failure).isInstanceOf(BookingRequests.Overtaken.class);
      }
    }

    ExamBookingRequestState state() {
      return entry.get(it.operator, mine.requestId()).state();
    }
  }

  private static Supplier<Noted> after(Consumer<Noted> arrangement) {
    return () -> {
      Noted on = new Noted();
      arrangement.accept(on);
      return on;
    };
  }

  private static void giveUp(Noted on) {
    on.lastTry();
    on.fail();
  }

  @TestFactory
  Stream<DynamicTest> everyOperationInEveryState() {
    return new Lifecycle<ExamBookingRequestState, Noted>(
            ExamBookingRequestState.lifecycle(), Noted::state)
        .in(ExamBookingRequestState.ASKING, Noted::new)
        .in(ExamBookingRequestState.OPEN, after(Noted::fail))
        .in(ExamBookingRequestState.DONE, after(on -> on.requests.done(on.mine)))
        .in(
            ExamBookingRequestState.REFUSED,
            after(on -> on.requests.refused(on.mine, Reason.SEAT_TAKEN)))
        .in(ExamBookingRequestState.GIVEN_UP, after(ExamBookingRequestLifecycleTest::giveUp))
        .in(
            ExamBookingRequestState.ABANDONED,
            after(
                on -> {
                  on.fail();
                  on.entry.abandon(on.it.operator, on.mine.requestId(), "settled by phone");
                }))
        .ignores(
            Operation.ASK_PEARSON_VUE,
            on -> {
              on.it.clock.advance(Tries.DEFAULT.claim());
              on.requests.next();
            })
        .ignores(Operation.SETTLE_BOOKING, on -> on.quietly(() -> on.requests.done(on.mine)))
        .ignores(
            Operation.REFUSE_BOOKING,
            on -> on.quietly(() -> on.requests.refused(on.mine, Reason.SEAT_TAKEN)))
        .ignores(Operation.POSTPONE_BOOKING, Noted::fail)
        .ignores(Operation.GIVE_UP_BOOKING, ExamBookingRequestLifecycleTest::giveUp)
        .refuses(
            Operation.RETRY_BOOKING,
            on -> on.entry.retry(on.it.operator, on.mine.requestId(), "it is back"))
        .refuses(
            Operation.ABANDON_BOOKING,
            on -> on.entry.abandon(on.it.operator, on.mine.requestId(), "settled by phone"))
        .everyPair();
  }

  @Test
  void everyTransitionIsInTheAudit() {
    Noted on = new Noted();
    giveUp(on);
    on.entry.retry(on.it.operator, on.mine.requestId(), "it is back");

    assertThat(
            on.it
                .benefits
                .audit()
                .of(Actor.system(), on.mine.requestId().value(), PageRequest.first(10))
                .items())
        .extracting(AuditEntry::operation)
        .containsExactly(
            Operation.REQUEST_BOOKING, Operation.GIVE_UP_BOOKING, Operation.RETRY_BOOKING);
  }
}
