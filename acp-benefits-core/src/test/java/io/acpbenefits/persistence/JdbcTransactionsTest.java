package io.acpbenefits.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.acpbenefits.TestDatabase;
import io.acpbenefits.common.BenefitsException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JdbcTransactionsTest {

  private final DataSource database = TestDatabase.empty();
  private final JdbcTransactions transactions = new JdbcTransactions(database);
  private final ExecutorService otherThread = Executors.newSingleThreadExecutor();

  @BeforeEach
  void createTable() throws SQLException {
    try (Connection connection = database.getConnection()) {
      execute(connection, "CREATE TABLE t (x INTEGER)");
    }
  }

  @AfterEach
  void endThread() {
    otherThread.shutdownNow();
  }

  private static Boolean execute(Connection connection, String sql) {
    try (Statement statement = connection.createStatement()) {
      return statement.execute(sql);
    } catch (SQLException e) {
      throw new AssertionError(sql, e);
    }
  }

  private int rows() throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement();
        var count = statement.executeQuery("SELECT COUNT(*) FROM t")) {
      count.next();
      return count.getInt(1);
    }
  }

  @Test
  void commitsWhenTheWorkReturns() throws SQLException {
    transactions.required(c -> execute(c, "INSERT INTO t VALUES (1)"));
    assertThat(rows()).isOne();
  }

  @Test
  void nestedWorkJoinsOnTheSameConnectionAndCommitsWithTheOuter() throws SQLException {
    transactions.required(
        outer -> {
          transactions.required(
              inner -> {
                assertThat(inner).isSameAs(outer);
                return execute(inner, "INSERT INTO t VALUES (1)");
              });
          assertThat(rowsUnchecked()).as("seen from outside").isZero();
          return true;
        });
    assertThat(rows()).isOne();
  }

  private int rowsUnchecked() {
    try {
      return rows();
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void anOuterFailureUndoesTheNestedWorkToo() throws SQLException {
    assertThatThrownBy(
            () ->
                transactions.required(
                    outer -> {
                      transactions.required(c -> execute(c, "INSERT INTO t VALUES (1)"));
                      throw new IllegalStateException("outer");
                    }))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("outer");
    assertThat(rows()).isZero();
  }

  @Test
  void rollsBackOnErrorsAsWell() throws SQLException {
    assertThatThrownBy(
            () ->
                transactions.required(
                    c -> {
                      execute(c, "INSERT INTO t VALUES (1)");
                      throw new StackOverflowError();
                    }))
        .isInstanceOf(StackOverflowError.class);
    assertThatThrownBy(
            () ->
                transactions.required(
                    c -> {
                      execute(c, "INSERT INTO t VALUES (1)");
                      throw new UncheckedIOException(new IOException("port"));
                    }))
        .isInstanceOf(UncheckedIOException.class);
    assertThat(rows()).isZero();
  }

  @Test
  void theNextWorkAfterAFailureIsATransactionOfItsOwn() throws SQLException {
    assertThatThrownBy(
            () ->
                transactions.required(
                    c -> {
                      throw new IllegalStateException();
                    }))
        .isInstanceOf(IllegalStateException.class);
    transactions.required(c -> execute(c, "INSERT INTO t VALUES (1)"));
    assertThat(rows()).isOne();
  }

  @Test
  void givesConnectionsBackAsItGotThem() throws SQLException {
    try (Connection only = DriverManager.getConnection("jdbc:h2:mem:", "sa", "")) {
      only.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
      JdbcTransactions onOne = new JdbcTransactions(Unclosing.of(only));
      onOne.required(
          c -> {
            assertReadCommittedWithoutAutoCommit(c);
            return true;
          });
      assertThat(only.getAutoCommit()).isTrue();
      assertThat(only.getTransactionIsolation()).isEqualTo(Connection.TRANSACTION_SERIALIZABLE);

      assertThatThrownBy(
              () ->
                  onOne.required(
                      c -> {
                        throw new IllegalStateException();
                      }))
          .isInstanceOf(IllegalStateException.class);
      assertThat(only.getAutoCommit()).isTrue();
    }
  }

  private static void assertReadCommittedWithoutAutoCommit(Connection connection) {
    try {
      assertThat(connection.getAutoCommit()).isFalse();
      assertThat(connection.getTransactionIsolation())
          .isEqualTo(Connection.TRANSACTION_READ_COMMITTED);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void anotherThreadDoesNotJoin() throws Exception {
    transactions.required(
        mine -> {
          try {
            return otherThread
                .submit(
                    () ->
                        transactions.required(
                            theirs -> {
                              assertThat(theirs).isNotSameAs(mine);
                              return true;
                            }))
                .get(10, TimeUnit.SECONDS);
          } catch (Exception e) {
            throw new AssertionError(e);
          }
        });
  }

  @Test
  void saysThatADatabaseCannotBeReached() {
    JdbcDataSource gone = new JdbcDataSource();
    gone.setURL("jdbc:h2:tcp://localhost:1/none");
    assertThatThrownBy(() -> new JdbcTransactions(gone).required(c -> true))
        .isInstanceOf(BenefitsException.class)
        .hasMessageContaining("could not be run");
  }
}
