package io.acpbenefits.pearsonvue;

import io.acpbenefits.common.AccountId;
import java.time.Instant;

/**
 * A candidate's account at Pearson VUE, as its My Profile page shows it.
 *
 * <p>Source: "You can view the Registration ID on the My Profile page".
 *
 * @param accountId whose it is
 * @param registrationId the Registration ID, one for each candidate
 * @param name as on the candidate's identity document, 1 to 200 characters
 * @param email where Pearson VUE writes to, at most 254 characters
 * @param openedAt since when, in UTC
 */
public record CandidateProfile(
    AccountId accountId, String registrationId, String name, String email, Instant openedAt) {

  /** Checks name and e-mail address. */
  public CandidateProfile {
    requireContact(name, email);
  }

  static void requireContact(String name, String email) {
    Texts.require("A candidate's name", name, 200);
    Texts.require("An e-mail address", email, 254);
  }

  /** Never shows what is a person's. */
  @Override
  public String toString() {
    return "CandidateProfile[since " + openedAt + "]";
  }
}
