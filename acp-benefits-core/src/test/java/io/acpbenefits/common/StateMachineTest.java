package io.acpbenefits.common;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class StateMachineTest {

  private enum Light {
    RED,
    GREEN,
    BROKEN
  }

  private final StateMachine<Light> machine =
      StateMachine.of("light", Light.class)
          .begins(Operation.ADD_EXAM, Light.RED)
          .leads(Operation.CHANGE_EXAM, Light.GREEN, Light.RED)
          .leads(Operation.SUSPEND_PARTNER, Light.BROKEN, Light.RED, Light.GREEN)
          .keeps(Operation.SEE_EXAMS, Light.GREEN)
          .build();

  @Test
  void allowsWhatHasAnArrowFromTheState() {
    assertThat(machine.allows(Operation.CHANGE_EXAM, Light.RED)).isTrue();
    assertThat(machine.allows(Operation.CHANGE_EXAM, Light.GREEN)).isFalse();
    assertThat(machine.allows(Operation.ADD_EXAM, Light.RED)).as("only begins").isFalse();
    assertThatCode(() -> machine.require(Operation.SEE_EXAMS, Light.GREEN))
        .doesNotThrowAnyException();
  }

  @Test
  void refusesWithTheStateWhereItIsAllowedAndWhatIsAllowedInstead() {
    assertThatThrownBy(() -> machine.require(Operation.CHANGE_EXAM, Light.GREEN))
        .isInstanceOfSatisfying(
            Refusal.class, r -> assertThat(r.reason()).isEqualTo(Reason.ILLEGAL_STATE))
        .hasMessage(
            "The light is GREEN; to change exam it must be one of [RED]. "
                + "Allowed now: suspend partner, see exams.");
  }

  @Test
  void saysThatAFinalStateIsFinal() {
    assertThatThrownBy(() -> machine.require(Operation.CHANGE_EXAM, Light.BROKEN))
        .hasMessageEndingWith("Allowed now: nothing, this is final.");
  }

  @Test
  void listsStatesOperationsAndArrows() {
    assertThat(machine.states()).containsExactly(Light.RED, Light.GREEN, Light.BROKEN);
    assertThat(machine.operations())
        .containsExactly(Operation.SUSPEND_PARTNER, Operation.CHANGE_EXAM, Operation.SEE_EXAMS);
    assertThat(machine.from(Operation.SUSPEND_PARTNER)).containsExactly(Light.RED, Light.GREEN);
    assertThat(machine.transitions())
        .contains(new StateMachine.Transition<>(Operation.SEE_EXAMS, Light.GREEN, Light.GREEN))
        .contains(new StateMachine.Transition<>(Operation.ADD_EXAM, null, Light.RED))
        .hasSize(5);
    assertThat(machine.noun()).isEqualTo("light");
  }
}
