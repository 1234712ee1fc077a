package io.acpbenefits.examples.quickstart.report;

import io.acpbenefits.examples.quickstart.report.ReportData.OutcomeLine;
import io.acpbenefits.examples.quickstart.report.ReportData.TimelineLine;
import java.time.Instant;
import java.util.Optional;

/** One mark of the journey's chart, before marks that lie close together are drawn as one. */
record Happening(Instant at, Lane lane, Kind kind, String what) {

  /** How it ended, which decides about shape and colour. */
  enum Kind {
    DONE("done"),
    WAITING("waiting"),
    REFUSED("refused");

    private final String word;

    Kind(String word) {
      this.word = word;
    }

    String word() {
      return word;
    }
  }

  /** Of a played row; nothing if the row only let time pass. */
  static Optional<Happening> of(OutcomeLine line) {
    if (line.action().equals("advance")) {
      return Optional.empty();
    }
    Kind kind =
        switch (line.outcome()) {
          case "REFUSED" -> Kind.REFUSED;
          case "WAITING" -> Kind.WAITING;
          default -> Kind.DONE;
        };
    String why = line.reason() == null ? "" : " (" + Words.phrase(line.reason()) + ")";
    return Optional.of(
        new Happening(
            line.at(), Lane.ofAction(line.action()), kind, Words.phrase(line.action()) + why));
  }

  /** Of what a process did by itself; nothing of the steps between. */
  static Optional<Happening> of(TimelineLine line) {
    return switch (line.event()) {
      case "timer-fired" ->
          Optional.of(
              new Happening(line.at(), Lane.PROCESSES, Kind.DONE, "Timer " + line.element()));
      case "incident" ->
          Optional.of(
              new Happening(line.at(), Lane.PROCESSES, Kind.REFUSED, "Incident " + line.element()));
      default -> Optional.empty();
    };
  }
}
