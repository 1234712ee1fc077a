package io.acpbenefits.examples.quickstart.report;

import io.acpbenefits.examples.quickstart.report.OpenSteps.OpenStep;
import io.acpbenefits.examples.quickstart.report.ReportData.BindingLine;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Something that is not finished when the journey ends.
 *
 * @param person whether somebody has to act, or only time has to pass
 */
record Waiting(
    Optional<String> partner,
    Instant since,
    boolean person,
    String row,
    String account,
    Optional<String> exam,
    String what,
    String advice) {

  /** What somebody must act on first, then the longest waiting. */
  static List<Waiting> in(ReportData data, PartnerOfRow rows) {
    List<Waiting> all = new ArrayList<>();
    for (BindingLine binding : data.bindings()) {
      ofBinding(binding, data.bindings(), rows).ifPresent(all::add);
    }
    for (OpenStep step : OpenSteps.of(data.timeline())) {
      ofStep(step, rows).ifPresent(all::add);
    }
    all.sort(Comparator.comparing(Waiting::person).reversed().thenComparing(Waiting::since));
    return List.copyOf(all);
  }

  private static Optional<Waiting> ofBinding(
      BindingLine binding, List<BindingLine> all, PartnerOfRow rows) {
    return switch (binding.state()) {
      case "AWAITING_DATA" ->
          of(
              binding,
              rows,
              false,
              "The certificate waits for its exam record.",
              "Nothing yet: results may take a few days to arrive. It binds by itself then.");
      case "CHECK_IDS" ->
          of(
              binding,
              rows,
              true,
              "The ids of the certificate are to be checked.",
              "Have the member compare both ids with Pearson VUE: the Registration ID on My"
                  + " Profile, the Candidate ID in the exam history. A late record still binds.");
      case "FAILED" ->
          all.stream().anyMatch(other -> succeeds(other, binding))
              ? Optional.empty()
              : of(
                  binding,
                  rows,
                  true,
                  "The certificate could not be bound.",
                  "Have the member submit it again, with both ids as Pearson VUE shows them.");
      default -> Optional.empty();
    };
  }

  private static boolean succeeds(BindingLine later, BindingLine failed) {
    return !later.state().equals("FAILED")
        && later.account().equals(failed.account())
        && later.examId().equals(failed.examId());
  }

  private static Optional<Waiting> of(
      BindingLine binding, PartnerOfRow rows, boolean person, String what, String advice) {
    return Optional.of(
        new Waiting(
            Optional.ofNullable(binding.partnerId())
                .or(() -> rows.ofAccount(binding.account()))
                .or(() -> rows.of(binding.row())),
            binding.submittedAt(),
            person,
            binding.row(),
            binding.account(),
            Optional.of(binding.examId()),
            what,
            advice));
  }

  private static Optional<Waiting> ofStep(OpenStep step, PartnerOfRow rows) {
    if (step.incident()) {
      return of(
          step,
          rows,
          true,
          "The process " + step.process() + " is stopped at " + step.element() + ".",
          "Let an operator look at the incident, remove its cause and retry.");
    }
    return switch (step.element()) {
      case "UserTask_ReviewApplication" ->
          of(step, rows, true, "An application for codes is to be reviewed.", "Decide it.");
      case "UserTask_DecideOnFailure" ->
          of(
              step,
              rows,
              true,
              "The Benefit Center could not deliver the codes; their quota is still held.",
              "Retry when codes are in stock, or cancel, which frees the quota.");
      case "EventGateway_AwaitNextTry", "Catch_NextTry" ->
          of(
              step,
              rows,
              false,
              "The Benefit Center is out of stock; the quota is held.",
              "Nothing: it is tried again by itself.");
      case "UserTask_DecideJoinRequest" ->
          of(
              step,
              rows,
              true,
              "A request to join is to be decided.",
              "Let the main account approve or reject it under Applicants.");
      case "EventGateway_AwaitAccountFree" ->
          of(
              step,
              rows,
              true,
              "The applicant is still in another organization.",
              "Have them quit there (My Profile, Quit Organization), or be removed there.");
      case "EventGateway_AwaitBinding" ->
          of(
              step,
              rows,
              true,
              "The exam is passed, and its certificate not bound.",
              "Remind the member to bind it under My Certification. It does not count before.");
      // The bindings tell about this one, with more detail.
      case "UserTask_CheckIds" -> Optional.empty();
      default ->
          step.element().startsWith("UserTask_")
              ? of(
                  step,
                  rows,
                  true,
                  "The process " + step.process() + " waits at " + step.element() + ".",
                  "Complete the task.")
              : Optional.empty();
    };
  }

  private static Optional<Waiting> of(
      OpenStep step, PartnerOfRow rows, boolean person, String what, String advice) {
    return Optional.of(
        new Waiting(
            rows.of(step.row()),
            step.since(),
            person,
            step.row(),
            rows.person(step.row()),
            rows.exam(step.row()),
            what,
            advice));
  }
}
