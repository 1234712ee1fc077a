package io.acpbenefits.examples.quickstart.report;

import io.acpbenefits.common.Reason;

/** What a reason means to somebody who does not know the library, and what can be done about it. */
record ReasonText(String meaning, String advice) {

  /** Of any word: one that is no reason of the library is repeated as a phrase. */
  static ReasonText of(String reason) {
    Reason known;
    try {
      known = Reason.valueOf(reason);
    } catch (IllegalArgumentException e) {
      return new ReasonText(Words.phrase(reason) + ".", "See the row's detail in outcomes.csv.");
    }
    return of(known);
  }

  // No default: a new reason shall not compile before it is explained.
  private static ReasonText of(Reason reason) {
    return switch (reason) {
      case INVALID_INPUT ->
          text(
              "A value can never be right, such as a count below one.",
              "Correct the value and repeat the action.");
      case NOT_PERMITTED ->
          text(
              "The person's role does not allow it.",
              "Let an owner do it, or have an owner grant the role.");
      case NOT_FOUND ->
          text(
              "There is no such thing, or it belongs to somebody else.",
              "Check the name or id and who it belongs to.");
      case ILLEGAL_STATE ->
          text(
              "It is already further along, or not yet far enough, for this action.",
              "See the row's detail: it names the state and what is allowed.");
      case ALREADY_EXISTS -> text("The id is taken.", "Choose another id.");
      case QUOTA_EXCEEDED ->
          text(
              "More codes were asked for than the quota has left.",
              "Apply for fewer, or ask for a larger quota.");
      case QUOTA_NOT_ACTIVE ->
          text(
              "The partner has no quota for this level that is active now.",
              "Wait until the quota's period begins, or ask for a quota.");
      case OUT_OF_STOCK ->
          text(
              "The Benefit Center has too few codes of this exam.",
              "Nothing at first: it is tried again. If it fails for good, retry or cancel.");
      case EXAM_RETIRED ->
          text("The exam is no longer sold or no longer held.", "Choose its successor.");
      case EXAM_MISMATCH ->
          text(
              "The exam code is for another exam.",
              "Book the exam the code is for, or get a code for this one.");
      case NO_CODE_AVAILABLE ->
          text(
              "There is no exam code that could be used.",
              "Apply for codes, or assign one to the member first.");
      case CODE_EXPIRED ->
          text("The exam code's life is over.", "Assign another code of the same exam.");
      case CODE_ALREADY_HELD ->
          text(
              "The member already holds an open code for this exam.",
              "Use that code first, or return it.");
      case NOT_A_MEMBER ->
          text(
              "The account is not an active member of the organization.",
              "Send the invitation link, and approve the request to join.");
      case ALREADY_A_MEMBER ->
          text("The account is a member of the organization already.", "Nothing is to be done.");
      case MEMBER_ELSEWHERE ->
          text(
              "The account is still in another organization, and can be in one only.",
              "The account quits there, or is removed there. Then approve it here.");
      case DUPLICATE_REQUEST ->
          text("The same request is open already.", "Decide the open request, or withdraw it.");
      case LINK_REVOKED ->
          text(
              "The invitation link was replaced by a newer one.",
              "Copy the current link and send that.");
      case LINK_EXPIRED ->
          text("The invitation link's time is over.", "Copy a new link and send that.");
      case LINK_EXHAUSTED ->
          text(
              "The invitation link was used as often as it may be.",
              "Copy a new link and send that.");
      case LAST_OWNER ->
          text("An organization is never without an owner.", "Make somebody else an owner first.");
      case PARTNER_SUSPENDED ->
          text(
              "The partner is suspended or terminated.",
              "Have the suspension lifted, then repeat the action.");
      case IDS_SWAPPED ->
          text(
              "Candidate ID and Registration ID stand in each other's place.",
              "Submit again with the two ids exchanged.");
      case NOT_PASSED ->
          text("By its record the exam was not passed.", "Take the exam again, then bind.");
      case ALREADY_BOUND ->
          text(
              "The certificate is bound to an account already, which is for ever.",
              "Check whether another of the person's own accounts holds it.");
      case RESULT_NOT_FOUND ->
          text(
              "No exam record with these ids has come. It may be late, or an id mistyped.",
              "Wait a few days, then compare both ids with the Pearson VUE pages.");
      case SEAT_TAKEN ->
          text("Somebody else has taken the last seat.", "Choose another time or test center.");
      case REQUEST_KEY_REUSED ->
          text(
              "The same request key came with different content.",
              "Use a new key for a new request.");
    };
  }

  private static ReasonText text(String meaning, String advice) {
    return new ReasonText(meaning, advice);
  }
}
