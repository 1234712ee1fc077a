package io.acpbenefits.workflows;

/** The names in the diagram {@code exam-to-certificate-binding}; public for ever. */
public final class CertificateBindingProcess {

  /** The process id. The business key is the account's key, a colon, and the exam's id. */
  public static final String KEY = "exam-to-certificate-binding";

  /** Where the diagram lies on the class path. */
  public static final String RESOURCE = "io/acpbenefits/processes/exam-to-certificate-binding.bpmn";

  /** The candidate's task. Variable {@code decision}: corrected or give-up. */
  public static final String TASK_CHECK_IDS = "UserTask_CheckIds";

  static final String MESSAGE_CODE_ASSIGNED = "acp.code-assigned";
  static final String MESSAGE_EXAM_REGISTERED = "acp.exam-registered";
  static final String MESSAGE_UNANNOUNCED = "acp.binding-submitted-unannounced";
  static final String MESSAGE_EXAM_PASSED = "acp.exam-passed";
  static final String MESSAGE_ATTEMPT_ENDED = "acp.attempt-ended";
  static final String MESSAGE_BINDING_SUBMITTED = "acp.binding-submitted";
  static final String MESSAGE_CERTIFICATE_GONE = "acp.certificate-gone";
  static final String MESSAGE_RECORD_ARRIVED = "acp.record-arrived";

  static final String ACCOUNT_KEY = "accountKey";
  static final String EXAM_ID = "examId";
  static final String BINDING_ID = "bindingId";
  static final String ATTEMPT_STATE = "attemptState";
  static final String BINDING_SUBMITTED = "bindingSubmitted";
  static final String MATCH_RESULT = "matchResult";
  static final String SYNC_WINDOW_ENDS_AT = "syncWindowEndsAt";
  static final String CHECK_LAPSES_AT = "checkLapsesAt";
  static final String CHECK_DECISION = "checkDecision";

  private CertificateBindingProcess() {}
}
