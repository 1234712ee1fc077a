package io.acpbenefits.contention;

import io.acpbenefits.AcpBenefits;
import io.acpbenefits.common.Refusal;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.function.Supplier;

/** One thread's part in a round: who it is, and where it notes what it did. */
final class Turn {

  private final Installation node;
  private final String round;
  private final int number;
  private final int of;
  private final Random random;
  private final Queue<Attempt> history;

  Turn(Installation node, String round, int number, int of, long seed, Queue<Attempt> history) {
    this.node = node;
    this.round = round;
    this.number = number;
    this.of = of;
    this.random = new Random(seed + number);
    this.history = history;
  }

  /** The library on the engine, whose processes follow. */
  AcpBenefits onEngine() {
    return node.onEngine();
  }

  /** The library without an engine. */
  AcpBenefits alone() {
    return node.alone();
  }

  Queries database() {
    return node.database();
  }

  String round() {
    return round;
  }

  /** Of all threads of all JVMs, from 0. */
  int number() {
    return number;
  }

  /** How many threads there are. */
  int of() {
    return of;
  }

  Random random() {
    return random;
  }

  <T> T oneOf(List<T> choice) {
    return choice.get(random.nextInt(choice.size()));
  }

  /** Does it, and notes what came of it; tells whether it was done. */
  boolean attempt(String operation, String subject, Supplier<?> action) {
    long begin = System.nanoTime();
    Attempt.Outcome outcome;
    String answer;
    try {
      answer = String.valueOf(action.get());
      outcome = Attempt.Outcome.DONE;
    } catch (Refusal refusal) {
      answer = refusal.reason().name();
      outcome = Attempt.Outcome.REFUSED;
    } catch (RuntimeException failure) {
      StringWriter trace = new StringWriter();
      failure.printStackTrace(new PrintWriter(trace));
      answer = trace.toString();
      outcome = Attempt.Outcome.FAILED;
    }
    history.add(
        new Attempt(
            node.index(), number, operation, subject, begin, System.nanoTime(), outcome, answer));
    return outcome == Attempt.Outcome.DONE;
  }

  void attempt(String operation, String subject, Runnable action) {
    attempt(
        operation,
        subject,
        () -> {
          action.run();
          return "done";
        });
  }
}
