package io.acpbenefits.workflows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.reset;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.acpbenefits.application.BenefitApplicationId;
import io.acpbenefits.application.BenefitApplicationState;
import io.acpbenefits.benefitcenter.BenefitCenter;
import io.acpbenefits.common.Actor;
import io.acpbenefits.examcode.CodeText;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The process benefit-application on a Benefit Center that fails. */
class BenefitCenterFailureTest {

  private static final BenefitCenter CENTER = mock(BenefitCenter.class);

  @RegisterExtension static final ProcessFixture on = ProcessFixture.with(CENTER);

  @BeforeEach
  void fresh() {
    reset(CENTER);
  }

  private static BenefitApplicationId applied() {
    return on.benefits.applications().apply(on.olga, on.acme, on.cloud, 2).applicationId();
  }

  private static void nothingHalfDone(BenefitApplicationId id) {
    on.waitsAt("ServiceTask_GetCodes");
    assertThat(on.benefits.applications().get(Actor.system(), id).state())
        .isEqualTo(BenefitApplicationState.APPROVED);
    assertThat(on.benefits.examCodes().ofApplication(Actor.system(), id.value())).isEmpty();
    assertThat(on.quota().held()).isEqualTo(2);
    assertThat(on.quota().consumed()).isZero();
  }

  private static void mend(BenefitApplicationId id) {
    on.tryOnceMore();
    on.endedAt("EndEvent_ApplicationFulfilled");
    assertThat(on.benefits.examCodes().ofApplication(Actor.system(), id.value())).hasSize(2);
    assertThat(on.quota().consumed()).isEqualTo(2);
  }

  @Test
  void isAskedAtGrowingIntervalsUntilItIsAnIncidentAndHandsOutOnceOnceItWorks() {
    List<Instant> asked = new ArrayList<>();
    when(CENTER.handOut(any(), any(), anyInt()))
        .thenAnswer(
            call -> {
              asked.add(on.now());
              throw new IllegalStateException("timed out");
            });
    Instant t = on.now();
    BenefitApplicationId id = applied();
    on.time.advanceBy(Duration.ofHours(2));
    assertThat(on.incidents()).isZero();
    on.time.advanceBy(Duration.ofDays(3));

    Instant last = t.plus(Duration.ofMinutes(36 + 120 + 480));
    assertThat(asked)
        .startsWith(t, t.plus(Duration.ofMinutes(1)), t.plus(Duration.ofMinutes(6)))
        .contains(t.plus(Duration.ofMinutes(36)), t.plus(Duration.ofMinutes(36 + 120)))
        .endsWith(last)
        .hasSize(6);
    assertThat(on.incidents()).isEqualTo(1);
    nothingHalfDone(id);

    reset(CENTER);
    when(CENTER.handOut(id.value(), on.cloud, 2))
        .thenReturn(List.of(CodeText.parse("[ACPF000001]"), CodeText.parse("[ACPF000002]")));
    mend(id);
    verify(CENTER, times(1)).handOut(eq(id.value()), any(), anyInt());
  }

  @Test
  void thatHandsOutTooFewLeavesNothingHalfDone() {
    when(CENTER.handOut(any(), any(), anyInt()))
        .thenReturn(List.of(CodeText.parse("[ACPF000011]")));
    BenefitApplicationId id = applied();
    on.time.advanceBy(Duration.ofDays(1));
    nothingHalfDone(id);
    assertThat(on.incidents()).isEqualTo(1);

    reset(CENTER);
    when(CENTER.handOut(id.value(), on.cloud, 2))
        .thenReturn(List.of(CodeText.parse("[ACPF000011]"), CodeText.parse("[ACPF000012]")));
    mend(id);
  }

  @Test
  void thatHandsOutOneCodeTwiceLeavesNothingHalfDoneAndNoCodeInTheEngine() {
    CodeText code = CodeText.parse("[ACPF000021]");
    when(CENTER.handOut(any(), any(), anyInt())).thenReturn(List.of(code, code));
    BenefitApplicationId id = applied();
    on.time.advanceBy(Duration.ofDays(1));

    nothingHalfDone(id);
    assertThat(on.incidents()).isEqualTo(1);
    assertThat(EngineTables.of(on.processes()).text())
        .contains(id.value())
        .doesNotContain("ACPF000021");
  }
}
