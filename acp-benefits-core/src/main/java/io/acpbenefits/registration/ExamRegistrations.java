package io.acpbenefits.registration;

import io.acpbenefits.audit.Audit;
import io.acpbenefits.audit.AuditLog;
import io.acpbenefits.common.AccountId;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.Operation;
import io.acpbenefits.common.Page;
import io.acpbenefits.common.PageRequest;
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
import io.acpbenefits.internal.Rows;
import io.acpbenefits.organization.Accounts;
import io.acpbenefits.organization.OrganizationId;
import io.acpbenefits.permission.Access;
import io.acpbenefits.permission.Subject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Exam registrations at Pearson VUE: booked with a code or self-paid, moved, canceled; thread-safe.
 *
 * <p>{@code SCHEDULED → SCHEDULED} (rescheduled) {@code → DELIVERED | CANCELED | LATE_CANCELED |
 * NO_SHOW}, see {@link ExamRegistrationState#lifecycle()}. An appointment that has passed proves
 * nothing: the registration stays scheduled until a record comes in or an operator notes that
 * nobody came, and is overdue once the sync window has passed. What a record has concluded stays
 * concluded when the record is corrected or invalidated later.
 *
 * <p>Source: "Participate in ACP/ACE Exams".
 */
public final class ExamRegistrations {

  private final Domain domain;
  private final Access access;
  private final AuditLog log;
  private final Accounts accounts;
  private final CodeUse codes;
  private final RegistrationStore store;
  private final Appointments appointments;
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
    this.domain = domain;
    this.access = access;
    this.log = log;
    this.accounts = accounts;
    this.codes = codes;
    this.store = new RegistrationStore(domain, access, log, accounts);
    this.rows = store.rows;
    this.appointments =
        new Appointments(domain, access, keys, exams, accounts, codes, policy, syncWindow, store);
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
   * @throws Refusal NOT_PERMITTED; NOT_FOUND if there is no such exam or the code is not the
   *     actor's; EXAM_RETIRED, INVALID_INPUT, EXAM_MISMATCH, NO_CODE_AVAILABLE, CODE_EXPIRED; or
   *     ILLEGAL_STATE if the code is not assigned
   */
  public ExamRegistration registerWithCode(
      Actor.Account actor,
      ExamId exam,
      @Nullable ExamCodeId code,
      Delivery delivery,
      Instant appointment,
      @Nullable IdPair ids) {
    return registerWithCode(actor, exam, code, delivery, appointment, ids, null);
  }

  /**
   * Books an exam with a code, once for each request key.
   *
   * @param actor the candidate
   * @param exam which exam
   * @param code the code to pay with, or null for the one that is assigned to the candidate
   * @param delivery where it is sat
   * @param appointment when it is sat; not before now
   * @param ids what Pearson VUE shows the candidate, if known already
   * @param key names the command, so that sending it again does not do it again; null for none
   * @return the registration, as it is now; the code is reserved
   * @throws Refusal as without a key, or REQUEST_KEY_REUSED if the key was used for something else
   */
  public ExamRegistration registerWithCode(
      Actor.Account actor,
      ExamId exam,
      @Nullable ExamCodeId code,
      Delivery delivery,
      Instant appointment,
      @Nullable IdPair ids,
      @Nullable RequestKey key) {
    return appointments.withCode(actor, exam, code, delivery, appointment, ids, key);
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
   * @throws Refusal NOT_PERMITTED, NOT_FOUND, EXAM_RETIRED, INVALID_INPUT
   */
  public ExamRegistration registerSelfPaid(
      Actor.Account actor,
      ExamId exam,
      Delivery delivery,
      Instant appointment,
      @Nullable IdPair ids) {
    return registerSelfPaid(actor, exam, delivery, appointment, ids, null);
  }

  /**
   * Books an exam that the candidate pays for, once for each request key.
   *
   * @param actor the candidate, a member or not
   * @param exam which exam
   * @param delivery where it is sat
   * @param appointment when it is sat; not before now
   * @param ids what Pearson VUE shows the candidate, if known already
   * @param key names the command, so that sending it again does not do it again; null for none
   * @return the registration, as it is now
   * @throws Refusal as without a key, or REQUEST_KEY_REUSED if the key was used for something else
   */
  public ExamRegistration registerSelfPaid(
      Actor.Account actor,
      ExamId exam,
      Delivery delivery,
      Instant appointment,
      @Nullable IdPair ids,
      @Nullable RequestKey key) {
    return appointments.selfPaid(actor, exam, delivery, appointment, ids, key);
  }

  /**
   * Moves the appointment.
   *
   * @param actor by default the candidate
   * @param id which registration
   * @param appointment the new time; not before now
   * @return the registration
   * @throws Refusal NOT_FOUND if it is not the actor's, NOT_PERMITTED, ILLEGAL_STATE if it is not
   *     scheduled or its appointment has passed, EXAM_RETIRED, INVALID_INPUT, or CODE_EXPIRED if
   *     the code will have expired by then
   */
  public ExamRegistration reschedule(Actor actor, ExamRegistrationId id, Instant appointment) {
    return appointments.move(actor, id, appointment, null);
  }

  /**
   * Moves the appointment, saying why.
   *
   * @param actor by default the candidate
   * @param id which registration
   * @param appointment the new time; not before now
   * @param why the reason, 1 to 500 characters, without personal data; it goes to the audit
   * @return the registration
   * @throws Refusal as {@link #reschedule(Actor, ExamRegistrationId, Instant)} does; INVALID_INPUT
   *     for the reason as well
   */
  public ExamRegistration reschedule(
      Actor actor, ExamRegistrationId id, Instant appointment, String why) {
    return appointments.move(actor, id, appointment, Audit.requireWhy(why));
  }

  /**
   * Cancels: in time the code comes back, later it is forfeited.
   *
   * @param actor by default the candidate
   * @param id which registration
   * @return the registration, canceled or late canceled
   * @throws Refusal NOT_FOUND if it is not the actor's, NOT_PERMITTED, or ILLEGAL_STATE if it is
   *     not scheduled or its appointment has passed
   */
  public ExamRegistration cancel(Actor actor, ExamRegistrationId id) {
    return appointments.cancel(actor, id, null);
  }

  /**
   * Cancels, saying why.
   *
   * @param actor by default the candidate
   * @param id which registration
   * @param why the reason, 1 to 500 characters, without personal data; it goes to the audit
   * @return the registration, canceled or late canceled
   * @throws Refusal as {@link #cancel(Actor, ExamRegistrationId)} does, and INVALID_INPUT
   */
  public ExamRegistration cancel(Actor actor, ExamRegistrationId id, String why) {
    return appointments.cancel(actor, id, Audit.requireWhy(why));
  }

  /**
   * Refuses what {@link #reschedule(Actor, ExamRegistrationId, Instant)} would refuse, and changes
   * nothing; asked before Pearson VUE is.
   *
   * @param library only from inside other operations
   * @param actor the candidate
   * @param id which registration
   * @param appointment the new time
   * @return the registration, locked
   * @throws Refusal as that does
   */
  public ExamRegistration requireMovable(
      Actor.Library library, Actor actor, ExamRegistrationId id, Instant appointment) {
    return appointments.requireMovable(actor, id, appointment);
  }

  /**
   * Notes that Pearson VUE has moved the appointment: a fact, whatever the time is by now.
   *
   * @param library only from inside other operations
   * @param actor the candidate
   * @param id which registration
   * @param appointment the new time
   * @throws Refusal ILLEGAL_STATE if it is not scheduled, or CODE_EXPIRED
   */
  public void moved(
      Actor.Library library, Actor actor, ExamRegistrationId id, Instant appointment) {
    appointments.moved(actor, id, appointment);
  }

  /**
   * Refuses what {@link #cancel(Actor, ExamRegistrationId)} would refuse, and changes nothing;
   * asked before Pearson VUE is.
   *
   * @param library only from inside other operations
   * @param actor the candidate
   * @param id which registration
   * @return what it would become, CANCELED or LATE_CANCELED
   * @throws Refusal as that does
   */
  public ExamRegistrationState requireCancelable(
      Actor.Library library, Actor actor, ExamRegistrationId id) {
    return appointments.requireCancelable(actor, id);
  }

  /**
   * Notes that Pearson VUE has canceled the exam: a fact, whatever the time is by now.
   *
   * @param library only from inside other operations
   * @param actor the candidate
   * @param id which registration
   * @param inTime whether Pearson VUE takes it for timely
   * @throws Refusal ILLEGAL_STATE if it is not scheduled
   */
  public void canceled(Actor.Library library, Actor actor, ExamRegistrationId id, boolean inTime) {
    appointments.canceled(actor, id, inTime);
  }

  /**
   * Takes a registration back whose booking Pearson VUE has refused in the end; the code comes
   * back, however near the appointment is. Nothing if it is not scheduled any more.
   *
   * @param library only from inside other operations
   * @param id which registration
   */
  public void takeBack(Actor.Library library, ExamRegistrationId id) {
    appointments.takeBack(library, id);
  }

  /**
   * Notes the ids that Pearson VUE shows the candidate, where they were not known at booking.
   * Repeating it is harmless.
   *
   * @param actor by default the candidate or the platform
   * @param id which registration
   * @param ids the ids
   * @throws Refusal NOT_FOUND if it is not the actor's, NOT_PERMITTED, or ILLEGAL_STATE if it has
   *     other ids already
   */
  public void noteIds(Actor actor, ExamRegistrationId id, IdPair ids) {
    noted(actor, id, ids, null);
  }

  /**
   * Notes the ids that Pearson VUE shows, saying why.
   *
   * @param actor by default the candidate or the platform
   * @param id which registration
   * @param ids the ids
   * @param why the reason, 1 to 500 characters, without personal data; it goes to the audit
   * @throws Refusal as {@link #noteIds(Actor, ExamRegistrationId, IdPair)} does, and INVALID_INPUT
   */
  public void noteIds(Actor actor, ExamRegistrationId id, IdPair ids, String why) {
    noted(actor, id, ids, Audit.requireWhy(why));
  }

  private void noted(Actor actor, ExamRegistrationId id, IdPair ids, @Nullable String why) {
    domain.run(
        () -> {
          ExamRegistration registration = store.lock(actor, Operation.NOTE_EXAM_IDS, id);
          if (registration.ids() == null) {
            rows.one(m -> m.setIds(id, ids, domain.now()));
            log.noted(actor, Operation.NOTE_EXAM_IDS, id, why);
          } else if (!ids.equals(registration.ids())) {
            throw new Refusal(
                Reason.ILLEGAL_STATE, "The registration has other ids, which stay as they are.");
          }
        });
  }

  /**
   * Notes that nobody came, where no record says so. The code is forfeited with it. A record that
   * comes later all the same stands, but the registration stays as it is.
   *
   * @param actor by default an operator or the system
   * @param id which registration
   * @param why the reason, 1 to 500 characters; it goes to the audit
   * @return the registration
   * @throws Refusal NOT_PERMITTED, NOT_FOUND, INVALID_INPUT, or ILLEGAL_STATE if it is not
   *     scheduled or its appointment lies ahead
   */
  public ExamRegistration markNoShow(Actor actor, ExamRegistrationId id, String why) {
    return domain.inTransaction(
        () -> {
          ExamRegistration registration = store.lock(actor, Operation.MARK_NO_SHOW, id);
          String reason = Audit.requireWhy(why);
          if (!registration.appointment().isBefore(domain.now())) {
            throw Refusal.of(
                Reason.ILLEGAL_STATE,
                "The appointment %s lies ahead; nobody can have missed it.",
                registration.appointment());
          }
          return conclude(actor, Operation.MARK_NO_SHOW, registration, reason);
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
          Operation operation = sat ? Operation.DELIVER_EXAM : Operation.MARK_NO_SHOW;
          accounts.lock(Actor.system(), store.find(id).accountId());
          rows.get(m -> m.lock(id))
              .filter(r -> ExamRegistrationState.lifecycle().allows(operation, r.state()))
              .ifPresent(registration -> conclude(library, operation, registration, null));
        });
  }

  private ExamRegistration conclude(
      Actor actor, Operation operation, ExamRegistration registration, @Nullable String why) {
    boolean sat = operation == Operation.DELIVER_EXAM;
    ExamCodeId code = registration.codeId();
    if (code != null && sat) {
      codes.redeem(code);
    } else if (code != null) {
      codes.forfeit(code);
    }
    return store.move(
        actor,
        operation,
        registration,
        registration.with(sat ? ExamRegistrationState.DELIVERED : ExamRegistrationState.NO_SHOW),
        why);
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
   * An account's registrations for an exam, one for each attempt: dozens at most, since each costs
   * a code or a fee.
   *
   * @param actor by default the candidate, an owner or manager of the candidate's present
   *     organization, or the platform
   * @param account whose
   * @param exam which exam
   * @return by appointment
   * @throws Refusal NOT_PERMITTED
   */
  public List<ExamRegistration> of(Actor actor, AccountId account, ExamId exam) {
    access.require(actor, Operation.SEE_REGISTRATIONS, Subject.ofAccount(account));
    return rows.get(m -> m.of(account, exam));
  }

  /**
   * The registrations whose sync window has passed without a record: an operator should find out
   * what became of them.
   *
   * @param actor by default an operator or the system
   * @param page which part
   * @return in the order in which they were booked
   * @throws Refusal NOT_PERMITTED
   */
  public Page<ExamRegistration> overdue(Actor actor, PageRequest page) {
    access.require(actor, Operation.SEE_REGISTRATIONS, Subject.PROGRAMME);
    return page.of(
        rows.get(m -> m.overdue(domain.now(), page.afterOrStart(), page.rowsToFetch())),
        ExamRegistrations::key);
  }

  /**
   * The registrations of an organization's present members whose sync window has passed without a
   * record.
   *
   * @param actor by default an owner, a manager or the platform
   * @param organization whose members'
   * @param page which part
   * @return in the order in which they were booked
   * @throws Refusal NOT_PERMITTED
   */
  public Page<ExamRegistration> overdue(
      Actor actor, OrganizationId organization, PageRequest page) {
    access.require(actor, Operation.SEE_REGISTRATIONS, Subject.ofOrganization(organization));
    return page.of(
        rows.get(
            m -> m.overdueIn(organization, domain.now(), page.afterOrStart(), page.rowsToFetch())),
        ExamRegistrations::key);
  }

  private static String key(ExamRegistration registration) {
    return registration.examRegistrationId().value();
  }

  /**
   * Gets a registration.
   *
   * @param actor by default the candidate, an owner or manager of the candidate's present
   *     organization, or the platform
   * @param id which
   * @return the registration
   * @throws Refusal NOT_FOUND, also if it is not the actor's to see
   */
  public ExamRegistration get(Actor actor, ExamRegistrationId id) {
    return store.visible(actor, Operation.SEE_REGISTRATIONS, id);
  }
}
