package io.acpbenefits.quota;

import io.acpbenefits.CoreFixture;
import io.acpbenefits.Lifecycle;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.Operation;
import io.acpbenefits.common.Reason;
import io.acpbenefits.exam.ExamLevel;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class QuotaLifecycleTest {

  private static final Duration YEAR = Duration.ofDays(365);

  private static QuotaId id(CoreFixture it) {
    return it.onlyQuota().quotaId();
  }

  private static Quotas quotas(CoreFixture it) {
    return it.benefits.quotas();
  }

  /** A quota that begins a second after the fixture's start, settled there. */
  private static CoreFixture planned() {
    CoreFixture it = new CoreFixture();
    quotas(it).grant(it.operator, it.acme, ExamLevel.ACP, 9, it.start.plusSeconds(1), it.in(YEAR));
    return it;
  }

  /** Active, with codes held, so that they can be released and consumed. */
  private static CoreFixture active() {
    CoreFixture it = planned();
    it.clock.set(it.start.plusSeconds(1));
    quotas(it).settleDue();
    quotas(it).hold(Actor.system(), it.owner, it.acme, ExamLevel.ACP, 2, "app");
    return it;
  }

  private static CoreFixture after(CoreFixture it, Consumer<CoreFixture> step) {
    step.accept(it);
    return it;
  }

  @TestFactory
  Stream<DynamicTest> everyOperationInEveryState() {
    return new Lifecycle<QuotaState, CoreFixture>(
            QuotaState.lifecycle(), it -> it.onlyQuota().state())
        .in(QuotaState.PLANNED, QuotaLifecycleTest::planned)
        .in(QuotaState.ACTIVE, QuotaLifecycleTest::active)
        .in(
            QuotaState.SUSPENDED,
            () -> after(active(), it -> quotas(it).suspend(it.operator, id(it), "looked into")))
        .in(QuotaState.EXPIRED, () -> after(active(), it -> it.clock.set(it.start.plus(YEAR))))
        .in(
            QuotaState.REVOKED,
            () -> after(active(), it -> quotas(it).revoke(it.operator, id(it), "left")))
        .refuses(Operation.ADJUST_QUOTA, it -> quotas(it).adjust(it.operator, id(it), 1, "earned"))
        .refuses(
            Operation.SUSPEND_QUOTA, it -> quotas(it).suspend(it.operator, id(it), "looked into"))
        .refuses(Operation.RESUME_QUOTA, it -> quotas(it).resume(it.operator, id(it), "fine"))
        .refuses(Operation.REVOKE_QUOTA, it -> quotas(it).revoke(it.operator, id(it), "left"))
        .refuses(
            Operation.RELEASE_QUOTA,
            it -> quotas(it).release(Actor.system(), it.owner, id(it), 1, "app"))
        .refuses(
            Operation.CONSUME_QUOTA,
            it -> quotas(it).consume(Actor.system(), it.owner, id(it), 1, "app"))
        .ignores(Operation.HOLD_QUOTA, QuotaLifecycleTest::hold)
        .ignores(
            Operation.ACTIVATE_QUOTA,
            it -> {
              if (it.clock.instant().isBefore(it.start.plusSeconds(1))) {
                it.clock.set(it.start.plusSeconds(1));
              }
              quotas(it).settleDue();
            })
        .ignores(
            Operation.EXPIRE_QUOTA,
            it -> {
              // Of a planned one the period begins before it ends.
              if (it.onlyQuota().state() != QuotaState.PLANNED) {
                it.clock.set(it.start.plus(YEAR));
              }
              quotas(it).settleDue();
            })
        .everyPair();
  }

  /** Where it is not active, the refusal speaks of the partner's quotas, not of this one. */
  private static void hold(CoreFixture it) {
    if (it.onlyQuota().state() == QuotaState.ACTIVE) {
      quotas(it).hold(Actor.system(), it.owner, it.acme, ExamLevel.ACP, 1, "app");
    } else {
      CoreFixture.assertRefused(
          Reason.QUOTA_NOT_ACTIVE,
          () -> quotas(it).hold(Actor.system(), it.owner, it.acme, ExamLevel.ACP, 1, "app"));
    }
  }
}
