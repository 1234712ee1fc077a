package io.acpbenefits.certificate;

import io.acpbenefits.common.Reason;
import io.acpbenefits.common.Refusal;
import io.acpbenefits.exam.ExamLevel;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rules of certificates that no source document settles; immutable.
 *
 * @param validity how long a certificate of a level is valid, counted in UTC from when the exam was
 *     sat, or from its renewal; at most 100 years. One of a level that is not in it never expires
 * @param expiringSoon how long before its end a certificate is said to expire soon; at most 100
 *     years
 */
public record CertificatePolicy(Map<ExamLevel, Period> validity, Period expiringSoon) {

  private static final Period LONGEST = Period.ofYears(100);

  /** Certificates never expire; what expires within 90 days (if a host says so) does so soon. */
  public static final CertificatePolicy DEFAULT =
      new CertificatePolicy(Map.of(), Period.ofDays(90));

  /** Checks the periods. */
  public CertificatePolicy {
    validity = Map.copyOf(validity);
    validity.values().forEach(CertificatePolicy::requirePositive);
    requirePositive(expiringSoon);
  }

  private static void requirePositive(Period period) {
    if (period.isNegative()
        || period.isZero()
        || period.toTotalMonths() > LONGEST.toTotalMonths()
        || after(Instant.EPOCH, period).isAfter(after(Instant.EPOCH, LONGEST))) {
      throw Refusal.of(
          Reason.INVALID_INPUT, "A period is positive and at most 100 years, not %s.", period);
    }
  }

  /**
   * These, with another validity of a level.
   *
   * @param level which level
   * @param period how long
   * @return the policy
   */
  public CertificatePolicy withValidity(ExamLevel level, Period period) {
    Map<ExamLevel, Period> changed = new EnumMap<>(ExamLevel.class);
    changed.putAll(validity);
    changed.put(level, period);
    return new CertificatePolicy(changed, expiringSoon);
  }

  /**
   * These, with another idea of soon.
   *
   * @param period how long before its end a certificate is said to expire soon
   * @return the policy
   */
  public CertificatePolicy withExpiringSoon(Period period) {
    return new CertificatePolicy(validity, period);
  }

  @Nullable Instant validUntil(ExamLevel level, Instant from) {
    Period period = validity.get(level);
    return period == null ? null : after(from, period);
  }

  boolean isSoon(Instant end, Instant now) {
    return !end.isAfter(after(now, expiringSoon));
  }

  private static Instant after(Instant from, Period period) {
    return from.atOffset(ZoneOffset.UTC).plus(period).toInstant();
  }
}
