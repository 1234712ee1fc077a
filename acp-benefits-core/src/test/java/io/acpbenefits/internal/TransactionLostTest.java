package io.acpbenefits.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.acpbenefits.CoreFixture;
import io.acpbenefits.OnlyOn;
import io.acpbenefits.TestDatabase.Kind;
import io.acpbenefits.Together;
import io.acpbenefits.Together.Outcome;
import io.acpbenefits.common.AccountId;
import io.acpbenefits.common.Actor;
import io.acpbenefits.partner.Partner;
import io.acpbenefits.partner.PartnerId;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.ibatis.exceptions.PersistenceException;
import org.junit.jupiter.api.Test;

@OnlyOn(
    value = Kind.MARIADB,
    because = "PostgreSQL refuses all but a rollback then, and H2 may wait until the time is up")
class TransactionLostTest {

  private final CoreFixture it = new CoreFixture();
  private final CyclicBarrier bothHaveOne = new CyclicBarrier(2);
  private final AtomicInteger caught = new AtomicInteger();

  /** The database would commit what comes behind the deadlock without what came before it. */
  @Test
  void aDeadlockThatAHostCatchesLeavesNoHalfBehind() throws Exception {
    assertThat(
            Together.run(
                () -> oneThenOther("x", it.ann, it.ben), () -> oneThenOther("y", it.ben, it.ann)))
        .containsOnly(new Outcome("DONE"));

    assertThat(caught).as("deadlocks that were caught").hasPositiveValue();
    for (String partner : List.of("before-x", "behind-x", "before-y", "behind-y")) {
      assertThat(it.benefits.partners().get(Actor.system(), PartnerId.of(partner)))
          .extracting(Partner::name)
          .isEqualTo(partner);
    }
  }

  private void oneThenOther(String name, AccountId one, AccountId other) {
    AtomicInteger attempt = new AtomicInteger();
    it.benefits.inTransaction(
        () -> {
          register("before-" + name);
          it.benefits.accounts().lock(Actor.system(), one);
          if (attempt.getAndIncrement() == 0) {
            await();
          }
          try {
            it.benefits.accounts().lock(Actor.system(), other);
          } catch (PersistenceException deadlock) {
            caught.incrementAndGet();
          }
          register("behind-" + name);
          return name;
        });
  }

  private void register(String name) {
    it.benefits.partners().register(Actor.system(), PartnerId.of(name), name, "gold");
  }

  private void await() {
    try {
      bothHaveOne.await();
    } catch (InterruptedException | BrokenBarrierException e) {
      throw new IllegalStateException(e);
    }
  }
}
