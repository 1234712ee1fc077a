package io.acpbenefits.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.acpbenefits.AcpBenefits;
import io.acpbenefits.TestDatabase;
import io.acpbenefits.common.BenefitsException;
import io.acpbenefits.secret.KeyRing;
import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.apache.ibatis.exceptions.PersistenceException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is begun anew, how often, and after which pauses. */
class RetriesTest {

  private static final RetryPolicy FIVE =
      new RetryPolicy(5, Duration.ofMillis(10), Duration.ofMillis(30));

  private final List<Duration> pauses = new ArrayList<>();
  private final Retries retries =
      new Retries(FIVE, ArithmeticException.class::isInstance, pauses::add);
  private final AtomicInteger attempts = new AtomicInteger();

  private static RuntimeException sql(String state) {
    return new PersistenceException(new SQLException("met another one", state));
  }

  private String failing(int times, RuntimeException failure) {
    return retries.run(
        () -> {
          if (attempts.incrementAndGet() <= times) {
            throw failure;
          }
          return "done";
        });
  }

  static Stream<RuntimeException> overtaken() {
    BatchUpdateException batch = new BatchUpdateException("in a batch", "HY000", new int[0]);
    batch.setNextException(new SQLException("deadlock", "40P01"));
    return Stream.of(
        sql("40001"),
        sql("40P01"),
        sql("90131"),
        new BenefitsException("wrapped", sql("40001")),
        new PersistenceException(batch),
        new ArithmeticException("overtaken in the engine"));
  }

  @ParameterizedTest
  @MethodSource("overtaken")
  void whatMetAnotherTransactionIsBegunAnew(RuntimeException failure) {
    assertThat(failing(2, failure)).isEqualTo("done");
    assertThat(attempts).hasValue(3);
    assertThat(retries.counts()).isEqualTo(new RetryCounts(2, 0));
  }

  @ParameterizedTest
  @ValueSource(strings = {"08006", "23505", "57014", "25P02"})
  void whatFailedOtherwiseIsNot(String state) {
    RuntimeException failure = sql(state);
    assertThatThrownBy(() -> failing(1, failure)).isSameAs(failure);
    assertThat(attempts).hasValue(1);
    assertThat(pauses).isEmpty();
    assertThat(retries.counts()).isEqualTo(RetryCounts.NONE);
  }

  @Test
  void thePausesDoubleUpToTheLongestEachCutByChance() {
    RuntimeException failure = sql("40001");
    assertThatThrownBy(() -> failing(9, failure)).isSameAs(failure);
    assertThat(attempts).hasValue(5);
    assertThat(retries.counts()).isEqualTo(new RetryCounts(4, 1));
    long[] longest = {10, 20, 30, 30};
    assertThat(pauses).hasSize(longest.length);
    for (int i = 0; i < longest.length; i++) {
      assertThat(pauses.get(i))
          .isBetween(Duration.ofMillis(longest[i] / 2), Duration.ofMillis(longest[i]));
    }
  }

  @Test
  void anInterruptedPauseEndsTheAttempts() {
    Retries interrupted =
        new Retries(
            FIVE,
            failure -> false,
            duration -> {
              throw new InterruptedException();
            });
    RuntimeException failure = sql("40001");
    Throwable thrown =
        catchThrowable(
            () ->
                interrupted.run(
                    () -> {
                      throw failure;
                    }));
    assertThat(thrown).isSameAs(failure);
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void thePolicyRefusesWhatMakesNoSense() {
    Duration pause = Duration.ofMillis(1);
    assertThatIllegalArgumentException().isThrownBy(() -> new RetryPolicy(0, pause, pause));
    assertThatIllegalArgumentException().isThrownBy(() -> new RetryPolicy(101, pause, pause));
    assertThatIllegalArgumentException().isThrownBy(() -> new RetryPolicy(1, Duration.ZERO, pause));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RetryPolicy(1, pause.multipliedBy(2), pause))
        .withMessageContaining("PT0.002S to PT0.001S");
  }

  /** Two transactions take two rows in opposite orders: the database ends one of them. */
  @Test
  void aRealDeadlockIsSurvivedAndCounted() throws Exception {
    DataSource database = TestDatabase.empty();
    try (AcpBenefits benefits =
        AcpBenefits.on(database).keys(KeyRing.ephemeral()).retries(RetryPolicy.DEFAULT).build()) {
      benefits.withConnection(
          connection ->
              execute(
                  connection,
                  "CREATE TABLE pair (name VARCHAR(1) PRIMARY KEY, hits INTEGER NOT NULL)",
                  "INSERT INTO pair VALUES ('a', 0), ('b', 0)"));
      CyclicBarrier bothHaveOne = new CyclicBarrier(2);
      Thread other = new Thread(() -> hit(benefits, bothHaveOne, "b", "a"));
      other.start();
      hit(benefits, bothHaveOne, "a", "b");
      other.join();

      assertThat(benefits.retries().repeated()).isPositive();
      assertThat(benefits.retries().exhausted()).isZero();
      try (Connection connection = database.getConnection();
          var rows = connection.createStatement().executeQuery("SELECT SUM(hits) FROM pair")) {
        rows.next();
        assertThat(rows.getInt(1)).isEqualTo(4);
      }
    }
  }

  private static void hit(
      AcpBenefits benefits, CyclicBarrier bothHaveOne, String first, String second) {
    AtomicInteger attempt = new AtomicInteger();
    benefits.withConnection(
        connection -> {
          execute(connection, "UPDATE pair SET hits = hits + 1 WHERE name = '" + first + "'");
          if (attempt.getAndIncrement() == 0) {
            await(bothHaveOne);
          }
          return execute(
              connection, "UPDATE pair SET hits = hits + 1 WHERE name = '" + second + "'");
        });
  }

  private static void await(CyclicBarrier barrier) {
    try {
      barrier.await();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static boolean execute(Connection connection, String... statements) {
    try (Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
      return true;
    } catch (SQLException e) {
      throw new PersistenceException(e);
    }
  }
}
