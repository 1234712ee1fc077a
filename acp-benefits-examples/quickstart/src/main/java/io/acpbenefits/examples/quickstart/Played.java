package io.acpbenefits.examples.quickstart;

import io.acpbenefits.examples.quickstart.input.BadInput;
import io.acpbenefits.examples.quickstart.input.JourneyFolder;
import io.acpbenefits.examples.quickstart.input.JourneyRow;
import io.acpbenefits.examples.quickstart.input.Problem;
import io.acpbenefits.examples.quickstart.report.ReportData.TimelineLine;
import io.acpbenefits.secret.KeyRing;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * What was played so far, in tables of the program's own beside the library's: so that a journey
 * can be continued on the same database, and its reports cover everything.
 */
final class Played {

  private final DataSource dataSource;
  private final boolean empty;
  private final Map<String, PlayedRow> rows = new LinkedHashMap<>();
  private final Map<String, String> inputs = new LinkedHashMap<>();

  /** Reads what is there; changes nothing. */
  Played(DataSource dataSource) {
    this.dataSource = dataSource;
    try (Connection connection = dataSource.getConnection()) {
      this.empty = !connection.getMetaData().getTables(null, null, "QUICKSTART_ROW", null).next();
      if (!empty) {
        readRows(connection).forEach(row -> rows.put(row.row(), row));
        Sql.query(
            connection,
            row -> inputs.put(row.getString("id"), row.getString("content")),
            "SELECT kind || ':' || id AS id, content FROM quickstart_input");
      }
    } catch (SQLException e) {
      throw new BadOption("The database cannot be used: " + e.getMessage());
    }
  }

  /** Makes the tables if they are missing. */
  void createTables() {
    if (!empty) {
      return;
    }
    try (Connection connection = dataSource.getConnection()) {
      for (String table : Tables.ALL) {
        Sql.execute(connection, table);
      }
    } catch (SQLException e) {
      throw new IllegalStateException("The tables could not be made", e);
    }
  }

  /** Refuses a folder that says otherwise than what was played, or something before its end. */
  void requireContinuable(JourneyFolder folder) {
    List<Problem> problems = new ArrayList<>();
    Masters.of(folder).forEach(master -> check(master, problems));
    if (!problems.isEmpty()) {
      throw new BadInput(problems);
    }
    Optional<Instant> last = lastInstant();
    JourneyRow skipped = null;
    for (JourneyRow row : folder.rowsInOrder()) {
      PlayedRow played = rows.get(row.row());
      if (played == null && last.isPresent() && row.at().isBefore(last.get())) {
        throw folder.badInput(
            row,
            "at",
            "a time not before " + last.get() + ", the last that was played on this database",
            row.at().toString());
      }
      if (played == null && skipped == null) {
        skipped = row;
      }
      if (played != null && !played.fingerprint().equals(row.fingerprint())) {
        throw folder.badInput(
            row,
            "row",
            "the row as it was when it was played on this database, or a new id",
            row.row());
      }
      if (played != null && skipped != null) {
        throw folder.badInput(
            skipped,
            "row",
            "a new row of this time below row '"
                + row.row()
                + "', which was played on this database",
            skipped.row());
      }
    }
  }

  /** Refuses other keys than those with which the codes in this database were encrypted. */
  void requireSame(KeyRing keys) {
    for (Map.Entry<String, String> input : inputs.entrySet()) {
      if (input.getKey().startsWith(KeyCheck.KIND + ":")
          && !KeyCheck.matches(
              keys, input.getKey().substring(KeyCheck.KIND.length() + 1), input.getValue())) {
        throw new BadOption(
            "The key file has other keys than those this database was made with, and its exam codes"
                + " cannot be read with them. Name the right one with -Dkeys=<file>.");
      }
    }
  }

  private void check(Masters.Master master, List<Problem> problems) {
    String played = inputs.get(master.kind() + ":" + master.id());
    if (played != null && !played.equals(master.content())) {
      problems.add(
          new Problem(
              master.file(),
              master.line(),
              1,
              null,
              "'" + master.id() + "' as it was when it was played on this database",
              "another content"));
    }
  }

  boolean knows(Masters.Master master) {
    return inputs.containsKey(master.kind() + ":" + master.id());
  }

  void add(Connection connection, Masters.Master master) {
    Sql.execute(
        connection,
        "INSERT INTO quickstart_input (kind, id, content) VALUES (?, ?, ?)",
        master.kind(),
        master.id(),
        master.content());
    inputs.put(master.kind() + ":" + master.id(), master.content());
  }

  Optional<Instant> lastInstant() {
    return rows.values().stream().map(PlayedRow::at).max(Instant::compareTo);
  }

  Optional<PlayedRow> row(String id) {
    return Optional.ofNullable(rows.get(id));
  }

  List<PlayedRow> rows() {
    return List.copyOf(rows.values());
  }

  void add(Connection connection, PlayedRow row) {
    Sql.execute(
        connection,
        """
        INSERT INTO quickstart_row (row_id, fingerprint, played_at, action, actor, partner_id,
          exam_id, account, exam_outcome, subject, link, ref, outcome, reason, detail)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
        row.row(),
        row.fingerprint(),
        row.at(),
        row.action(),
        row.actor(),
        row.partnerId(),
        row.examId(),
        row.account(),
        row.examOutcome(),
        row.subject(),
        row.link(),
        row.ref(),
        row.outcome(),
        row.reason(),
        row.detail());
  }

  /** The row's transaction is committed. */
  void remember(PlayedRow row) {
    rows.put(row.row(), row);
  }

  void conclude(Connection connection, PlayedRow row) {
    Sql.execute(
        connection,
        "UPDATE quickstart_row SET outcome = ?, reason = ?, detail = ? WHERE row_id = ?",
        row.outcome(),
        row.reason(),
        row.detail(),
        row.row());
    rows.put(row.row(), row);
  }

  void began(Connection connection, String instanceId, @Nullable String row) {
    Sql.execute(
        connection,
        "INSERT INTO quickstart_instance (instance_id, row_id) VALUES (?, ?)",
        instanceId,
        row);
  }

  void happened(
      Connection connection,
      Instant at,
      String process,
      String instanceId,
      String element,
      String event) {
    Sql.execute(
        connection,
        """
        INSERT INTO quickstart_event (happened_at, process, instance_id, element, event)
        VALUES (?, ?, ?, ?, ?)""",
        at,
        process,
        instanceId,
        element,
        event);
  }

  List<TimelineLine> timeline(Connection connection) {
    return Sql.query(
        connection,
        row ->
            new TimelineLine(
                Sql.instant(row, "happened_at"),
                row.getString("process"),
                row.getString("row_id"),
                row.getString("element"),
                row.getString("event")),
        """
        SELECT e.happened_at, e.process, i.row_id, e.element, e.event
        FROM quickstart_event e LEFT JOIN quickstart_instance i ON i.instance_id = e.instance_id
        ORDER BY e.event_no""");
  }

  private static List<PlayedRow> readRows(Connection connection) {
    return Sql.query(connection, Played::readRow, "SELECT * FROM quickstart_row ORDER BY row_no");
  }

  private static PlayedRow readRow(ResultSet row) throws SQLException {
    return new PlayedRow(
        row.getString("row_id"),
        row.getString("fingerprint"),
        Sql.instant(row, "played_at"),
        row.getString("action"),
        row.getString("actor"),
        row.getString("partner_id"),
        row.getString("exam_id"),
        row.getString("account"),
        row.getString("exam_outcome"),
        row.getString("subject"),
        row.getString("link"),
        row.getString("ref"),
        row.getString("outcome"),
        row.getString("reason"),
        row.getString("detail"));
  }
}
