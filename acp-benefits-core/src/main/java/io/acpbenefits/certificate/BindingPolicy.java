package io.acpbenefits.certificate;

import java.time.Duration;

/**
 * The rules of binding.
 *
 * @param syncWindow how long after the exam its record may take to arrive; the source says 3 days
 * @param tries how often a record is looked for once the window is over, at least 1
 * @param tryAgainAfter how long between two such tries
 * @param checkIds how long ids can be corrected before the binding fails
 */
public record BindingPolicy(
    Duration syncWindow, int tries, Duration tryAgainAfter, Duration checkIds) {

  /** 3 days; one last try; 3 days between tries; 30 days to correct. */
  public static final BindingPolicy DEFAULT =
      new BindingPolicy(Duration.ofDays(3), 1, Duration.ofDays(3), Duration.ofDays(30));
}
