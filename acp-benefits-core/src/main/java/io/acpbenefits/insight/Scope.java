package io.acpbenefits.insight;

import io.acpbenefits.common.Actor;
import io.acpbenefits.common.Operation;
import io.acpbenefits.organization.OrganizationId;
import io.acpbenefits.organization.Organizations;
import io.acpbenefits.partner.PartnerId;
import io.acpbenefits.permission.Access;
import io.acpbenefits.permission.Subject;

/** Whose figures a question is about. Made only once the actor was found permitted to ask. */
record Scope(PartnerId partner, OrganizationId organization) {

  /**
   * @throws io.acpbenefits.common.Refusal NOT_PERMITTED, or NOT_FOUND if the partner has no
   *     organization
   */
  static Scope of(Access access, Organizations organizations, Actor actor, PartnerId partner) {
    access.require(actor, Operation.SEE_INSIGHT, Subject.ofPartner(partner));
    return new Scope(partner, organizations.ofPartner(Actor.system(), partner).organizationId());
  }
}
