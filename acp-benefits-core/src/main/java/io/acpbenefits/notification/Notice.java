package io.acpbenefits.notification;

/**
 * What somebody is to be told.
 *
 * @param kind what has happened
 * @param subjectId the id of the application, request, invitation, binding … that it is about
 * @param key the same for every repetition of this one notice
 */
public record Notice(Kind kind, String subjectId, String key) {

  /** What has happened, and by that whom to tell. */
  public enum Kind {
    /** To the partner: the codes of an application have come. */
    CODES_ISSUED,
    /** To the partner: an application was rejected. */
    APPLICATION_REJECTED,
    /** To the partner: an application was canceled or recalled. */
    APPLICATION_WITHDRAWN,
    /** To the reviewers: an application waits for review. */
    REVIEW_REMINDER,
    /** To the invited: an invitation waits for an answer. */
    INVITATION_REMINDER,
    /** To the owners: a join request waits for a decision. */
    APPROVAL_REMINDER,
    /** To the applicant: admitted. */
    REQUEST_APPROVED,
    /** To the applicant: rejected. */
    REQUEST_REJECTED,
    /** To the applicant: nobody decided in time. */
    REQUEST_EXPIRED,
    /** To the candidate: passed, so bind the certificate. */
    BIND_CERTIFICATE,
    /** To the candidate: the attempt has ended without a certificate. */
    ATTEMPT_ENDED,
    /** To the candidate: no record was found; check the ids. */
    CHECK_IDS,
    /** To the candidate: the certificate is bound. */
    CERTIFICATE_BOUND,
    /** To the candidate: the binding has failed. */
    BINDING_FAILED
  }
}
