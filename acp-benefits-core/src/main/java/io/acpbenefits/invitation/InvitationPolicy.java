package io.acpbenefits.invitation;

import io.acpbenefits.common.Reason;
import io.acpbenefits.common.Refusal;
import java.time.Duration;

/**
 * The rules of inviting that no source document settles. Who may invite and decide is not among
 * them: that is in {@code Permissions}.
 *
 * @param personalLife how long a personal invitation can be answered, counted from when it was last
 *     sent
 * @param invitationReminder after how long the invited person is reminded
 * @param mostResends how often a personal invitation can be sent again, 0 or more
 * @param requestLife how long a join request can be decided, counted from its submission or from
 *     when the account became free
 * @param waitForAccount how long a request waits for the account to leave another organization
 * @param approvalDue after how long a decision is due
 * @param approvalReminder after how long owners are reminded
 * @param approvesListedDomains whether a request is approved at once if it came through a link that
 *     names e-mail domains, and the applicant's is one of them. Such a link can then only be made
 *     or changed by those who may approve requests
 * @param form what applicants fill in
 */
public record InvitationPolicy(
    Duration personalLife,
    Duration invitationReminder,
    int mostResends,
    Duration requestLife,
    Duration waitForAccount,
    Duration approvalDue,
    Duration approvalReminder,
    boolean approvesListedDomains,
    ApplicationForm form) {

  /**
   * 14 days, reminded after 7, sent again at most 5 times; 30 days; 30 days; due in 7 days,
   * reminded after 3; everything is decided by a person; a form without fields.
   */
  public static final InvitationPolicy DEFAULT =
      new InvitationPolicy(
          Duration.ofDays(14),
          Duration.ofDays(7),
          5,
          Duration.ofDays(30),
          Duration.ofDays(30),
          Duration.ofDays(7),
          Duration.ofDays(3),
          false,
          ApplicationForm.EMPTY);

  /** Checks that durations are longer than nothing. */
  public InvitationPolicy {
    requirePositive("personalLife", personalLife);
    requirePositive("invitationReminder", invitationReminder);
    requirePositive("requestLife", requestLife);
    requirePositive("waitForAccount", waitForAccount);
    requirePositive("approvalDue", approvalDue);
    requirePositive("approvalReminder", approvalReminder);
    if (mostResends < 0) {
      throw Refusal.of(
          Reason.INVALID_INPUT, "mostResends is 0 or more, not %d, in the policy.", mostResends);
    }
  }

  private static void requirePositive(String name, Duration duration) {
    if (duration.isNegative() || duration.isZero()) {
      throw Refusal.of(
          Reason.INVALID_INPUT, "%s must be longer than %s in the policy.", name, duration);
    }
  }

  /**
   * This, with another life of personal invitations.
   *
   * @param life how long one can be answered
   * @return the policy
   */
  public InvitationPolicy withPersonalLife(Duration life) {
    return new InvitationPolicy(
        life,
        invitationReminder,
        mostResends,
        requestLife,
        waitForAccount,
        approvalDue,
        approvalReminder,
        approvesListedDomains,
        form);
  }

  /**
   * This, with another reminder of invited persons.
   *
   * @param after after how long they are reminded
   * @return the policy
   */
  public InvitationPolicy withInvitationReminder(Duration after) {
    return new InvitationPolicy(
        personalLife,
        after,
        mostResends,
        requestLife,
        waitForAccount,
        approvalDue,
        approvalReminder,
        approvesListedDomains,
        form);
  }

  /**
   * This, with another number of resends.
   *
   * @param times how often a personal invitation can be sent again, 0 or more
   * @return the policy
   */
  public InvitationPolicy withMostResends(int times) {
    return new InvitationPolicy(
        personalLife,
        invitationReminder,
        times,
        requestLife,
        waitForAccount,
        approvalDue,
        approvalReminder,
        approvesListedDomains,
        form);
  }

  /**
   * This, with another life of join requests.
   *
   * @param life how long one can be decided
   * @return the policy
   */
  public InvitationPolicy withRequestLife(Duration life) {
    return new InvitationPolicy(
        personalLife,
        invitationReminder,
        mostResends,
        life,
        waitForAccount,
        approvalDue,
        approvalReminder,
        approvesListedDomains,
        form);
  }

  /**
   * This, with another wait.
   *
   * @param wait how long a request waits for the account to leave another organization
   * @return the policy
   */
  public InvitationPolicy withWaitForAccount(Duration wait) {
    return new InvitationPolicy(
        personalLife,
        invitationReminder,
        mostResends,
        requestLife,
        wait,
        approvalDue,
        approvalReminder,
        approvesListedDomains,
        form);
  }

  /**
   * This, with another time to decide.
   *
   * @param due after how long a decision is due
   * @param reminder after how long owners are reminded
   * @return the policy
   */
  public InvitationPolicy withApproval(Duration due, Duration reminder) {
    return new InvitationPolicy(
        personalLife,
        invitationReminder,
        mostResends,
        requestLife,
        waitForAccount,
        due,
        reminder,
        approvesListedDomains,
        form);
  }

  /**
   * This, with requests of listed e-mail domains approved at once, or not.
   *
   * @param atOnce whether they are
   * @return the policy
   */
  public InvitationPolicy withListedDomainsApproved(boolean atOnce) {
    return new InvitationPolicy(
        personalLife,
        invitationReminder,
        mostResends,
        requestLife,
        waitForAccount,
        approvalDue,
        approvalReminder,
        atOnce,
        form);
  }

  /**
   * This, with another form.
   *
   * @param other what applicants fill in
   * @return the policy
   */
  public InvitationPolicy withForm(ApplicationForm other) {
    return new InvitationPolicy(
        personalLife,
        invitationReminder,
        mostResends,
        requestLife,
        waitForAccount,
        approvalDue,
        approvalReminder,
        approvesListedDomains,
        other);
  }
}
