package io.acpbenefits.application;

import io.acpbenefits.benefitcenter.BenefitCenter;
import io.acpbenefits.common.PageRequest;
import io.acpbenefits.internal.Domain;
import io.acpbenefits.internal.Failures;
import io.acpbenefits.internal.Rows;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the Benefit Center was asked for. It is noted before it is asked, and forgotten when the
 * codes are taken; what an application that has ended did not take is given back. Changed only with
 * the application locked, except in giving back.
 */
final class HandOuts {

  static final int MOST_AT_ONCE = 100;

  /** Tried as often as there are pauses, and once more: half a day, and nothing new to be tried. */
  static final int FAILING = 6;

  private static final String NO_ANSWER = "no answer";

  private static final Logger LOG = LoggerFactory.getLogger(HandOuts.class);

  /** After so many failures in a row; the last one for good, since nothing may be lost. */
  private static final List<Duration> PAUSES =
      List.of(
          Duration.ofMinutes(1),
          Duration.ofMinutes(5),
          Duration.ofMinutes(30),
          Duration.ofHours(2),
          Duration.ofHours(8));

  private final Domain domain;
  private final BenefitCenter benefitCenter;
  private final ApplicationPolicy policy;
  private final Rows<HandOutMapper> rows;

  HandOuts(Domain domain, BenefitCenter benefitCenter, ApplicationPolicy policy) {
    this.domain = domain;
    this.benefitCenter = benefitCenter;
    this.policy = policy;
    this.rows = domain.rows(HandOutMapper.class);
  }

  void ask(BenefitApplicationId id) {
    Instant by = domain.now().plus(policy.answerWithin());
    if (rows.get(m -> m.askAgain(id, by)) == 0) {
      rows.one(m -> m.insert(id, by, null));
    }
  }

  void taken(BenefitApplicationId id) {
    rows.get(m -> m.taken(id));
  }

  /** The application has ended: what was asked for is to be given back, once no answer can come. */
  void owe(BenefitApplicationId id) {
    rows.get(m -> m.owe(id, domain.now()));
  }

  /** An answer has come after all, perhaps behind the back of whoever gives it back just now. */
  void oweAnew(BenefitApplicationId id) {
    Instant now = domain.now();
    if (rows.get(m -> m.oweAnew(id, now)) == 0) {
      rows.one(m -> m.insert(id, now, now));
    }
  }

  List<GiveBack> stuck(PageRequest page) {
    return rows.get(m -> m.stuck(page.afterOrStart(), page.rowsToFetch()));
  }

  long failing() {
    return rows.get(m -> m.failing(FAILING));
  }

  /** What is owed for an application, locked. */
  Optional<GiveBack> lockOwed(BenefitApplicationId id) {
    return rows.get(m -> m.lockOwed(id));
  }

  void retry(BenefitApplicationId id) {
    rows.one(m -> m.retry(id, domain.now()));
  }

  int giveBack() {
    domain.requireNoTransaction("Giving codes back to the Benefit Center");
    int given = 0;
    for (int tried = 0; tried < MOST_AT_ONCE; tried++) {
      Optional<Claim> claim = domain.inTransaction(this::claim);
      if (claim.isEmpty()) {
        break;
      }
      given += giveBack(claim.get()) ? 1 : 0;
    }
    return given;
  }

  private record Claim(BenefitApplicationId id, String token, int attempt) {}

  private Optional<Claim> claim() {
    Instant now = domain.now();
    return rows.get(m -> m.lockDue(now))
        .map(
            due -> {
              Claim claim = new Claim(due.applicationId(), domain.newId(), due.attempts() + 1);
              // A node that is not heard of has perhaps died of it, so the pauses grow here too.
              Duration silence = longer(policy.answerWithin(), pause(claim.attempt()));
              String failure = due.claim() == null ? due.lastFailure() : NO_ANSWER;
              rows.one(m -> m.claim(claim.id(), claim.token(), now.plus(silence), failure));
              return claim;
            });
  }

  private boolean giveBack(Claim claim) {
    try {
      benefitCenter.giveBack(claim.id().value());
    } catch (RuntimeException failure) {
      LOG.warn(
          "The Benefit Center did not take back what application {} did not take: {}",
          claim.id(),
          Failures.nameOf(failure));
      Instant next = domain.now().plus(pause(claim.attempt()));
      rows.get(m -> m.failed(claim.id(), claim.token(), next, Failures.nameOf(failure)));
      return false;
    }
    return rows.get(m -> m.givenBack(claim.id(), claim.token())) == 1;
  }

  private static Duration pause(int attempt) {
    return PAUSES.get(Math.min(attempt, PAUSES.size()) - 1);
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }

  Optional<Instant> nextDue() {
    return rows.get(HandOutMapper::nextDue);
  }
}
