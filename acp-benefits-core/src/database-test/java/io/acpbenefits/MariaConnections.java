package io.acpbenefits;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.ConnectionEvent;
import javax.sql.ConnectionEventListener;
import javax.sql.PooledConnection;
import javax.sql.StatementEventListener;
import org.mariadb.jdbc.MariaDbDataSource;

/**
 * Connections for a pool. The driver's own tell only its own pool more than once of being closed.
 */
final class MariaConnections extends MariaDbDataSource {

  MariaConnections(String url) throws SQLException {
    super(url);
    setUser("root");
  }

  @Override
  public PooledConnection getPooledConnection() throws SQLException {
    return new Pooled(getConnection());
  }

  private static final class Pooled implements PooledConnection {
    private final Connection connection;
    private final List<ConnectionEventListener> listeners = new CopyOnWriteArrayList<>();

    Pooled(Connection connection) {
      this.connection = connection;
    }

    @Override
    public Connection getConnection() {
      return (Connection)
          Proxy.newProxyInstance(
              MariaConnections.class.getClassLoader(),
              new Class<?>[] {Connection.class},
              (proxy, method, arguments) -> {
                if (method.getName().equals("close")) {
                  listeners.forEach(pool -> pool.connectionClosed(new ConnectionEvent(this)));
                  return null;
                }
                try {
                  return method.invoke(connection, arguments);
                } catch (InvocationTargetException e) {
                  throw e.getCause();
                }
              });
    }

    @Override
    public void close() throws SQLException {
      connection.close();
    }

    @Override
    public void addConnectionEventListener(ConnectionEventListener listener) {
      listeners.add(listener);
    }

    @Override
    public void removeConnectionEventListener(ConnectionEventListener listener) {
      listeners.remove(listener);
    }

    @Override
    public void addStatementEventListener(StatementEventListener listener) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void removeStatementEventListener(StatementEventListener listener) {
      throw new UnsupportedOperationException();
    }
  }
}
