package io.acpbenefits.organization;

/** What a member may do in the organization. */
public enum Role {
  /** The partner's main account: everything, join requests included. */
  OWNER,
  /** A working account: copies links, assigns codes, removes members. */
  MANAGER,
  /** Sits exams. */
  MEMBER
}
