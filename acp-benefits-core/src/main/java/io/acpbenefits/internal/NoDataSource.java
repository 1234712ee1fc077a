package io.acpbenefits.internal;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** MyBatis wants a data source in its environment; core never opens a connection through it. */
final class NoDataSource implements DataSource {

  private static SQLException refused() {
    return new SQLFeatureNotSupportedException("Connections come from the Transactions port only");
  }

  @Override
  public Connection getConnection() throws SQLException {
    throw refused();
  }

  @Override
  public Connection getConnection(String user, String password) throws SQLException {
    throw refused();
  }

  @Override
  public @Nullable PrintWriter getLogWriter() {
    return null;
  }

  @Override
  public void setLogWriter(PrintWriter out) {}

  @Override
  public void setLoginTimeout(int seconds) {}

  @Override
  public int getLoginTimeout() {
    return 0;
  }

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    throw new SQLFeatureNotSupportedException();
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    throw refused();
  }

  @Override
  public boolean isWrapperFor(Class<?> type) {
    return false;
  }
}
