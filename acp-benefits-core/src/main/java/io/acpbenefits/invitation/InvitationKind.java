package io.acpbenefits.invitation;

/** How an invitation reaches people. */
public enum InvitationKind {
  /** For one account, once. */
  PERSONAL,
  /** The copied invitation link: for whoever has it. */
  LINK
}
