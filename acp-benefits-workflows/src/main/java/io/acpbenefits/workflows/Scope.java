package io.acpbenefits.workflows;

import io.acpbenefits.common.Reason;
import io.acpbenefits.common.Refusal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.Set;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.VariableScope;
import org.jspecify.annotations.Nullable;

/** Reads and writes the few kinds of variables that the library's processes have. */
final class Scope {

  /** What the person who completes a task sets. */
  private static final String DECISION = "decision";

  /** Why, if the person says so: for the audit, not for the process. */
  private static final String WHY = "why";

  private Scope() {}

  static String text(VariableScope scope, String name) {
    String value = optionalText(scope, name);
    if (value == null) {
      throw new IllegalStateException("The process variable '" + name + "' is missing.");
    }
    return value;
  }

  static @Nullable String optionalText(VariableScope scope, String name) {
    return (String) scope.getVariable(name);
  }

  static void set(VariableScope scope, String name, Object value) {
    scope.setVariable(name, value);
  }

  static void set(VariableScope scope, String name, Instant value) {
    scope.setVariable(name, timer(value));
  }

  /**
   * For a timer. On MySQL and MariaDB the engine keeps its due date to the second: rounded up, so
   * that none fires before its instant, on whatever database.
   */
  static Date timer(Instant instant) {
    return roundedUp(instant, ChronoUnit.SECONDS);
  }

  /** The engine keeps milliseconds in Java: rounded up. */
  static Date date(Instant instant) {
    return roundedUp(instant, ChronoUnit.MILLIS);
  }

  @SuppressWarnings("JavaUtilDate") // What the engine's timers take.
  private static Date roundedUp(Instant instant, ChronoUnit to) {
    Instant down = instant.truncatedTo(to);
    return Date.from(down.equals(instant) ? instant : down.plus(1, to));
  }

  /** What was decided; refuses the completion if it is not one of the words that are allowed. */
  static String decision(DelegateTask task, Set<String> allowed) {
    Object decision = task.getVariable(DECISION);
    if (!(decision instanceof String word) || !allowed.contains(word)) {
      throw Refusal.of(
          Reason.INVALID_INPUT,
          "Completing %s takes the variable 'decision' with one of the words %s.",
          task.getTaskDefinitionKey(),
          allowed.stream().sorted().toList());
    }
    task.removeVariable(DECISION);
    return word;
  }

  /** The reason that was given on completing a task, or null if none was. */
  static @Nullable String why(DelegateTask task) {
    Object why = task.getVariable(WHY);
    if (why == null) {
      return null;
    }
    if (!(why instanceof String text)) {
      throw Refusal.of(
          Reason.INVALID_INPUT,
          "Completing %s takes the variable 'why' as a text, if at all.",
          task.getTaskDefinitionKey());
    }
    task.removeVariable(WHY);
    return text;
  }
}
