package io.acpbenefits.examples.quickstart;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** The H2 file of a run, looked at between runs. */
record Database(Path path) {

  Path file() {
    return Path.of(path + ".mv.db");
  }

  Path keys() {
    return Path.of(path + ".keys");
  }

  boolean exists() {
    return Files.exists(file());
  }

  /** All tables with all their rows, as statements. */
  List<String> dump() {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet script = statement.executeQuery("SCRIPT")) {
      List<String> lines = new ArrayList<>();
      while (script.next()) {
        lines.add(script.getString(1));
      }
      return lines;
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  int update(String sql) {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      return statement.executeUpdate(sql);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  Connection connect() throws SQLException {
    return DriverManager.getConnection(Program.h2File(path) + ";IFEXISTS=TRUE", "sa", "");
  }
}
