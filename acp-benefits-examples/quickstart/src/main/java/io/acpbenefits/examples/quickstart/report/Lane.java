package io.acpbenefits.examples.quickstart.report;

/** What happened, in the groups that the journey's chart shows below each other. */
enum Lane {
  APPLICATIONS("Applying for codes"),
  JOINING("Joining and leaving"),
  CODES("Handing out codes"),
  EXAMS("Booking exams"),
  RESULTS("Exam results"),
  BINDINGS("Binding certificates"),
  PROCESSES("Timers and incidents"),
  OTHER("Other actions");

  private final String title;

  Lane(String title) {
    this.title = title;
  }

  String title() {
    return title;
  }

  static Lane ofAction(String action) {
    return switch (action) {
      case "apply-for-codes" -> APPLICATIONS;
      case "rotate-invitation-link",
          "request-to-join",
          "withdraw-request",
          "approve",
          "reject",
          "remove-member",
          "quit-organization" ->
          JOINING;
      case "assign-code", "return-code" -> CODES;
      case "register-exam", "reschedule-exam", "cancel-exam" -> EXAMS;
      case "exam-record" -> RESULTS;
      case "bind-certificate", "correct-binding" -> BINDINGS;
      default -> OTHER;
    };
  }
}
