package io.acpbenefits.contention;

/**
 * One operation as the one who asked for it saw it.
 *
 * @param node which JVM
 * @param thread which thread of it
 * @param operation what was asked for
 * @param subject of what, as the scenario names it
 * @param begin when, on the clock that all JVMs of a machine share
 * @param end when the answer came
 * @param outcome how it ended
 * @param answer the result's id, the refusal's reason, or the failure
 */
record Attempt(
    int node,
    int thread,
    String operation,
    String subject,
    long begin,
    long end,
    Outcome outcome,
    String answer) {

  /** How an attempt ends. */
  enum Outcome {
    DONE,
    REFUSED,
    FAILED
  }

  String toLine() {
    return String.join(
        "\t",
        Integer.toString(node),
        Integer.toString(thread),
        operation,
        subject,
        Long.toString(begin),
        Long.toString(end),
        outcome.name(),
        answer.replaceAll("\\s+", " "));
  }

  static Attempt ofLine(String line) {
    String[] parts = line.split("\t", -1);
    return new Attempt(
        Integer.parseInt(parts[0]),
        Integer.parseInt(parts[1]),
        parts[2],
        parts[3],
        Long.parseLong(parts[4]),
        Long.parseLong(parts[5]),
        Outcome.valueOf(parts[6]),
        parts[7]);
  }

  boolean isDone() {
    return outcome == Outcome.DONE;
  }

  boolean isRefused(Enum<?> reason) {
    return outcome == Outcome.REFUSED && answer.equals(reason.name());
  }
}
