package io.acpbenefits.registration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.acpbenefits.CoreFixture;
import io.acpbenefits.Lifecycle;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.Operation;
import io.acpbenefits.common.PageRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class ExamRegistrationLifecycleTest {

  private static final Duration WEEK = Duration.ofDays(7);

  /** A registration for an exam in a week, paid by its candidate. */
  private static final class Booked {

    final CoreFixture it = new CoreFixture();
    final Actor.Account ann = new Actor.Account(it.ann);
    final ExamRegistrations registrations = it.benefits.registrations();
    final Instant appointment = it.in(WEEK);
    final ExamRegistrationId id =
        registrations
            .registerSelfPaid(ann, it.cloud, Delivery.ONLINE, appointment, null)
            .examRegistrationId();

    Booked then(Consumer<Booked> action) {
      action.accept(this);
      return this;
    }

    void conclude(boolean sat) {
      registrations.conclude(Actor.system(), id, sat);
    }

    void markNoShow() {
      it.clock.set(appointment.plusSeconds(1));
      registrations.markNoShow(it.operator, id, "the test center called");
    }
  }

  @TestFactory
  Stream<DynamicTest> everyOperationInEveryState() {
    return new Lifecycle<ExamRegistrationState, Booked>(
            ExamRegistrationState.lifecycle(),
            booked -> booked.registrations.get(Actor.system(), booked.id).state())
        .in(ExamRegistrationState.SCHEDULED, Booked::new)
        .in(
            ExamRegistrationState.DELIVERED,
            () -> new Booked().then(booked -> booked.conclude(true)))
        .in(
            ExamRegistrationState.NO_SHOW,
            () -> new Booked().then(booked -> booked.conclude(false)))
        .in(
            ExamRegistrationState.CANCELED,
            () -> new Booked().then(b -> b.registrations.cancel(b.ann, b.id)))
        .in(
            ExamRegistrationState.LATE_CANCELED,
            () ->
                new Booked()
                    .then(
                        b -> {
                          b.it.clock.set(b.appointment);
                          b.registrations.cancel(b.ann, b.id);
                        }))
        .refuses(
            Operation.RESCHEDULE_EXAM,
            b -> b.registrations.reschedule(b.ann, b.id, b.appointment.plus(WEEK)))
        .refuses(Operation.CANCEL_EXAM, b -> b.registrations.cancel(b.ann, b.id))
        .refuses(Operation.MARK_NO_SHOW, Booked::markNoShow)
        .refuses(
            Operation.NOTE_EXAM_IDS,
            b -> b.registrations.noteIds(b.ann, b.id, new IdPair("C-1", "R-1")))
        .ignores(Operation.DELIVER_EXAM, b -> b.conclude(true))
        .everyPair();
  }

  @Test
  void whatARecordSaysOfAMissedExamIsIgnoredOnceItIsOver() {
    for (boolean sat : new boolean[] {true, false}) {
      Booked canceled = new Booked().then(b -> b.registrations.cancel(b.ann, b.id));
      canceled.conclude(sat);
      assertThat(canceled.registrations.get(Actor.system(), canceled.id).state())
          .isEqualTo(ExamRegistrationState.CANCELED);
    }
  }

  @Test
  void everyTransitionIsInTheAuditWithItsActor() {
    Booked booked = new Booked();
    booked.registrations.reschedule(booked.ann, booked.id, booked.appointment.plus(WEEK));
    booked.registrations.noteIds(booked.ann, booked.id, new IdPair("C-1", "R-1"));
    booked.registrations.noteIds(booked.ann, booked.id, new IdPair("C-1", "R-1"));
    booked.it.clock.advance(WEEK.multipliedBy(3));
    booked.registrations.markNoShow(booked.it.operator, booked.id, " the test center called ");

    assertThat(
            booked
                .it
                .benefits
                .audit()
                .of(booked.it.operator, booked.id.value(), PageRequest.first(10))
                .items())
        .extracting(
            entry -> entry.operation() + " " + entry.fromState() + ">" + entry.toState(),
            entry -> entry.madeBy() + " " + entry.why())
        .containsExactly(
            tuple("REGISTER_EXAM null>SCHEDULED", "account:ann null"),
            tuple("RESCHEDULE_EXAM SCHEDULED>SCHEDULED", "account:ann null"),
            tuple("NOTE_EXAM_IDS null>null", "account:ann null"),
            tuple("MARK_NO_SHOW SCHEDULED>NO_SHOW", "operator:otto the test center called"));
  }

  @Test
  void aRecordConcludesAsTheLibraryItself() {
    Booked booked = new Booked();
    booked.conclude(true);
    assertThat(
            booked
                .it
                .benefits
                .audit()
                .all(booked.it.operator, Operation.DELIVER_EXAM, PageRequest.first(10))
                .items())
        .singleElement()
        .satisfies(entry -> assertThat(entry.madeBy()).isEqualTo("system"))
        .satisfies(entry -> assertThat(entry.toState()).isEqualTo("DELIVERED"));
  }
}
