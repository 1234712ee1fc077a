package io.acpbenefits.registration;

import io.acpbenefits.audit.AuditLog;
import io.acpbenefits.common.AccountId;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.Reason;
import io.acpbenefits.common.Refusal;
import io.acpbenefits.exam.ExamId;
import io.acpbenefits.exam.Exams;
import io.acpbenefits.examcode.CodePolicy;
import io.acpbenefits.examcode.CodeUse;
import io.acpbenefits.examcode.ExamCodeId;
import io.acpbenefits.idempotency.RequestKeys;
import io.acpbenefits.internal.Domain;
import io.acpbenefits.internal.Rows;
import io.acpbenefits.organization.Accounts;
import io.acpbenefits.permission.Access;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Exam registrations at Pearson VUE: booked with a code or self-paid, moved, canceled; thread-safe.
 *
 * <p>Source: "Participate in ACP/ACE Exams".
 */
public final class ExamRegistrations {

  private final Domain domain;
  private final Exams exams;
  private final Accounts accounts;
  private final CodeUse codes;
  private final CodePolicy policy;
  private final Duration syncWindow;
  private final Rows<ExamRegistrationMapper> rows;

  /**
   * Called by {@code AcpBenefits}.
   *
   * @param domain what features are built on
   * @param access who may do what
   * @param log where it is recorded
   * @param keys what was asked for before
   * @param exams what is sat
   * @param accounts who sits it
   * @param codes what it is paid with
   * @param policy until when canceling is in time
   * @param syncWindow how long after the appointment a result may come in
   */
  public ExamRegistrations(
      Domain domain,
      Access access,
      AuditLog log,
      RequestKeys keys,
      Exams exams,
      Accounts accounts,
      CodeUse codes,
      CodePolicy policy,
      Duration syncWindow) {
    this.domain = domain.idType(ExamRegistrationId.class, ExamRegistrationId::new);
    this.exams = exams;
    this.accounts = accounts;
    this.codes = codes;
    this.policy = policy;
    this.syncWindow = syncWindow;
    this.rows = domain.rows(ExamRegistrationMapper.class);
  }

  /**
   * Books an exam with a code.
   *
   * @param actor the candidate
   * @param exam which exam
   * @param code the code to pay with, or null for the one that is assigned to the candidate
   * @param delivery where it is sat
   * @param appointment when it is sat; not before now
   * @param ids what Pearson VUE shows the candidate, if known already
   * @return the registration; the code is reserved
   * @throws Refusal NOT_FOUND if there is no such exam or the code is not the actor's,
   *     EXAM_RETIRED, INVALID_INPUT, EXAM_MISMATCH, NO_CODE_AVAILABLE, CODE_EXPIRED, or
   *     ILLEGAL_STATE if the code is not assigned
   */
  public ExamRegistration registerWithCode(
      Actor.Account actor,
      ExamId exam,
      @Nullable ExamCodeId code,
      Delivery delivery,
      Instant appointment,
      @Nullable IdPair ids) {
    return domain.inTransaction(
        () -> {
          accounts.lock(Actor.system(), actor.id());
          requireSittable(exam, appointment);
          ExamCodeId used = code != null ? code : codes.assignedFor(actor.id(), exam);
          codes.reserve(actor.id(), used, exam, appointment, appointment.plus(syncWindow));
          return add(actor.id(), exam, Payment.CODE, used, delivery, appointment, ids);
        });
  }

  /**
   * Books an exam that the candidate pays for.
   *
   * @param actor the candidate, a member or not
   * @param exam which exam
   * @param delivery where it is sat
   * @param appointment when it is sat; not before now
   * @param ids what Pearson VUE shows the candidate, if known already
   * @return the registration
   * @throws Refusal NOT_FOUND, EXAM_RETIRED, INVALID_INPUT
   */
  public ExamRegistration registerSelfPaid(
      Actor.Account actor,
      ExamId exam,
      Delivery delivery,
      Instant appointment,
      @Nullable IdPair ids) {
    return domain.inTransaction(
        () -> {
          accounts.lock(Actor.system(), actor.id());
          requireSittable(exam, appointment);
          return add(actor.id(), exam, Payment.SELF_PAID, null, delivery, appointment, ids);
        });
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
      AccountId account,
      ExamId exam,
      Payment payment,
      @Nullable ExamCodeId code,
      Delivery delivery,
      Instant appointment,
      @Nullable IdPair ids) {
    ExamRegistration registration =
        new ExamRegistration(
            ExamRegistrationId.of(domain.newId()),
            account,
            exam,
            payment,
            code,
            delivery,
            ExamRegistrationState.SCHEDULED,
            appointment,
            ids == null ? null : ids.candidateId(),
            ids == null ? null : ids.registrationId(),
            domain.now());
    rows.one(m -> m.insert(registration));
    domain.publish(new ExamRegistered(registration.examRegistrationId(), account, exam, payment));
    return registration;
  }

  /**
   * Moves the appointment.
   *
   * @param actor the candidate
   * @param id which registration
   * @param appointment the new time; not before now
   * @return the registration
   * @throws Refusal NOT_FOUND if it is not the actor's, ILLEGAL_STATE if it is not scheduled or its
   *     appointment has passed, EXAM_RETIRED, INVALID_INPUT
   */
  public ExamRegistration reschedule(
      Actor.Account actor, ExamRegistrationId id, Instant appointment) {
    return domain.inTransaction(
        () -> {
          ExamRegistration registration = lockUpcoming(actor, id);
          requireSittable(registration.examId(), appointment);
          ExamCodeId code = registration.codeId();
          if (code != null) {
            codes.extendReservation(code, appointment, appointment.plus(syncWindow));
          }
          return move(registration.with(ExamRegistrationState.SCHEDULED, appointment));
        });
  }

  /**
   * Cancels: in time the code comes back, later it is forfeited.
   *
   * @param actor the candidate
   * @param id which registration
   * @return the registration, canceled or late canceled
   * @throws Refusal NOT_FOUND if it is not the actor's, ILLEGAL_STATE if it is not scheduled or its
   *     appointment has passed
   */
  public ExamRegistration cancel(Actor.Account actor, ExamRegistrationId id) {
    return domain.inTransaction(
        () -> {
          ExamRegistration registration = lockUpcoming(actor, id);
          Instant lastMoment = registration.appointment().minus(policy.cancelInTime());
          boolean inTime = !domain.now().isAfter(lastMoment);
          ExamCodeId code = registration.codeId();
          if (code != null && inTime) {
            codes.free(code);
          } else if (code != null) {
            codes.forfeit(code);
          }
          return move(
              registration.with(
                  inTime ? ExamRegistrationState.CANCELED : ExamRegistrationState.LATE_CANCELED,
                  registration.appointment()));
        });
  }

  private ExamRegistration lockUpcoming(Actor.Account actor, ExamRegistrationId id) {
    accounts.lock(Actor.system(), actor.id());
    ExamRegistration registration =
        rows.get(m -> m.lock(id))
            .filter(r -> r.accountId().equals(actor.id()))
            .orElseThrow(ExamRegistrations::notFound);
    if (registration.state() != ExamRegistrationState.SCHEDULED) {
      throw Refusal.of(
          Reason.ILLEGAL_STATE,
          "The registration is %s; only a SCHEDULED one can be changed.",
          registration.state());
    }
    if (registration.appointment().isBefore(domain.now())) {
      throw Refusal.of(
          Reason.ILLEGAL_STATE,
          "The appointment %s has passed; the registration cannot be changed any more.",
          registration.appointment());
    }
    return registration;
  }

  /**
   * Notes the ids that Pearson VUE shows the candidate, where they were not known at booking.
   *
   * @param actor the candidate or the platform
   * @param id which registration
   * @param ids the ids
   * @throws Refusal NOT_FOUND if it is not the actor's, or ILLEGAL_STATE if it has other ids
   *     already
   */
  public void noteIds(Actor actor, ExamRegistrationId id, IdPair ids) {
    domain.run(
        () -> {
          ExamRegistration registration =
              rows.get(m -> m.lock(id)).orElseThrow(ExamRegistrations::notFound);
          if (actor instanceof Actor.Account && !actor.is(registration.accountId())) {
            throw notFound();
          }
          if (registration.ids() == null) {
            rows.one(m -> m.setIds(id, ids, domain.now()));
          } else if (!ids.equals(registration.ids())) {
            throw new Refusal(
                Reason.ILLEGAL_STATE, "The registration has other ids, which stay as they are.");
          }
        });
  }

  /**
   * Notes what a record says: sat or missed. The code is redeemed or forfeited with it; nothing if
   * the registration is not scheduled any more. Called by exam records.
   *
   * @param library only from inside other operations
   * @param id which registration
   * @param sat whether the candidate came
   */
  public void conclude(Actor.Library library, ExamRegistrationId id, boolean sat) {
    domain.run(
        () -> {
          accounts.lock(Actor.system(), get(Actor.system(), id).accountId());
          ExamRegistration registration =
              rows.get(m -> m.lock(id)).orElseThrow(ExamRegistrations::notFound);
          if (registration.state() != ExamRegistrationState.SCHEDULED) {
            return;
          }
          ExamCodeId code = registration.codeId();
          if (code != null && sat) {
            codes.redeem(code);
          } else if (code != null) {
            codes.forfeit(code);
          }
          move(
              registration.with(
                  sat ? ExamRegistrationState.DELIVERED : ExamRegistrationState.NO_SHOW,
                  registration.appointment()));
        });
  }

  private ExamRegistration move(ExamRegistration to) {
    rows.one(m -> m.update(to, domain.now()));
    domain.publish(
        new ExamRegistrationChanged(
            to.examRegistrationId(), to.accountId(), to.examId(), to.state()));
    return to;
  }

  /**
   * The scheduled registration that was booked with a pair of ids.
   *
   * @param library only from inside other operations
   * @param ids the pair
   * @param exam for which exam
   * @return the earliest booked one, or empty
   */
  public Optional<ExamRegistration> scheduledWith(Actor.Library library, IdPair ids, ExamId exam) {
    return rows.get(m -> m.scheduledWith(ids, exam)).stream().findFirst();
  }

  /**
   * The scheduled registration that is paid with a code.
   *
   * @param library only from inside other operations
   * @param code which code
   * @return the registration, or empty
   */
  public Optional<ExamRegistration> scheduledBy(Actor.Library library, ExamCodeId code) {
    return rows.get(m -> m.scheduledBy(code)).stream().findFirst();
  }

  /**
   * An account's registrations for an exam.
   *
   * @param actor who asks
   * @param account whose
   * @param exam which exam
   * @return by appointment
   */
  public List<ExamRegistration> of(Actor actor, AccountId account, ExamId exam) {
    return rows.get(m -> m.of(account, exam));
  }

  /**
   * Gets a registration.
   *
   * @param actor who asks
   * @param id which
   * @return the registration
   * @throws Refusal NOT_FOUND
   */
  public ExamRegistration get(Actor actor, ExamRegistrationId id) {
    return rows.get(m -> m.find(id)).orElseThrow(ExamRegistrations::notFound);
  }

  private static Refusal notFound() {
    return new Refusal(Reason.NOT_FOUND, "There is no such exam registration.");
  }
}
