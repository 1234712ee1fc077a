package io.acpbenefits.quota;

import static io.acpbenefits.CoreFixture.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.acpbenefits.CoreFixture;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.Reason;
import io.acpbenefits.exam.ExamLevel;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class QuotaBalanceTest {

  private static final Duration DAY = Duration.ofDays(1);

  private final CoreFixture it = new CoreFixture();
  private final Quotas quotas = it.benefits.quotas();
  private final Instant until = it.start.plus(Duration.ofDays(10));
  private final QuotaId id =
      quotas.grant(it.operator, it.acme, ExamLevel.ACP, 10, it.start, until).quotaId();

  private void hold(long quantity) {
    quotas.hold(Actor.system(), it.owner, it.acme, ExamLevel.ACP, quantity, "app");
  }

  private static List<Long> figures(QuotaBalance balance) {
    return List.of(
        balance.granted(),
        balance.available(),
        balance.held(),
        balance.consumed(),
        balance.expired());
  }

  private void assertBalance(
      Instant at, long granted, long available, long held, long consumed, long expired) {
    QuotaBalance balance = quotas.balance(it.owner, id, at).orElseThrow();
    assertThat(figures(balance))
        .as("granted, available, held, consumed, expired at " + at)
        .containsExactly(granted, available, held, consumed, expired);
    assertThat(quotas.balance(it.owner, it.acme, at)).contains(balance);
  }

  @Test
  void tellsEveryFigureAtEveryInstant() {
    Instant[] days = new Instant[6];
    for (int i = 0; i < days.length; i++) {
      days[i] = it.start.plus(DAY.multipliedBy(i));
    }
    it.clock.set(days[1]);
    hold(6);
    it.clock.set(days[2]);
    quotas.release(Actor.system(), it.owner, id, 1, "app");
    it.clock.set(days[3]);
    quotas.consume(Actor.system(), it.owner, id, 2, "app");
    it.clock.set(days[4]);
    quotas.adjust(it.operator, id, -3, "a mistake");
    it.clock.set(days[5]);
    quotas.revoke(it.operator, id, "left");
    it.clock.set(days[5].plus(DAY));

    assertThat(quotas.balance(it.owner, id, it.start.minusNanos(1000))).isEmpty();
    assertThat(quotas.balance(it.owner, it.acme, it.start.minusNanos(1000))).isEmpty();
    assertBalance(days[0], 10, 10, 0, 0, 0);
    assertBalance(days[1].minusNanos(1000), 10, 10, 0, 0, 0);
    assertBalance(days[1], 10, 4, 6, 0, 0);
    assertBalance(days[2], 10, 5, 5, 0, 0);
    assertBalance(days[3], 10, 5, 3, 2, 0);
    assertBalance(days[4].minusNanos(1000), 10, 5, 3, 2, 0);
    assertBalance(days[4], 7, 2, 3, 2, 0);
    assertBalance(days[5], 7, 0, 3, 2, 2);
    assertBalance(it.clock.instant(), 7, 0, 3, 2, 2);
  }

  @Test
  void anExpiryCountsFromWhenItWasDueBeforeAndAfterItIsWritten() {
    hold(4);
    it.clock.set(until.plus(DAY));
    for (int round = 0; round < 2; round++) {
      assertBalance(until.minusNanos(1000), 10, 6, 4, 0, 0);
      assertBalance(until, 10, 0, 4, 0, 6);
      assertBalance(until.plus(DAY), 10, 0, 4, 0, 6);
      assertThat(quotas.settleDue()).isEqualTo(1 - round);
    }
    it.clock.advance(DAY);
    quotas.release(Actor.system(), it.owner, id, 4, "app");
    assertBalance(until.plus(DAY), 10, 0, 4, 0, 6);
    assertBalance(it.clock.instant(), 10, 0, 0, 0, 10);
  }

  @Test
  void aQuotaGrantedAfterItsPeriodWasNeverAvailable() {
    it.clock.set(until.plus(DAY));
    Quota late = quotas.grant(it.operator, it.acme, ExamLevel.ACE, 3, it.start, until);
    assertThat(late.state()).isEqualTo(QuotaState.EXPIRED);
    Instant granted = it.clock.instant();
    it.clock.advance(DAY);
    quotas.settleDue();
    assertThat(quotas.balance(it.owner, late.quotaId(), granted.minusNanos(1000))).isEmpty();
    assertThat(quotas.balance(it.owner, late.quotaId(), granted).map(QuotaBalanceTest::figures))
        .contains(List.of(3L, 0L, 0L, 0L, 3L));
  }

  @Test
  void agreesWithTheQuotaNow() {
    hold(3);
    Quota quota = it.onlyQuota();
    Optional<QuotaBalance> now = quotas.balance(it.owner, id, it.clock.instant());
    assertThat(now)
        .contains(
            new QuotaBalance(
                id,
                it.acme,
                ExamLevel.ACP,
                quota.validFrom(),
                quota.validUntil(),
                quota.granted(),
                quota.held(),
                quota.consumed(),
                quota.expired()));
    assertThat(now.orElseThrow().available()).isEqualTo(quota.available());
  }

  @Test
  void listsAllQuotasOfThePartnerByLevelAndPeriod() {
    quotas.grant(it.operator, it.acme, ExamLevel.ACE, 5, until, until.plus(DAY));
    quotas.grant(it.operator, it.acme, ExamLevel.ACE, 6, it.start, until);
    assertThat(quotas.balance(it.owner, it.acme, it.clock.instant()))
        .extracting(QuotaBalance::granted)
        .containsExactly(6L, 5L, 10L);
  }

  @Test
  void saysNothingOfTheFuture() {
    Instant now = it.clock.instant();
    assertThat(quotas.balance(it.owner, id, now)).isPresent();
    assertRefused(Reason.INVALID_INPUT, () -> quotas.balance(it.owner, id, now.plusNanos(1000)));
    assertRefused(
        Reason.INVALID_INPUT, () -> quotas.balance(it.owner, it.acme, now.plusNanos(1000)));
  }
}
