package io.acpbenefits.faults;

import io.acpbenefits.common.Refusal;
import io.acpbenefits.idempotency.RequestKey;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;
import org.jspecify.annotations.NullUnmarked;

/** What goes wrong in a node by itself, now and then, in an order that its seed gives. */
@NullUnmarked
final class Trouble {

  /** None. */
  static final String NONE = "none";

  /** Ports do not answer, answer twice, or do what they are asked for and lose the answer. */
  static final String PORTS = "ports";

  /** Ports are asked late, or answer late: after another node has taken up the same. */
  static final String LATE = "late";

  /** Connections are lost before the server got a COMMIT, or after. */
  static final String COMMITS = "commits";

  /** What goes wrong with ports, in the order in which it is told apart below. */
  static final List<String> KINDS = List.of("no answer", "lost answer", "two answers");

  private final String kind;
  private final int percent;
  private volatile BiConsumer<String, String> noted = (port, what) -> {};
  private final Random random;

  /** How long whoever calls a port has something in hand. */
  private volatile Duration inHand = Duration.ZERO;

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

  void outlast(Duration claim) {
    inHand = claim;
  }

  /** Has somebody told of each call of a port that something goes wrong with, and what. */
  void tell(BiConsumer<String, String> listener) {
    noted = listener;
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
              if (now(PORTS)) {
                int which = choice(KINDS.size());
                noted.accept(port.getSimpleName() + "." + method.getName(), KINDS.get(which));
                return inTrouble(which, real, method, arguments);
              }
              if (now(LATE)) {
                return late(choice(2) == 0, real, method, arguments);
              }
              return call(real, method, arguments);
            }));
  }

  private Object late(boolean answers, Object real, Method method, Object[] arguments)
      throws Throwable {
    if (answers) {
      Object answer = call(real, method, arguments);
      outlast();
      return answer;
    }
    outlast();
    return call(real, method, arguments);
  }

  private void outlast() {
    long end = System.nanoTime() + inHand.plusSeconds(1).toNanos();
    while (System.nanoTime() < end) {
      LockSupport.parkNanos(end - System.nanoTime());
    }
  }

  private Object inTrouble(int which, Object real, Method method, Object[] arguments)
      throws Throwable {
    if (which == 0) {
      throw new IllegalStateException("no answer in time");
    }
    Object first = call(real, method, arguments);
    if (which == 1) {
      throw new IllegalStateException("the answer was lost");
    }
    try {
      Object second = call(real, method, arguments);
      return choice(2) == 0 ? first : second;
    } catch (Refusal refusal) {
      if (hasKey(method)) {
        throw refusal;
      }
      // Whoever gave the command once hears of what came of it once.
      return first;
    }
  }

  /** Whether whoever calls may expect that a second call does nothing more. */
  private static boolean hasKey(Method method) {
    return List.of(method.getParameterTypes()).contains(RequestKey.class);
  }

  /** As a proxy calls what it stands for. */
  static Object call(Object real, Method method, Object[] arguments) throws Throwable {
    try {
      return method.invoke(real, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
