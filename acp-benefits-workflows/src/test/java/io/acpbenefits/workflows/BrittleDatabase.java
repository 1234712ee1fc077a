package io.acpbenefits.workflows;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.NullUnmarked;

/** A database whose commits fail on demand, and are rolled back then. */
@NullUnmarked
final class BrittleDatabase {

  private final DataSource database;
  private volatile boolean failing;

  BrittleDatabase(DataSource database) {
    this.database = database;
  }

  void failToCommit(boolean fail) {
    failing = fail;
  }

  DataSource dataSource() {
    return proxy(
        DataSource.class,
        (self, method, arguments) -> {
          Object result = invoke(database, method, arguments);
          return result instanceof Connection connection ? brittle(connection) : result;
        });
  }

  private Connection brittle(Connection connection) {
    return proxy(
        Connection.class,
        (self, method, arguments) -> {
          if (failing && method.getName().equals("commit")) {
            connection.rollback();
            throw new SQLException("the database went away");
          }
          return invoke(connection, method, arguments);
        });
  }

  private static Object invoke(Object target, Method method, Object[] arguments) throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }
}
