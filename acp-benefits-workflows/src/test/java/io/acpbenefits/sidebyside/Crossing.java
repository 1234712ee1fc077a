package io.acpbenefits.sidebyside;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Two nodes on one database take turns at instances: whatever one has done, the other goes on with,
 * at each wait and at each job.
 */
public final class Crossing {

  private static final Instant START = Instant.parse("2026-03-01T09:00:00Z");

  /** Which of the two. */
  public enum Side {
    PREVIOUS,
    NEWER;

    Side other() {
      return this == PREVIOUS ? NEWER : PREVIOUS;
    }
  }

  /** What a side has to do with an instance. */
  public enum Kind {
    DOES,
    RUNS,
    SEES
  }

  /**
   * What happened to an instance.
   *
   * @param diagram its process and version tag
   * @param side who did it
   * @param kind what kind of thing
   * @param what an act, the activity of a job, or where it waits for that side to go on
   */
  public record Step(String diagram, Side side, Kind kind, String what) {}

  /** An instance under way. */
  private static final class Journey {
    private final Passage passage;
    private final String cast;
    private final String instance;
    private Side last;
    private Instant now = START;

    Journey(Passage passage, String cast, String instance, Side first) {
      this.passage = passage;
      this.cast = cast;
      this.instance = instance;
      this.last = first;
    }
  }

  private final Map<Side, Stepper> nodes = new TreeMap<>();
  private final List<Step> steps = new ArrayList<>();
  private final Map<String, Journey> journeys = new TreeMap<>();
  private final Map<String, Set<String>> begunOn = new TreeMap<>();
  private final Map<String, Set<String>> endedOn = new TreeMap<>();
  private final Map<String, Set<String>> passed = new TreeMap<>();

  /** From now on, this node is the one of that side. */
  public void join(Side side, Stepper node) {
    nodes.put(side, node);
  }

  private List<String> tell(Side side, String... order) {
    Stepper node = nodes.get(side);
    if (node == null) {
      throw new IllegalStateException("There is no node " + side);
    }
    return node.obey(order);
  }

  private void setTime(Instant now) {
    nodes.values().forEach(node -> node.obey("at", now.toString()));
  }

  /** Has a side found a cast for a passage and begin it, and leaves it where it waits. */
  public void begin(Passage passage, String round, Side side) {
    setTime(START);
    String cast = round + passage.process().charAt(0) + "-" + passage.name();
    tell(side, "do", "found", cast);
    passage.before().forEach(act -> tell(side, "do", act, cast));
    Set<String> before = Set.copyOf(tell(side, "open"));
    tell(side, "do", passage.moves().get(0).act(), cast);
    List<String> begun = new ArrayList<>(tell(side, "open"));
    begun.removeAll(before);
    if (begun.size() != 1) {
      throw new AssertionError("%s began %s by %s".formatted(side, begun, passage));
    }
    Journey journey = new Journey(passage, cast, begun.get(0), side);
    journeys.put(round + passage, journey);
    begunOn.computeIfAbsent(round, any -> new TreeSet<>()).add(diagram(journey));
    note(journey, side, Kind.DOES, passage.moves().get(0).act());
  }

  /** Plays what was begun up to its end, beginning with a side. */
  public void finish(Passage passage, String round, Side next) {
    Journey journey = journeys.remove(round + passage);
    if (journey == null) {
      throw new IllegalStateException(round + passage + " was not begun");
    }
    journey.last = next.other();
    setTime(START);
    settle(journey, passage.moves().get(0));
    for (Passage.Move move : passage.moves().subList(1, passage.moves().size())) {
      journey.now = journey.now.plus(move.time());
      setTime(journey.now);
      act(journey, move);
      settle(journey, move);
    }
    endedOn.computeIfAbsent(round, any -> new TreeSet<>()).add(diagram(journey));
    List<String> left = tell(journey.last, "passed", journey.instance);
    passed.computeIfAbsent(diagram(journey), any -> new TreeSet<>()).addAll(left);
    if (!left.contains(passage.end())) {
      throw new AssertionError("%s passed %s".formatted(passage, left));
    }
    if (!tell(journey.last, "incidents").equals(List.of("0"))) {
      throw new AssertionError(passage + " has left an incident");
    }
  }

  private void act(Journey journey, Passage.Move move) {
    Side side = present(journey.last.other());
    if (!move.act().isEmpty()) {
      tell(side, "do", move.act(), journey.cast);
    } else if (!move.task().isEmpty()) {
      String user = move.task().get(0) + "-" + journey.cast;
      tell(side, "complete", journey.instance, user, move.task().get(1));
    } else {
      return;
    }
    note(journey, side, Kind.DOES, move.act().isEmpty() ? "task" : move.act());
    journey.last = side;
  }

  private Side present(Side side) {
    return nodes.containsKey(side) ? side : side.other();
  }

  /** Has all jobs run, each by the other side than the step before wherever that would. */
  private void settle(Journey journey, Passage.Move move) {
    Set<String> places = look(journey);
    boolean worked;
    do {
      Side side = present(journey.last.other());
      worked =
          work(journey, side) || (present(side.other()) != side && work(journey, side.other()));
      if (worked) {
        places = look(journey);
      }
    } while (worked);
    if (!places.equals(move.places())) {
      throw new AssertionError(
          "%s waits at %s and not at %s after %s; %s"
              .formatted(journey.passage, places, move.places(), move, latest()));
    }
  }

  private List<Step> latest() {
    return steps.subList(Math.max(0, steps.size() - 6), steps.size());
  }

  private boolean work(Journey journey, Side side) {
    List<String> ran = tell(side, "work", journey.instance);
    ran.forEach(activity -> note(journey, side, Kind.RUNS, activity));
    if (!ran.isEmpty()) {
      journey.last = side;
    }
    return !ran.isEmpty();
  }

  /** Where it waits, as the side sees it that goes on with it. */
  private Set<String> look(Journey journey) {
    Side side = present(journey.last.other());
    Set<String> places = new TreeSet<>(tell(side, "places", journey.instance));
    places.forEach(place -> note(journey, side, Kind.SEES, place));
    return places;
  }

  private void note(Journey journey, Side side, Kind kind, String what) {
    steps.add(new Step(diagram(journey), side, kind, what));
  }

  private String diagram(Journey journey) {
    return journey.passage.process()
        + " "
        + tell(present(journey.last), "tag", journey.instance).get(0);
  }

  /** The diagrams with which a round's instances began. */
  public Set<String> begunOn(String round) {
    return begunOn.getOrDefault(round, Set.of());
  }

  /** The diagrams on which a round's instances ended. */
  public Set<String> endedOn(String round) {
    return endedOn.getOrDefault(round, Set.of());
  }

  /** What happened so far, in its order. */
  public List<Step> steps() {
    return List.copyOf(steps);
  }

  /** What a side did, ran or saw of instances of a diagram. */
  public Set<String> of(String diagram, Side side, Kind kind) {
    return steps.stream()
        .filter(step -> step.diagram().equals(diagram))
        .filter(step -> step.side() == side && step.kind() == kind)
        .map(Step::what)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The elements that instances of a diagram have left behind. */
  public Set<String> passed(String diagram) {
    return passed.getOrDefault(diagram, Set.of());
  }
}
