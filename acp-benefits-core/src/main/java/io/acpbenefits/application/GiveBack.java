package io.acpbenefits.application;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Codes that the Benefit Center may have handed out for an application that has ended without them,
 * and that are to be given back to it.
 *
 * @param applicationId for which application, by whose id the Benefit Center knows them
 * @param owedSince when the application has ended, or an answer came after that, in UTC
 * @param attempts how often it was tried since, or since a person had it tried again
 * @param nextAttemptAt when it is tried next, in UTC
 * @param lastFailure the kind of failure of the latest try in vain, without its message, or {@code
 *     no answer}; null if there was none
 */
public record GiveBack(
    BenefitApplicationId applicationId,
    Instant owedSince,
    int attempts,
    Instant nextAttemptAt,
    @Nullable String lastFailure) {

  /**
   * What somebody should do about it.
   *
   * @return a sentence in English
   */
  public String nextStep() {
    return attempts < HandOuts.FAILING
        ? "Nothing yet: the Benefit Center is asked again by itself, see nextAttemptAt."
        : "Mend the connection to the Benefit Center, then retry; or settle it there by the"
            + " application's id, then settle it here.";
  }
}
