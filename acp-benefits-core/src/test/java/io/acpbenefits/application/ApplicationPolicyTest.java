package io.acpbenefits.application;

import static io.acpbenefits.CoreFixture.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.acpbenefits.common.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ApplicationPolicyTest {

  private static final Duration INSTANT = Duration.ofNanos(1);

  @Test
  void refusesTimesThatMakeNoSense() {
    ApplicationPolicy policy = ApplicationPolicy.DEFAULT;
    assertRefused(Reason.INVALID_INPUT, () -> policy.withReview(Duration.ZERO, INSTANT));
    assertRefused(Reason.INVALID_INPUT, () -> policy.withReview(INSTANT.negated(), INSTANT));
    assertRefused(Reason.INVALID_INPUT, () -> policy.withReview(INSTANT, Duration.ZERO));
    assertRefused(Reason.INVALID_INPUT, () -> policy.withReview(INSTANT, INSTANT.negated()));
    assertRefused(Reason.INVALID_INPUT, () -> policy.withRetries(Duration.ZERO, INSTANT.negated()));
    assertThat(policy.withRetries(Duration.ZERO).retries()).containsExactly(Duration.ZERO);
    assertThat(policy.withRetries().retries()).isEmpty();
    assertRefused(Reason.INVALID_INPUT, () -> policy.withAnswer(Duration.ZERO));
    assertRefused(Reason.INVALID_INPUT, () -> policy.withAnswer(INSTANT.negated()));
  }

  @Test
  void changesOnlyWhatItIsAskedTo() {
    ApplicationPolicy policy = ApplicationPolicy.DEFAULT;
    assertThat(policy.withReview(true))
        .isEqualTo(
            new ApplicationPolicy(
                true,
                policy.reviewDue(),
                policy.reviewReminder(),
                policy.retries(),
                policy.answerWithin()));
    assertThat(policy.withReview(true).withReview(false)).isEqualTo(policy);
    assertThat(policy.withReview(INSTANT, INSTANT))
        .isEqualTo(
            new ApplicationPolicy(true, INSTANT, INSTANT, policy.retries(), policy.answerWithin()));
    assertThat(policy.withAnswer(INSTANT).answerWithin()).isEqualTo(INSTANT);
    assertThat(policy.withAnswer(INSTANT).withRetries().withAnswer(policy.answerWithin()))
        .isEqualTo(policy.withRetries());
    List<Duration> retries = new ArrayList<>(List.of(INSTANT));
    ApplicationPolicy kept = new ApplicationPolicy(false, INSTANT, INSTANT, retries, INSTANT);
    retries.clear();
    assertThat(kept.retries()).hasSize(1);
  }
}
