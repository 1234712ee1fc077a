package io.acpbenefits.application;

import io.acpbenefits.audit.AuditLog;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.Operation;
import io.acpbenefits.common.Reason;
import io.acpbenefits.common.Refusal;
import io.acpbenefits.internal.Domain;
import io.acpbenefits.internal.Rows;
import io.acpbenefits.permission.Access;
import io.acpbenefits.permission.Subject;
import org.jspecify.annotations.Nullable;

/** Applications as rows, shown only to whom they concern, each change audited and told. */
final class ApplicationStore {

  private final Domain domain;
  private final Access access;
  private final AuditLog log;
  final Rows<BenefitApplicationMapper> rows;

  ApplicationStore(Domain domain, Access access, AuditLog log) {
    this.domain = domain;
    this.access = access;
    this.log = log;
    this.rows = domain.rows(BenefitApplicationMapper.class);
  }

  void insert(Actor actor, BenefitApplication draft, @Nullable String why) {
    rows.one(m -> m.insert(draft, actor.toString()));
    log.changed(
        actor, Operation.DRAFT_APPLICATION, draft.applicationId(), null, draft.state(), why);
  }

  /** Reads without a lock; to strangers an application that is not theirs is not there. */
  BenefitApplication find(Actor actor, Operation operation, BenefitApplicationId id) {
    BenefitApplication application =
        rows.get(m -> m.find(id)).orElseThrow(ApplicationStore::notFound);
    access.require(
        actor, operation, Subject.ofPartner(application.partnerId()), ApplicationStore::notFound);
    return application;
  }

  /** Locks what {@link #find} has shown, where its state allows the operation. */
  BenefitApplication lock(Operation operation, BenefitApplicationId id) {
    BenefitApplication application = lock(id);
    BenefitApplicationState.lifecycle().require(operation, application.state());
    return application;
  }

  /** Locks what {@link #find} has shown, in whatever state it is. */
  BenefitApplication lock(BenefitApplicationId id) {
    return rows.get(m -> m.lock(id)).orElseThrow(ApplicationStore::notFound);
  }

  /** Writes half of a move, which is yet to be recorded and told. */
  void write(BenefitApplication application) {
    rows.one(m -> m.update(application));
  }

  BenefitApplication move(
      Actor actor,
      Operation operation,
      BenefitApplication from,
      BenefitApplication to,
      @Nullable String why) {
    write(to);
    log.changed(actor, operation, to.applicationId(), from.state(), to.state(), why);
    if (from.state() != to.state()) {
      domain.publish(new BenefitApplicationChanged(to.applicationId(), from.state(), to.state()));
    }
    return to;
  }

  private static Refusal notFound() {
    return new Refusal(Reason.NOT_FOUND, "There is no such benefit application.");
  }
}
