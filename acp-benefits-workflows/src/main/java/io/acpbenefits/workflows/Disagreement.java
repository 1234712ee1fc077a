package io.acpbenefits.workflows;

import java.util.Optional;

/**
 * A place where processes and domain disagree, though both change in the same transactions:
 * somebody has changed one of them behind the library's back.
 *
 * @param kind in what way
 * @param process the id of the diagram, such as {@link BenefitApplicationProcess#KEY}
 * @param businessKey what it is about, as the class of the diagram says; empty if the instance has
 *     none
 * @param instance the process instance; empty if there is none
 * @param state the state in core, as core names it; empty if core does not know it
 * @param nextStep what somebody should do, in a sentence
 */
public record Disagreement(
    Kind kind,
    String process,
    String businessKey,
    Optional<ProcessInstanceId> instance,
    String state,
    String nextStep) {

  /** In what way they disagree. */
  public enum Kind {
    /** Something is open in core and has no process, so nothing will become of it by itself. */
    NO_PROCESS,
    /** A process waits for something that is over in core, or that core does not know. */
    NOTHING_OPEN,
    /** A process has lost what it is about: variables that name it do not fit its business key. */
    WRONG_NAMES
  }

  static Disagreement noProcess(String process, String businessKey, String state) {
    return new Disagreement(
        Kind.NO_PROCESS,
        process,
        businessKey,
        Optional.empty(),
        state,
        "Resolve it, and its process begins anew where core says that it stands.");
  }

  static Disagreement nothingOpen(
      String process, String businessKey, ProcessInstanceId instance, String state) {
    return new Disagreement(
        Kind.NOTHING_OPEN,
        process,
        businessKey,
        Optional.of(instance),
        state,
        "Resolve it, and the process ends without telling anybody.");
  }

  static Disagreement wrongNames(
      String process, String businessKey, ProcessInstanceId instance, String state) {
    return new Disagreement(
        Kind.WRONG_NAMES,
        process,
        businessKey,
        Optional.of(instance),
        state,
        "Resolve it, and the variables fit again; then retry the process's incident, if it has one.");
  }
}
