package io.acpbenefits.common;

/**
 * Why something was refused. The names are public for ever: they are also the BPMN error codes and
 * stand in reports.
 */
public enum Reason {
  /**
   * A value is outside what is ever legal: a count below one, a period that ends before it begins.
   */
  INVALID_INPUT,
  /** The actor's role does not allow it. */
  NOT_PERMITTED,
  /** There is no such thing, or it is not the actor's to see. */
  NOT_FOUND,
  /**
   * The thing is in a state that does not allow it; the message names the state and what is
   * allowed.
   */
  ILLEGAL_STATE,
  /** An id is taken already. */
  ALREADY_EXISTS,
  /** The quota's balance is too small; the message says what is left. */
  QUOTA_EXCEEDED,
  /** The partner has no quota for the exam's level that is active now. */
  QUOTA_NOT_ACTIVE,
  /** The Benefit Center has not enough codes of the exam. */
  OUT_OF_STOCK,
  /** The exam is past its end of sale (applying) or its end of life (everything else). */
  EXAM_RETIRED,
  /** The code is for another exam. */
  EXAM_MISMATCH,
  /** There is no exam code that could be used. */
  NO_CODE_AVAILABLE,
  /** The exam code's life is over. */
  CODE_EXPIRED,
  /** The member holds an open code for that exam already. */
  CODE_ALREADY_HELD,
  /** The account is not an active member of the organization. */
  NOT_A_MEMBER,
  /** The account is an active member of the organization already. */
  ALREADY_A_MEMBER,
  /** The account is an active member of some other organization. */
  MEMBER_ELSEWHERE,
  /** An open request of the same kind exists. */
  DUPLICATE_REQUEST,
  /** The invitation link was revoked or replaced by a newer one. */
  LINK_REVOKED,
  /** The invitation link's time is over. */
  LINK_EXPIRED,
  /** The invitation link was used as often as it may be. */
  LINK_EXHAUSTED,
  /** An organization is never without an owner. */
  LAST_OWNER,
  /** The partner is suspended or terminated. */
  PARTNER_SUSPENDED,
  /** Candidate ID and Registration ID stand in each other's place. */
  IDS_SWAPPED,
  /** The exam record says that the exam was not passed. */
  NOT_PASSED,
  /** The certificate is bound to an account already. */
  ALREADY_BOUND,
  /** No exam record with these ids has arrived; it may be late, or an id may be mistyped. */
  RESULT_NOT_FOUND,
  /** The last free seat of the slot was taken; another slot may have one. */
  SEAT_TAKEN,
  /** The request key was used before with another payload. */
  REQUEST_KEY_REUSED
}
