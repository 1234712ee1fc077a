package io.acpbenefits.examcode;

import io.acpbenefits.common.AccountId;
import io.acpbenefits.exam.ExamId;
import io.acpbenefits.organization.OrganizationId;
import io.acpbenefits.partner.PartnerId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An exam code, without its secret text.
 *
 * @param codeId its id
 * @param partnerId whose it is
 * @param organizationId whose members may hold it
 * @param examId the one exam it fits
 * @param state where it stands at the instant it was read
 * @param holder the member who holds it, or held it last
 * @param issuedAt when the partner got it, in UTC
 * @param expiresAt the first instant at which it is worth nothing; while it is open never past its
 *     exam's end of life, with which it is brought forward but not put off
 * @param reservedUntil while reserved, until when the exam's result may come in
 * @param holderLeftAt while reserved, since when its holder is no member any more, until somebody
 *     decides on it
 */
public record ExamCode(
    ExamCodeId codeId,
    PartnerId partnerId,
    OrganizationId organizationId,
    ExamId examId,
    ExamCodeState state,
    @Nullable AccountId holder,
    Instant issuedAt,
    Instant expiresAt,
    @Nullable Instant reservedUntil,
    @Nullable Instant holderLeftAt) {

  /** This code as it stands at an instant, whether or not its expiry was written yet. */
  ExamCode at(Instant now) {
    return isDue(now) ? with(ExamCodeState.EXPIRED, holder, null) : this;
  }

  /** A booked code outlives its end while the result of an exam sat in time may still come in. */
  private boolean isDue(Instant now) {
    return switch (state) {
      case ISSUED, ASSIGNED -> isOver(now);
      case RESERVED -> isOver(now) && isOverdue(now);
      case REDEEMED, FORFEITED, EXPIRED, REVOKED -> false;
    };
  }

  /** Whether its life is over, whatever became of it. */
  boolean isOver(Instant now) {
    return !now.isBefore(expiresAt);
  }

  /** Whether the result of the exam that it was booked for should have come by now. */
  boolean isOverdue(Instant now) {
    return reservedUntil == null || !now.isBefore(reservedUntil);
  }

  ExamCode with(ExamCodeState next, @Nullable AccountId who, @Nullable Instant until) {
    return new ExamCode(
        codeId,
        partnerId,
        organizationId,
        examId,
        next,
        who,
        issuedAt,
        expiresAt,
        until,
        next == ExamCodeState.RESERVED ? holderLeftAt : null);
  }

  ExamCode holderLeft(@Nullable Instant since) {
    return new ExamCode(
        codeId,
        partnerId,
        organizationId,
        examId,
        state,
        holder,
        issuedAt,
        expiresAt,
        reservedUntil,
        since);
  }

  ExamCode expiring(Instant end) {
    return new ExamCode(
        codeId,
        partnerId,
        organizationId,
        examId,
        state,
        holder,
        issuedAt,
        end,
        reservedUntil,
        holderLeftAt);
  }
}
