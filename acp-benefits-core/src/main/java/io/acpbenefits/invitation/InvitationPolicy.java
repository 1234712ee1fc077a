package io.acpbenefits.invitation;

import io.acpbenefits.organization.Role;
import java.time.Duration;

/**
 * The rules of inviting that no source document settles.
 *
 * @param personalLife how long a personal invitation can be answered
 * @param invitationReminder after how long the invited person is reminded
 * @param requestLife how long a join request can be decided, counted from its submission or from
 *     when the account became free
 * @param waitForAccount how long a request waits for the account to leave another organization
 * @param approvalDue after how long a decision is due
 * @param approvalReminder after how long owners are reminded
 * @param decides the least role that decides join requests
 */
public record InvitationPolicy(
    Duration personalLife,
    Duration invitationReminder,
    Duration requestLife,
    Duration waitForAccount,
    Duration approvalDue,
    Duration approvalReminder,
    Role decides) {

  /**
   * 14 days, reminded after 7; 30 days; 30 days; due in 7 days, reminded after 3; owners decide.
   */
  public static final InvitationPolicy DEFAULT =
      new InvitationPolicy(
          Duration.ofDays(14),
          Duration.ofDays(7),
          Duration.ofDays(30),
          Duration.ofDays(30),
          Duration.ofDays(7),
          Duration.ofDays(3),
          Role.OWNER);
}
