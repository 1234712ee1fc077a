package io.acpbenefits.contention;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** Plain queries, past the library. */
record Queries(DataSource database) {

  /** The rows, their columns as text; what is null as an empty one. */
  List<List<String>> rows(String query, Object... parameters) {
    try (Connection connection = database.getConnection();
        PreparedStatement statement = connection.prepareStatement(query)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setObject(i + 1, parameters[i]);
      }
      List<List<String>> rows = new ArrayList<>();
      try (ResultSet result = statement.executeQuery()) {
        int columns = result.getMetaData().getColumnCount();
        while (result.next()) {
          List<String> row = new ArrayList<>(columns);
          for (int column = 1; column <= columns; column++) {
            String text = result.getString(column);
            row.add(text == null ? "" : text);
          }
          rows.add(row);
        }
      }
      return rows;
    } catch (SQLException e) {
      throw new AssertionError(query, e);
    }
  }

  /** The first column. */
  List<String> texts(String query, Object... parameters) {
    return rows(query, parameters).stream().map(row -> row.get(0)).toList();
  }

  long number(String query, Object... parameters) {
    return Long.parseLong(texts(query, parameters).get(0));
  }
}
