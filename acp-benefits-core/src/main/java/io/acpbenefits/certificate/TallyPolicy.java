package io.acpbenefits.certificate;

/** Whose certificates count for the organization that they were attributed to. */
public enum TallyPolicy {
  /** Those of people who are active members now. */
  ACTIVE_MEMBERS,
  /** Those of people who have left as well. */
  LEAVERS_TOO
}
