package io.acpbenefits.certificate;

import static io.acpbenefits.CoreFixture.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.acpbenefits.common.Reason;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class BindingPolicyTest {

  private static final BindingPolicy DEFAULT = BindingPolicy.DEFAULT;
  private static final Duration LONGEST = Duration.ofDays(3650);

  @Test
  void refusesDurationsThatAreNotPositiveOrTooLong() {
    for (Duration bad : List.of(Duration.ZERO, Duration.ofNanos(-1), LONGEST.plusNanos(1))) {
      assertRefused(Reason.INVALID_INPUT, () -> DEFAULT.withSyncWindow(bad));
      assertRefused(Reason.INVALID_INPUT, () -> DEFAULT.withTries(2, bad));
      assertRefused(Reason.INVALID_INPUT, () -> DEFAULT.withCheckIds(bad));
    }
    for (int bad : new int[] {0, -1, 101}) {
      assertRefused(Reason.INVALID_INPUT, () -> DEFAULT.withTries(bad, LONGEST));
    }
  }

  @Test
  void changesOneRuleAndKeepsTheOthers() {
    Duration tick = Duration.ofNanos(1);
    assertThat(DEFAULT.withSyncWindow(LONGEST))
        .isEqualTo(new BindingPolicy(LONGEST, 1, Duration.ofDays(3), Duration.ofDays(30)));
    assertThat(DEFAULT.withTries(100, tick))
        .isEqualTo(new BindingPolicy(Duration.ofDays(3), 100, tick, Duration.ofDays(30)));
    assertThat(DEFAULT.withCheckIds(tick))
        .isEqualTo(new BindingPolicy(Duration.ofDays(3), 1, Duration.ofDays(3), tick));
  }
}
