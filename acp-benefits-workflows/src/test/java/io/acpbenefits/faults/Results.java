package io.acpbenefits.faults;

import io.acpbenefits.exam.ExamId;
import io.acpbenefits.examrecord.ExamOutcome;
import io.acpbenefits.examrecord.ExamRecordFeed.FeedLine;
import io.acpbenefits.examrecord.ExamRecordLine;
import io.acpbenefits.examrecord.ExamRecordSource;
import io.acpbenefits.registration.IdPair;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where a host's exam results come from: a table that only this source knows, in the order in which
 * they became known.
 *
 * @param url of the database in which the table is
 */
record Results(String url) implements ExamRecordSource {

  /** The table, for an empty database. */
  static final String TABLE =
      """
      CREATE TABLE result_there (number bigint PRIMARY KEY, exam text NOT NULL,
        candidate text NOT NULL, registration text NOT NULL, taken timestamptz NOT NULL,
        outcome text NOT NULL, UNIQUE (exam, candidate, registration))""";

  /** Adds a result, unless it is there. */
  void add(ExamRecordLine line) {
    try (Connection connection = DriverManager.getConnection(url)) {
      connection.setAutoCommit(false);
      try (Statement lock = connection.createStatement();
          PreparedStatement insert =
              connection.prepareStatement(
                  """
                  INSERT INTO result_there
                  SELECT coalesce(max(number), 0) + 1, ?, ?, ?, ?, ? FROM result_there
                  ON CONFLICT (exam, candidate, registration) DO NOTHING""")) {
        // Whoever reads up to a number must have seen all below it.
        lock.execute("LOCK TABLE result_there IN EXCLUSIVE MODE");
        insert.setString(1, line.examId().value());
        insert.setString(2, line.ids().candidateId());
        insert.setString(3, line.ids().registrationId());
        insert.setTimestamp(4, Timestamp.from(line.takenAt()));
        insert.setString(5, line.outcome().name());
        insert.executeUpdate();
      }
      connection.commit();
    } catch (SQLException e) {
      throw new IllegalStateException("The result could not be added", e);
    }
  }

  @Override
  public Batch next(@Nullable String cursor, int atMost) {
    List<FeedLine> lines = new ArrayList<>();
    String last = cursor;
    try (Connection connection = DriverManager.getConnection(url);
        PreparedStatement select =
            connection.prepareStatement(
                """
                SELECT number, exam, candidate, registration, taken, outcome FROM result_there
                WHERE number > ? ORDER BY number LIMIT ?""")) {
      select.setLong(1, cursor == null ? 0 : Long.parseLong(cursor));
      select.setInt(2, atMost);
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          last = text(rows, "number");
          lines.add(new FeedLine.Parsed(lines.size() + 1L, line(rows)));
        }
      }
    } catch (SQLException e) {
      throw new IllegalStateException("The results could not be read", e);
    }
    return new Batch(lines, last);
  }

  private static ExamRecordLine line(ResultSet row) throws SQLException {
    return new ExamRecordLine(
        new IdPair(text(row, "candidate"), text(row, "registration")),
        ExamId.of(text(row, "exam")),
        row.getTimestamp("taken").toInstant(),
        ExamOutcome.valueOf(text(row, "outcome")),
        null,
        null);
  }

  private static String text(ResultSet row, String column) throws SQLException {
    return Objects.requireNonNull(row.getString(column));
  }
}
