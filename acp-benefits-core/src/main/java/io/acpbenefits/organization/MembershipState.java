package io.acpbenefits.organization;

/** Where a membership stands: {@code ACTIVE → LEFT | REMOVED}. */
public enum MembershipState {
  /** Belongs to the organization; an account has at most one such membership anywhere. */
  ACTIVE,
  /** Quit. */
  LEFT,
  /** Was removed by an owner or manager. */
  REMOVED
}
