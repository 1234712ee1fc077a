package io.acpbenefits.workflows;

/** The names in the diagram {@code invitation-to-approval}; public for ever. */
public final class InvitationToApprovalProcess {

  /**
   * The process id. The business key is the join request's id, and the invitation's before there is
   * a request.
   */
  public static final String KEY = "invitation-to-approval";

  /** Where the diagram lies on the class path. */
  public static final String RESOURCE = "io/acpbenefits/processes/invitation-to-approval.bpmn";

  /** The task of an owner. Variable {@code decision}: approve or reject. */
  public static final String TASK_DECIDE = "UserTask_DecideJoinRequest";

  static final String TASK_AWAIT_ANSWER = "ReceiveTask_AwaitAnswer";

  static final String MESSAGE_INVITATION_SENT = "acp.invitation-sent";
  static final String MESSAGE_INVITATION_ANSWERED = "acp.invitation-answered";
  static final String MESSAGE_JOIN_REQUESTED = "acp.join-requested";
  static final String MESSAGE_ACCOUNT_FREE = "acp.account-free";
  static final String MESSAGE_DECIDED = "acp.join-request-decided";
  static final String MESSAGE_JOINED_ELSEWHERE = "acp.account-joined-elsewhere";
  static final String MESSAGE_WITHDRAWN = "acp.join-request-withdrawn";

  static final String INVITATION_ID = "invitationId";
  static final String REMIND_AT = "remindAt";
  static final String EXPIRES_AT = "expiresAt";
  static final String ANSWER = "invitationAnswer";
  static final String REQUEST_ID = "joinRequestId";
  static final String REQUEST_STATE = "requestState";
  static final String WAITING = "waiting";
  static final String REQUEST_EXPIRES_AT = "requestExpiresAt";
  static final String APPROVAL_DUE_AT = "approvalDueAt";
  static final String APPROVAL_REMIND_AT = "approvalRemindAt";

  private InvitationToApprovalProcess() {}
}
