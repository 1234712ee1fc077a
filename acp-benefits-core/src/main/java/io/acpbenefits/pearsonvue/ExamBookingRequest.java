package io.acpbenefits.pearsonvue;

import io.acpbenefits.common.AccountId;
import io.acpbenefits.common.Reason;
import io.acpbenefits.exam.ExamId;
import io.acpbenefits.registration.ExamRegistrationId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that Pearson VUE is asked for, and how far it has come.
 *
 * @param requestId its id, which the keys of the calls begin with
 * @param accountId for whom
 * @param examId which exam it is about
 * @param step what is asked for next, or was last
 * @param state where it stands
 * @param registrationId the registration, once there is one
 * @param bookingId the booking there, once it is known
 * @param askedAt since when, in UTC
 * @param attempts how often this step was tried
 * @param nextAttemptAt when it is tried next, or again unless an answer comes before; null if it is
 *     not
 * @param lastFailure the kind of failure of the latest try in vain, without its message; null if
 *     there was none
 * @param refusedFor why one side has refused, null if neither has
 */
public record ExamBookingRequest(
    ExamBookingRequestId requestId,
    AccountId accountId,
    ExamId examId,
    ExamBookingStep step,
    ExamBookingRequestState state,
    @Nullable ExamRegistrationId registrationId,
    @Nullable BookingId bookingId,
    Instant askedAt,
    int attempts,
    @Nullable Instant nextAttemptAt,
    @Nullable String lastFailure,
    @Nullable Reason refusedFor) {

  /**
   * What somebody should do about it.
   *
   * @return a sentence in English
   */
  public String nextStep() {
    return switch (state) {
      case OPEN, ASKING -> "Nothing: Pearson VUE is asked again by itself, see nextAttemptAt.";
      case GIVEN_UP ->
          "Look the booking up at Pearson VUE, then retry, which asks with the same key; or settle it"
              + " there and abandon it here.";
      default -> "Nothing: this is over.";
    };
  }
}
