package io.acpbenefits.persistence;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import javax.sql.DataSource;

/** A pool of one connection that is never closed, so that a test can look at it afterwards. */
final class Unclosing {

  private Unclosing() {}

  static DataSource of(Connection only) {
    Connection handedOut =
        proxy(
            Connection.class,
            (proxy, method, arguments) -> {
              if (method.getName().equals("close")) {
                return null;
              }
              try {
                return method.invoke(only, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
    return proxy(DataSource.class, (proxy, method, arguments) -> handedOut);
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(
        Proxy.newProxyInstance(Unclosing.class.getClassLoader(), new Class<?>[] {type}, handler));
  }
}
