package io.acpbenefits.certificate;

import io.acpbenefits.common.AccountId;
import io.acpbenefits.exam.ExamId;
import io.acpbenefits.exam.ExamLevel;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which of a partner's certificates are asked for; all conditions together.
 *
 * @param state only those that stand there now, or null
 * @param examId only those of this exam, or null
 * @param level only those of this level, or null
 * @param accountId only those of this holder, or null
 * @param expiresBefore only valid or suspended ones whose validity ends before this instant, or
 *     null
 */
public record CertificateFilter(
    @Nullable CertificateState state,
    @Nullable ExamId examId,
    @Nullable ExamLevel level,
    @Nullable AccountId accountId,
    @Nullable Instant expiresBefore) {

  /** All of them. */
  public static final CertificateFilter ALL = new CertificateFilter(null, null, null, null, null);

  /**
   * These, in one state only.
   *
   * @param other which state
   * @return the filter
   */
  public CertificateFilter in(CertificateState other) {
    return new CertificateFilter(other, examId, level, accountId, expiresBefore);
  }

  /**
   * These, of one exam only.
   *
   * @param other which exam
   * @return the filter
   */
  public CertificateFilter of(ExamId other) {
    return new CertificateFilter(state, other, level, accountId, expiresBefore);
  }

  /**
   * These, of one level only.
   *
   * @param other which level
   * @return the filter
   */
  public CertificateFilter of(ExamLevel other) {
    return new CertificateFilter(state, examId, other, accountId, expiresBefore);
  }

  /**
   * These, of one holder only.
   *
   * @param other whose
   * @return the filter
   */
  public CertificateFilter of(AccountId other) {
    return new CertificateFilter(state, examId, level, other, expiresBefore);
  }

  /**
   * These, only valid or suspended ones that end before an instant.
   *
   * @param instant which instant
   * @return the filter
   */
  public CertificateFilter expiringBefore(Instant instant) {
    return new CertificateFilter(state, examId, level, accountId, instant);
  }
}
