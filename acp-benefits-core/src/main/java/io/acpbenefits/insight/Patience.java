package io.acpbenefits.insight;

import java.time.Duration;

/**
 * For how long something may rest before its person counts as stuck. When a result is overdue and
 * when a join request is, the policies of the library say.
 *
 * @param unbooked how long a member may hold a code without booking
 * @param unbound how long a known pass may wait for its binding
 * @param unanswered how long a personal invitation may wait for its answer since it was last sent
 */
public record Patience(Duration unbooked, Duration unbound, Duration unanswered) {

  /** 14 days, 7 days, 7 days. */
  public static final Patience DEFAULT =
      new Patience(Duration.ofDays(14), Duration.ofDays(7), Duration.ofDays(7));

  /** Checks that each lies between 0 and 3,660 days. */
  public Patience {
    Limits.requireSensible(unbooked);
    Limits.requireSensible(unbound);
    Limits.requireSensible(unanswered);
  }
}
