package io.acpbenefits.health;

import static io.acpbenefits.CoreFixture.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.acpbenefits.AcpBenefits;
import io.acpbenefits.CoreFixture;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.PageRequest;
import io.acpbenefits.common.Reason;
import io.acpbenefits.examrecord.ExamRecordSource;
import io.acpbenefits.examrecord.FeedName;
import io.acpbenefits.examrecord.PullPolicy;
import io.acpbenefits.notification.Notice;
import io.acpbenefits.notification.QueuedNotice;
import java.lang.reflect.Proxy;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

class HealthTest {

  private static final HealthPolicy POLICY =
      new HealthPolicy(2, Duration.ofHours(6), Duration.ofMinutes(10), 0);
  private static final Duration TICK = Duration.ofNanos(1000);

  private final CoreFixture it = new CoreFixture();
  private final AtomicBoolean fails = new AtomicBoolean();
  private final AcpBenefits pulling =
      AcpBenefits.on(it.database)
          .keys(it.keys)
          .clock(it.clock)
          .examRecords(FeedName.of("pearson"), (cursor, atMost) -> next(), PullPolicy.DEFAULT)
          .build();

  private ExamRecordSource.Batch next() {
    if (fails.get()) {
      throw new IllegalStateException("ann@example.org is not there");
    }
    return new ExamRecordSource.Batch(List.of(), null);
  }

  private HealthCheck of(AcpBenefits benefits, String name) {
    return benefits.health().check(it.operator, POLICY).checks().stream()
        .filter(check -> check.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private HealthStatus stock() {
    return of(it.benefits, "free code stock").status();
  }

  private HealthCheck feed() {
    return of(pulling, "feed age");
  }

  @Test
  void aDatabaseThatAnswersIsUp() {
    assertThat(of(it.benefits, "database").status()).isEqualTo(HealthStatus.UP);
  }

  @Test
  void aDatabaseThatDoesNotIsDownAndNothingOfItsTextIsTold() {
    AtomicBoolean gone = new AtomicBoolean();
    DataSource database =
        (DataSource)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {DataSource.class},
                (self, method, arguments) -> {
                  if (gone.get()) {
                    throw new SQLException("connection refused for ann@example.org");
                  }
                  return method.invoke(it.database, arguments);
                });
    try (AcpBenefits benefits = AcpBenefits.on(database).keys(it.keys).clock(it.clock).build()) {
      gone.set(true);

      HealthReport report = benefits.health().check(it.operator, POLICY);

      assertThat(report.status()).isEqualTo(HealthStatus.DOWN);
      assertThat(of(benefits, "database").status()).isEqualTo(HealthStatus.DOWN);
      assertThat(report.toString()).contains("SQLException").doesNotContain("ann@example.org");
    }
  }

  @Test
  void anExamOnSaleWithFewerCodesThanTheLimitIsDegradedUntilStockComes() {
    it.stock(it.cloud, "[ACPH000001]", "[ACPH000002]");
    it.stock(it.security, "[ACPH000003]");

    assertThat(stock()).isEqualTo(HealthStatus.DEGRADED);
    assertThat(of(it.benefits, "free code stock").sentence())
        .contains("security (1)")
        .doesNotContain("cloud");

    it.stock(it.security, "[ACPH000004]");
    assertThat(stock()).isEqualTo(HealthStatus.UP);
  }

  @Test
  void anExamThatIsNotSoldAnyMoreNeedsNoStock() {
    it.stock(it.cloud, "[ACPH000011]", "[ACPH000012]");
    it.stock(it.security, "[ACPH000013]", "[ACPH000014]");
    it.retiringExam(it.start.plus(Duration.ofDays(1)), it.start.plus(Duration.ofDays(9)));
    it.clock.advance(Duration.ofDays(1).minus(TICK));
    assertThat(stock()).isEqualTo(HealthStatus.DEGRADED);

    it.clock.advance(TICK);

    assertThat(stock()).isEqualTo(HealthStatus.UP);
  }

  @Test
  void aFeedIsLateWhenItsLastPullIsOlderThanTheLimit() {
    pulling.examRecordPulls().orElseThrow().pull(Actor.system());
    it.clock.advance(POLICY.feedLate());
    assertThat(feed().status()).isEqualTo(HealthStatus.UP);

    it.clock.advance(TICK);

    assertThat(feed().status()).isEqualTo(HealthStatus.DEGRADED);
  }

  @Test
  void aFeedThatWasNeverPulledIsDegradedOnceItHasFailed() {
    assertThat(feed().status()).isEqualTo(HealthStatus.UP);
    fails.set(true);
    assertThatThrownBy(() -> pulling.examRecordPulls().orElseThrow().pull(Actor.system()))
        .isInstanceOf(RuntimeException.class);

    assertThat(feed().status()).isEqualTo(HealthStatus.DEGRADED);
    assertThat(feed().sentence())
        .contains("IllegalStateException")
        .doesNotContain("ann@example.org");
  }

  @Test
  void aNoticeThatWasGivenUpIsDegradedUntilSomebodyDecides() {
    try (AcpBenefits mute =
        AcpBenefits.on(it.database)
            .keys(it.keys)
            .clock(it.clock)
            .notifier(
                notice -> {
                  throw new IllegalStateException("no mail to ann@example.org");
                })
            .build()) {
      mute.notices().queue(Actor.system(), new Notice(Notice.Kind.CHECK_IDS, "a binding", "a key"));
      mute.runPortCalls();
      for (Duration pause : mute.notices().policy().tries().pauses()) {
        assertThat(of(mute, "port calls").status()).isEqualTo(HealthStatus.UP);
        it.clock.advance(pause);
        mute.runPortCalls();
      }

      HealthCheck given = of(mute, "port calls");
      assertThat(given.status()).isEqualTo(HealthStatus.DEGRADED);
      assertThat(given.sentence())
          .contains("1 notices", "notices().stuck()")
          .doesNotContain("ann@example.org");

      QueuedNotice notice = mute.notices().stuck(it.operator, PageRequest.first(1)).items().get(0);
      mute.notices().discard(it.operator, notice.noticeId(), "told by hand");
      assertThat(of(mute, "port calls").status()).isEqualTo(HealthStatus.UP);
    }
  }

  @Test
  void whatIsNotUsedIsNotLookedAt() {
    assertThat(it.benefits.health().check(it.operator, POLICY).checks())
        .extracting(HealthCheck::name)
        .containsExactly("database", "free code stock", "port calls");
  }

  @Test
  void onlyThePlatformMayAsk() {
    assertRefused(Reason.NOT_PERMITTED, () -> it.benefits.health().check(it.owner, POLICY));
  }

  @Test
  void theWholeIsAsWellAsTheWorstOfItsParts() {
    HealthReport fine = new HealthReport(List.of(HealthCheck.up("a", "fine")));

    assertThat(new HealthReport(List.of()).status()).isEqualTo(HealthStatus.UP);
    assertThat(fine.and(List.of(HealthCheck.degraded("b", "slow"))).status())
        .isEqualTo(HealthStatus.DEGRADED);
  }

  @Test
  void limitsAreNotNegative() {
    assertThatThrownBy(() -> new HealthPolicy(-1, Duration.ZERO, Duration.ZERO, 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(HealthPolicy.DEFAULT.incidents()).isZero();
  }
}
