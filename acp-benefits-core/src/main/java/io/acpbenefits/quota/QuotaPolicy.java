package io.acpbenefits.quota;

import io.acpbenefits.common.Refusal;
import io.acpbenefits.exam.ExamLevel;
import io.acpbenefits.partner.PartnerId;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How many codes a partner may have: no source document says so, a host does. Implementations must
 * be thread-safe and answer the same to the same values.
 *
 * <p>Source: "The eligibility for the number of ACP/ACE certificates available in the ACPN Benefit
 * Center is determined by the certificates obtained under each partner's respective organization."
 */
public interface QuotaPolicy {

  /**
   * What a partner's quota may follow from.
   *
   * @param partnerId which partner
   * @param tier its tier
   * @param level of which exams
   * @param period for which period
   * @param certificates how many valid certificates of that level count for it now
   * @param people how many different people hold them
   */
  record Standing(
      PartnerId partnerId,
      String tier,
      ExamLevel level,
      QuotaPeriod period,
      long certificates,
      long people) {}

  /** Quota is what somebody grants and adjusts, nothing else. */
  QuotaPolicy EXPLICIT_GRANTS =
      new QuotaPolicy() {
        @Override
        public Optional<QuotaPeriod> period(Instant instant) {
          return Optional.empty();
        }

        @Override
        public OptionalLong entitlement(Standing standing) {
          return OptionalLong.empty();
        }

        @Override
        public String toString() {
          return "explicit grants";
        }
      };

  /**
   * The period that this policy grants quota for at an instant, or, if there is none then, the next
   * one that is to come. Periods must not overlap.
   *
   * @param instant the instant
   * @return a period that ends after it; empty if the policy grants nothing by itself
   */
  Optional<QuotaPeriod> period(Instant instant);

  /**
   * How many codes a partner is entitled to.
   *
   * @param standing what it may follow from
   * @return 0 or more; empty if the policy says nothing of that level
   * @throws Refusal INVALID_INPUT if the policy uses tiers and does not know this one
   */
  OptionalLong entitlement(Standing standing);
}
