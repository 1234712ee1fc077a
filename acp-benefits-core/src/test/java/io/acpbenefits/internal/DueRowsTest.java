package io.acpbenefits.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.acpbenefits.SettableClock;
import io.acpbenefits.TestDatabase;
import io.acpbenefits.common.BenefitsException;
import io.acpbenefits.partner.PartnerId;
import io.acpbenefits.persistence.Dialect;
import io.acpbenefits.persistence.JdbcTransactions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

class DueRowsTest {

  private final DataSource database = TestDatabase.fresh();
  private final Domain domain =
      new Domain(
          new JdbcTransactions(database),
          Dialect.of(database),
          new SettableClock(Instant.parse("2026-03-01T09:00:00Z")));
  private final TreeSet<String> due = new TreeSet<>();
  private final List<Integer> batches = new ArrayList<>();

  private List<PartnerId> behind(String last, int size) {
    List<PartnerId> batch =
        due.tailSet(last, false).stream().limit(size).map(PartnerId::of).toList();
    batches.add(batch.size());
    return batch;
  }

  private boolean settle(PartnerId id) {
    if (id.value().startsWith("bad")) {
      throw new IllegalStateException(id.value());
    }
    return due.remove(id.value());
  }

  private void add(String kind, int number) {
    for (int i = 100; i < 100 + number; i++) {
      due.add(kind + i);
    }
  }

  @Test
  void readsNoMoreThanABatchAtATime() {
    add("row", 1200);
    assertThat(DueRows.settle(domain, this::behind, this::settle)).isEqualTo(1200);
    assertThat(batches).containsExactly(500, 500, 200);
    assertThat(DueRows.settle(domain, this::behind, this::settle)).isZero();
  }

  @Test
  void asksOnceMoreAfterAFullBatch() {
    add("row", 4);
    assertThat(DueRows.settle(domain, 2, this::behind, this::settle)).isEqualTo(4);
    assertThat(batches).containsExactly(2, 2, 0);
  }

  @Test
  void countsOnlyWhatItWrote() {
    add("row", 3);
    assertThat(DueRows.settle(domain, this::behind, id -> id.value().equals("row101"))).isOne();
  }

  @Test
  void passesByWhatFailsAndThrowsTheFirstFailureWithSomeOfTheOthers() {
    add("bad", 30);
    add("row", 5);

    assertThatThrownBy(() -> DueRows.settle(domain, 10, this::behind, this::settle))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("bad100")
        .satisfies(
            thrown ->
                assertThat(thrown.getSuppressed())
                    .hasSize(9)
                    .extracting(Throwable::getMessage)
                    .startsWith("bad101", "bad102"));

    assertThat(due).hasSize(30).allMatch(id -> id.startsWith("bad"));
    assertThat(batches).containsExactly(10, 10, 10, 5);
  }

  @Test
  void oneFailureThatIsThrownForSeveralRowsIsNotItsOwnSuppressed() {
    add("row", 2);
    IllegalStateException always = new IllegalStateException("always");
    assertThatThrownBy(
            () ->
                DueRows.settle(
                    domain,
                    this::behind,
                    id -> {
                      throw always;
                    }))
        .isSameAs(always)
        .hasNoSuppressedExceptions();
  }

  @Test
  void whyAnUndoneTransactionFailedIsToldEvenIfTheSavepointIsGone() {
    IllegalStateException deadlock = new IllegalStateException("deadlock");
    assertThatThrownBy(
            () ->
                domain.allOrNothing(
                    () -> {
                      domain.withConnection(DueRowsTest::endTransaction);
                      throw deadlock;
                    }))
        .isInstanceOf(BenefitsException.class)
        .hasCause(deadlock);
  }

  private boolean settleOrLose(PartnerId id) {
    if (id.value().equals("row101")) {
      domain.withConnection(DueRowsTest::endTransaction);
      throw new IllegalStateException("deadlock");
    }
    return settle(id);
  }

  @Test
  void inATransactionOfTheHostThatIsLostItDoesNotGoOn() {
    add("row", 4);
    assertThatThrownBy(
            () ->
                domain.inTransaction(
                    () -> DueRows.settle(domain, this::behind, this::settleOrLose)))
        .isInstanceOf(TransactionLost.class)
        .hasRootCauseMessage("deadlock");
    assertThat(due).containsExactly("row101", "row102", "row103");
  }

  @Test
  void inTransactionsOfItsOwnItPassesByOnlyTheRowThatWasLost() {
    add("row", 4);
    assertThatThrownBy(() -> DueRows.settle(domain, this::behind, this::settleOrLose))
        .isInstanceOf(TransactionLost.class);
    assertThat(due).containsExactly("row101");
  }

  @Test
  void whatWasLostIsNotCommittedEvenIfSomebodyCatchesIt() {
    assertThatThrownBy(
            () ->
                domain.inTransaction(
                    () -> {
                      try {
                        return domain.allOrNothing(() -> settleOrLose(PartnerId.of("row101")));
                      } catch (BenefitsException caught) {
                        return false;
                      }
                    }))
        .isInstanceOf(TransactionLost.class)
        .hasMessageContaining("let it pass")
        .hasRootCauseMessage("deadlock");
    assertThat(domain.inTransaction(() -> true)).as("the next one").isTrue();
  }

  /** As a database does that resolves a deadlock. */
  private static boolean endTransaction(Connection connection) {
    try (Statement statement = connection.createStatement()) {
      statement.execute("ROLLBACK");
      return true;
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }
}
