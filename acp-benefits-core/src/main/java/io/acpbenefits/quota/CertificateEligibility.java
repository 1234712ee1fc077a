package io.acpbenefits.quota;

import io.acpbenefits.common.Reason;
import io.acpbenefits.common.Refusal;
import io.acpbenefits.exam.ExamLevel;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;

/**
 * Quota follows the certificates obtained under the partner's organization: for each level and tier
 * some codes to begin with, more for so many certificates or people, up to a cap. Immutable.
 *
 * <p>Levels without steps are left to explicit grants; of levels with steps every tier must be
 * known, so that nobody goes without by a mistyped tier.
 */
public final class CertificateEligibility implements QuotaPolicy {

  /** What the steps count. */
  public enum Counted {
    /** Each certificate. */
    CERTIFICATES,
    /** Each person who has one or more. */
    PEOPLE
  }

  /**
   * What a tier is entitled to.
   *
   * @param base codes to begin with, 0 or more
   * @param perStep codes for each full step, 0 or more
   * @param step how many certificates (or people) make a step, at least 1
   * @param cap the most codes altogether, at least the base
   */
  public record Steps(long base, long perStep, long step, long cap) {

    /** Checks the numbers. */
    public Steps {
      if (base < 0 || perStep < 0 || step < 1 || cap < base) {
        throw Refusal.of(
            Reason.INVALID_INPUT,
            "Steps need base >= 0, perStep >= 0, step >= 1 and cap >= base; not %d, %d, %d, %d.",
            base,
            perStep,
            step,
            cap);
      }
    }

    /**
     * The codes for so many certificates (or people).
     *
     * @param counted how many, 0 or more
     * @return base and steps, at most the cap
     */
    public long of(long counted) {
      long full = counted / step;
      // Divided rather than multiplied, which could overflow.
      return perStep > 0 && full > (cap - base) / perStep ? cap : base + full * perStep;
    }
  }

  private final QuotaPeriods periods;
  private final Counted counted;
  private final Map<ExamLevel, Map<String, Steps>> steps;

  private CertificateEligibility(
      QuotaPeriods periods, Counted counted, Map<ExamLevel, Map<String, Steps>> steps) {
    this.periods = periods;
    this.counted = counted;
    this.steps = Map.copyOf(steps);
  }

  /**
   * A policy without steps yet, which says nothing of any level.
   *
   * @param periods for which periods quota is granted
   * @param counted what the steps count
   * @return the policy, for {@link #with}
   */
  public static CertificateEligibility in(QuotaPeriods periods, Counted counted) {
    return new CertificateEligibility(periods, counted, Map.of());
  }

  /**
   * This, with the steps of a tier.
   *
   * @param level of which exams
   * @param tier the tier, as partners have it
   * @param what what it is entitled to
   * @return the policy
   */
  public CertificateEligibility with(ExamLevel level, String tier, Steps what) {
    Map<String, Steps> tiers = new HashMap<>(steps.getOrDefault(level, Map.of()));
    tiers.put(tier, what);
    Map<ExamLevel, Map<String, Steps>> levels = new HashMap<>(steps);
    levels.put(level, Map.copyOf(tiers));
    return new CertificateEligibility(periods, counted, levels);
  }

  @Override
  public Optional<QuotaPeriod> period(Instant instant) {
    return Optional.of(periods.at(instant).orElseGet(periods::earliest));
  }

  @Override
  public OptionalLong entitlement(Standing standing) {
    Map<String, Steps> tiers = steps.get(standing.level());
    if (tiers == null) {
      return OptionalLong.empty();
    }
    Steps tier = tiers.get(standing.tier());
    if (tier == null) {
      throw Refusal.of(
          Reason.INVALID_INPUT,
          "The quota policy knows no tier '%s' for %s; it knows %s.",
          standing.tier(),
          standing.level(),
          new TreeSet<>(tiers.keySet()));
    }
    return OptionalLong.of(
        tier.of(counted == Counted.PEOPLE ? standing.people() : standing.certificates()));
  }

  @Override
  public String toString() {
    return "eligibility by " + counted + " in " + periods + ": " + steps;
  }
}
