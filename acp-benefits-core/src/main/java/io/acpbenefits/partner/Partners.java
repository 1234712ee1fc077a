package io.acpbenefits.partner;

import io.acpbenefits.audit.Audit;
import io.acpbenefits.audit.AuditLog;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.Operation;
import io.acpbenefits.common.Page;
import io.acpbenefits.common.PageRequest;
import io.acpbenefits.common.Reason;
import io.acpbenefits.common.Refusal;
import io.acpbenefits.internal.Domain;
import io.acpbenefits.internal.Rows;
import io.acpbenefits.permission.Access;
import io.acpbenefits.permission.Subject;
import java.util.Optional;

/**
 * The partners; thread-safe. By default only operators and the system change them.
 *
 * <p>{@code ACTIVE ⇄ SUSPENDED → TERMINATED}, see {@link PartnerState#lifecycle()}.
 */
public final class Partners {

  private final Domain domain;
  private final Access access;
  private final AuditLog log;
  private final Rows<PartnerMapper> rows;

  /**
   * Called by {@code AcpBenefits}.
   *
   * @param domain what features are built on
   * @param access who may do what
   * @param log where it is recorded
   */
  public Partners(Domain domain, Access access, AuditLog log) {
    this.domain = domain.idType(PartnerId.class, PartnerId::new);
    this.access = access;
    this.log = log;
    this.rows = domain.rows(PartnerMapper.class);
  }

  /**
   * Takes a partner into the programme, active.
   *
   * @param actor by default an operator or the system
   * @param id the host's id of it
   * @param name 1 to 500 characters
   * @param tier any word of 1 to 200 characters
   * @return the partner
   * @throws Refusal NOT_PERMITTED, INVALID_INPUT also for a tier that the quota policy does not
   *     know, or ALREADY_EXISTS if the id is taken
   */
  public Partner register(Actor actor, PartnerId id, String name, String tier) {
    access.require(actor, Operation.REGISTER_PARTNER, Subject.PROGRAMME);
    Partner partner = new Partner(id, name, tier, PartnerState.ACTIVE, domain.now());
    return domain.allOrNothing(
        () -> {
          if (rows.get(m -> m.find(id)).isPresent()) {
            throw Refusal.of(Reason.ALREADY_EXISTS, "There is a partner %s already.", id);
          }
          rows.one(m -> m.insert(partner));
          log.changed(actor, Operation.REGISTER_PARTNER, id, null, partner.state(), null);
          return partner;
        });
  }

  /**
   * Changes a partner's name and tier.
   *
   * @param actor by default an operator or the system
   * @param id which partner
   * @param name 1 to 500 characters
   * @param tier any word of 1 to 200 characters
   * @return the partner
   * @throws Refusal NOT_PERMITTED, NOT_FOUND, INVALID_INPUT also for a tier that the quota policy
   *     does not know, or ILLEGAL_STATE if it is terminated
   */
  public Partner describe(Actor actor, PartnerId id, String name, String tier) {
    access.require(actor, Operation.CHANGE_PARTNER, Subject.ofPartner(id));
    return domain.allOrNothing(
        () -> {
          Partner old = lock(Actor.system(), id);
          PartnerState.lifecycle().require(Operation.CHANGE_PARTNER, old.state());
          Partner described = new Partner(id, name, tier, old.state(), old.createdAt());
          rows.one(m -> m.describe(described));
          log.changed(actor, Operation.CHANGE_PARTNER, id, old.state(), old.state(), null);
          if (!old.tier().equals(tier)) {
            domain.publish(new PartnerTierChanged(id, tier));
          }
          return described;
        });
  }

  /**
   * Stops a partner from applying, issuing, assigning and approving for the time being; results and
   * expiry go on.
   *
   * @param actor by default an operator or the system
   * @param id which partner
   * @param why the reason, 1 to 500 characters; it goes to the audit
   * @throws Refusal NOT_PERMITTED, NOT_FOUND, INVALID_INPUT, or ILLEGAL_STATE unless it is active
   */
  public void suspend(Actor actor, PartnerId id, String why) {
    move(actor, Operation.SUSPEND_PARTNER, id, PartnerState.SUSPENDED, why);
  }

  /**
   * Ends a suspension.
   *
   * @param actor by default an operator or the system
   * @param id which partner
   * @param why the reason, 1 to 500 characters; it goes to the audit
   * @throws Refusal NOT_PERMITTED, NOT_FOUND, INVALID_INPUT, or ILLEGAL_STATE unless it is
   *     suspended
   */
  public void reinstate(Actor actor, PartnerId id, String why) {
    move(actor, Operation.REINSTATE_PARTNER, id, PartnerState.ACTIVE, why);
  }

  /**
   * Ends a partner for good, and in the same transaction all that it has under way: open codes are
   * revoked, open applications canceled, quotas revoked, and its organization is closed.
   *
   * @param actor by default an operator or the system
   * @param id which partner
   * @param why the reason, 1 to 500 characters; it goes to the audit
   * @throws Refusal NOT_PERMITTED, NOT_FOUND, INVALID_INPUT, or ILLEGAL_STATE if it is terminated
   */
  public void terminate(Actor actor, PartnerId id, String why) {
    move(actor, Operation.TERMINATE_PARTNER, id, PartnerState.TERMINATED, why);
  }

  private void move(Actor actor, Operation operation, PartnerId id, PartnerState to, String why) {
    access.require(actor, operation, Subject.ofPartner(id));
    String reason = Audit.requireWhy(why);
    domain.run(
        () -> {
          Partner partner = lock(Actor.system(), id);
          PartnerState.lifecycle().require(operation, partner.state());
          rows.one(m -> m.setState(id, to));
          log.changed(actor, operation, id, partner.state(), to, reason);
          domain.publish(new PartnerStateChanged(id, to));
        });
  }

  /**
   * Finds a partner.
   *
   * @param actor by default a member of its organization or the platform
   * @param id which
   * @return the partner, or empty if there is none that the actor may see
   */
  public Optional<Partner> find(Actor actor, PartnerId id) {
    return access.allows(actor, Operation.SEE_PARTNER, Subject.ofPartner(id))
        ? rows.get(m -> m.find(id))
        : Optional.empty();
  }

  /**
   * Gets a partner.
   *
   * @param actor by default a member of its organization or the platform
   * @param id which
   * @return the partner
   * @throws Refusal NOT_FOUND if there is none that the actor may see
   */
  public Partner get(Actor actor, PartnerId id) {
    return find(actor, id).orElseThrow(() -> notFound(id));
  }

  /**
   * Lists all partners, part by part.
   *
   * @param actor by default an operator or the system
   * @param page which part
   * @return in the order of their ids
   * @throws Refusal NOT_PERMITTED
   */
  public Page<Partner> all(Actor actor, PageRequest page) {
    access.require(actor, Operation.LIST_PARTNERS, Subject.PROGRAMME);
    return page.of(
        rows.get(m -> m.after(page.afterOrStart(), page.rowsToFetch())),
        partner -> partner.partnerId().value());
  }

  /**
   * Locks a partner's row until the transaction ends: what must not happen twice at a time for one
   * partner begins with it.
   *
   * @param library only from inside other operations
   * @param id which
   * @return the partner
   * @throws Refusal NOT_FOUND
   */
  public Partner lock(Actor.Library library, PartnerId id) {
    return rows.get(m -> m.lock(id)).orElseThrow(() -> notFound(id));
  }

  private static Refusal notFound(PartnerId id) {
    return Refusal.of(Reason.NOT_FOUND, "There is no partner %s.", id);
  }
}
