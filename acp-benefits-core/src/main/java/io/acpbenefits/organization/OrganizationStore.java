package io.acpbenefits.organization;

import io.acpbenefits.audit.AuditLog;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.Operation;
import io.acpbenefits.common.Reason;
import io.acpbenefits.common.Refusal;
import io.acpbenefits.internal.Domain;
import io.acpbenefits.internal.Rows;
import io.acpbenefits.partner.Partner;
import io.acpbenefits.partner.Partners;
import org.jspecify.annotations.Nullable;

/** The rows of organizations, and what every change of a state leaves behind: audit, event. */
final class OrganizationStore {

  private final Domain domain;
  private final AuditLog log;
  private final Partners partners;
  final Rows<OrganizationMapper> rows;

  OrganizationStore(Domain domain, AuditLog log, Partners partners) {
    this.domain = domain.idType(OrganizationId.class, OrganizationId::new);
    this.log = log;
    this.partners = partners;
    this.rows = domain.rows(OrganizationMapper.class);
  }

  Organization find(OrganizationId id) {
    return rows.get(m -> m.find(id)).orElseThrow(() -> notFound(id));
  }

  Organization lock(OrganizationId id) {
    return rows.get(m -> m.lock(id)).orElseThrow(() -> notFound(id));
  }

  Partner lockPartner(OrganizationId id) {
    return partners.lock(Actor.system(), find(id).partnerId());
  }

  void insert(Actor actor, Organization organization, @Nullable String why) {
    OrganizationId id = organization.organizationId();
    rows.one(m -> m.insert(organization));
    log.changed(actor, Operation.ESTABLISH_ORGANIZATION, id, null, organization.state(), why);
    domain.publish(new OrganizationEstablished(id));
  }

  /** Changes the state of a locked organization, unless it does not allow that. */
  void move(
      Actor actor,
      Operation operation,
      Organization organization,
      OrganizationState to,
      String why) {
    OrganizationId id = organization.organizationId();
    OrganizationState.lifecycle().require(operation, organization.state());
    rows.one(m -> m.setState(id, to));
    log.changed(actor, operation, id, organization.state(), to, why);
    domain.publish(new OrganizationStateChanged(id, to));
  }

  static Refusal notFound(OrganizationId id) {
    return Refusal.of(Reason.NOT_FOUND, "There is no organization %s.", id);
  }
}
