package io.acpbenefits.application;

import io.acpbenefits.audit.Audit;
import io.acpbenefits.audit.AuditLog;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.Operation;
import io.acpbenefits.common.Page;
import io.acpbenefits.common.PageRequest;
import io.acpbenefits.common.Reason;
import io.acpbenefits.common.Refusal;
import io.acpbenefits.internal.Domain;
import io.acpbenefits.permission.Access;
import io.acpbenefits.permission.Subject;

/**
 * Codes that are to be given back to the Benefit Center, because their application was canceled
 * while it was asked; for operators of the platform; thread-safe. Nothing may be lost, so it is
 * tried for ever, at last every 8 hours.
 */
public final class GiveBacks {

  private final Domain domain;
  private final Access access;
  private final AuditLog log;
  private final HandOuts handOuts;

  GiveBacks(Domain domain, Access access, AuditLog log, HandOuts handOuts) {
    this.domain = domain;
    this.access = access;
    this.log = log;
    this.handOuts = handOuts;
  }

  /**
   * Those that somebody should look at: they were tried in vain, and will be tried again.
   *
   * @param actor by default an operator or the system
   * @param page which part
   * @return in the order of their applications' ids, each with its failure and its next try
   * @throws Refusal NOT_PERMITTED
   */
  public Page<GiveBack> stuck(Actor actor, PageRequest page) {
    access.require(actor, Operation.SEE_GIVE_BACKS, Subject.PROGRAMME);
    return page.of(handOuts.stuck(page), owed -> owed.applicationId().value());
  }

  /**
   * How many have failed at least {@value HandOuts#FAILING} times in a row, which takes half a day:
   * time alone will not help them.
   *
   * @param actor by default an operator or the system
   * @return the number
   * @throws Refusal NOT_PERMITTED
   */
  public long failing(Actor actor) {
    access.require(actor, Operation.SEE_GIVE_BACKS, Subject.PROGRAMME);
    return handOuts.failing();
  }

  /**
   * Has the Benefit Center told now, from the first try on.
   *
   * @param actor by default an operator or the system
   * @param id for which application
   * @param why the reason, 1 to 500 characters; it goes to the audit, where the application is the
   *     subject
   * @throws Refusal NOT_PERMITTED, INVALID_INPUT, or NOT_FOUND if nothing is to be given back for
   *     it, or no longer
   */
  public void retry(Actor actor, BenefitApplicationId id, String why) {
    intervene(actor, Operation.RETRY_GIVE_BACK, id, why, () -> handOuts.retry(id));
  }

  /**
   * Ends what was settled with the Benefit Center by hand: it is told nothing more. Should it hand
   * out codes for the application after all, those are to be given back anew.
   *
   * @param actor by default an operator or the system
   * @param id for which application
   * @param why the reason, 1 to 500 characters; it goes to the audit, where the application is the
   *     subject
   * @throws Refusal NOT_PERMITTED, INVALID_INPUT, or NOT_FOUND if nothing is to be given back for
   *     it, or no longer
   */
  public void settle(Actor actor, BenefitApplicationId id, String why) {
    intervene(actor, Operation.SETTLE_GIVE_BACK, id, why, () -> handOuts.taken(id));
  }

  private void intervene(
      Actor actor, Operation operation, BenefitApplicationId id, String why, Runnable change) {
    access.require(actor, operation, Subject.PROGRAMME);
    String reason = Audit.requireWhy(why);
    domain.run(
        () -> {
          if (handOuts.lockOwed(id).isEmpty()) {
            throw Refusal.of(
                Reason.NOT_FOUND, "Nothing is to be given back for application %s.", id);
          }
          change.run();
          log.noted(actor, operation, id, reason);
        });
  }
}
