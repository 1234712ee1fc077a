package io.acpbenefits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.acpbenefits.common.Actor;
import io.acpbenefits.examrecord.ExamRecordSource;
import io.acpbenefits.examrecord.FeedName;
import io.acpbenefits.examrecord.PullPolicy;
import io.acpbenefits.notification.Notice;
import io.acpbenefits.persistence.Transactions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * No port that may go over a network is asked while a transaction runs on the thread, and whoever
 * would have it so is refused before anything is asked.
 */
class PortsOutsideTransactionsTest {

  private final List<String> asked = new ArrayList<>();
  private final CoreFixture it = new CoreFixture(this::watched);

  private AcpBenefitsBuilder watched(AcpBenefitsBuilder builder) {
    Transactions transactions = builder.transactions();
    return builder
        .transactions(transactions)
        .notifier(notice -> ask("Notifier.send", transactions))
        .examRecords(
            FeedName.of("pearson"),
            (cursor, atMost) -> {
              ask("ExamRecordSource.next", transactions);
              return new ExamRecordSource.Batch(List.of(), null);
            },
            PullPolicy.DEFAULT);
  }

  private void ask(String what, Transactions transactions) {
    assertThat(transactions.active()).as("a transaction while %s is asked", what).isFalse();
    asked.add(what);
  }

  private void refused(Runnable call) {
    assertThatThrownBy(
            () ->
                it.benefits.inTransaction(
                    () -> {
                      call.run();
                      return true;
                    }))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("must not run inside a transaction");
    assertThat(asked).isEmpty();
  }

  @Test
  void theNotifier() {
    it.benefits.notices().queue(Actor.system(), new Notice(Notice.Kind.CHECK_IDS, "b-1", "k-1"));
    refused(() -> it.benefits.notices().deliver(Actor.system()));
    refused(it.benefits::runPortCalls);

    it.benefits.notices().deliver(Actor.system());

    assertThat(asked).containsExactly("Notifier.send");
  }

  @Test
  void theSourceOfExamRecords() {
    var pulls = it.benefits.examRecordPulls().orElseThrow();
    refused(() -> pulls.pull(it.operator));
    refused(() -> pulls.pullIfDue(it.operator));
    refused(it.benefits::runPortCalls);

    it.benefits.runPortCalls();
    pulls.pull(it.operator);

    assertThat(asked).containsExactly("ExamRecordSource.next", "ExamRecordSource.next");
  }
}
