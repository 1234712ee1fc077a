package io.acpbenefits.invitation;

import org.jspecify.annotations.Nullable;

/**
 * Which join requests are asked for.
 *
 * @param state only in this state at the present instant; null for all
 * @param waiting only those that wait for the account to leave another organization, or only those
 *     that do not; null for both
 */
public record ApplicantFilter(@Nullable JoinRequestState state, @Nullable Boolean waiting) {

  /** All requests, decided ones too. */
  public static final ApplicantFilter ALL = new ApplicantFilter(null, null);

  /** The open ones. */
  public static final ApplicantFilter OPEN = new ApplicantFilter(JoinRequestState.SUBMITTED, null);

  /** The open ones that can be decided now. */
  public static final ApplicantFilter TO_DECIDE =
      new ApplicantFilter(JoinRequestState.SUBMITTED, false);
}
