package io.acpbenefits.faults;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Random;
import org.jspecify.annotations.NullUnmarked;

/** What goes wrong in a node by itself, now and then, in an order that its seed gives. */
@NullUnmarked
final class Trouble {

  /** None. */
  static final String NONE = "none";

  /** Ports do not answer, answer twice, or do what they are asked for and lose the answer. */
  static final String PORTS = "ports";

  /** Connections are lost before the server got a COMMIT, or after. */
  static final String COMMITS = "commits";

  private final String kind;
  private final int percent;
  private final Random random;

  private Trouble(String kind, int percent, long seed) {
    this.kind = kind;
    this.percent = percent;
    this.random = new Random(seed);
  }

  /** The kind, how many of a hundred calls, and a seed, with blanks between. */
  static Trouble parse(String text) {
    String[] parts = text.split(" ", -1);
    return parts[0].equals(NONE)
        ? new Trouble(NONE, 0, 0)
        : new Trouble(parts[0], Integer.parseInt(parts[1]), Long.parseLong(parts[2]));
  }

  boolean has(String what) {
    return kind.equals(what);
  }

  /** Whether this time something goes wrong. */
  synchronized boolean now(String what) {
    return has(what) && random.nextInt(100) < percent;
  }

  synchronized int choice(int of) {
    return random.nextInt(of);
  }

  <T> T flaky(Class<T> port, T real) {
    return port.cast(
        Proxy.newProxyInstance(
            port.getClassLoader(),
            new Class<?>[] {port},
            (self, method, arguments) -> {
              if (!now(PORTS)) {
                return call(real, method, arguments);
              }
              return switch (choice(3)) {
                case 0 -> throw new IllegalStateException("no answer in time");
                case 1 -> {
                  Object lost = call(real, method, arguments);
                  throw new IllegalStateException("the answer was lost: " + (lost != null));
                }
                default -> {
                  Object first = call(real, method, arguments);
                  yield first == null ? null : call(real, method, arguments);
                }
              };
            }));
  }

  private static Object call(Object real, Method method, Object[] arguments) throws Throwable {
    try {
      return method.invoke(real, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
