package io.acpbenefits.idempotency;

import static io.acpbenefits.CoreFixture.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.acpbenefits.SettableClock;
import io.acpbenefits.TestDatabase;
import io.acpbenefits.Together;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.Operation;
import io.acpbenefits.common.Reason;
import io.acpbenefits.common.Refusal;
import io.acpbenefits.internal.Domain;
import io.acpbenefits.persistence.Dialect;
import io.acpbenefits.persistence.JdbcTransactions;
import io.acpbenefits.persistence.Schema;
import io.acpbenefits.persistence.SchemaMode;
import io.acpbenefits.secret.KeyRing;
import io.acpbenefits.secret.Vault;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

class RequestKeysTest {

  private static final RequestKey KEY = RequestKey.of("k1");

  private final SettableClock clock = new SettableClock(Instant.parse("2026-03-01T09:00:00Z"));
  private final Actor ann = Actor.account("ann");
  private final AtomicInteger carriedOut = new AtomicInteger();
  private final RequestKeys keys = keys();

  private RequestKeys keys() {
    DataSource database = TestDatabase.fresh();
    Schema.CORE.apply(database, SchemaMode.MIGRATE, clock);
    return new RequestKeys(
        new Domain(new JdbcTransactions(database), Dialect.of(database), clock),
        new Vault(KeyRing.ephemeral()));
  }

  private String assign(Actor actor, RequestKey key, String... payload) {
    return once(
        actor, key, Operation.ASSIGN_CODE, () -> "r" + carriedOut.incrementAndGet(), payload);
  }

  private String once(
      Actor actor, RequestKey key, Operation operation, Supplier<String> work, String... payload) {
    return keys.once(
        actor, key, operation, List.of((Object[]) payload), text -> text, text -> text, work);
  }

  @Test
  void theSameKeyAndPayloadReturnTheFirstResult() {
    assertThat(assign(ann, KEY, "acme", "cloud")).isEqualTo("r1");
    assertThat(assign(ann, KEY, "acme", "cloud")).isEqualTo("r1");
    assertThat(carriedOut).hasValue(1);
  }

  @Test
  void theSameKeyWithAnotherPayloadOrOperationIsRefused() {
    assign(ann, KEY, "acme", "cloud");

    assertRefused(Reason.REQUEST_KEY_REUSED, () -> assign(ann, KEY, "acme", "security"));
    assertRefused(Reason.REQUEST_KEY_REUSED, () -> assign(ann, KEY, "acmec", "loud"));
    assertRefused(
        Reason.REQUEST_KEY_REUSED,
        () -> once(ann, KEY, Operation.GRANT_QUOTA, () -> "other", "acme", "cloud"));
    assertThat(carriedOut).hasValue(1);
  }

  @Test
  void withoutAKeyEachCommandIsCarriedOut() {
    keys.once(ann, null, Operation.ASSIGN_CODE, List.of(), text -> text, text -> text, () -> "a");
    assertThat(
            keys.once(
                ann, null, Operation.ASSIGN_CODE, List.of(), text -> text, text -> text, () -> "b"))
        .isEqualTo("b");
  }

  @Test
  void actorsDoNotShareKeys() {
    assertThat(assign(ann, KEY, "x")).isEqualTo("r1");
    assertThat(assign(Actor.account("ben"), KEY, "x")).isEqualTo("r2");
    assertThat(assign(Actor.operator("ann"), KEY, "x")).isEqualTo("r3");
  }

  @Test
  void aRefusedCommandLeavesTheKeyUnused() {
    assertRefused(
        Reason.OUT_OF_STOCK,
        () ->
            once(
                ann,
                KEY,
                Operation.ASSIGN_CODE,
                () -> {
                  throw new Refusal(Reason.OUT_OF_STOCK, "none");
                },
                "x"));

    assertThat(assign(ann, KEY, "y")).isEqualTo("r1");
  }

  @Test
  void twoSendersAtATimeCarryItOutOnce() throws Exception {
    for (int i = 0; i < 20; i++) {
      RequestKey key = RequestKey.of("round" + i);
      Runnable send = () -> assign(ann, key, "x");
      assertThat(Together.run(send, send, send))
          .extracting(Together.Outcome::name)
          .containsOnly("DONE");
      assertThat(carriedOut).hasValue(i + 1);
    }
  }

  @Test
  void aKeyThatWasForgottenMayBeUsedAnew() {
    assign(ann, KEY, "x");
    Instant then = clock.instant();
    clock.advance(Duration.ofDays(1));

    assertThat(keys.forget(then)).as("used at that instant, not before it").isZero();
    assertThat(keys.forget(clock.instant())).isEqualTo(1);
    assertThat(assign(ann, KEY, "y")).isEqualTo("r2");
  }

  @Test
  void refusesKeysThatAreBlankOrTooLong() {
    assertRefused(Reason.INVALID_INPUT, () -> RequestKey.of(" "));
    assertRefused(Reason.INVALID_INPUT, () -> RequestKey.of("x".repeat(201)));
    assertThat(RequestKey.random()).isNotEqualTo(RequestKey.random());
  }
}
