package io.acpbenefits.registration;

import io.acpbenefits.common.Actor;
import io.acpbenefits.common.Operation;
import io.acpbenefits.common.Reason;
import io.acpbenefits.common.Refusal;
import io.acpbenefits.exam.ExamId;
import io.acpbenefits.exam.Exams;
import io.acpbenefits.examcode.CodePolicy;
import io.acpbenefits.examcode.CodeUse;
import io.acpbenefits.examcode.ExamCodeId;
import io.acpbenefits.idempotency.RequestKey;
import io.acpbenefits.idempotency.RequestKeys;
import io.acpbenefits.internal.Domain;
import io.acpbenefits.organization.Accounts;
import io.acpbenefits.permission.Access;
import io.acpbenefits.permission.Subject;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Books exams, moves appointments and cancels them, with what follows for the code that pays. */
final class Appointments {

  private final Domain domain;
  private final Access access;
  private final RequestKeys keys;
  private final Exams exams;
  private final Accounts accounts;
  private final CodeUse codes;
  private final CodePolicy policy;
  private final Duration syncWindow;
  private final RegistrationStore store;

  Appointments(
      Domain domain,
      Access access,
      RequestKeys keys,
      Exams exams,
      Accounts accounts,
      CodeUse codes,
      CodePolicy policy,
      Duration syncWindow,
      RegistrationStore store) {
    this.domain = domain;
    this.access = access;
    this.keys = keys;
    this.exams = exams;
    this.accounts = accounts;
    this.codes = codes;
    this.policy = policy;
    this.syncWindow = syncWindow;
    this.store = store;
  }

  ExamRegistration withCode(
      Actor.Account actor,
      ExamId exam,
      @Nullable ExamCodeId code,
      Delivery delivery,
      Instant appointment,
      @Nullable IdPair ids,
      @Nullable RequestKey key) {
    access.require(actor, Operation.REGISTER_EXAM, Subject.ofAccount(actor.id()));
    return once(
        actor,
        key,
        payload(Payment.CODE, exam, code, delivery, appointment, ids),
        () -> {
          accounts.lock(Actor.system(), actor.id());
          requireSittable(exam, appointment);
          ExamCodeId used = code != null ? code : codes.assignedFor(actor.id(), exam);
          codes.reserve(actor.id(), used, exam, appointment, resultDue(appointment));
          return add(actor, exam, Payment.CODE, used, delivery, appointment, ids);
        });
  }

  ExamRegistration selfPaid(
      Actor.Account actor,
      ExamId exam,
      Delivery delivery,
      Instant appointment,
      @Nullable IdPair ids,
      @Nullable RequestKey key) {
    access.require(actor, Operation.REGISTER_EXAM, Subject.ofAccount(actor.id()));
    return once(
        actor,
        key,
        payload(Payment.SELF_PAID, exam, null, delivery, appointment, ids),
        () -> {
          accounts.lock(Actor.system(), actor.id());
          requireSittable(exam, appointment);
          return add(actor, exam, Payment.SELF_PAID, null, delivery, appointment, ids);
        });
  }

  private ExamRegistration once(
      Actor.Account actor,
      @Nullable RequestKey key,
      List<?> payload,
      Supplier<ExamRegistration> command) {
    return keys.once(
        actor,
        key,
        Operation.REGISTER_EXAM,
        payload,
        made -> made.examRegistrationId().value(),
        id -> store.find(ExamRegistrationId.of(id)),
        command);
  }

  /** With the ids in the clear, which their text hides: only a keyed hash of it is kept. */
  private static List<?> payload(
      Payment payment,
      ExamId exam,
      @Nullable ExamCodeId code,
      Delivery delivery,
      Instant appointment,
      @Nullable IdPair ids) {
    return Arrays.asList(
        payment,
        exam,
        code,
        delivery,
        appointment,
        ids == null ? null : ids.candidateId(),
        ids == null ? null : ids.registrationId());
  }

  private Instant resultDue(Instant appointment) {
    return appointment.plus(syncWindow);
  }

  private void requireSittable(ExamId exam, Instant appointment) {
    Instant now = domain.now();
    exams.get(Actor.system(), exam).requireAlive(now);
    if (appointment.isBefore(now)) {
      throw Refusal.of(
          Reason.INVALID_INPUT, "The appointment %s has passed; choose a later one.", appointment);
    }
    exams.get(Actor.system(), exam).requireAlive(appointment);
  }

  private ExamRegistration add(
      Actor.Account actor,
      ExamId exam,
      Payment payment,
      @Nullable ExamCodeId code,
      Delivery delivery,
      Instant appointment,
      @Nullable IdPair ids) {
    ExamRegistration registration =
        new ExamRegistration(
            ExamRegistrationId.of(domain.newId()),
            actor.id(),
            exam,
            payment,
            code,
            delivery,
            ExamRegistrationState.SCHEDULED,
            appointment,
            ids == null ? null : ids.candidateId(),
            ids == null ? null : ids.registrationId(),
            domain.now(),
            resultDue(appointment));
    store.insert(actor, registration);
    return registration;
  }

  /** Moves a booking that is still ahead. */
  ExamRegistration move(
      Actor actor, ExamRegistrationId id, Instant appointment, @Nullable String why) {
    return domain.inTransaction(
        () -> {
          ExamRegistration registration = lockUpcoming(actor, Operation.RESCHEDULE_EXAM, id);
          requireSittable(registration.examId(), appointment);
          return moveTo(actor, registration, appointment, why);
        });
  }

  private ExamRegistration moveTo(
      Actor actor, ExamRegistration registration, Instant appointment, @Nullable String why) {
    ExamCodeId code = registration.codeId();
    if (code != null) {
      codes.extendReservation(code, appointment, resultDue(appointment));
    }
    return store.move(
        actor,
        Operation.RESCHEDULE_EXAM,
        registration,
        registration.at(appointment, resultDue(appointment)),
        why);
  }

  /** Refuses what moving would refuse. */
  ExamRegistration requireMovable(Actor actor, ExamRegistrationId id, Instant appointment) {
    return domain.inTransaction(
        () -> {
          ExamRegistration registration = lockUpcoming(actor, Operation.RESCHEDULE_EXAM, id);
          requireSittable(registration.examId(), appointment);
          ExamCodeId code = registration.codeId();
          if (code != null) {
            codes.requireExtendable(code, appointment);
          }
          return registration;
        });
  }

  /** Pearson VUE has moved it: a fact, whatever the time is by now. */
  void moved(Actor actor, ExamRegistrationId id, Instant appointment) {
    domain.run(() -> moveTo(actor, lockFact(Operation.RESCHEDULE_EXAM, id), appointment, null));
  }

  private ExamRegistration lockFact(Operation operation, ExamRegistrationId id) {
    accounts.lock(Actor.system(), store.find(id).accountId());
    ExamRegistration registration = store.rows.get(m -> m.lock(id)).orElseThrow();
    ExamRegistrationState.lifecycle().require(operation, registration.state());
    return registration;
  }

  /** In time the code comes back, later it is forfeited. */
  ExamRegistration cancel(Actor actor, ExamRegistrationId id, @Nullable String why) {
    return domain.inTransaction(
        () -> {
          ExamRegistration registration = lockUpcoming(actor, Operation.CANCEL_EXAM, id);
          return end(actor, registration, isInTime(registration), why);
        });
  }

  private boolean isInTime(ExamRegistration registration) {
    return !domain.now().isAfter(registration.appointment().minus(policy.cancelInTime()));
  }

  private ExamRegistration end(
      Actor actor, ExamRegistration registration, boolean inTime, @Nullable String why) {
    ExamCodeId code = registration.codeId();
    if (code != null && inTime) {
      codes.free(code);
    } else if (code != null) {
      codes.forfeit(code);
    }
    return store.move(
        actor,
        Operation.CANCEL_EXAM,
        registration,
        registration.with(
            inTime ? ExamRegistrationState.CANCELED : ExamRegistrationState.LATE_CANCELED),
        why);
  }

  /** Refuses what canceling would refuse, and says what it would come to. */
  ExamRegistrationState requireCancelable(Actor actor, ExamRegistrationId id) {
    return domain.inTransaction(
        () ->
            isInTime(lockUpcoming(actor, Operation.CANCEL_EXAM, id))
                ? ExamRegistrationState.CANCELED
                : ExamRegistrationState.LATE_CANCELED);
  }

  /** Pearson VUE has canceled it: a fact, whatever the time is by now. */
  void canceled(Actor actor, ExamRegistrationId id, boolean inTime) {
    domain.run(() -> end(actor, lockFact(Operation.CANCEL_EXAM, id), inTime, null));
  }

  /** Pearson VUE has refused the booking in the end: as if it had never been made. */
  void takeBack(Actor actor, ExamRegistrationId id) {
    domain.run(
        () -> {
          accounts.lock(Actor.system(), store.find(id).accountId());
          store
              .rows
              .get(m -> m.lock(id))
              .filter(r -> r.state() == ExamRegistrationState.SCHEDULED)
              .ifPresent(registration -> end(actor, registration, true, null));
        });
  }

  private ExamRegistration lockUpcoming(Actor actor, Operation operation, ExamRegistrationId id) {
    ExamRegistration registration = store.lock(actor, operation, id);
    if (registration.appointment().isBefore(domain.now())) {
      throw Refusal.of(
          Reason.ILLEGAL_STATE,
          "The appointment %s has passed; the registration is SCHEDULED until a result comes in,"
              + " and cannot be changed any more.",
          registration.appointment());
    }
    return registration;
  }
}
