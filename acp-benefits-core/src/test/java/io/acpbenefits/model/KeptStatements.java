package io.acpbenefits.model;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.HashMap;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A pool of one connection that is never closed and keeps all its statements prepared: H2 would
 * parse those that lock anew each time, which is a quarter of what a sequence takes.
 */
final class KeptStatements {

  private final Connection connection;
  private final Map<String, PreparedStatement> statements = new HashMap<>();

  private KeptStatements(Connection connection) {
    this.connection = connection;
  }

  static DataSource of(Connection only) {
    KeptStatements kept = new KeptStatements(only);
    Connection handedOut =
        proxy(Connection.class, (proxy, method, arguments) -> kept.call(method, arguments));
    return proxy(DataSource.class, (proxy, method, arguments) -> handedOut);
  }

  private @Nullable Object call(Method method, @Nullable Object @Nullable [] arguments)
      throws Throwable {
    if (method.getName().equals("close")) {
      return null;
    }
    if (!method.getName().equals("prepareStatement") || arguments == null || arguments.length > 1) {
      return on(connection, method, arguments);
    }
    String sql = String.valueOf(arguments[0]);
    PreparedStatement known = statements.get(sql);
    if (known == null) {
      known = unclosing(connection.prepareStatement(sql));
      statements.put(sql, known);
    }
    return known;
  }

  private static PreparedStatement unclosing(PreparedStatement statement) {
    return proxy(
        PreparedStatement.class,
        (proxy, method, arguments) ->
            method.getName().equals("close") ? null : on(statement, method, arguments));
  }

  private static @Nullable Object on(
      Object target, Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(
        Proxy.newProxyInstance(
            KeptStatements.class.getClassLoader(), new Class<?>[] {type}, handler));
  }
}
