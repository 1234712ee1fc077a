package io.acpbenefits.organization;

import io.acpbenefits.audit.Audit;
import io.acpbenefits.common.AccountId;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.Operation;
import io.acpbenefits.common.Reason;
import io.acpbenefits.common.Refusal;
import io.acpbenefits.internal.Domain;
import io.acpbenefits.partner.PartnerId;
import io.acpbenefits.partner.PartnerState;
import io.acpbenefits.partner.PartnerStateChanged;
import io.acpbenefits.partner.Partners;
import io.acpbenefits.permission.Access;
import io.acpbenefits.permission.Subject;
import org.jspecify.annotations.Nullable;

/** How organizations come to be, are suspended and closed: who may, what is locked and refused. */
final class OrganizationChanges {

  private final Domain domain;
  private final Access access;
  private final Partners partners;
  private final Accounts accounts;
  private final OrganizationStore store;
  private final Members members;

  OrganizationChanges(
      Domain domain,
      Access access,
      Partners partners,
      Accounts accounts,
      OrganizationStore store,
      Members members) {
    this.domain = domain;
    this.access = access;
    this.partners = partners;
    this.accounts = accounts;
    this.store = store;
    this.members = members;
  }

  Organization establish(Actor actor, PartnerId partner, AccountId owner, @Nullable String why) {
    access.require(actor, Operation.ESTABLISH_ORGANIZATION, Subject.ofPartner(partner));
    return domain.inTransaction(
        () -> {
          partners.lock(Actor.system(), partner).requireActive();
          if (store.rows.get(m -> m.ofPartner(partner)).isPresent()) {
            throw Refusal.of(
                Reason.ALREADY_EXISTS, "Partner %s has its organization already.", partner);
          }
          accounts.lock(Actor.system(), owner);
          if (members.lockActive(owner).isPresent()) {
            throw new Refusal(
                Reason.MEMBER_ELSEWHERE, "The main account is in another organization.");
          }
          Organization organization =
              new Organization(
                  OrganizationId.of(domain.newId()),
                  partner,
                  OrganizationState.ACTIVE,
                  domain.now());
          OrganizationId id = organization.organizationId();
          store.insert(actor, organization, why);
          members.start(actor, Operation.ESTABLISH_ORGANIZATION, id, owner, Role.OWNER, why);
          return organization;
        });
  }

  void move(Actor actor, Operation operation, OrganizationId id, OrganizationState to, String why) {
    access.require(actor, operation, Subject.ofOrganization(id));
    String reason = Audit.requireWhy(why);
    domain.run(
        () -> {
          store.lockPartner(id);
          store.move(actor, operation, store.lock(id), to, reason);
        });
  }

  void close(Actor actor, OrganizationId id, String why) {
    access.require(actor, Operation.CLOSE_ORGANIZATION, Subject.ofOrganization(id));
    String reason = Audit.requireWhy(why);
    domain.run(() -> closeAll(actor, id, reason));
  }

  /** A terminated partner's organization is closed with it. */
  void closeWithItsPartner(PartnerStateChanged event) {
    if (event.state() == PartnerState.TERMINATED) {
      store
          .rows
          .get(m -> m.ofPartner(event.partnerId()))
          .filter(organization -> organization.state() != OrganizationState.CLOSED)
          .ifPresent(
              organization ->
                  closeAll(
                      Actor.system(),
                      organization.organizationId(),
                      "The partner was terminated."));
    }
  }

  private void closeAll(Actor actor, OrganizationId id, String why) {
    store.lockPartner(id);
    accounts.lockInOrder(Actor.system(), store.rows.get(m -> m.concerned(id)).stream());
    store.move(actor, Operation.CLOSE_ORGANIZATION, store.lock(id), OrganizationState.CLOSED, why);
    for (Membership membership : members.lockAll(id)) {
      members.end(actor, Operation.CLOSE_ORGANIZATION, membership, MembershipState.REMOVED, why);
    }
  }
}
