package io.acpbenefits.workflows;

/** The names in the diagram {@code benefit-application}; public for ever. */
public final class BenefitApplicationProcess {

  /** The process id. The business key is the application's id. */
  public static final String KEY = "benefit-application";

  /** Where the diagram lies on the class path. */
  public static final String RESOURCE = "io/acpbenefits/processes/benefit-application.bpmn";

  /**
   * The task of a reviewer. Variable {@code decision}: approve, reject or ask; {@code why} is
   * optional.
   */
  public static final String TASK_REVIEW = "UserTask_ReviewApplication";

  /**
   * The task after codes could not be had. Variable {@code decision}: retry or cancel; {@code why}
   * is optional.
   */
  public static final String TASK_DECIDE_ON_FAILURE = "UserTask_DecideOnFailure";

  /** The topic of the external task in which the library's worker gets the codes. */
  public static final String TOPIC_GET_CODES = "acp-get-codes";

  static final String TASK_GET_CODES = "ServiceTask_GetCodes";
  static final String EVENT_NEXT_TRY = "Catch_NextTry";

  static final String MESSAGE_SUBMITTED = "acp.application-submitted";
  static final String MESSAGE_RESUBMITTED = "acp.application-resubmitted";
  static final String MESSAGE_WITHDRAWN = "acp.application-withdrawn";

  static final String APPLICATION_ID = "applicationId";
  static final String STATE = "applicationState";
  static final String REVIEW_DUE_AT = "reviewDueAt";
  static final String REVIEW_REMIND_AT = "reviewRemindAt";
  static final String TRIES_LEFT = "triesLeft";
  static final String NEXT_TRY_AT = "nextTryAt";
  static final String GET_CODES_TRIES_LEFT = "getCodesTriesLeft";
  static final String FAILURE_DECISION = "failureDecision";

  private BenefitApplicationProcess() {}
}
