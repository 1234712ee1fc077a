package io.acpbenefits.certificate;

import static org.assertj.core.api.Assertions.assertThat;

import io.acpbenefits.AllPages;
import io.acpbenefits.CoreFixture;
import io.acpbenefits.Together;
import io.acpbenefits.Together.Outcome;
import io.acpbenefits.common.AccountId;
import io.acpbenefits.common.Actor;
import io.acpbenefits.examrecord.ExamOutcome;
import io.acpbenefits.registration.IdPair;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Bindings and records that pass each other, in real transactions. */
class BindingsAtOnceTest {

  private static final int ROUNDS = 25;

  private final CoreFixture it = new CoreFixture();
  private final CertificateBindings bindings = it.benefits.bindings();

  private BindingState onlyState(AccountId account) {
    List<CertificateBinding> all =
        AllPages.of(page -> bindings.ofAccount(Actor.system(), account, page));
    assertThat(all).hasSize(1);
    return all.get(0).state();
  }

  @Test
  void aRecordAndABindingThatComeAtOnceAlwaysMeet() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      IdPair ids = new IdPair("C-" + round, "R");
      Actor.Account account = new Actor.Account(AccountId.of("account-" + round));

      assertThat(
              Together.run(
                  () -> it.record(ids, ExamOutcome.PASS),
                  () -> bindings.submit(account, it.cloud, ids)))
          .containsOnly(new Outcome("DONE"));

      assertThat(onlyState(account.id())).isEqualTo(BindingState.BOUND);
    }
  }

  @Test
  void aRecordAndAResubmissionThatComeAtOnceAlwaysMeet() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      IdPair mistyped = new IdPair("X-" + round, "R");
      IdPair ids = new IdPair("C-" + round, "R");
      Actor.Account account = new Actor.Account(AccountId.of("account-" + round));
      bindings.submit(account, it.cloud, mistyped);

      assertThat(
              Together.run(
                  () -> it.record(ids, ExamOutcome.PASS),
                  () -> bindings.submit(account, it.cloud, ids)))
          .containsOnly(new Outcome("DONE"));

      assertThat(onlyState(account.id())).isEqualTo(BindingState.BOUND);
    }
  }

  @Test
  void twoAccountsThatBindOneCertificateAtOnceNeverBothGetIt() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      IdPair ids = new IdPair("C-" + round, "R");
      Actor.Account one = new Actor.Account(AccountId.of("one-" + round));
      Actor.Account other = new Actor.Account(AccountId.of("other-" + round));
      it.record(ids, ExamOutcome.PASS);

      assertThat(
              Together.run(
                  () -> bindings.submit(one, it.cloud, ids),
                  () -> bindings.submit(other, it.cloud, ids)))
          .extracting(Outcome::name)
          .containsExactlyInAnyOrder("DONE", "ALREADY_BOUND");
    }
  }

  /** The mistyped pair's record waits for the account while its owner binds by the right pair. */
  @Test
  void aBindingThatWasBoundMeanwhileIsNotBoundAgain() throws Exception {
    IdPair mistyped = new IdPair("C-1", "R");
    IdPair right = new IdPair("C-2", "R");
    Actor.Account ann = new Actor.Account(it.ann);
    it.record(right, ExamOutcome.PASS);
    CertificateBinding binding = bindings.submit(ann, it.cloud, mistyped);
    ExecutorService feed = Executors.newSingleThreadExecutor();
    try {
      Future<?> arriving =
          it.benefits.inTransaction(
              () -> {
                it.benefits.accounts().lock(Actor.system(), it.ann);
                Future<?> started = feed.submit(() -> it.record(mistyped, ExamOutcome.PASS));
                it.awaitABlockedTransaction();
                bindings.submit(ann, it.cloud, right);
                return started;
              });
      arriving.get(30, TimeUnit.SECONDS);
    } finally {
      feed.shutdownNow();
    }

    assertThat(bindings.get(Actor.system(), binding.bindingId()).ids()).isEqualTo(right);
    assertThat(it.benefits.certificates().ofAccount(Actor.system(), it.ann))
        .singleElement()
        .extracting(Certificate::certificateId)
        .isEqualTo(bindings.get(Actor.system(), binding.bindingId()).certificateId());
  }
}
