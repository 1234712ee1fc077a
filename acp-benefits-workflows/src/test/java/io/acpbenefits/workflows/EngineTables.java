package io.acpbenefits.workflows;

import io.acpbenefits.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.camunda.bpm.engine.ProcessEngine;

/** All that an engine keeps in its tables, as one text. */
record EngineTables(int tables, String text) {

  static EngineTables of(ProcessEngine engine) {
    try (Connection connection =
            engine.getProcessEngineConfiguration().getDataSource().getConnection();
        Statement statement = connection.createStatement()) {
      List<String> names = names(statement);
      StringBuilder text = new StringBuilder();
      for (String name : names) {
        append(statement, name, text);
      }
      return new EngineTables(names.size(), text.toString());
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<String> names(Statement statement) throws SQLException {
    List<String> names = new ArrayList<>();
    try (ResultSet tables =
        statement.executeQuery(
            "SELECT table_name FROM information_schema.tables"
                + " WHERE LOWER(table_name) LIKE 'act\\_%' AND table_schema = '"
                + TestDatabase.schema(statement.getConnection())
                + "'")) {
      while (tables.next()) {
        names.add(tables.getString(1));
      }
    }
    return names;
  }

  private static void append(Statement statement, String table, StringBuilder text)
      throws SQLException {
    // The diagrams themselves are there as well; they are the same for everybody.
    String where =
        table.equalsIgnoreCase("ACT_GE_BYTEARRAY") ? " WHERE NAME_ NOT LIKE '%.bpmn'" : "";
    try (ResultSet rows = statement.executeQuery("SELECT * FROM " + table + where)) {
      int columns = rows.getMetaData().getColumnCount();
      while (rows.next()) {
        text.append('\n').append(table);
        for (int column = 1; column <= columns; column++) {
          String type = rows.getMetaData().getColumnTypeName(column);
          byte[] bytes = type.matches("(?i)BINARY.*|bytea") ? rows.getBytes(column) : null;
          text.append('|')
              .append(
                  bytes == null
                      ? rows.getString(column)
                      : new String(bytes, StandardCharsets.UTF_8));
        }
      }
    }
  }
}
