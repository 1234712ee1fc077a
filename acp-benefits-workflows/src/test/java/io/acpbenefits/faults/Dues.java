package io.acpbenefits.faults;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What nodes have still to do by themselves, as the rows say. Rows of threads that wait on it. */
final class Dues {

  private static final String DUE =
      """
      SELECT 'job ' || id_ FROM act_ru_job
      WHERE suspension_state_ = 1 AND retries_ > 0 AND (duedate_ IS NULL OR duedate_ <= ?)
      UNION ALL SELECT 'external task ' || id_ FROM act_ru_ext_task
      WHERE suspension_state_ = 1 AND (retries_ IS NULL OR retries_ > 0)
        AND (error_msg_ IS NULL OR lock_exp_time_ <= ?)
      UNION ALL SELECT 'notice ' || notice_id FROM acp_notice
      WHERE next_attempt_at <= ? OR state = 'SENDING'
      UNION ALL SELECT 'booking ' || request_id FROM acp_exam_booking_request
      WHERE next_attempt_at <= ? OR state = 'ASKING'
      UNION ALL SELECT 'give-back ' || application_id FROM acp_hand_out WHERE give_back_at <= ?
      UNION ALL SELECT 'pull ' || feed_name FROM acp_pull
      WHERE state = 'PULLING' AND claimed_until <= ?""";

  private static final int INSTANTS = 6;

  /** What a node is at, also where its row looks as if it waited, and results nobody has pulled. */
  private static final String UNDER_WAY =
      """

      UNION ALL SELECT 'external task ' || t.id_ FROM act_ru_ext_task t
      JOIN act_ru_variable v ON v.execution_id_ = t.execution_id_
      WHERE t.suspension_state_ = 1 AND v.name_ = 'getCodesTriesLeft'
      UNION ALL SELECT 'give-back ' || application_id FROM acp_hand_out WHERE claim IS NOT NULL
      UNION ALL SELECT 'pull ' || feed_name FROM acp_pull WHERE state = 'PULLING'
      UNION ALL SELECT 'result ' || number FROM result_there
      WHERE number > coalesce((SELECT max(position::bigint) FROM acp_pull), 0)""";

  /** What becomes due so soon would happen while somebody looks whether all is in order. */
  private static final Duration SOON = Duration.ofSeconds(5);

  private static final String FAILING =
      "SELECT count(*) FROM act_ru_job WHERE retries_ > 0 AND exception_stack_id_ IS NOT NULL";

  private final String url;
  private final Clock clock;
  private @Nullable Connection connection;

  Dues(String url, Clock clock) {
    this.url = url;
    this.clock = clock;
  }

  static boolean isOfPort(String id) {
    return !id.startsWith("job");
  }

  /** The ids of all that is due. */
  Set<String> now() {
    return read(DUE, clock.instant());
  }

  /** The ids of all that is due, will be in a moment, or is under way. */
  Set<String> soon() {
    return read(DUE + UNDER_WAY, clock.instant().plus(SOON));
  }

  private synchronized Set<String> read(String query, Instant by) {
    try {
      try (PreparedStatement select = connected().prepareStatement(query)) {
        for (int i = 1; i <= INSTANTS; i++) {
          select.setTimestamp(i, Timestamp.from(by));
        }
        Set<String> found = new HashSet<>();
        try (ResultSet rows = select.executeQuery()) {
          while (rows.next()) {
            found.add(Objects.requireNonNull(rows.getString(1)));
          }
        }
        return found;
      }
    } catch (SQLException e) {
      throw new IllegalStateException("What is due could not be read", e);
    }
  }

  /** How many jobs have failed, or died with their node, and wait for their next try. */
  synchronized int failing() {
    try {
      Connection open = connected();
      return Integer.parseInt(Checker.rows(open, FAILING).get(0));
    } catch (SQLException e) {
      throw new IllegalStateException("What fails could not be read", e);
    }
  }

  private Connection connected() throws SQLException {
    if (connection == null || !connection.isValid(1)) {
      connection = DriverManager.getConnection(url);
    }
    return connection;
  }

  /** Whether there was a moment in which nothing was due, nor will be in the next one. */
  boolean awaitNone(Duration atMost) {
    Instant late = Instant.now().plus(atMost);
    while (!soon().isEmpty()) {
      if (Instant.now().isAfter(late)) {
        return false;
      }
      Node.pause();
    }
    return true;
  }
}
