package io.acpbenefits.model;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What all steps of all sequences came to, so that nothing that is never done goes unnoticed. */
final class Outcomes {

  private static final String DONE = "done";

  private final Listener listener = new Listener();
  private final Map<String, Map<String, Integer>> byOperation = new TreeMap<>();

  void add(Step step, String outcome) {
    byOperation
        .computeIfAbsent(listener.operation(step.act()), operation -> new TreeMap<>())
        .merge(outcome.startsWith(Game.REFUSED) ? outcome : DONE, 1, Integer::sum);
  }

  void addAll(Outcomes other) {
    other.byOperation.forEach(
        (operation, outcomes) ->
            outcomes.forEach(
                (outcome, times) ->
                    byOperation
                        .computeIfAbsent(operation, key -> new TreeMap<>())
                        .merge(outcome, times, Integer::sum)));
  }

  /** How often each operation was carried out. */
  Map<String, Integer> done() {
    return count((outcome, times) -> outcome.equals(DONE) ? times : 0);
  }

  /** How often each operation was refused. */
  Map<String, Integer> refused() {
    return count((outcome, times) -> outcome.equals(DONE) ? 0 : times);
  }

  private interface Counted {
    int of(String outcome, int times);
  }

  private Map<String, Integer> count(Counted counted) {
    Map<String, Integer> counts = new TreeMap<>();
    byOperation.forEach(
        (operation, outcomes) ->
            outcomes.forEach(
                (outcome, times) ->
                    counts.merge(operation, counted.of(outcome, times), Integer::sum)));
    return counts;
  }

  @Override
  public String toString() {
    return byOperation.entrySet().stream()
        .map(e -> e.getKey() + " " + e.getValue())
        .collect(Collectors.joining(System.lineSeparator()));
  }
}
