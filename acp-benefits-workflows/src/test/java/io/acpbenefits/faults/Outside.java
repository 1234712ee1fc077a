package io.acpbenefits.faults;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What is the case outside of the library, whichever node looks and whichever has been killed: in
 * tables that the library does not know.
 *
 * @param url of the database in which they are
 */
record Outside(String url) {

  /** The tables, for an empty database. */
  static final String TABLES =
      """
      CREATE TABLE silent_there (port text, about text, PRIMARY KEY (port, about));
      CREATE TABLE host_there (id text PRIMARY KEY);
      CREATE TABLE call_there (number bigserial PRIMARY KEY, call text NOT NULL,
        node bigint NOT NULL, asked timestamptz NOT NULL, answered timestamptz);
      CREATE TABLE trouble_there (port text, what text, PRIMARY KEY (port, what));
      CREATE TABLE damaged_there (id text PRIMARY KEY);
      CREATE TABLE day_there (day int NOT NULL);
      INSERT INTO day_there VALUES (0)""";

  /** A row that a host writes in a transaction of the library's, whose id is the parameter. */
  static final String INSERT_OF_A_HOST = "INSERT INTO host_there VALUES (?) ON CONFLICT DO NOTHING";

  private static final String AFTERWARDS = " afterwards";

  /**
   * From now on a port does not answer when it is asked about something.
   *
   * @param port the port's type and method, with a dot between
   * @param about what stands in an argument, as a whole word
   */
  void silence(String port, String about) {
    write("INSERT INTO silent_there VALUES (?, ?) ON CONFLICT DO NOTHING", port, about);
  }

  /** From now on a port does what it is asked about something, and nobody hears of it. */
  void loseAnswers(String port, String about) {
    silence(port + AFTERWARDS, about);
  }

  void answerAgain(String port, String about) {
    write("DELETE FROM silent_there WHERE port = ? AND about = ?", port, about);
  }

  boolean losesAnswers(String port, Object... arguments) {
    return isSilent(port + AFTERWARDS, arguments);
  }

  boolean isSilent(String port, Object... arguments) {
    return !read(
            """
            SELECT about FROM silent_there
            WHERE port = ? AND ? ~ ('\\m' || about || '\\M')""",
            port,
            Arrays.deepToString(arguments))
        .isEmpty();
  }

  /** Notes that something has gone wrong with a port. */
  void trouble(String port, String what) {
    write("INSERT INTO trouble_there VALUES (?, ?) ON CONFLICT DO NOTHING", port, what);
  }

  /** Ports, by type and method, and what has gone wrong with them, with a colon between. */
  List<String> troubles() {
    return read("SELECT port || ': ' || what FROM trouble_there ORDER BY 1");
  }

  /** Ids of what the audit tells of, those first that were written first, by no node's clock. */
  List<String> inOrder(List<String> ids) {
    return read(
        """
        SELECT subject_id FROM acp_audit_entry
        WHERE subject_id = ANY (string_to_array(?, ' '))
        GROUP BY subject_id ORDER BY min(xmin::text::bigint)""",
        String.join(" ", ids));
  }

  /**
   * Notes that a node asks a port for something.
   *
   * @param call the port's type and method, with what it is asked
   * @return to be told to {@link #answered}
   */
  String asks(String call) {
    String node = Long.toString(ProcessHandle.current().pid());
    return read(
            """
            INSERT INTO call_there (call, node, asked) VALUES (?, ?::bigint, clock_timestamp())
            RETURNING number::text""",
            call,
            node)
        .get(0);
  }

  void answered(String number) {
    write("UPDATE call_there SET answered = clock_timestamp() WHERE number = ?::bigint", number);
  }

  /** What a node has asked a port for while another still waited for the answer to the same. */
  List<String> takenOver() {
    return read(
        """
        SELECT DISTINCT first.call FROM call_there first JOIN call_there second
        ON second.call = first.call AND second.node <> first.node
        AND second.asked > first.asked AND second.asked < first.answered""");
  }

  /** Notes what somebody damages, so that the damage is not taken for what a dead node left. */
  void damage(String id) {
    write("INSERT INTO damaged_there VALUES (?) ON CONFLICT DO NOTHING", id);
  }

  Set<String> damaged() {
    return new HashSet<>(read("SELECT id FROM damaged_there"));
  }

  /** So many days have passed at least. */
  void pass(int days) {
    write("UPDATE day_there SET day = greatest(day, ?::int)", Integer.toString(days));
  }

  int day() {
    return Integer.parseInt(read("SELECT day FROM day_there").get(0));
  }

  private void write(String sql, String... values) {
    try (Connection connection = DriverManager.getConnection(url);
        PreparedStatement statement = connection.prepareStatement(sql)) {
      set(statement, values);
      statement.executeUpdate();
    } catch (SQLException e) {
      throw new IllegalStateException("What is the case outside could not be changed", e);
    }
  }

  private List<String> read(String sql, String... values) {
    try (Connection connection = DriverManager.getConnection(url);
        PreparedStatement statement = connection.prepareStatement(sql)) {
      set(statement, values);
      return Checker.texts(statement.executeQuery());
    } catch (SQLException e) {
      throw new IllegalStateException("What is the case outside could not be read", e);
    }
  }

  private static void set(PreparedStatement statement, String... values) throws SQLException {
    for (int i = 0; i < values.length; i++) {
      statement.setString(i + 1, values[i]);
    }
  }
}
