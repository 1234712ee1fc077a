package io.acpbenefits.workflows;

import io.acpbenefits.common.Reason;
import io.acpbenefits.common.Refusal;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the trace of a failed job tells without its texts, which may hold anything.
 *
 * @param type the class of the exception at the bottom, or empty
 * @param reason the rule that refused, if one did
 */
record Failure(String type, Optional<Reason> reason) {

  /** The first line of each exception in a trace: those of its steps are indented. */
  private static final Pattern THROWN =
      Pattern.compile("(?m)^(?:Caused by: )?((?:\\w+\\.)+[\\w$]+)(?: \\[([A-Z_]+)])?(?:: .*)?$");

  static Failure of(@Nullable String trace) {
    if (trace == null) {
      return new Failure("", Optional.empty());
    }
    String type = "";
    Optional<Reason> reason = Optional.empty();
    for (MatchResult thrown : THROWN.matcher(trace).results().toList()) {
      type = thrown.group(1);
      if (type.equals(Refusal.class.getName())) {
        reason = reasonOf(thrown.group(2));
      }
    }
    return new Failure(type, reason);
  }

  /** What is kept of a failed external task: the name of a class or of a reason. */
  static Failure named(@Nullable String name) {
    Optional<Reason> reason = reasonOf(name);
    String type = reason.isPresent() ? Refusal.class.getName() : name == null ? "" : name;
    return new Failure(type, reason);
  }

  private static Optional<Reason> reasonOf(@Nullable String name) {
    return Arrays.stream(Reason.values()).filter(reason -> reason.name().equals(name)).findFirst();
  }

  String nextStep() {
    if (reason.isPresent()) {
      return nextStep(reason.get());
    }
    if (type.equals(LapsedLock.Unfinished.class.getName())) {
      return "Find out in the logs of the nodes that died what this step did to them (memory, a"
          + " native crash), or lengthen the lock time if it is only slow; then retry.";
    }
    if (type.isEmpty()) {
      return "Look the incident up in the engine: it is neither a failed job nor a failed task.";
    }
    return "Find %s in the log of that time; when its cause is gone, retry.".formatted(type);
  }

  private static String nextStep(Reason reason) {
    return switch (reason) {
      case OUT_OF_STOCK -> "Fill the Benefit Center's stock, then retry; or cancel.";
      case PARTNER_SUSPENDED -> "Reinstate the partner, then retry; or cancel.";
      case QUOTA_NOT_ACTIVE, QUOTA_EXCEEDED ->
          "Look at the partner's quota, grant or resume it, then retry; or cancel.";
      case ALREADY_EXISTS ->
          "The Benefit Center handed out a code that a partner has already: take it out of the stock"
              + " there, then retry; or cancel.";
      case EXAM_RETIRED -> "The exam is over: cancel, or change its dates and retry.";
      case NOT_FOUND, ILLEGAL_STATE ->
          "What the process is about has moved on without it: look it up in core by the business key,"
              + " then retry, correct or cancel.";
      default ->
          "The rule %s refuses this step: change what it refuses, then retry; or cancel."
              .formatted(reason);
    };
  }
}
