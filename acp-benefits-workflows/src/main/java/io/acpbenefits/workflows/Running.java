package io.acpbenefits.workflows;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The process instances that execute on this thread right now. A core call of theirs emits events
 * that would move them; whoever moves instances leaves these alone, since they look at core's state
 * themselves as soon as the call returns.
 */
final class Running {

  @SuppressWarnings(
      "ThreadLocalUsage") // Per engine: instances of two engines have nothing in common.
  private final ThreadLocal<Deque<String>> instances = ThreadLocal.withInitial(ArrayDeque::new);

  /** Something that may throw what a delegate may. */
  @FunctionalInterface
  interface Step<E extends Exception> {
    void run() throws E;
  }

  <E extends Exception> void during(String instanceId, Step<E> step) throws E {
    Deque<String> running = instances.get();
    running.push(instanceId);
    try {
      step.run();
    } finally {
      running.pop();
      if (running.isEmpty()) {
        instances.remove();
      }
    }
  }

  boolean contains(String instanceId) {
    return instances.get().contains(instanceId);
  }
}
