package io.acpbenefits.model;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What somebody could do in one part of the programme, each idea with how often it comes. */
abstract class Ideas {

  /** Something to do, or nothing if there is nothing to do it to. */
  record Idea(int weight, Supplier<Optional<Step>> step) {}

  /** What somebody does to a thing with a handle. */
  interface Doing<T> {
    Function<Programme, String> to(T thing, String handle);
  }

  final World world;
  final Dice dice;
  final People people;
  private final List<Idea> ideas = new ArrayList<>();
  private int number;

  Ideas(World world, Dice dice, People people) {
    this.world = world;
    this.dice = dice;
    this.people = people;
  }

  List<Idea> all() {
    return ideas;
  }

  /** What the next step makes is called by its number. */
  void number(int next) {
    this.number = next;
  }

  String called(String kind) {
    return kind + number;
  }

  void maybe(int weight, Supplier<Optional<Step>> step) {
    ideas.add(new Idea(weight, step));
  }

  void idea(int weight, Supplier<Step> step) {
    maybe(weight, () -> Optional.of(step.get()));
  }

  /** Something that fits, now and then anything at all. */
  <T> Optional<T> pick(Collection<T> things, Predicate<T> fitting) {
    return dice.anyOf(dice.percent(8) ? things : things.stream().filter(fitting).toList());
  }

  String orNowhere(String handle) {
    return dice.percent(1) ? World.NOWHERE : handle;
  }

  /** Few keys, so that they are used again, with the same payload or another. */
  @Nullable String key() {
    return dice.percent(25) ? "key" + dice.between(1, 3) : null;
  }

  Instant ahead(int leastDays, int mostDays) {
    return world.now.plus(Duration.ofDays(dice.between(leastDays, mostDays)));
  }
}
