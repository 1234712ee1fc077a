package io.acpbenefits.examples.quickstart.report;

import io.acpbenefits.examples.quickstart.report.ReportData.TimelineLine;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where the processes stand at the end: elements that were entered and not left, of instances that
 * have not ended. Instances that no row began cannot be told apart and are left out.
 */
final class OpenSteps {

  private OpenSteps() {}

  /** A process stands here since then; an incident stops it. */
  record OpenStep(Instant since, String process, String row, String element, boolean incident) {}

  private record Instance(String process, String row) {}

  static List<OpenStep> of(List<TimelineLine> timeline) {
    Map<Instance, Map<String, OpenStep>> open = new LinkedHashMap<>();
    for (TimelineLine line : timeline) {
      if (line.row() == null) {
        continue;
      }
      Map<String, OpenStep> steps =
          open.computeIfAbsent(
              new Instance(line.process(), line.row()), instance -> new LinkedHashMap<>());
      switch (line.event()) {
        case "entered" -> steps.put(line.element(), step(line, line.row(), false));
        case "incident" -> steps.put(line.element(), step(line, line.row(), true));
        case "left" -> steps.remove(line.element());
        case "ended" -> end(steps, line.element());
        default -> {
          // Starting, timers and messages come with an entered or left of their own.
        }
      }
    }
    List<OpenStep> all = new ArrayList<>();
    open.values().forEach(steps -> all.addAll(steps.values()));
    return all;
  }

  /** A reminder's branch has an end of its own, behind which the instance goes on. */
  private static void end(Map<String, OpenStep> steps, String element) {
    if (element.endsWith("Reminded")) {
      steps.remove(element);
    } else {
      steps.clear();
    }
  }

  private static OpenStep step(TimelineLine line, String row, boolean incident) {
    return new OpenStep(line.at(), line.process(), row, line.element(), incident);
  }
}
