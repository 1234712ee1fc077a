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
        });
  }

  /** In time the code comes back, later it is forfeited. */
  ExamRegistration cancel(Actor actor, ExamRegistrationId id, @Nullable String why) {
    return domain.inTransaction(
        () -> {
          ExamRegistration registration = lockUpcoming(actor, Operation.CANCEL_EXAM, id);
          Instant lastMoment = registration.appointment().minus(policy.cancelInTime());
          boolean inTime = !domain.now().isAfter(lastMoment);
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
