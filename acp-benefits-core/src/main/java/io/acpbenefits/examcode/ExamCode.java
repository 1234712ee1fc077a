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
 * @param expiresAt the first instant at which it is worth nothing
 * @param reservedUntil while reserved, until when the exam's result may come in
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
    @Nullable Instant reservedUntil) {

  /** This code as it stands at an instant, whether or not its expiry was written yet. */
  ExamCode at(Instant now) {
    return isDue(now) ? with(ExamCodeState.EXPIRED, holder, null) : this;
  }

  /** A booked code outlives its end while the result of an exam sat in time may still come in. */
  private boolean isDue(Instant now) {
    return switch (state) {
      case ISSUED, ASSIGNED -> !now.isBefore(expiresAt);
      case RESERVED ->
          !now.isBefore(expiresAt) && (reservedUntil == null || !now.isBefore(reservedUntil));
      case REDEEMED, FORFEITED, EXPIRED, REVOKED -> false;
    };
  }

  ExamCode with(ExamCodeState state, @Nullable AccountId holder, @Nullable Instant reservedUntil) {
    return new ExamCode(
        codeId,
        partnerId,
        organizationId,
        examId,
        state,
        holder,
        issuedAt,
        expiresAt,
        reservedUntil);
  }
}
