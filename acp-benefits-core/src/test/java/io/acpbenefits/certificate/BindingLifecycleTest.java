package io.acpbenefits.certificate;

import static org.assertj.core.api.Assertions.assertThat;

import io.acpbenefits.Lifecycle;
import io.acpbenefits.audit.AuditEntry;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.Operation;
import io.acpbenefits.common.StateMachine.Transition;
import io.acpbenefits.examrecord.ExamOutcome;
import io.acpbenefits.registration.IdPair;
import java.time.Duration;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class BindingLifecycleTest {

  private static final IdPair MISTYPED = new IdPair("C-8", "R-8");
  private static final IdPair CORRECTED = new IdPair("C-9", "R-9");

  private record Submitted(CertificateFixture it, BindingId id) {

    BindingState state() {
      return it.bindings.get(Actor.system(), id).state();
    }

    void daysPass(int days) {
      it.core.clock.advance(Duration.ofDays(days));
    }

    void lastTry() {
      it.bindings.lastTry(Actor.system(), id);
    }
  }

  private static Supplier<Submitted> after(BiConsumer<CertificateFixture, Submitted> arrangement) {
    return () -> {
      CertificateFixture it = new CertificateFixture();
      Submitted on =
          new Submitted(it, it.bindings.submit(it.ann, it.core.cloud, MISTYPED).bindingId());
      arrangement.accept(it, on);
      return on;
    };
  }

  private static void toCheck(CertificateFixture it, Submitted on) {
    on.daysPass(3);
    on.lastTry();
  }

  @TestFactory
  Stream<DynamicTest> everyOperationInEveryState() {
    return new Lifecycle<BindingState, Submitted>(BindingState.lifecycle(), Submitted::state)
        .never(BindingState.SUBMITTED)
        .in(BindingState.AWAITING_DATA, after((it, on) -> {}))
        .in(BindingState.CHECK_IDS, after(BindingLifecycleTest::toCheck))
        .in(BindingState.BOUND, after((it, on) -> it.core.record(MISTYPED, ExamOutcome.PASS)))
        .in(
            BindingState.FAILED,
            after(
                (it, on) -> {
                  toCheck(it, on);
                  it.bindings.giveUp(it.ann, on.id());
                }))
        .refuses(
            Operation.CORRECT_BINDING,
            on -> {
              on.it().bindings.correct(on.it().ann, on.id(), CORRECTED);
              assertLegal(on);
            })
        .refuses(
            Operation.GIVE_UP_BINDING,
            on -> {
              on.it().bindings.giveUp(on.it().ann, on.id());
              assertLegal(on);
            })
        .ignores(
            Operation.SUBMIT_BINDING,
            on -> {
              on.it().bindings.submit(on.it().ann, on.it().core.cloud, CORRECTED);
              assertLegal(on);
            })
        .ignores(
            Operation.MATCH_BINDING,
            on -> {
              on.it().bindings.match(Actor.system(), on.id());
              assertLegal(on);
            })
        .ignores(
            Operation.BIND_CERTIFICATE,
            on -> {
              on.it().core.record(MISTYPED, ExamOutcome.PASS);
              assertLegal(on);
            })
        .ignores(
            Operation.CHECK_IDS,
            on -> {
              on.it().core.record(MISTYPED, ExamOutcome.FAIL);
              on.daysPass(3);
              on.lastTry();
              assertLegal(on);
            })
        .ignores(
            Operation.LAPSE_BINDING,
            on -> {
              on.daysPass(30);
              on.it().bindings.lapseIfDue(Actor.system(), on.id());
              assertLegal(on);
            })
        .everyPair();
  }

  /** Every step in the audit is an arrow, and begins where the one before led. */
  private static void assertLegal(Submitted on) {
    String stands = null;
    for (AuditEntry step : on.it().audit(on.id())) {
      assertThat(step.fromState()).isEqualTo(stands);
      assertThat(BindingState.lifecycle().transitions()).anyMatch(arrow -> is(arrow, step));
      stands = step.toState();
    }
    assertThat(stands).isEqualTo(on.state().name());
  }

  private static boolean is(Transition<BindingState> arrow, AuditEntry step) {
    return arrow.operation() == step.operation()
        && name(arrow.from()).equals(String.valueOf(step.fromState()))
        && arrow.to().name().equals(step.toState());
  }

  private static String name(@Nullable BindingState state) {
    return String.valueOf(state);
  }
}
