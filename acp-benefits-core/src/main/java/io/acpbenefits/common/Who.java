package io.acpbenefits.common;

/** In what capacity an actor may do something; one actor often acts in several. */
public enum Who {
  /** A person who runs the platform. */
  OPERATOR,
  /** The library itself: timers, processes, feeds. */
  SYSTEM,
  /** An owner (main account) of the organization concerned. */
  OWNER,
  /** A manager (working account) of the organization concerned. */
  MANAGER,
  /** A plain member of the organization concerned. */
  MEMBER,
  /** The person concerned: the holder of a code, the applicant, the candidate, the invited. */
  SELF,
  /** Any account. */
  ANYONE
}
