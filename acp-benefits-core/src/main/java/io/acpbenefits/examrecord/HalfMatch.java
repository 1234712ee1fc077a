package io.acpbenefits.examrecord;

/**
 * Which id of a pair stands in the record of another pair of the same exam. It proves nothing: who
 * sits an exam twice may keep one of the ids.
 */
public enum HalfMatch {
  /** Neither. */
  NONE,
  /** The Candidate ID, with another Registration ID. */
  CANDIDATE_ID,
  /** The Registration ID, with another Candidate ID. */
  REGISTRATION_ID,
  /** Each of them, in different records. */
  BOTH;

  static HalfMatch of(boolean candidateId, boolean registrationId) {
    if (candidateId) {
      return registrationId ? BOTH : CANDIDATE_ID;
    }
    return registrationId ? REGISTRATION_ID : NONE;
  }
}
