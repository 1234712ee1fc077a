package io.acpbenefits.erasure;

import io.acpbenefits.common.Reason;
import io.acpbenefits.common.Refusal;
import java.time.Duration;
import java.time.Period;
import org.jspecify.annotations.Nullable;

/**
 * How long personal data is kept that nothing needs any more. What ledger, tally and audit stand on
 * is kept for ever, under pseudonyms once an account is erased.
 *
 * @param applicationForms how long after its decision what an applicant filled in is kept
 * @param requestKeys how long a request key is remembered; sent again later, its command is carried
 *     out anew
 * @param formerMembers how long after its last membership an account is kept before it is erased by
 *     itself, counted in UTC; null for as long as nobody asks
 */
public record RetentionPolicy(
    Duration applicationForms, Duration requestKeys, @Nullable Period formerMembers) {

  /** Forms 180 days, request keys 30 days, former members until somebody asks. */
  public static final RetentionPolicy DEFAULT =
      new RetentionPolicy(Duration.ofDays(180), Duration.ofDays(30), null);

  /** Refuses times that are negative or nothing. */
  public RetentionPolicy {
    if (applicationForms.isNegative() || requestKeys.isNegative() || requestKeys.isZero()) {
      throw new Refusal(
          Reason.INVALID_INPUT, "Forms are kept for 0 days or longer, request keys for longer.");
    }
    if (formerMembers != null && (formerMembers.isNegative() || formerMembers.isZero())) {
      throw new Refusal(Reason.INVALID_INPUT, "Former members are kept for a positive time.");
    }
  }

  /**
   * This, with another time for forms.
   *
   * @param time how long after the decision
   * @return the policy
   */
  public RetentionPolicy keepingForms(Duration time) {
    return new RetentionPolicy(time, requestKeys, formerMembers);
  }

  /**
   * This, with another time for request keys.
   *
   * @param time how long after their use
   * @return the policy
   */
  public RetentionPolicy keepingRequestKeys(Duration time) {
    return new RetentionPolicy(applicationForms, time, formerMembers);
  }

  /**
   * This, erasing former members by itself.
   *
   * @param time how long after the last membership has ended
   * @return the policy
   */
  public RetentionPolicy keepingFormerMembers(Period time) {
    return new RetentionPolicy(applicationForms, requestKeys, time);
  }
}
