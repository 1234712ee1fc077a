package io.acpbenefits.registration;

import io.acpbenefits.common.Reason;
import io.acpbenefits.common.Refusal;

/**
 * Candidate ID and Registration ID, as Pearson VUE shows them to a candidate. Only the pair, with
 * the exam, identifies an exam record: sources disagree on which of the two is one per person.
 *
 * <p>Source: the guide shows the Registration ID on My Profile, the Candidate ID on the exam
 * history.
 *
 * @param candidateId 1 to 200 characters without control characters
 * @param registrationId likewise
 */
public record IdPair(String candidateId, String registrationId) {

  /** Trims and checks both. */
  public IdPair {
    candidateId = checked("Candidate ID", candidateId);
    registrationId = checked("Registration ID", registrationId);
  }

  private static String checked(String name, String value) {
    String text = value.strip();
    if (text.isEmpty() || text.length() > 200 || text.chars().anyMatch(Character::isISOControl)) {
      throw Refusal.of(Reason.INVALID_INPUT, "The %s must have 1 to 200 visible characters.", name);
    }
    return text;
  }

  /**
   * The pair with its ids in each other's place.
   *
   * @return the reversed pair
   */
  public IdPair swapped() {
    return new IdPair(registrationId, candidateId);
  }

  /** Never shows the ids: they are a person's. */
  @Override
  public String toString() {
    return "IdPair[…]";
  }
}
