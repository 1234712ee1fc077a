package io.acpbenefits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.acpbenefits.common.Operation;
import io.acpbenefits.common.Reason;
import io.acpbenefits.common.Refusal;
import io.acpbenefits.common.StateMachine;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * Walks every pair of state and operation of a state machine, each on a library of its own: what
 * the machine allows leads where it says; what it does not is refused, or, for steps of the library
 * itself, does nothing; and either way the table and the code agree.
 *
 * @param <S> the states
 * @param <T> what a test holds in its hands: the fixture and the ids that it made
 */
public final class Lifecycle<S extends Enum<S>, T> {

  private final StateMachine<S> machine;
  private final Function<T, S> stateOf;
  private final Map<S, Supplier<T>> arrangements;
  private final List<S> passing = new ArrayList<>();
  private final Map<Operation, Consumer<T>> refusing = new EnumMap<>(Operation.class);
  private final Map<Operation, Consumer<T>> silent = new EnumMap<>(Operation.class);

  private final Map<Operation, Set<Reason>> telling = new EnumMap<>(Operation.class);
  private BiFunction<S, Operation, Reason> reasons = (state, operation) -> Reason.ILLEGAL_STATE;

  public Lifecycle(StateMachine<S> machine, Function<T, S> stateOf) {
    this.machine = machine;
    this.stateOf = stateOf;
    this.arrangements = new LinkedHashMap<>();
  }

  /** How to get something into a state. */
  public Lifecycle<S, T> in(S state, Supplier<T> arrangement) {
    arrangements.put(state, arrangement);
    return this;
  }

  /** A state that is passed through within one operation, so that nothing is ever found in it. */
  public Lifecycle<S, T> never(S state) {
    passing.add(state);
    return this;
  }

  /** An operation that is refused with ILLEGAL_STATE where the machine does not allow it. */
  public Lifecycle<S, T> refuses(Operation operation, Consumer<T> action) {
    refusing.put(operation, action);
    return this;
  }

  /**
   * An operation that is refused where the machine does not allow it, and in some states for a more
   * telling reason than ILLEGAL_STATE.
   */
  public Lifecycle<S, T> refusesWith(Set<Reason> reasons, Operation operation, Consumer<T> action) {
    telling.put(operation, reasons);
    return refuses(operation, action);
  }

  /** A step of the library that does nothing where the machine does not allow it. */
  public Lifecycle<S, T> ignores(Operation operation, Consumer<T> action) {
    silent.put(operation, action);
    return this;
  }

  /** Where something else than the state itself is what people are told. */
  public Lifecycle<S, T> withReasons(BiFunction<S, Operation, Reason> told) {
    this.reasons = told;
    return this;
  }

  public Stream<DynamicTest> everyPair() {
    List<S> found = new ArrayList<>(machine.states());
    found.removeAll(passing);
    assertThat(arrangements.keySet()).as("states").containsExactlyInAnyOrderElementsOf(found);
    List<Operation> covered = new ArrayList<>(refusing.keySet());
    covered.addAll(silent.keySet());
    assertThat(covered).as("operations").containsExactlyInAnyOrderElementsOf(machine.operations());
    return found.stream()
        .flatMap(
            state ->
                machine.operations().stream()
                    .map(
                        operation ->
                            DynamicTest.dynamicTest(
                                operation.words() + " when " + state,
                                () -> walk(state, operation))));
  }

  private void walk(S state, Operation operation) {
    T subject = Objects.requireNonNull(arrangements.get(state)).get();
    assertThat(stateOf.apply(subject)).as("arranged").isEqualTo(state);
    Consumer<T> loud = refusing.get(operation);
    Consumer<T> action = Objects.requireNonNull(loud != null ? loud : silent.get(operation));
    if (machine.allows(operation, state)) {
      action.accept(subject);
      assertThat(stateOf.apply(subject)).isIn(targets(state, operation));
    } else if (loud != null) {
      assertThatThrownBy(() -> action.accept(subject))
          .isInstanceOfSatisfying(
              Refusal.class,
              refusal -> {
                if (telling.getOrDefault(operation, Set.of()).contains(refusal.reason())) {
                  return;
                }
                Reason reason = reasons.apply(state, operation);
                assertThat(refusal.reason()).isEqualTo(reason);
                if (reason != Reason.ILLEGAL_STATE) {
                  return;
                }
                assertThat(refusal).hasMessageContaining(state.name());
                machine
                    .allowedIn(state)
                    .forEach(allowed -> assertThat(refusal).hasMessageContaining(allowed.words()));
              });
      assertThat(stateOf.apply(subject)).isEqualTo(state);
    } else {
      action.accept(subject);
      assertThat(stateOf.apply(subject)).isEqualTo(state);
    }
  }

  private List<S> targets(S state, Operation operation) {
    return machine.transitions().stream()
        .filter(arrow -> arrow.operation() == operation && arrow.from() == state)
        .map(StateMachine.Transition::to)
        .collect(Collectors.toList());
  }
}
