package io.acpbenefits.registration;

import io.acpbenefits.audit.AuditLog;
import io.acpbenefits.common.AccountId;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.Operation;
import io.acpbenefits.common.Reason;
import io.acpbenefits.common.Refusal;
import io.acpbenefits.internal.Domain;
import io.acpbenefits.internal.Rows;
import io.acpbenefits.organization.Accounts;
import io.acpbenefits.permission.Access;
import io.acpbenefits.permission.Subject;
import org.jspecify.annotations.Nullable;

/**
 * The rows of registrations, shown only to whom they concern: what is locked in which order, and
 * what every change of a state leaves behind: audit, event.
 */
final class RegistrationStore {

  private final Domain domain;
  private final Access access;
  private final AuditLog log;
  private final Accounts accounts;
  final Rows<ExamRegistrationMapper> rows;

  RegistrationStore(Domain domain, Access access, AuditLog log, Accounts accounts) {
    this.domain = domain.idType(ExamRegistrationId.class, ExamRegistrationId::new);
    this.access = access;
    this.log = log;
    this.accounts = accounts;
    this.rows = domain.rows(ExamRegistrationMapper.class);
  }

  ExamRegistration find(ExamRegistrationId id) {
    return rows.get(m -> m.find(id)).orElseThrow(RegistrationStore::notFound);
  }

  /** To whoever may not see it, colleagues too, there is no such registration. */
  ExamRegistration visible(Actor actor, Operation operation, ExamRegistrationId id) {
    ExamRegistration registration = find(id);
    Subject candidate = Subject.ofAccount(registration.accountId());
    if (!access.allows(actor, operation, candidate)
        && !access.allows(actor, Operation.SEE_REGISTRATIONS, candidate)) {
      throw notFound();
    }
    access.require(actor, operation, candidate);
    return registration;
  }

  /** The account before the registration, as everywhere. */
  ExamRegistration lock(Actor actor, Operation operation, ExamRegistrationId id) {
    AccountId account = visible(actor, operation, id).accountId();
    accounts.lock(Actor.system(), account);
    ExamRegistration registration =
        rows.get(m -> m.lock(id)).orElseThrow(RegistrationStore::notFound);
    ExamRegistrationState.lifecycle().require(operation, registration.state());
    return registration;
  }

  void insert(Actor actor, ExamRegistration registration) {
    rows.one(m -> m.insert(registration));
    log.changed(
        actor,
        Operation.REGISTER_EXAM,
        registration.examRegistrationId(),
        null,
        registration.state(),
        null);
    domain.publish(
        new ExamRegistered(
            registration.examRegistrationId(),
            registration.accountId(),
            registration.examId(),
            registration.payment()));
  }

  ExamRegistration move(
      Actor actor,
      Operation operation,
      ExamRegistration from,
      ExamRegistration to,
      @Nullable String why) {
    rows.one(m -> m.update(to, domain.now()));
    log.changed(actor, operation, to.examRegistrationId(), from.state(), to.state(), why);
    domain.publish(
        new ExamRegistrationChanged(
            to.examRegistrationId(), to.accountId(), to.examId(), to.state()));
    return to;
  }

  static Refusal notFound() {
    return new Refusal(Reason.NOT_FOUND, "There is no such exam registration.");
  }
}
