package io.acpbenefits.common;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which operation leads from which state to which: the one place where a feature says so;
 * immutable.
 *
 * @param <S> the states
 */
public final class StateMachine<S extends Enum<S>> {

  /**
   * One arrow.
   *
   * @param <S> the states
   * @param operation what is done
   * @param from where it starts; null where something comes into being
   * @param to where it leads, perhaps back to where it started
   */
  public record Transition<S extends Enum<S>>(Operation operation, @Nullable S from, S to) {}

  private final String noun;
  private final Class<S> states;
  private final List<Transition<S>> transitions;

  private StateMachine(String noun, Class<S> states, List<Transition<S>> transitions) {
    this.noun = noun;
    this.states = states;
    this.transitions = List.copyOf(transitions);
  }

  /**
   * Begins to draw a machine.
   *
   * @param <S> the states
   * @param noun what has these states, for sentences
   * @param states all of them
   * @return the arrows so far: none
   */
  public static <S extends Enum<S>> Builder<S> of(String noun, Class<S> states) {
    return new Builder<>(noun, states);
  }

  /**
   * Collects the arrows.
   *
   * @param <S> the states
   */
  public static final class Builder<S extends Enum<S>> {

    private final String noun;
    private final Class<S> states;
    private final List<Transition<S>> transitions = new ArrayList<>();

    private Builder(String noun, Class<S> states) {
      this.noun = noun;
      this.states = states;
    }

    /**
     * Something comes into being.
     *
     * @param operation by what
     * @param to in which state
     * @return this
     */
    public Builder<S> begins(Operation operation, S to) {
      transitions.add(new Transition<>(operation, null, to));
      return this;
    }

    /**
     * Arrows from some states into one.
     *
     * @param operation what is done
     * @param to where it leads
     * @param from where it may start
     * @return this
     */
    @SafeVarargs
    public final Builder<S> leads(Operation operation, S to, S... from) {
      for (S state : from) {
        transitions.add(new Transition<>(operation, state, to));
      }
      return this;
    }

    /**
     * What may be done in some states and leaves them as they are.
     *
     * @param operation what is done
     * @param in in which states it is allowed
     * @return this
     */
    @SafeVarargs
    public final Builder<S> keeps(Operation operation, S... in) {
      for (S state : in) {
        transitions.add(new Transition<>(operation, state, state));
      }
      return this;
    }

    /**
     * The machine.
     *
     * @return with all arrows so far
     */
    public StateMachine<S> build() {
      return new StateMachine<>(noun, states, transitions);
    }
  }

  /**
   * Refuses an operation that the state does not allow.
   *
   * @param operation what is to be done
   * @param state where it stands
   * @throws Refusal ILLEGAL_STATE, naming the state, where the operation is allowed, and what is
   *     allowed instead
   */
  public void require(Operation operation, S state) {
    if (!allows(operation, state)) {
      throw Refusal.of(
          Reason.ILLEGAL_STATE,
          "The %s is %s; to %s it must be one of %s. Allowed now: %s.",
          noun,
          state,
          operation.words(),
          from(operation),
          allowedIn(state).isEmpty()
              ? "nothing, this is final"
              : allowedIn(state).stream().map(Operation::words).collect(Collectors.joining(", ")));
    }
  }

  /**
   * Tells whether the state allows the operation.
   *
   * @param operation what is to be done
   * @param state where it stands
   * @return true if an arrow starts there
   */
  public boolean allows(Operation operation, S state) {
    return from(operation).contains(state);
  }

  /**
   * Where an operation may start.
   *
   * @param operation what is done
   * @return perhaps none
   */
  public Set<S> from(Operation operation) {
    Set<S> from = EnumSet.noneOf(states);
    for (Transition<S> arrow : transitions) {
      if (arrow.operation() == operation && arrow.from() != null) {
        from.add(arrow.from());
      }
    }
    return from;
  }

  /**
   * What can be done in a state.
   *
   * @param state where it stands
   * @return none in a final state
   */
  public Set<Operation> allowedIn(S state) {
    Set<Operation> allowed = EnumSet.noneOf(Operation.class);
    for (Transition<S> arrow : transitions) {
      if (arrow.from() == state) {
        allowed.add(arrow.operation());
      }
    }
    return allowed;
  }

  /**
   * All arrows.
   *
   * @return in the order in which they were drawn
   */
  public List<Transition<S>> transitions() {
    return transitions;
  }

  /**
   * All operations that have an arrow from some state.
   *
   * @return in the order of their names' declaration
   */
  public Set<Operation> operations() {
    Set<Operation> all = EnumSet.noneOf(Operation.class);
    for (Transition<S> arrow : transitions) {
      if (arrow.from() != null) {
        all.add(arrow.operation());
      }
    }
    return all;
  }

  /**
   * What has these states.
   *
   * @return a noun
   */
  public String noun() {
    return noun;
  }

  /**
   * All states.
   *
   * @return in the order of their declaration
   */
  public List<S> states() {
    return List.of(states.getEnumConstants());
  }
}
