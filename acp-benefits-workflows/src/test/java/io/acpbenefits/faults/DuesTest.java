package io.acpbenefits.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.acpbenefits.OnlyOn;
import io.acpbenefits.TestDatabase;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Whoever checks a database must not look while a node is at something, or will be in a moment. */
@OnlyOn(
    value = TestDatabase.Kind.H2,
    because = "These tests have a server of their own; once is enough.")
class DuesTest {

  private static final String IN_AN_HOUR = in(Duration.ofHours(1));

  private static final String JOB =
      """
      INSERT INTO act_ru_job (id_, rev_, type_, retries_, suspension_state_, duedate_)
      VALUES ('x', 1, 'timer', 6, 1, %s)""";

  private static final String FAILED_STEP =
      """
      INSERT INTO act_ru_ext_task (id_, rev_, suspension_state_, execution_id_, error_msg_,
        lock_exp_time_, priority_)
      VALUES ('x', 1, 1, 'e', 'no answer', %s, 0)"""
          .formatted(IN_AN_HOUR);

  private static final String GIVE_BACK =
      """
      INSERT INTO acp_hand_out (application_id, answer_by, give_back_at, owed_since, attempts)
      VALUES ('x', %1$s, %1$s, %1$s, 1)"""
          .formatted(IN_AN_HOUR);

  private static final String PULLED =
      """
      INSERT INTO acp_pull (feed_name, state, position, lines_taken, stored, corrected, invalidated,
        repeated, held, set_aside, next_attempt_at, failures)
      VALUES ('x', 'IDLE', '1', 0, 0, 0, 0, 0, 0, 0, %s, 0)"""
          .formatted(IN_AN_HOUR);

  private static final String RESULT =
      "INSERT INTO result_there VALUES (1, 'exam', 'c', 'r', current_timestamp, 'PASS')";

  @Test
  void whatComesInAnHourIsNotAwaited() throws SQLException {
    Dues dues = after(JOB.formatted(IN_AN_HOUR), FAILED_STEP, GIVE_BACK, PULLED, RESULT);

    assertThat(dues.soon()).isEmpty();
  }

  @Test
  void whatComesInAMomentIsAwaited() throws SQLException {
    Dues dues = after(JOB.formatted(in(Duration.ofSeconds(2))));

    assertThat(dues.now()).isEmpty();
    assertThat(dues.soon()).containsExactly("job x");
  }

  /** It has a lock then that lapses later, as one has that waits for its next try. */
  @Test
  void aStepThatHasFailedBeforeIsAwaitedWhileItIsInHand() throws SQLException {
    Dues dues =
        after(
            FAILED_STEP,
            """
            INSERT INTO act_ru_variable (id_, rev_, type_, name_, execution_id_)
            VALUES ('v', 1, 'integer', 'getCodesTriesLeft', 'e')""");

    assertThat(dues.soon()).containsExactly("external task x");
  }

  @Test
  void aGiveBackIsAwaitedWhileItIsInHand() throws SQLException {
    Dues dues = after(GIVE_BACK, "UPDATE acp_hand_out SET claim = 'c'");

    assertThat(dues.soon()).containsExactly("give-back x");
  }

  @Test
  void aPullIsAwaitedWhileItIsInHand() throws SQLException {
    Dues dues =
        after(
            PULLED,
            "UPDATE acp_pull SET state = 'PULLING', claim = 'c', claimed_until = " + IN_AN_HOUR);

    assertThat(dues.soon()).containsExactly("pull x");
  }

  @Test
  void resultsAreAwaitedUntilTheyArePulled() throws SQLException {
    assertThat(after(RESULT).soon()).containsExactly("result 1");
    assertThat(after(RESULT, PULLED).soon()).isEmpty();
  }

  /** As nodes write it, in the zone of their JVM. */
  private static String in(Duration time) {
    return "TIMESTAMP '%s'".formatted(Timestamp.from(Instant.now().plus(time)));
  }

  private static Dues after(String... statements) throws SQLException {
    String url = Ground.shared().server.fresh();
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.execute("SET session_replication_role = replica");
      for (String each : statements) {
        statement.execute(each);
      }
    }
    return new Dues(url, Clock.systemUTC());
  }
}
