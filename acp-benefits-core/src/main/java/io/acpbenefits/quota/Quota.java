package io.acpbenefits.quota;

import static io.acpbenefits.quota.QuotaState.PLANNED;

import io.acpbenefits.exam.ExamLevel;
import io.acpbenefits.partner.PartnerId;
import java.time.Instant;

/**
 * How many exam codes of one level a partner may have in one period. Always granted = available +
 * held + consumed + expired, and none is negative.
 *
 * @param quotaId its id
 * @param partnerId whose it is
 * @param level of which exams
 * @param validFrom first instant of the period
 * @param validUntil first instant after the period
 * @param state where it stands at the instant it was read
 * @param granted how many codes were granted, with all adjustments
 * @param held how many are held for applications under way
 * @param consumed how many were issued
 * @param expired how many ran out unused, or were taken back
 */
public record Quota(
    QuotaId quotaId,
    PartnerId partnerId,
    ExamLevel level,
    Instant validFrom,
    Instant validUntil,
    QuotaState state,
    long granted,
    long held,
    long consumed,
    long expired) {

  /**
   * What can still be applied for.
   *
   * @return granted less held, consumed and expired
   */
  public long available() {
    return granted - held - consumed - expired;
  }

  /**
   * Tells whether it is of just that period.
   *
   * @param period the period
   * @return true if both begin and end together
   */
  public boolean isOf(QuotaPeriod period) {
    return validFrom.equals(period.from()) && validUntil.equals(period.until());
  }

  /** As it is written first. */
  static Quota granted(
      QuotaId id,
      PartnerId partner,
      ExamLevel level,
      long quantity,
      QuotaPeriod period,
      Instant now) {
    Quota planned =
        new Quota(id, partner, level, period.from(), period.until(), PLANNED, quantity, 0, 0, 0);
    return planned.begunAt(now);
  }

  /**
   * This quota as it stands at an instant, whether or not what time alone did was written yet.
   *
   * @param now the instant
   * @return with the state and the expired count that are true then
   */
  Quota at(Instant now) {
    return begunAt(now).overAt(now);
  }

  Quota begunAt(Instant now) {
    return state == PLANNED && !now.isBefore(validFrom) ? in(QuotaState.ACTIVE) : this;
  }

  Quota overAt(Instant now) {
    boolean running = state == QuotaState.ACTIVE || state == QuotaState.SUSPENDED;
    return running && !now.isBefore(validUntil) ? ended(QuotaState.EXPIRED) : this;
  }

  /** No more than what is held or consumed is left of it. */
  Quota ended(QuotaState to) {
    return copy(to, granted, held, consumed, expired + available());
  }

  boolean hasEnded() {
    return state == QuotaState.EXPIRED || state == QuotaState.REVOKED;
  }

  Quota in(QuotaState to) {
    return copy(to, granted, held, consumed, expired);
  }

  Quota granting(long quantity) {
    return copy(state, quantity, held, consumed, expired);
  }

  Quota holding(long quantity) {
    return copy(state, granted, held + quantity, consumed, expired);
  }

  /** Gives held codes back: to what is available, or to what has expired once it has ended. */
  Quota releasing(long quantity) {
    return copy(
        state, granted, held - quantity, consumed, hasEnded() ? expired + quantity : expired);
  }

  Quota consuming(long quantity) {
    return copy(state, granted, held - quantity, consumed + quantity, expired);
  }

  private Quota copy(QuotaState to, long grants, long holds, long consumes, long expires) {
    return new Quota(
        quotaId, partnerId, level, validFrom, validUntil, to, grants, holds, consumes, expires);
  }
}
