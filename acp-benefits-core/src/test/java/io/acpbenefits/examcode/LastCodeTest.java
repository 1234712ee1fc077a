package io.acpbenefits.examcode;

import static io.acpbenefits.CoreFixture.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.acpbenefits.CoreFixture;
import io.acpbenefits.common.Reason;
import io.acpbenefits.common.Refusal;
import io.acpbenefits.exam.ExamLevel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two want the last code, and the first has not made up its mind. */
class LastCodeTest {

  private final CoreFixture it = new CoreFixture();
  private final ExecutorService other = Executors.newSingleThreadExecutor();

  @BeforeEach
  void oneCodeAndTwoMembers() {
    it.quota(ExamLevel.ACP, 1);
    it.codes("ACP0000001");
    it.member(it.ann);
    it.member(it.ben);
  }

  @AfterEach
  void stop() {
    other.shutdownNow();
  }

  /** Ben asks while the code is ann's in a transaction that has not ended. */
  private Future<ExamCode> askedMeanwhile() {
    it.assigned(it.ann);
    Future<ExamCode> asked = other.submit(() -> it.assigned(it.ben));
    it.awaitABlockedTransaction();
    return asked;
  }

  @Test
  void whatIsTakenBackIsStillThereForTheOther() throws Exception {
    List<Future<ExamCode>> asked = new ArrayList<>();
    assertRefused(
        Reason.INVALID_INPUT,
        () ->
            it.benefits.inTransaction(
                () -> {
                  asked.add(askedMeanwhile());
                  throw new Refusal(Reason.INVALID_INPUT, "On second thoughts.");
                }));

    assertThat(asked.get(0).get(30, TimeUnit.SECONDS).holder()).isEqualTo(it.ben);
  }

  @Test
  void whatIsTakenIsRefusedToTheOtherOnceThatIsCertain() throws Exception {
    Future<ExamCode> asked = it.benefits.inTransaction(this::askedMeanwhile);

    assertRefused(
        Reason.NO_CODE_AVAILABLE,
        () -> {
          try {
            asked.get(30, TimeUnit.SECONDS);
          } catch (ExecutionException refused) {
            throw refused.getCause();
          }
        });
  }
}
