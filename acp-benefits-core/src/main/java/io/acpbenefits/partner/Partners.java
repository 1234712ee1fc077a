package io.acpbenefits.partner;

import io.acpbenefits.common.Actor;
import io.acpbenefits.common.Reason;
import io.acpbenefits.common.Refusal;
import io.acpbenefits.internal.Domain;
import io.acpbenefits.internal.Rows;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The partners; thread-safe. Only operators and the system change them. */
public final class Partners {

  private final Domain domain;
  private final Rows<PartnerMapper> rows;

  /**
   * Called by {@code AcpBenefits}.
   *
   * @param domain what features are built on
   */
  public Partners(Domain domain) {
    this.domain = domain.idType(PartnerId.class, PartnerId::new);
    this.rows = domain.rows(PartnerMapper.class);
  }

  /**
   * Takes a partner into the programme, active.
   *
   * @param actor an operator or the system
   * @param id the host's id of it
   * @param name 1 to 500 characters
   * @param tier any word of 1 to 200 characters
   * @return the partner
   * @throws Refusal NOT_PERMITTED, INVALID_INPUT, or ALREADY_EXISTS if the id is taken
   */
  public Partner register(Actor actor, PartnerId id, String name, String tier) {
    requirePlatform(actor, "register a partner");
    Partner partner = new Partner(id, name, tier, PartnerState.ACTIVE, domain.now());
    return domain.inTransaction(
        () -> {
          if (find(id).isPresent()) {
            throw Refusal.of(Reason.ALREADY_EXISTS, "There is a partner %s already.", id);
          }
          rows.one(m -> m.insert(partner));
          return partner;
        });
  }

  /**
   * Stops a partner from applying, assigning and admitting for the time being.
   *
   * @param actor an operator or the system
   * @param id which partner
   * @throws Refusal NOT_PERMITTED, NOT_FOUND, or ILLEGAL_STATE unless it is active
   */
  public void suspend(Actor actor, PartnerId id) {
    move(actor, id, PartnerState.SUSPENDED, Set.of(PartnerState.ACTIVE));
  }

  /**
   * Ends a suspension.
   *
   * @param actor an operator or the system
   * @param id which partner
   * @throws Refusal NOT_PERMITTED, NOT_FOUND, or ILLEGAL_STATE unless it is suspended
   */
  public void reinstate(Actor actor, PartnerId id) {
    move(actor, id, PartnerState.ACTIVE, Set.of(PartnerState.SUSPENDED));
  }

  private void move(Actor actor, PartnerId id, PartnerState to, Set<PartnerState> from) {
    requirePlatform(actor, "change a partner's state");
    domain.run(
        () -> {
          Partner partner = lock(id);
          if (!from.contains(partner.state())) {
            throw Refusal.of(
                Reason.ILLEGAL_STATE,
                "Partner %s is %s; it can become %s only from %s.",
                id,
                partner.state(),
                to,
                from);
          }
          rows.one(m -> m.setState(id, to));
          domain.publish(new PartnerStateChanged(id, to));
        });
  }

  /**
   * Finds a partner.
   *
   * @param id which
   * @return the partner, or empty
   */
  public Optional<Partner> find(PartnerId id) {
    return rows.get(m -> m.find(id));
  }

  /**
   * Gets a partner.
   *
   * @param id which
   * @return the partner
   * @throws Refusal NOT_FOUND
   */
  public Partner get(PartnerId id) {
    return find(id).orElseThrow(() -> notFound(id));
  }

  /**
   * Lists all partners.
   *
   * @return in the order of their ids
   */
  public List<Partner> all() {
    return rows.get(PartnerMapper::all);
  }

  /**
   * Locks a partner's row until the transaction ends: what must not happen twice at a time for one
   * partner begins with it.
   *
   * @param id which
   * @return the partner
   * @throws Refusal NOT_FOUND
   */
  public Partner lock(PartnerId id) {
    return rows.get(m -> m.lock(id)).orElseThrow(() -> notFound(id));
  }

  private static Refusal notFound(PartnerId id) {
    return Refusal.of(Reason.NOT_FOUND, "There is no partner %s.", id);
  }

  private static void requirePlatform(Actor actor, String what) {
    if (actor instanceof Actor.Account) {
      throw Refusal.of(Reason.NOT_PERMITTED, "Only a platform operator may %s.", what);
    }
  }
}
