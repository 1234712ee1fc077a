package io.acpbenefits.model;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What all steps of all sequences came to, so that nothing that is never done goes unnoticed. */
final class Outcomes {

  private final Map<String, Map<String, Integer>> byOperation = new TreeMap<>();

  void add(Step step, String outcome) {
    byOperation
        .computeIfAbsent(step.operation(), operation -> new TreeMap<>())
        .merge(outcome.startsWith("refused") ? outcome : "done", 1, Integer::sum);
  }

  /** The operations that were carried out at least so often. */
  Set<String> doneAtLeast(int times) {
    return byOperation.entrySet().stream()
        .filter(e -> e.getValue().getOrDefault("done", 0) >= times)
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  /** The operations that were refused at least so often. */
  Set<String> refusedAtLeast(int times) {
    return byOperation.entrySet().stream()
        .filter(
            e ->
                e.getValue().values().stream().mapToInt(count -> count).sum()
                        - e.getValue().getOrDefault("done", 0)
                    >= times)
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  @Override
  public String toString() {
    return byOperation.entrySet().stream()
        .map(e -> e.getKey() + " " + e.getValue())
        .collect(Collectors.joining("\n"));
  }
}
