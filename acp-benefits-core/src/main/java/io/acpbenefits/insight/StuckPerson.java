package io.acpbenefits.insight;

import io.acpbenefits.common.AccountId;
import io.acpbenefits.common.Who;
import io.acpbenefits.exam.ExamId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who does not get on, and what would help.
 *
 * @param kind at what
 * @param person who
 * @param examId on the way to which exam's certificate, if it is about one
 * @param thingId the id of the code, registration, certificate, binding, join request or invitation
 *     that rests
 * @param since since when it rests, in UTC
 * @param until when it ends by itself, if it does
 * @param nextStep what to do next, as a sentence; it names no code and no other organization
 * @param takenBy who has to do it; SELF is the person
 */
public record StuckPerson(
    Kind kind,
    AccountId person,
    @Nullable ExamId examId,
    String thingId,
    Instant since,
    @Nullable Instant until,
    String nextStep,
    Who takenBy) {

  /** At what somebody is stuck; the list is sorted in this order. */
  public enum Kind {
    /** A join request waits until its account has left another organization. */
    MEMBER_ELSEWHERE,
    /** Nobody has decided a join request in time. */
    JOIN_REQUEST_OVERDUE,
    /** Nobody has answered a personal invitation. */
    INVITATION_UNANSWERED,
    /** A member holds a code and has not booked. */
    CODE_NOT_BOOKED,
    /** A member has booked; the appointment and the time for its result have passed. */
    RESULT_OVERDUE,
    /** A member has passed and has not bound the certificate. */
    PASSED_NOT_BOUND,
    /** The ids that a member submitted are to be checked. */
    CHECK_IDS,
    /** Somebody booked with a code of the partner and left; nobody has decided on the code yet. */
    CODE_OF_FORMER_MEMBER
  }
}
