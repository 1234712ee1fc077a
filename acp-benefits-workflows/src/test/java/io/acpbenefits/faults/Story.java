package io.acpbenefits.faults;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * What happens in a world, step by step. Each step is one command that whoever gave it may give
 * again when it does not know how it ended.
 */
final class Story {

  private final String name;
  private final List<Step> steps = new ArrayList<>();

  /**
   * One command.
   *
   * @param prepares whether it is there for what comes after it, and no place to be killed at
   */
  record Step(String name, Consumer<World> command, boolean prepares) {}

  Story(String name) {
    this.name = name;
  }

  Story then(String step, Consumer<World> command) {
    steps.add(new Step(step, command, false));
    return this;
  }

  Story with(Story beginning) {
    steps.addAll(beginning.steps);
    return this;
  }

  /** What has to be there before, which other stories are killed at. */
  Story after(Story preparation) {
    preparation.steps.forEach(step -> steps.add(new Step(step.name(), step.command(), true)));
    return this;
  }

  String name() {
    return name;
  }

  List<Step> steps() {
    return List.copyOf(steps);
  }
}
